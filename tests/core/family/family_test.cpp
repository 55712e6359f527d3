#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/family/derive_edges.h"
#include "core/family/family_graph.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::family;
using record::PersonKey;

namespace {

Date day(std::string_view iso) { return *Date::fromIso(iso); }
const Interval kAlways{Date::beginning(), Date::never()};
const Interval kYear2025{day("2025-01-01"), day("2026-01-01")};
const FamilyAsAt kSummer{day("2025-07-01")};

DerivedEdges derived(const FamilySources& sources) {
    TaskContext task;
    return fairlead::test::valueOf(deriveEdges(sources, {}, task));
}

std::vector<PersonKey> familyOf(const FamilySources& sources, std::int64_t person, FamilyAsAt asAt = kSummer) {
    return FamilyGraph(derived(sources).edges).memberKeys({person}, asAt);
}

Residence living(std::int64_t person, std::uint64_t place, Interval during = kYear2025) {
    return {{person}, place, false, during, {1}, {}};
}

}  // namespace

TEST_CASE("people of one home are a family while both live there", "[family]") {
    FamilySources sources;
    sources.residences = {living(1, 7), living(2, 7), living(3, 7, {day("2025-09-01"), Date::never()}), living(4, 8)};
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}});
    CHECK(familyOf(sources, 1, {day("2025-10-01")}) == std::vector<PersonKey>{{2}, {3}});
    CHECK(familyOf(sources, 1, {day("2026-02-01")}).empty());
    CHECK(familyOf(sources, 4).empty());
}

TEST_CASE("a refuge, a hostel, a children's home and a placement make no family", "[family]") {
    for (const char* kind : {"refuge", "hostel", "childrens_home", "placement"}) CHECK(isCommunalKind(kind));
    CHECK_FALSE(isCommunalKind("home"));
    FamilySources sources;
    sources.residences = {living(1, 7), living(2, 7)};
    for (Residence& row : sources.residences) row.communal = true;
    CHECK(familyOf(sources, 1).empty());
    const DeriveReport report = derived(sources).report;
    CHECK(report.communalResidences == 2);
    REQUIRE(report.leftOut.size() == 1);
    CHECK(report.leftOut[0] == LeftOut{LeftOutBecause::CommunalKind, 7, 2, kYear2025});
}

TEST_CASE("a place with more than eight unrelated residents is no household, a large family is", "[family]") {
    FamilySources sources;
    for (std::int64_t i = 1; i <= 9; ++i) sources.residences.push_back(living(i, 7));
    CHECK(familyOf(sources, 1).empty());
    CHECK(derived(sources).report.leftOut == std::vector<LeftOut>{{LeftOutBecause::Crowded, 7, 9, kYear2025}});
    for (std::int64_t i = 1; i <= 9; ++i) sources.memberships.push_back({{i}, 3, kAlways, {1}, {}});
    CHECK(familyOf(sources, 1).size() == 8);
    sources.memberships.clear();
    sources.residences.pop_back();
    CHECK(familyOf(sources, 1).size() == 7);
}

TEST_CASE("siblings through a recorded parent are family, the parent's other household is not", "[family]") {
    FamilySources sources;
    // 10 is the parent of 1 and 2 and lives with 3, a stranger to the children.
    sources.ties = {{{10}, {1}, Relation::ParentOf, kAlways, {1}, {}},
                    {{10}, {2}, Relation::ParentOf, kAlways, {1}, {}}};
    sources.residences = {living(10, 7), living(3, 7)};
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}, {10}});
    CHECK(familyOf(sources, 10) == std::vector<PersonKey>{{1}, {2}, {3}});
    const auto members = FamilyGraph(derived(sources).edges).members({1}, kSummer);
    CHECK(members[0].edges.size() == 2);
    CHECK(members[0].edges[0].basis == Basis::RecordedRelationship);
}

TEST_CASE("a chain of households does not become one family", "[family]") {
    FamilySources sources;
    for (std::int64_t i = 0; i < 100; ++i) {
        sources.residences.push_back(living(i, static_cast<std::uint64_t>(i)));
        sources.residences.push_back(living(i, static_cast<std::uint64_t>(i + 1)));
    }
    CHECK(familyOf(sources, 50) == std::vector<PersonKey>{{49}, {51}});
    // What following chains would have made is reported.
    CHECK(derived(sources).report.largestChain == 100);
}

TEST_CASE("two families by record in one house are two, and whoever nobody relates to them is in neither", "[family]") {
    FamilySources sources;
    for (std::int64_t i = 1; i <= 5; ++i) sources.residences.push_back(living(i, 7));
    sources.ties = {{{1}, {2}, Relation::ParentOf, kAlways, {1}, {}}, {{3}, {4}, Relation::CarerOf, kAlways, {1}, {}}};
    CHECK(familyOf(sources, 2) == std::vector<PersonKey>{{1}});
    CHECK(familyOf(sources, 4) == std::vector<PersonKey>{{3}});
    CHECK(familyOf(sources, 5).empty());
    CHECK(derived(sources).report.leftOut == std::vector<LeftOut>{{LeftOutBecause::SeveralFamilies, 7, 5, kYear2025}});
    // Anything recorded between the two, at whatever time, makes them one household.
    sources.ties.push_back({{1}, {3}, Relation::PartnerOf, {day("2010-01-01"), day("2011-01-01")}, {1}, {}});
    CHECK(familyOf(sources, 5).size() == 4);
    CHECK(derived(sources).report.leftOut.empty());
    // Two siblings beside a parent and child are no second family.
    sources.ties.pop_back();
    sources.ties[1].relation = Relation::SiblingOf;
    CHECK(familyOf(sources, 5).size() == 4);
}

