#include "tests/ui/every_page.h"

#include "tests/ui/made_up.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/join_panel.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/audit_page.h"
#include "ui/governance/decision_dialogs.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/posture_page.h"
#include "ui/governance/purge_dialog.h"
#include "ui/governance/recover_dialog.h"
#include "ui/governance/recovery_dialogs.h"
#include "ui/governance/release_dialogs.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/rotate_dialog.h"
#include "ui/governance/user_dialog.h"
#include "ui/governance/users_page.h"
#include "ui/help/help_page.h"
#include "ui/help/learn_page.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/quality/quality_page.h"
#include "ui/register/register_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/start_page.h"
#include "ui/shell/trail.h"
#include "ui/shell/unlock_page.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/task/jobs_dialog.h"
#include "ui/task/task_runner.h"

namespace fairlead::ui::made_up {

namespace {

void addRetention(std::vector<NamedPage>& pages, TaskRunner& runner) {
    constexpr int kParts = 4;
    const auto content = std::make_shared<const RetentionContent>(retention());
    const auto preview = std::make_shared<const custody::PurgePreview>(purgePreview());
    for (int part = 0; part < kParts; ++part) {
        auto page = std::make_unique<RetentionPage>(runner);
        page->setRetention(content);
        page->setPreview(preview);
        page->showPart(part);
        pages.push_back({"retention", std::move(page)});
    }
    pages.push_back({"purge dialog", std::make_unique<PurgeDialog>(*preview, *content, runner)});
}

void addUsers(std::vector<NamedPage>& pages, TaskRunner& runner) {
    constexpr int kParts = 4;
    const auto who = std::make_shared<const UsersContent>(users());
    for (int part = 0; part < kParts; ++part) {
        auto page = std::make_unique<UsersPage>(runner);
        page->setUsers(who);
        page->setRecovery(std::make_shared<const RecoveryContent>(recovery()));
        page->showPart(part);
        pages.push_back({"users", std::move(page)});
    }
    using Kind = UserChange::Kind;
    for (const Kind kind : {Kind::Add, Kind::ChangeRoles, Kind::Retire, Kind::OwnPassphrase}) {
        pages.push_back({"user dialog", std::make_unique<UserDialog>(kind, *who, &who->users[3])});
    }
    pages.push_back({"making sheets", std::make_unique<MakeSheetsDialog>(*who)});
    pages.push_back({"the sheets", std::make_unique<SheetsDialog>(sheetsMade())});
    pages.push_back({"trying sheets", std::make_unique<DrillDialog>()});
    pages.push_back({"using sheets", std::make_unique<RecoverDialog>()});
    pages.push_back({"rotation", std::make_unique<RotateDialog>(*who, runner)});
    pages.push_back({"rotated", std::make_unique<RotatedDialog>(custody::RotationReport{}, "new.fairlead")});
}

void addGovernance(std::vector<NamedPage>& pages, TaskRunner& runner) {
    constexpr int kAuditParts = 4, kParts = 2;
    addUsers(pages, runner);
    for (int part = 0; part < kAuditParts; ++part) {
        auto audit = std::make_unique<AuditPage>();
        audit->setView(std::make_shared<const workspace::AuditView>(auditView()));
        audit->showPart(part);
        pages.push_back({"audit", std::move(audit)});
    }
    const auto released = std::make_shared<const ReleasesContent>(releases());
    const auto made = std::make_shared<const release::Pack>(pack());
    for (int part = 0; part < kParts; ++part) {
        auto protection = std::make_unique<PosturePage>();
        protection->setFindings(std::make_shared<const PosturePage::Findings>(findings({"xcb", false, true, false})));
        protection->showPart(part);
        pages.push_back({"protection", std::move(protection)});
        auto names = std::make_unique<ReleasesPage>();
        names->setReleases(released);
        names->showPart(part);
        pages.push_back({"releases", std::move(names)});
        auto counts = std::make_unique<PackPage>(PackPage::Rights{.read = true, .make = true});
        counts->setPack(made);
        counts->showPart(part);
        pages.push_back({"school counts", std::move(counts)});
    }
    for (int part = 0; part < 4; ++part) {
        auto page = std::make_unique<PairsPage>();
        page->setPairs(std::make_shared<const PairsContent>(pairs()));
        page->setPair(std::make_shared<const release::PairFields>(pairFields()));
        page->showPart(part);
        pages.push_back({"pairs", std::move(page)});
    }
    release::PairFields decided = pairFields();
    decided.decision = pairs().decisions.back();
    pages.push_back({"a decision", std::make_unique<DecisionDialog>(decided, "Lin")});
    pages.push_back({"a decision taken back", std::make_unique<TakeBackDialog>(*decided.decision)});
    pages.push_back({"an involvement", std::make_unique<InvolvementDialog>(*released)});
    pages.push_back({"a release", std::make_unique<ReleaseDialog>(*released)});
    for (const auto kind : {ReleaseAct::Kind::Withdraw, ReleaseAct::Kind::EndInvolvement}) {
        pages.push_back({"withdrawal", std::make_unique<WithdrawDialog>(kind, 1)});
    }
    addRetention(pages, runner);
}

}  // namespace

std::vector<NamedPage> everyPage(TaskRunner& runner, Names names) {
    const bool revealed = names == Names::Shown;
    std::vector<NamedPage> pages;
    pages.push_back({"start", std::make_unique<StartPage>(true)});
    auto unlock = std::make_unique<UnlockPage>(runner);
    unlock->askToOpen("made-up.fairlead", {"Olive", "Stan", "Ana"});
    pages.push_back({"unlock", std::move(unlock)});
    auto create = std::make_unique<UnlockPage>(runner);
    create->askToCreate("new.fairlead");
    pages.push_back({"new workspace", std::move(create)});
    auto sources = std::make_unique<SourcesPage>(runner);
    sources->setSources(std::make_shared<const SourcesContent>(made_up::sources()));
    pages.push_back({"sources", std::move(sources)});
    auto loading = std::make_unique<LoadPage>();
    loading->setPreview(std::make_shared<const PreviewContent>(made_up::preview({"police_6.fxt", "police_7.fxt"})));
    pages.push_back({"before loading", std::move(loading)});
    auto schools = std::make_unique<SchoolsPage>();
    schools->setSchools(std::make_shared<const SchoolsContent>(made_up::glance()));
    pages.push_back({"schools", std::move(schools)});
    auto overview = std::make_unique<OverviewPage>();
    overview->setOverview(std::make_shared<const OverviewContent>(made_up::overview(revealed)));
    pages.push_back({"overview", std::move(overview)});
    for (const auto list : {ListPage::List::NewIndicators, ListPage::List::Families}) {
        auto page = std::make_unique<ListPage>(list);
        page->setOverview(std::make_shared<const OverviewContent>(made_up::overview(revealed)));
        pages.push_back({"list", std::move(page)});
    }
    auto definitions = std::make_unique<RegisterPage>();
    definitions->setRegister(std::make_shared<const RegisterContent>(made_up::definitions()));
    pages.push_back({"register", std::move(definitions)});
    pages.push_back({"handbook", std::make_unique<HelpPage>()});
    pages.push_back({"learn", std::make_unique<LearnPage>()});
    pages.push_back(
        {"palette", std::make_unique<CommandPalette>(std::vector<PaletteEntry>{{"Lock now", "Ctrl+L", [] {}}})});
    auto trail = std::make_unique<Trail>();
    trail->setCrumbs({{"Schools", [] {}}, {"A school with a rather long name", [] {}}, {"Risk of NEET", {}}});
    pages.push_back({"trail", std::move(trail)});
    auto drill = std::make_unique<DrillPage>();
    drill->setDrill(std::make_shared<const DrillContent>(made_up::drill(revealed)));
    drill->setChange(std::make_shared<const CompareContent>(made_up::comparison(revealed)));
    pages.push_back({"drill", std::move(drill)});
    auto compare = std::make_unique<ComparePage>();
    compare->setComparison(std::make_shared<const CompareContent>(made_up::comparison(revealed)));
    compare->markFigure("risk_of_neet");
    pages.push_back({"compare", std::move(compare)});
    auto people = std::make_unique<PeoplePage>();
    people->setPeople(std::make_shared<const PeopleContent>(made_up::people(revealed)));
    pages.push_back({"people", std::move(people)});
    for (const QualityPart part : qualityParts()) {
        auto quality = std::make_unique<QualityPage>();
        quality->setQuality(std::make_shared<const QualityContent>(made_up::quality()));
        quality->showPart(static_cast<int>(part));
        pages.push_back({"quality", std::move(quality)});
    }
    auto pupil = std::make_unique<PupilPage>();
    pupil->setPupil(std::make_shared<const PupilContent>(made_up::pupil(revealed)));
    pupil->join().setStory(made_up::joinStory());
    pages.push_back({"pupil", std::move(pupil)});
    pages.push_back({"reason", std::make_unique<ReasonDialog>()});
    auto jobs = std::make_unique<JobsDialog>();
    jobs->follow(runner, true);
    pages.push_back({"jobs", std::move(jobs)});
    addGovernance(pages, runner);
    return pages;
}

}  // namespace fairlead::ui::made_up
