#include "tests/core/workspace/unit_fixture.h"

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"

namespace fairlead::test {

using access::Role;

crypto::Secret passphraseOf(std::string_view name) {
    return crypto::Secret::copyOf(std::string(name) + " rows the boat alone");
}

Seconder::Seconder(std::string_view name) : passphrase(passphraseOf(name)) {
    person.policy = access::KdfPolicy::forTests();
    person.credentials.emplace(passphrase, std::string(name));
}

Unit::Unit() {
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    for (const auto& [name, role] : kUnitPeople) {
        const auto passphrase = passphraseOf(name);
        workspace::SecondPerson alone;
        alone.policy = access::KdfPolicy::forTests();
        valueOf(workspace::addUser(*fixture.workspace, alone,
                                   {.name = std::string(name),
                                    .roles = {role},
                                    .passphrase = passphrase,
                                    .cost = access::KdfPolicy::testCost()}));
    }
    CHECK_FALSE(valueOf(workspace::users(fixture.path)).rolesSeparated);
    open("Olive");
    valueOf(workspace::retireUser(*fixture.workspace, "Test analyst"));
    CHECK(valueOf(workspace::users(fixture.path)).rolesSeparated);
}

workspace::Workspace& Unit::open(std::string_view name) {
    fixture.workspace.reset();
    const auto passphrase = passphraseOf(name);
    fixture.workspace =
        valueOf(workspace::Workspace::open(fixture.path, {passphrase, std::string(name)}, fixture.resources,
                                           fixture.clock, access::KdfPolicy::forTests()));
    return *fixture.workspace;
}

void Unit::add(std::string_view name, const access::Roles& roles) {
    const auto passphrase = passphraseOf(name);
    const Seconder stan("Stan");
    valueOf(workspace::addUser(
        open("Olive"), stan.person,
        {.name = std::string(name), .roles = roles, .passphrase = passphrase, .cost = access::KdfPolicy::testCost()}));
}

}  // namespace fairlead::test