TEST_CASE("of several undated homes those that fewer records name are former ones", "[family]") {
    FamilySources sources;
    // 1 is at place 7 by two records and at place 8 by one; 2 and 3 are strangers who live at 8 and at 7.
    sources.residences = {living(1, 7, kAlways), living(1, 7, kAlways), living(1, 8, kAlways), living(2, 8, kAlways),
                          living(3, 7, kAlways)};
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{3}});
    CHECK(familyOf(sources, 2).empty());
    CHECK(derived(sources).report.formerHomes == 1);
    // One record each: both may be so.
    sources.residences.erase(sources.residences.begin());
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}, {3}});
    // The mother lives at 8.
    sources.ties = {{{4}, {1}, Relation::ParentOf, kAlways, {1}, {}}};
    sources.residences.push_back(living(4, 8, kAlways));
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}, {4}});
    // What has dates is believed, however few say it.
    sources.residences[0].during = {day("2025-01-01"), Date::never()};
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}, {3}, {4}});
}

TEST_CASE("an undated home ends where a dated record says that the person left it", "[family]") {
    FamilySources sources;
    sources.residences = {living(1, 7, kAlways), living(1, 7, {day("2020-01-01"), day("2025-03-01")}),
                          living(2, 7, kAlways)};
    CHECK(familyOf(sources, 1, {day("2025-02-01")}) == std::vector<PersonKey>{{2}});
    CHECK(familyOf(sources, 1, {day("2025-04-01")}).empty());
    // Unless the person is back.
    sources.residences.push_back(living(1, 7, {day("2025-06-01"), Date::never()}));
    CHECK(familyOf(sources, 1) == std::vector<PersonKey>{{2}});
}

TEST_CASE("an address that is no longer supplied stays what it was for the loads that knew it", "[family]") {
    FamilySources sources;
    sources.residences = {living(1, 8, kAlways), living(1, 7, kAlways), living(1, 7, kAlways), living(2, 8, kAlways)};
    sources.residences[0].withdrawn = {5};
    CHECK(familyOf(sources, 1, {day("2025-07-01"), {4}}) == std::vector<PersonKey>{{2}});
    CHECK(familyOf(sources, 1, {day("2025-07-01"), {5}}).empty());
}

TEST_CASE("a family id with too many members makes no edges and is counted", "[family]") {
    FamilySources sources;
    for (std::int64_t i = 1; i <= 41; ++i) sources.memberships.push_back({{i}, 5, kAlways, {1}, {}});
    CHECK(familyOf(sources, 1).empty());
    CHECK(derived(sources).report.leftOut == std::vector<LeftOut>{{LeftOutBecause::OversizeFamily, 5, 41, kAlways}});
}

TEST_CASE("an edge is known from the load that said so until the load that withdrew it", "[family]") {
    FamilySources sources;
    sources.ties = {{{1}, {2}, Relation::SiblingOf, kAlways, {3}, {5}}};
    CHECK(familyOf(sources, 2, {day("2025-07-01"), {2}}).empty());
    CHECK(familyOf(sources, 2, {day("2025-07-01"), {4}}) == std::vector<PersonKey>{{1}});
    CHECK(familyOf(sources, 2, {day("2025-07-01"), {5}}).empty());
    sources.residences = {living(1, 7), living(3, 7)};
    sources.residences[0].received = {4};
    sources.residences[1].withdrawn = {4};
    CHECK(familyOf(sources, 3).empty());
}

TEST_CASE("two source persons that proved to be one are no relatives of themselves", "[family]") {
    FamilySources sources;
    sources.ties = {{{1}, {1}, Relation::SiblingOf, kAlways, {1}, {}}};
    sources.residences = {living(1, 7), living(1, 7)};
    sources.memberships = {{{1}, 2, kAlways, {1}, {}}, {{1}, 2, kAlways, {1}, {}}};
    CHECK(derived(sources).edges.empty());
}

TEST_CASE("edges come out sorted, once, with touching times joined, whatever the order of the rows", "[family]") {
    FamilySources sources;
    sources.residences = {living(2, 7, {day("2025-01-01"), day("2025-03-01")}),
                          living(2, 7, {day("2025-03-01"), day("2025-06-01")}), living(1, 7)};
    sources.ties = {{{2}, {1}, Relation::SiblingOf, kAlways, {1}, {}}};
    const auto edges = derived(sources).edges;
    std::ranges::reverse(sources.residences);
    CHECK(derived(sources).edges == edges);
    REQUIRE(edges.size() == 2);
    CHECK(std::ranges::is_sorted(edges));
    CHECK(edges[1].during == Interval{day("2025-01-01"), day("2025-06-01")});
}

TEST_CASE("deriving edges stops when it is asked to", "[family]") {
    FamilySources sources;
    sources.memberships = {{{1}, 2, kAlways, {1}, {}}, {{2}, 2, kAlways, {1}, {}}};
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    CHECK(fairlead::test::codeOf(deriveEdges(sources, {}, task)) == ErrorCode::Cancelled);
}
