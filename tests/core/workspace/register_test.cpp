// The register of definitions, and what gateways carry.

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/workspace/definition_register.h"
#include "core/workspace/gateway_matrix.h"
#include "core/workspace/overview.h"
#include "core/workspace/schema.h"
#include "core/workspace/slice_reading.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using indicator::DefinitionStatus;
using workspace::StatusWanted;

namespace {

constexpr const char* kReason = "agreed by the analytics board on 2 June";

workspace::RegisterEntry entryOf(WorkspaceFixture& fixture, std::string_view id) {
    const auto all = valueOf(workspace::definitionRegister(*fixture.workspace));
    const auto found = std::ranges::find_if(all.entries, [&](const auto& entry) { return entry.definition.id == id; });
    REQUIRE(found != all.entries.end());
    return *found;
}

StatusWanted wanted(DefinitionStatus status, std::string note = kReason) {
    return {{"missing", 2}, status, std::move(note)};
}

}  // namespace

TEST_CASE("Definitions come in as drafts that every gateway they name can carry", "[workspace]") {
    WorkspaceFixture fixture;
    const auto all = valueOf(workspace::definitionRegister(*fixture.workspace));
    CHECK(all.entries.size() >= 19);
    CHECK(all.changes.empty());
    for (const workspace::RegisterEntry& entry : all.entries) {
        INFO(entry.definition.id);
        CHECK(entry.definition.status == DefinitionStatus::Draft);
        CHECK(entry.gaps.empty());
        CHECK_FALSE(entry.isReviewDue);
        CHECK(entry.isNewest);
    }
    CHECK(entryOf(fixture, "missing").usedIn == std::vector<std::string>{"overview", "family count"});
    CHECK(entryOf(fixture, "adult_suspect").usedIn == std::vector<std::string>{"family count"});
}

TEST_CASE("A definition goes from draft to approved, retiring and retired, each with a reason", "[workspace]") {
    WorkspaceFixture fixture;
    auto& session = *fixture.workspace;
    CHECK(codeOf(workspace::changeStatus(session, wanted(DefinitionStatus::Retiring))) == ErrorCode::InvalidArgument);
    CHECK(codeOf(workspace::changeStatus(session, wanted(DefinitionStatus::Approved, "ok"))) ==
          ErrorCode::InvalidArgument);
    CHECK(codeOf(workspace::changeStatus(session, {{"missing", 9}, DefinitionStatus::Approved, kReason})) ==
          ErrorCode::NotFound);
    for (const auto status : {DefinitionStatus::Approved, DefinitionStatus::Retiring, DefinitionStatus::Retired})
        valueOf(workspace::changeStatus(session, wanted(status)));
    CHECK(codeOf(workspace::changeStatus(session, wanted(DefinitionStatus::Approved))) == ErrorCode::InvalidArgument);
    fixture.reopen();
    const auto all = valueOf(workspace::definitionRegister(*fixture.workspace));
    REQUIRE(all.changes.size() == 3);
    CHECK(all.changes[2].status == DefinitionStatus::Retired);
    CHECK(all.changes[2].note == kReason);
    CHECK(all.changes[0].principal == fixture.workspace->principal());
    CHECK_FALSE(all.changes[0].separated);
    CHECK(entryOf(fixture, "missing").definition.status == DefinitionStatus::Retired);
    CHECK(entryOf(fixture, "missing").usedIn.empty());
}

TEST_CASE("What a reading rested on stays as it was when a definition is retired", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day("2026-06-28");
    request.knownAt = record::LoadId{1};
    const auto figure = [&] {
        const auto page = valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
        std::map<std::string, std::string> shown;
        for (const auto& group : page->overview.groups)
            for (const auto& one : group.indicators) shown[one.id] = indicator::shorthand(one.figure.pupils);
        return shown;
    };
    const auto before = figure();
    CHECK(before.contains("missing"));
    valueOf(workspace::changeStatus(*fixture.workspace, wanted(DefinitionStatus::Retired)));
    fixture.reopen();
    CHECK(figure() == before);
    const auto later = valueOf(workspace::definitionsAt(fixture.workspace->core(), record::LoadId{2}));
    const auto at = indicator::findDefinition(*later, "missing");
    REQUIRE(at.has_value());
    CHECK((*later)[*at].status == DefinitionStatus::Retired);
    CHECK((*later)[*at].statusNote == kReason);
}

TEST_CASE("A workspace of schema version 1 is brought forward where that is asked for", "[workspace]") {
    WorkspaceFixture fixture;
    for (auto* database : {&fixture.workspace->core(), &fixture.workspace->identity()})
        valueOf(database->setUserVersion(1));
    valueOf(fixture.workspace->core().execute(
        "DROP TABLE release_budget; DROP TABLE involvement_withdrawn; DROP TABLE involvement; DROP TABLE release; "
        "DROP TABLE released_name; DROP TABLE purge_count; DROP TABLE "
        "purged_delivery; DROP TABLE purge; DROP TABLE mention; "
        "DROP TABLE fact_reach; DROP TABLE row_sum; DROP TABLE birth_month_before; "
        "DROP TABLE definition_change; DROP TABLE "
        "link_model_event; DROP TABLE link_model"));
    valueOf(fixture.workspace->core().execute(kDecisionUntil10));
    valueOf(fixture.workspace->identity().execute(
        "DROP TABLE row_sum; DROP TABLE kept_pair; DROP TABLE kept_state; DROP TABLE joining_link; "
        "DROP TABLE link_before; DROP TABLE joining_link_before; DROP TABLE decision"));
    fixture.bringForward();
    CHECK(valueOf(fixture.workspace->core().userVersion()) == workspace::kSchemaVersion);
    valueOf(workspace::changeStatus(*fixture.workspace, wanted(DefinitionStatus::Approved)));
}

