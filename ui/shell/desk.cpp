#include "ui/shell/desk.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/chart/chart_view.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/join_panel.h"
#include "ui/drill/pupil_page.h"
#include "ui/help/help_page.h"
#include "ui/help/learn_page.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/quality/quality_page.h"
#include "ui/register/register_page.h"
#include "ui/shell/governance.h"
#include "ui/shell/navigation.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/trail.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/look.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/task/jobs_dialog.h"
#include "ui/task/task_strip.h"

namespace fairlead::ui {

Desk::Desk(std::shared_ptr<Session> session, QWidget* parent) : QWidget(parent), m_session(std::move(session)) {
    build();
    connectPages();
    connect(m_governance, &Governance::failed, this, &Desk::tell);
    connect(m_governance, &Governance::said, m_notice, &NoticeBar::say);
    connect(m_governance, &Governance::opened, this, &Desk::show);
    connect(m_governance, &Governance::purged, this, [this] {
        m_registerIsRead = false;
        m_qualityIsRead = false;
        m_change.reset();
        readSources(false);
        if (m_hasSchool) {
            requestOverview(m_request, false);
        }
    });
}

Desk::~Desk() = default;

void Desk::build() {
    m_navigation = new Navigation;
    m_notice = new NoticeBar;
    m_stack = new QStackedWidget;
    m_sources = new SourcesPage(m_workRunner);
    m_loading = new LoadPage;
    m_schools = new SchoolsPage;
    m_overview = new OverviewPage;
    m_compare = new ComparePage;
    m_drill = new DrillPage;
    m_pupil = new PupilPage;
    m_new = new ListPage(ListPage::List::NewIndicators);
    m_families = new ListPage(ListPage::List::Families);
    m_people = new PeoplePage;
    m_quality = new QualityPage;
    m_register = new RegisterPage;
    m_help = new HelpPage;
    m_learn = new LearnPage;
    m_governance = new Governance(m_session, this);
    m_trail = new Trail;
    for (Page* page :
         std::initializer_list<Page*>{m_sources, m_loading, m_schools, m_overview, m_new, m_families, m_people,
                                      m_compare, m_drill, m_pupil, m_quality, m_register, m_help, m_learn}) {
        m_stack->addWidget(page);
    }
    for (const Governance::Entry& entry : m_governance->entries()) {
        m_stack->addWidget(entry.page);
    }
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(m_trail);
    right->addWidget(m_notice);
    right->addWidget(m_stack, 1);
    right->addLayout(followJobs());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(new NavigationPanel(m_navigation, text(m_session->name())));
    row->addLayout(right, 1);
    fillNavigation();
}

QVBoxLayout* Desk::followJobs() {
    enum class Line {
        Here,       // At the foot of every page.
        Elsewhere,  // Its page has one, or nobody waits for it.
    };
    struct Job {
        TaskRunner& runner;
        QString title;
        Line line = Line::Here;
        bool always = false;  ///< It writes something.
    };
    // What a job is about is not said: the list stays in sight beside every page.
    std::vector<Job> jobs = {{m_sourcesRunner, tr("Reading what is supplied")},
                             {m_schoolsRunner, tr("Reading the schools")},
                             {m_glanceRunner, tr("Counting every school")},
                             {m_overviewRunner, tr("Reading a school")},
                             {m_drillRunner, tr("Reading what stands behind a figure")},
                             {m_changeRunner, tr("Finding why figures changed"), Line::Elsewhere},
                             {m_compareRunner, tr("Comparing two dates")},
                             {m_peopleRunner, tr("Reading a roll")},
                             {m_pupilRunner, tr("Reading a pupil")},
                             {m_joinRunner, tr("Finding how a record joined")},
                             {m_workRunner, {}, Line::Elsewhere, true},  // Named as it starts: it does three things.
                             {m_briefingRunner, tr("Writing a DRAFT briefing"), Line::Here, true},
                             {m_tableRunner, tr("Writing a table"), Line::Here, true},
                             {m_qualityRunner, tr("Reading the quality of the data")},
                             {m_registerRunner, tr("Reading the definitions")},
                             {m_viewsRunner, tr("Keeping views")}};
    for (const Governance::Job& job : m_governance->jobs()) {
        jobs.push_back({job.runner, job.name, job.writes ? Line::Elsewhere : Line::Here, job.writes});
    }
    m_jobs = new JobsDialog(this);
    auto* lines = new QVBoxLayout;
    lines->setContentsMargins(14, 0, 14, 0);
    for (const Job& job : jobs) {
        job.runner.setTitle(job.title);
        m_runners.push_back(&job.runner);
        m_jobs->follow(job.runner, job.always);
        if (job.line == Line::Here) {
            lines->addWidget(new TaskStrip(job.runner));
        }
    }
    return lines;
}

void Desk::toggleJobs() { m_jobs->toggle(); }

void Desk::connectPages() {
    connect(m_navigation, &QListView::clicked, this, &Desk::goTo);
    connect(m_navigation, &QListView::activated, this, &Desk::goTo);
    connect(m_schools, &SchoolsPage::schoolOpened, this, [this](record::SchoolUrn school) { openSchool(school); });
    connect(m_schools, &SchoolsPage::countsRequested, this, &Desk::readGlance);
    connect(m_schools, &SchoolsPage::dateChanged, this, [this](Date day) {
        m_asAt = day;
        readSchools();
    });
    connect(m_overview, &OverviewPage::requested, this,
            [this](const OverviewRequest& request) { requestOverview(request, false); });
    connect(m_overview, &OverviewPage::figureOpened, this, &Desk::openFigure);
    connect(m_overview, &OverviewPage::changeRequested, this, &Desk::compareFigure);
    connect(m_overview, &OverviewPage::definitionRequested, this, &Desk::openDefinitionOf);
    connect(m_overview, &OverviewPage::pupilOpened, this, &Desk::openPupil);
    connect(m_overview, &OverviewPage::namesToggled, this, &Desk::toggleNames);
    connect(m_overview, &OverviewPage::briefingRequested, this, &Desk::chooseBriefing);
    connect(m_drill, &DrillPage::pupilOpened, this, &Desk::openPupil);
    connect(m_drill, &DrillPage::comparisonRequested, this, &Desk::compareFigure);
    connect(m_compare, &ComparePage::requested, this, &Desk::requestCompare);
    connect(m_compare, &ComparePage::pupilOpened, this, &Desk::openPupil);
    connect(m_compare, &ComparePage::namesToggled, this, &Desk::toggleNames);
    for (const ListPage* page : {m_new, m_families}) {
        connect(page, &ListPage::requested, this,
                [this](const OverviewRequest& request) { requestOverview(request, false); });
    }
    connect(m_people, &PeoplePage::requested, this,
            [this](const OverviewRequest& request) { requestOverview(request, false); });
    for (const PupilListPage* page : std::initializer_list<PupilListPage*>{m_new, m_families, m_people}) {
        connect(page, &PupilListPage::pupilOpened, this, &Desk::openPupil);
        connect(page, &PupilListPage::namesToggled, this, &Desk::toggleNames);
    }
    connect(m_trail, &Trail::backRequested, this, &Desk::back);
    connect(m_trail, &Trail::forwardRequested, this, &Desk::forward);
    connect(m_pupil, &PupilPage::namesToggled, this, &Desk::toggleNames);
    connect(m_pupil, &PupilPage::joinRequested, this, &Desk::requestJoin);
    m_pupil->join().offerDecisions(m_session->may(access::Action::DecideLinks));
    connect(&m_pupil->join(), &JoinPanel::decisionRequested, m_governance,
            [this](record::SourcePersonId a, record::SourcePersonId b) { m_governance->openPair({.a = a, .b = b}); });
    connect(m_sources, &SourcesPage::loadRequested, this, &Desk::chooseExtracts);
    connect(m_sources, &SourcesPage::filesDropped, this, &Desk::preview);
    connect(m_loading, &LoadPage::filesDropped, this, &Desk::preview);
    connect(m_loading, &LoadPage::accepted, this, &Desk::load);
    connect(m_loading, &LoadPage::declined, this, &Desk::showSources);
    connect(m_sources, &SourcesPage::linkRequested, this, &Desk::link);
    for (ChartView* chart : m_stack->findChildren<ChartView*>()) {
        connect(chart, &ChartView::pictureCopied, this, [this, chart] { copyPicture(*chart); });
        connect(chart, &ChartView::pictureSaved, this, [this, chart] { choosePictureFile(*chart); });
    }
    for (const DataTable* table : tables()) {
        connect(table, &DataTable::exportRequested, this, &Desk::chooseTableFile);
        connect(table, &DataTable::copyRefused, this, [this] {
            m_notice->say(tr("Names are shown and cannot be copied. Hide them first (Ctrl+Shift+N)."), true);
        });
    }
    connect(&m_workRunner, &TaskRunner::idle, this, [this] { m_sources->setBusy(false); });
}

void Desk::focusPage() const { page()->firstFocus()->setFocus(Qt::OtherFocusReason); }

void Desk::nextRegion(bool forward) {
    std::vector<QWidget*> regions = page()->regions();
    regions.insert(regions.begin(), m_navigation);
    QWidget* focused = focusWidget();
    const auto holds = [&](QWidget* region) {
        return focused != nullptr && (region == focused || region->isAncestorOf(focused));
    };
    auto at = std::find_if(regions.begin(), regions.end(), holds);
    if (at == regions.end() && focused != nullptr && m_overview->isAncestorOf(focused) && regions.size() > 2) {
        at = regions.begin() + 2;  // Any tile is the second region of the overview.
    }
    const auto count = static_cast<std::ptrdiff_t>(regions.size());
    const std::ptrdiff_t now = at == regions.end() ? 0 : at - regions.begin();
    regions[static_cast<std::size_t>((now + (forward ? 1 : count - 1)) % count)]->setFocus(Qt::TabFocusReason);
}

bool Desk::isBusy() const { return std::ranges::any_of(m_runners, &TaskRunner::isRunning); }

bool Desk::hasOverview() const { return m_overview->content() != nullptr; }

record::SchoolUrn Desk::largestSchool() const {
    const auto& schools = m_schools->content().schools;
    const auto largest = std::max_element(schools.begin(), schools.end(),
                                          [](const auto& a, const auto& b) { return a.onRoll < b.onRoll; });
    return largest == schools.end() ? record::SchoolUrn{} : largest->urn;
}

QString Desk::largestFigure() const {
    const indicator::IndicatorFigure* largest = nullptr;
    for (const indicator::GroupFigure& group : m_overview->content()->overview.groups) {
        for (const indicator::IndicatorFigure& part : group.indicators) {
            if (largest == nullptr || part.figure.pupils.value > largest->figure.pupils.value) {
                largest = &part;
            }
        }
    }
    return largest == nullptr ? QString() : text(largest->id);
}

void Desk::openFirstPupil() {
    if (m_drill->content() != nullptr && !m_drill->content()->pupils.empty()) {
        openPupil(m_drill->content()->pupils.front().pupil);
    }
}

void Desk::tellWithheld(const NamesWithheld& names) {
    QStringList sentences;
    if (names.notReleased > 0) {
        sentences << tr("%1 names of this page are not released to you: those pupils stay under pseudonyms. A data "
                        "steward releases names to whoever is involved with a child.")
                         .arg(number(names.notReleased));
    }
    if (names.overBudget > 0) {
        sentences << tr("%1 names of this page are released to you, but more than their release may still show: those "
                        "pupils stay under pseudonyms. Ask for fewer at once, from behind a figure or on a pupil's own "
                        "page, or ask a data steward for a new release.")
                         .arg(number(names.overBudget));
    }
    if (!sentences.isEmpty()) {
        m_notice->say(sentences.join(QLatin1Char(' ')), false);
    }
}

void Desk::tell(const Error& error) { m_notice->say(errorInWords(error), error.code != ErrorCode::Cancelled); }

}  // namespace fairlead::ui
