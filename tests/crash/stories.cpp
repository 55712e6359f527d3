// The acts that are stopped everywhere.

#include "core/base/text.h"
#include "core/custody/backup.h"
#include "core/custody/purge.h"
#include "core/custody/recovery.h"
#include "core/custody/rotate.h"
#include "core/release/decisions.h"
#include "core/release/involvement.h"
#include "core/release/pack.h"
#include "core/release/release.h"
#include "core/release/withdrawal.h"
#include "core/workspace/brief.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/relink.h"
#include "core/workspace/reveal.h"
#include "core/workspace/users.h"
#include "tests/core/workspace/second_person.h"
#include "tests/crash/story.h"
#include "tests/support/results.h"

namespace fairlead::crash {

namespace {

namespace fs = std::filesystem;
using test::alone;
using test::Rows;
using test::valueOf;
using test::WorkspaceFixture;
using workspace::Workspace;

Rows laterRows() {
    Rows later;
    later.school(test::kSchool, "Harbour School").school(107002, "Hill School");
    later.person("E1", "Amelia Rose", "Okafor-Whitby", "2011-03-14").home("E1", "100012345699");
    later.person("E2", "Samuel", "Okafor", "2013-09-02", "M").home("E2", "100012345671");
    later.roll("E1", test::kSchool, "10", "2023-09-01").roll("E2", 107002, "7", "2026-02-01");
    return later;
}

fs::path deliverLater(WorkspaceFixture& fixture) {
    return fixture.deliver("education", 2, "2023-09-01", "2026-07-01", laterRows());
}

template <typename T>
Status statusOf(const Result<T>& result) {
    return result ? Status{} : Status{std::unexpected(result.error())};
}

Status loadLater(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    return statusOf(workspace::load(*workspace, {stage.fixture.folder / "education_002.fxt"}, stage.fixture.task));
}

Status link(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    return statusOf(workspace::relink(*workspace, stage.fixture.task));
}

Status approve(std::shared_ptr<Workspace>& workspace, Stage&) {
    return statusOf(workspace::changeStatus(
        *workspace, {{"missing", 2}, indicator::DefinitionStatus::Approved, "agreed by the board in June"}));
}

/// The pupil and the police's record of her, whom an identifier joined.
Status decide(std::shared_ptr<Workspace>& workspace, Stage&) {
    FAIRLEAD_TRY(auto query, workspace->identity().prepare("SELECT a, b FROM joining_link ORDER BY a, b"));
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found) return fail(ErrorCode::NotFound, "joining link");
    const release::DecisionWanted wanted{
        {query.integer(0)}, {query.integer(1)}, release::Verdict::Different, "compared with the paper file"};
    query.reset();
    return statusOf(release::decide(*workspace, wanted));
}

Status takeBack(std::shared_ptr<Workspace>& workspace, Stage&) {
    return release::withdrawDecision(*workspace, 1, "it was the wrong file");
}

Status add(Workspace& workspace, const std::string& name, access::Role role) {
    const auto passphrase = crypto::Secret::copyOf(name + " rows the boat alone");
    return workspace::addUser(
        workspace, alone(),
        {.name = name, .roles = {role}, .passphrase = passphrase, .cost = access::KdfPolicy::testCost()});
}

Status addUser(std::shared_ptr<Workspace>& workspace, Stage&) { return add(*workspace, "Ana", access::Role::Analyst); }

Status changePassphrase(std::shared_ptr<Workspace>& workspace, Stage&) {
    const auto first = crypto::Secret::copyOf(kFirst), second = crypto::Secret::copyOf(kSecond);
    return workspace::changePassphrase(*workspace, first, second, access::KdfPolicy::testCost(),
                                       access::KdfPolicy::forTests());
}

Status reveal(std::shared_ptr<Workspace>& workspace, Stage&) {
    return statusOf(workspace::reveal(*workspace, {{1}}, "panel of the spring term"));
}

/// The first look gives pupils their letters.
void look(WorkspaceFixture& fixture) {
    workspace::OverviewRequest view;
    view.school = {test::kSchool};
    valueOf(workspace::draftBriefing(*fixture.workspace, {view, false, "panel of the spring term"}, fixture.task));
}

Status exportBriefing(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    workspace::OverviewRequest view;
    view.school = {test::kSchool};
    return statusOf(workspace::exportBriefing(*workspace, {view, false, "panel of the spring term"},
                                              stage.folder() / "out" / "briefing.pdf", stage.fixture.task));
}

/// The police's only delivery: its records, facts and part of the links go.
Status purgePolice(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    FAIRLEAD_TRY(const auto all, custody::retention(*workspace));
    const auto police = std::ranges::find(all, "police", &custody::DeliveryEnd::agency);
    return statusOf(
        custody::purge(*workspace, {{police->delivery}, "retention ended in June"}, alone(), stage.fixture.task));
}

Status involve(Workspace& workspace) {
    return statusOf(release::recordInvolvement(workspace, {.child = {1},
                                                           .coversFamily = true,
                                                           .team = "Early Help North",
                                                           .worker = "Test analyst",
                                                           .purpose = "support plan after the June referral",
                                                           .gateway = "children_act_2004_s10",
                                                           .days = {test::day("2026-06-01"), test::day("2026-12-01")},
                                                           .source = "case list, referral 2041"}));
}

Status releaseNames(Workspace& workspace) {
    return statusOf(release::releaseNames(workspace, alone(), {"Test analyst", {}, test::day("2026-08-01")}));
}

Status recordInvolvement(std::shared_ptr<Workspace>& workspace, Stage&) { return involve(*workspace); }

Status release(std::shared_ptr<Workspace>& workspace, Stage&) { return releaseNames(*workspace); }

/// Two releases that rest on one involvement.
void releaseTwice(WorkspaceFixture& fixture) {
    valueOf(involve(*fixture.workspace));
    for (int i = 0; i < 2; ++i) valueOf(releaseNames(*fixture.workspace));
}

Status withdrawRelease(std::shared_ptr<Workspace>& workspace, Stage&) {
    return release::withdrawRelease(*workspace, 1, "strategy meeting on 2 July");
}

/// The second release goes with it.
Status withdrawInvolvement(std::shared_ptr<Workspace>& workspace, Stage&) {
    return statusOf(release::withdrawInvolvement(*workspace, 1, "entered for the wrong child"));
}

Status makePack(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    return statusOf(release::makePack(*workspace, stage.fixture.task));
}

/// As look(), of every school.
void lookAtAll(WorkspaceFixture& fixture) {
    valueOf(release::makePack(*fixture.workspace, fixture.task));
    fs::remove(fixture.path / release::kPackFile);
}

/// Who reads the pack that takes the place of the first.
Status addReader(std::shared_ptr<Workspace>& workspace, Stage&) {
    return add(*workspace, "Rita", access::Role::AggregateReader);
}

Status rotate(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    return statusOf(custody::rotate(*workspace, alone(), stage.folder() / kRotated, stage.fixture.task));
}

Status makeSheets(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    FAIRLEAD_TRY(const auto made, custody::makeSheets(*workspace, alone()));
    stage.sheets = {std::string(made.first.view()), std::string(made.second.view())};
    return {};
}

/// Nobody has to open the workspace for it.
Status useSheets(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    workspace.reset();
    const auto passphrase = crypto::Secret::copyOf("Nora rows the boat alone");
    const custody::SheetsUse use{.sheets = {stage.sheets.first, stage.sheets.second},
                                 .firstBearer = "Head of unit",
                                 .secondBearer = "Records lead",
                                 .user = {.name = "Nora",
                                          .roles = {access::Role::DataSteward},
                                          .passphrase = passphrase.view(),
                                          .cost = access::KdfPolicy::testCost()},
                                 .policy = access::KdfPolicy::forTests()};
    return custody::useSheets(stage.path(), use, *stage.fixture.clock);
}

Status backUp(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    return statusOf(custody::backUp(*workspace, stage.folder() / kKept, stage.fixture.task));
}

Status restore(std::shared_ptr<Workspace>&, Stage& stage) {
    return statusOf(custody::restore(stage.folder() / kKept, stage.folder() / kRestored, stage.fixture.task));
}

/// So many that the log's key changes.
Status appendMany(std::shared_ptr<Workspace>& workspace, Stage& stage) {
    for (int i = 0; i < 4; ++i) FAIRLEAD_OK(reveal(workspace, stage));
    return {};
}

void fillLog(WorkspaceFixture& fixture) {
    while (fixture.workspace->audit().head().size % audit::kEntriesPerKey < audit::kEntriesPerKey - 8)
        valueOf(workspace::reveal(*fixture.workspace, {{1}}, "panel of the spring term"));
}

}  // namespace

