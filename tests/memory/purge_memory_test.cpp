// After a purge no word of its rows is left in the memory of the process that loaded, linked, showed and purged them,
// the workspace open all the time; nor in any file of the workspace.

#include <catch2/catch_all.hpp>

#include "core/custody/purge.h"
#include "core/workspace/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/quality.h"
#include "core/workspace/reveal.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/memory_scan.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using record::FactKind;

namespace {

enum MarkerNumber : std::uint64_t { Forename = 20, Surname, Street, Town, PersonRef, FactRef, Incident, FirstOfMany };
constexpr std::uint64_t kMany = 300;

/// Masked: the words themselves are made by the child alone.
std::vector<Marker> markers() {
    std::vector<Marker> all;
    for (std::uint64_t number = Forename; number < FirstOfMany + kMany; ++number) all.emplace_back(number);
    return all;
}

std::string word(std::uint64_t number) { return Marker(number).word(); }

/// Enough of them that SQLite's pages, the sorters and the linkage work with more than one of anything.
void addMany(Rows& rows) {
    for (std::uint64_t i = 0; i < kMany; ++i) {
        const std::string name = word(FirstOfMany + i);
        rows.person(name, name, name, "2012-03-" + std::to_string(10 + i % 20));
        rows.event("F" + name, name, FactKind::MissingEpisode, "2026-02-11", "M", record::Role::Subject, "I" + name);
    }
}

/// What the police delivered first, and in the second delivery no more; and the school.
bool deliverMarked(WorkspaceFixture& fixture) {
    Rows school;
    school.school(kSchool, "Harbour School");
    school.person("E1", "Amelia", "Okafor", "2011-03-14").roll("E1", kSchool, "10", "2023-09-01");
    fixture.deliver("education", 1, "2023-09-01", "2026-07-01", school);
    Rows first;
    first.person("P1", "Amelia", "Okafor", "2011-03-14");
    first.event("M1", "P1", FactKind::MissingEpisode, "2026-05-20", "M");
    first.person(word(PersonRef), word(Forename), word(Surname), "2012-02-02");
    first.identifier(word(PersonRef), "upn", "H801200001019");
    first.rows.addresses.push_back(
        {word(PersonRef), "", "", "7", word(Street), word(Town), "BS1 1AA", "home", day("2020-01-01"), std::nullopt});
    first.event(word(FactRef), word(PersonRef), FactKind::Crime, "2026-03-10", "8N", record::Role::Victim,
                word(Incident));
    addMany(first);
    fixture.deliver("police", 1, "2026-01-01", "2026-06-01", first);
    Rows second;
    second.person("P1", "Amelia", "Okafor", "2011-03-14");
    second.event("M1", "P1", FactKind::MissingEpisode, "2026-05-20", "M");
    fixture.deliver("police", 2, "2026-04-01", "2026-07-01", second);
    return true;
}

/// Whoever works with the workspace sees names, figures, quality.
void work(WorkspaceFixture& fixture) {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
    valueOf(workspace::quality(*fixture.workspace, fixture.task));
    std::vector<record::PersonKey> everybody;
    auto query = valueOf(fixture.workspace->core().prepare("SELECT DISTINCT person FROM membership ORDER BY person"));
    while (valueOf(query.next())) everybody.push_back({query.integer(0)});
    const auto names = valueOf(workspace::reveal(*fixture.workspace, everybody, "to see what is left of them"));
    const auto found = scanMemory(markers());
    CHECK_FALSE(found.empty());  // They are there while somebody holds them.
}

}  // namespace

TEST_CASE("After a purge no word of its rows is in memory or in a file, though the workspace was open all the time",
          "[memory]") {
    CHECK(scanMemory(markers()).empty());
    WorkspaceFixture fixture;
    inChild([&] { return deliverMarked(fixture); });
    CHECK(scanMemory(markers()).empty());
    fixture.load({fixture.folder / "education_001.fxt", fixture.folder / "police_001.fxt"});
    fixture.link();
    work(fixture);
    fixture.load({fixture.folder / "police_002.fxt"});
    fixture.link();
    work(fixture);
    record::DeliveryId first;
    for (const auto& delivery : valueOf(custody::retention(*fixture.workspace)))
        if (delivery.label() == "police/police_records number 1") first = delivery.delivery;
    workspace::SecondPerson alone;
    alone.policy = access::KdfPolicy::forTests();
    const auto report =
        valueOf(custody::purge(*fixture.workspace, {{first}, "retention ended in June"}, alone, fixture.task));
    CHECK(report.done.personsGone() == static_cast<std::int64_t>(kMany) + 1);

    const auto inFiles = scanFiles(markers(), fixture.path);
    INFO(describe(inFiles));
    CHECK(inFiles.empty());
    if (kKeepsFreedMemory) return;  // Nothing can be said about memory then.
    const auto inMemory = scanMemory(markers());
    INFO(describe(inMemory));
    CHECK(inMemory.empty());
}
