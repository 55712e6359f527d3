// An invented city, loaded and linked: what must hold of every person in it.

#include <map>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/demo/city.h"
#include "core/demo/deliveries.h"
#include "core/record/identifiers.h"
#include "core/workspace/columns.h"
#include "core/workspace/family_report.h"
#include "core/workspace/relink_writing.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

/// Every agency's first delivery of a city of 300 pupils, loaded and linked.
void loadCity(WorkspaceFixture& fixture) {
    const auto names = valueOf(demo::Names::read(projectPath("resources/names")));
    const auto world = valueOf(demo::makeWorld(300, 7, names, fixture.task));
    const demo::Registers registers(world);
    const demo::RecordWriter writer(world, names, registers);
    std::vector<std::filesystem::path> files;
    for (const auto& delivery : demo::deliveryPlan()) {
        if (delivery.sequence != 1) continue;
        Rows rows;
        rows.rows = valueOf(demo::rowsOf(world, registers, writer, delivery, fixture.task));
        files.push_back(fixture.deliver(std::string(demo::agencyId(delivery.agency)), 1, delivery.periodFrom.iso(),
                                        delivery.periodUntil.iso(), rows));
    }
    fixture.load(files);
    fixture.link();
}

/// Valid UPNs by record.
std::map<std::int64_t, std::set<std::string>> upnsIn(store::Database& identity) {
    std::map<std::int64_t, std::set<std::string>> upns;
    auto query = valueOf(identity.prepare("SELECT source_person, value FROM identifier WHERE kind = 'upn'"));
    while (valueOf(query.next()))
        if (record::checkUpn(query.text(1)) == record::UpnCheck::Valid) upns[query.integer(0)].emplace(query.text(1));
    return upns;
}

}  // namespace

TEST_CASE("no person of a city stands on one roll twice with two valid UPNs", "[workspace]") {
    WorkspaceFixture fixture;
    loadCity(fixture);
    store::Database& core = fixture.workspace->core();
    std::map<std::int64_t, std::int64_t> personOf;
    for (const auto& membership : valueOf(workspace::currentMemberships(core)))
        personOf[membership.sourcePerson.value] = membership.person.value;
    const auto upns = upnsIn(fixture.workspace->identity());
    std::size_t persons = 0, joined = 0;
    for (const char* census : {"2023-10-05", "2024-01-18", "2024-10-03", "2025-01-16", "2025-10-02", "2026-01-15"}) {
        auto query =
            valueOf(core.prepare("SELECT DISTINCT source_person FROM roll WHERE withdrawn IS NULL AND "
                                 "coalesce(from_day, ?1) <= ?1 AND ?1 < coalesce(until_day, ?1 + 1)"));
        query.bind(1, day(census).days);
        std::map<std::int64_t, std::set<std::string>> onRoll;
        while (valueOf(query.next()))
            if (const auto found = upns.find(query.integer(0)); found != upns.end())
                onRoll[personOf.at(query.integer(0))].insert(found->second.begin(), found->second.end());
        for (const auto& [person, numbers] : onRoll) {
            CHECK(numbers.size() == 1);
            ++persons;
        }
    }
    std::map<std::int64_t, int> recordsOf;
    for (const auto& [record, person] : personOf) ++recordsOf[person];
    for (const auto& [person, records] : recordsOf) joined += records > 1 ? 1 : 0;
    CHECK(persons > 1000);
    CHECK(joined > 200);
}

TEST_CASE("what makes no family in a city is listed, and families never follow chains", "[workspace]") {
    WorkspaceFixture fixture;
    loadCity(fixture);
    const auto report = valueOf(workspace::familyReport(*fixture.workspace, fixture.task));
    CHECK(report.count(family::LeftOutBecause::CommunalKind) > 0);
    CHECK(report.communalResidences > 0);
    CHECK(report.formerHomes > 0);
    CHECK(std::ranges::is_sorted(report.leftOut));
    auto query = valueOf(fixture.workspace->core().prepare(
        "SELECT max(c) FROM (SELECT count(DISTINCT b) AS c FROM family_edge WHERE until_run IS NULL GROUP BY a)"));
    REQUIRE(valueOf(query.next()));
    CHECK(report.largestChain > static_cast<std::uint64_t>(query.integer(0)));
    CHECK(report.largestChain < 100);
}
