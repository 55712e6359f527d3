// The small town's workspace with a person for each role: who is tested against what another may do.

#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/workspace/users.h"
#include "tests/core/workspace/workspace_fixture.h"

namespace fairlead::test {

/// One person a role; the founder has left.
inline constexpr std::array<std::pair<std::string_view, access::Role>, 6> kUnitPeople = {
    {{"Olive", access::Role::KeyOfficer},
     {"Stan", access::Role::DataSteward},
     {"Gwen", access::Role::GovernanceAuditor},
     {"Ana", access::Role::Analyst},
     {"Lin", access::Role::LinkReviewer},
     {"Rita", access::Role::AggregateReader}}};

/// The passphrase of one of them, or of another to be added.
crypto::Secret passphraseOf(std::string_view name);

/// Loaded, linked, roles separated.
struct Unit {
    WorkspaceFixture fixture;

    Unit();
    /// Closes the session and opens it for somebody else.
    workspace::Workspace& open(std::string_view name);
    /// Olive and Stan add a user.
    void add(std::string_view name, const access::Roles& roles);
};

/// Refused for want of a role or of a second person.
template <typename T>
bool isDenied(const Result<T>& result) {
    return !result.has_value() && result.error().code == ErrorCode::Denied;
}

/// A second person, as users.h wants one.
struct Seconder {
    crypto::Secret passphrase;
    workspace::SecondPerson person;
    explicit Seconder(std::string_view name);
};

}  // namespace fairlead::test