const std::vector<Story>& stories() {
    static const std::vector<Story> all = {
        {.name = "load", .prepare = [](auto& fixture) { deliverLater(fixture); }, .acts = {{loadLater}}},
        {.name = "link", .prepare = [](auto& fixture) { fixture.load({deliverLater(fixture)}); }, .acts = {{link}}},
        {.name = "approval", .acts = {{approve}}},
        {.name = "decision", .acts = {{decide}, {takeBack}}},
        {.name = "header", .acts = {{addUser}, {changePassphrase}}, .passphraseAfter = std::string(kSecond)},
        {.name = "audit", .prepare = fillLog, .acts = {{appendMany}}},
        {.name = "briefing", .prepare = look, .acts = {{exportBriefing}}},
        {.name = "release", .acts = {{recordInvolvement}, {release}}},
        {.name = "withdrawal", .prepare = releaseTwice, .acts = {{withdrawRelease}, {withdrawInvolvement}}},
        {.name = "pack", .prepare = lookAtAll, .acts = {{makePack}, {addReader}, {makePack}}},
        {.name = "purge", .acts = {{purgePolice}}},
        {.name = "rotation", .acts = {{rotate}}},
        {.name = "recovery", .acts = {{makeSheets}, {useSheets}}},
        // What comes back needs no key, so that nobody's log can have it.
        {.name = "backup", .acts = {{backUp}, {restore, false}}},
        {.name = "creation", .acts = {{approve}}, .creates = true},
    };
    return all;
}

}  // namespace fairlead::crash