TEST_CASE("The matrix names what carries each dataset for each purpose, what does not, and what nobody supplies",
          "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto matrix = valueOf(workspace::gatewayMatrix(*fixture.workspace));
    CHECK(matrix.nation == "England");
    const auto cell = [&](std::string_view dataset) {
        const auto found = std::ranges::find(matrix.cells, dataset, &workspace::GatewayCell::dataset);
        REQUIRE(found != matrix.cells.end());
        return *found;
    };
    const auto police = cell("police/police_records");
    CHECK(police.isSupplied);
    CHECK_FALSE(police.isGap());
    CHECK(police.carrying == std::vector<std::string>{"children_act_2004_s10"});
    CHECK(police.warnings.size() == 1);
    CHECK(std::ranges::find(police.indicators, "missing") != police.indicators.end());
    CHECK(cell("early_help/early_help").isMissing());
}

TEST_CASE("A delivery under a gateway that does not carry it is refused with the reason", "[workspace]") {
    WorkspaceFixture fixture;
    Rows rows;
    rows.school(kSchool, "Harbour School");
    fixture.gateways = {"childcare_act_2006_s1"};
    const auto file = fixture.deliver("education", 1, "2025-09-01", "2026-06-01", rows);
    const auto refused = workspace::load(*fixture.workspace, {file}, fixture.task);
    REQUIRE(codeOf(refused) == ErrorCode::GatewayNotInForce);
    CHECK(refused.error().detail == "childcare_act_2006_s1: it is about people up to 5 only");
}

TEST_CASE("What is weak about a delivery's gateways is noted when it is loaded, once for a dataset", "[workspace]") {
    WorkspaceFixture fixture;
    const auto weak = [](const workspace::LoadReport& report) {
        std::vector<std::string> texts;
        for (const auto& note : report.notes)
            if (note.kind == workspace::LoadNote::Kind::WeakGateway) texts.push_back(note.detail);
        return texts;
    };
    Rows rows;
    rows.person("P1", "Ffion", "Pemberthy", "2012-01-20");
    fixture.gateways = {"children_act_2004_s10", "crime_and_disorder_act_1998_s115"};
    CHECK(weak(fixture.load({fixture.deliver("police", 1, "2025-01-01", "2026-05-01", rows)})).empty());
    // An implied power alone, no condition, no assessment: three notes for two deliveries of one dataset.
    fixture.gateways = {"children_act_2004_s10", "common_law_policing"};
    fixture.lawfulBasis = "policing purpose";
    fixture.dpiaRef.clear();
    const auto notes = weak(fixture.load({fixture.deliver("police", 2, "2025-01-01", "2026-05-15", rows),
                                          fixture.deliver("police", 3, "2025-01-01", "2026-06-01", rows)}));
    CHECK(notes == std::vector<std::string>{"a power is inferred from a function, not stated",
                                            "no condition for special-category data is named",
                                            "no agreement or impact assessment is named"});
}

TEST_CASE("A definition is not approved over a delivery that came under none of its gateways", "[workspace]") {
    WorkspaceFixture fixture;
    Rows rows;
    rows.person("P1", "Ffion", "Pemberthy", "2012-01-20");
    fixture.gateways = {"crime_and_disorder_act_1998_s115"};
    fixture.load({fixture.deliver("police", 1, "2025-01-01", "2026-05-01", rows)});
    CHECK(
        entryOf(fixture, "missing").gaps ==
        std::vector<std::string>{"police police_records 1 (to 30/04/2026) came under no gateway that it names and that "
                                 "carries it for safeguarding_review"});
    const auto refused = workspace::changeStatus(*fixture.workspace, wanted(DefinitionStatus::Approved));
    CHECK(codeOf(refused) == ErrorCode::GatewayNotInForce);
    // Crime names it: nothing bars that one, and an express power leaves nothing weak.
    CHECK(entryOf(fixture, "crime").gaps.empty());
    CHECK(entryOf(fixture, "crime").weak.empty());
    valueOf(workspace::changeStatus(*fixture.workspace, {{"crime", 2}, DefinitionStatus::Approved, kReason}));
    fixture.lawfulBasis.clear();
    fixture.load({fixture.deliver("police", 2, "2025-01-01", "2026-05-15", rows)});
    CHECK(entryOf(fixture, "crime").weak ==
          std::vector<std::string>{
              "police/police_records for safeguarding_review: no condition for special-category data is named"});
}
