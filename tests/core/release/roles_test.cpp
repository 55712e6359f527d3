#include <functional>

#include <catch2/catch_all.hpp>

#include "core/release/involvement.h"
#include "core/release/release.h"
#include "core/release/withdrawal.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::Action;
using workspace::Workspace;

namespace {

template <typename T>
ErrorCode outcomeOf(const Result<T>& result) {
    return result ? ErrorCode::Internal : result.error().code;
}

/// Every use case of the folder, and what it does.
std::vector<std::pair<Action, std::function<ErrorCode(Workspace&)>>> useCases() {
    using namespace release;
    return {
        {Action::ReadReleases, [](Workspace& w) { return outcomeOf(involvements(w)); }},
        {Action::ReadReleases, [](Workspace& w) { return outcomeOf(releases(w)); }},
        {Action::ReleaseNames, [](Workspace& w) { return outcomeOf(recordInvolvement(w, {})); }},
        {Action::ReleaseNames, [](Workspace& w) { return outcomeOf(withdrawRelease(w, 1, "the case was closed")); }},
        {Action::ReleaseNames,
         [](Workspace& w) { return outcomeOf(withdrawInvolvement(w, 1, "the case was closed")); }},
        {Action::ReleaseNames, [](Workspace& w) {
             const Seconder other(w.name() == "Olive" ? "Stan" : "Olive");
             return outcomeOf(releaseNames(w, other.person, {"Nobody", {}, day("2026-08-01")}));
         }}};
}

}  // namespace

TEST_CASE("Each role may do with releases what the table says and nothing else", "[release]") {
    Unit unit;
    for (const auto& [name, role] : kUnitPeople) {
        Workspace& opened = unit.open(name);
        for (const auto& [action, run] : useCases()) {
            INFO(name << ": " << access::name(action));
            CHECK((run(opened) == ErrorCode::Denied) == !access::allows({role}, action));
        }
    }
}

TEST_CASE("Each role may be the second person of a release as the table says", "[release][T-I2]") {
    Unit unit;
    Workspace& stan = unit.open("Stan");
    for (const auto& [name, role] : kUnitPeople) {
        if (name == "Stan") continue;
        INFO(name);
        const Seconder other(name);
        const auto code = codeOf(release::releaseNames(stan, other.person, {"Nobody", {}, day("2026-08-01")}));
        CHECK((code == ErrorCode::Denied) == !access::allows({role}, Action::SecondRelease));
    }
}
