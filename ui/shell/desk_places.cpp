// Where the reader is on the Desk: navigation, trail, back and forward, palette, help.

#include <algorithm>

#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/audit_page.h"
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
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/navigation.h"
#include "ui/shell/trail.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/look.h"
#include "ui/table/data_table.h"
#include "ui/tile/tile_widget.h"

namespace fairlead::ui {

void Desk::fillNavigation() {
    // Of one school, of all schools, of the workspace itself, to read.
    QList<QStringList> groups;
    m_targets.clear();
    const auto add = [&](const QString& name, Page* page) {
        groups.back() << name;
        m_targets.push_back(page);
    };
    const auto beginGroup = [&] { groups.emplace_back(); };
    const auto may = [&](access::Action action) { return m_session->may(action); };
    beginGroup();
    if (m_hasSchool) {
        add(tr("School overview"), m_overview);
        add(m_new->title(), m_new);
        add(m_families->title(), m_families);
        add(tr("People"), m_people);
        add(tr("Compare dates"), m_compare);
    }
    beginGroup();
    if (may(access::Action::ReadFigures)) {
        add(tr("Schools"), m_schools);
        add(tr("Indicators"), m_register);
        add(tr("Data sources"), m_sources);
    }
    if (may(access::Action::ReadQuality)) {
        add(tr("Data quality"), m_quality);
    }
    beginGroup();
    for (const Governance::Entry& entry : m_governance->entries()) {
        if (entry.isOffered) {
            add(entry.name, entry.page);
        }
    }
    beginGroup();
    add(tr("Handbook"), m_help);
    add(tr("Learn"), m_learn);
    m_navigation->setPages(groups);
    // A drill-down belongs to the overview it was opened from, what is to be loaded to the sources.
    Page* shown = page() == m_drill || page() == m_pupil ? m_overview : page() == m_loading ? m_sources : page();
    const auto at = std::ranges::find(m_targets, shown);
    m_navigation->setCurrentIndex(m_navigation->at(at == m_targets.end() ? 0 : at - m_targets.begin()));
    fillTrail();
}

bool Desk::isOfSchool() const {
    const std::initializer_list<const Page*> pages{m_overview, m_new,   m_families, m_people,
                                                   m_compare,  m_drill, m_pupil};
    return std::ranges::find(pages, page()) != pages.end();
}

void Desk::fillTrail() {
    std::vector<Crumb> crumbs;
    const Page* shown = page();
    const bool ofSchool = isOfSchool();
    if (ofSchool && hasOverview()) {
        crumbs.push_back({tr("Schools"), [this] { showSchools(); }});
        crumbs.push_back({text(m_overview->content()->schoolName), [this] { showOverview(); }});
    }
    // A pupil was opened from a list or from behind a figure: the trail keeps that step.
    const Page* before = shown == m_pupil && !m_past.empty() ? m_past.back().page : shown;
    if (before == m_drill && m_drill->content() != nullptr) {
        crumbs.push_back({text(m_drill->content()->trend.title), [this] { show(m_drill); }});
    }
    for (ListPage* list : {m_new, m_families}) {
        if (before == list) {
            crumbs.push_back({list->title(), [this, list] { show(list); }});
        }
    }
    if (before == m_people) {
        crumbs.push_back({tr("People"), [this] { showPeople(); }});
    }
    if (before == m_compare) {
        crumbs.push_back({tr("Compare dates"), [this] { show(m_compare); }});
    }
    if (shown == m_pupil && m_pupil->content() != nullptr) {
        crumbs.push_back({text(m_pupil->content()->name), {}});
    }
    if (shown == m_loading) {
        crumbs = {{tr("Data sources"), [this] { showSources(); }}, {tr("Before loading"), {}}};
    } else if (!ofSchool) {
        const auto at = std::ranges::find(m_targets, shown);
        crumbs.push_back({at == m_targets.end() ? QString() : m_navigation->names()[at - m_targets.begin()], {}});
    }
    m_trail->setCrumbs(std::move(crumbs));
    m_trail->setWays(!m_past.empty(), !m_future.empty());
}

QString Desk::trail() const { return m_trail->words(); }

Page* Desk::page() const { return static_cast<Page*>(m_stack->currentWidget()); }

Desk::Place Desk::here() const {
    Place place{page(), m_request, {}, {}};
    if (m_drill->content() != nullptr) {
        place.figure = m_drill->content()->request.figureId;
    }
    if (m_pupil->content() != nullptr) {
        place.pupil = m_pupil->content()->timeline.pupil;
    }
    return place;
}

void Desk::setPage(Page* page) {
    m_stack->setCurrentWidget(page);
    fillNavigation();
    focusPage();
    emit pageChanged();
}

void Desk::show(Page* page) {
    if (page == this->page()) {
        fillTrail();
        return;
    }
    m_past.push_back(here());
    m_future.clear();
    setPage(page);
}

void Desk::arrive(const Place& place) {
    // The page is there at once; what it showed then is read again when it shows something else now.
    setPage(place.page);
    if (m_hasSchool && place.request.school.value != 0 && place.request != m_request) {
        requestOverview(place.request, false);
    }
    if (place.page == m_drill && !place.figure.empty()) {
        const DrillRequest& shown = m_drill->content()->request;
        if (shown.figureId != place.figure || shown.overview != place.request) {
            requestDrill({place.request, place.figure}, false);
        }
    }
    if (place.page == m_people && !m_peopleAreRead && place.request == m_request) {
        readPeople();
    }
    if (place.page == m_compare && m_compare->content()->request.school != place.request.school) {
        requestCompare(comparisonOf(place.request));
    }
    if (place.page == m_pupil && m_pupil->content() != nullptr &&
        (m_pupil->content()->timeline.pupil != place.pupil || m_pupil->content()->overview != place.request)) {
        requestPupil(place.request, place.pupil, false);
    }
}

void Desk::back() {
    if (m_past.empty()) {
        return;
    }
    m_future.push_back(here());
    const Place place = m_past.back();
    m_past.pop_back();
    arrive(place);
}

void Desk::forward() {
    if (m_future.empty()) {
        return;
    }
    m_past.push_back(here());
    const Place place = m_future.back();
    m_future.pop_back();
    arrive(place);
}

void Desk::up() { m_trail->up(); }

void Desk::goTo(const QModelIndex& entry) {
    if (!entry.isValid()) {
        return;
    }
    Page* page = m_targets[static_cast<std::size_t>(entry.row())];
    if (m_governance->owns(page)) {
        m_governance->open(page);
    } else if (page == m_register) {
        showRegister();
    } else if (page == m_quality) {
        showQuality();
    } else if (page == m_people) {
        showPeople();
    } else if (page == m_compare) {
        compareFigure({});
    } else {
        show(page);
    }
}

void Desk::showSchools() { show(m_schools); }

void Desk::showOverview() {
    if (m_hasSchool) {
        show(m_overview);
    }
}

void Desk::showNew() {
    if (m_hasSchool) {
        show(m_new);
    }
}

void Desk::showFamilies() {
    if (m_hasSchool) {
        show(m_families);
    }
}

void Desk::showSources() { show(m_sources); }

void Desk::showQuality() {
    if (!m_qualityIsRead) {
        readQuality();
    }
    show(m_quality);
}

void Desk::showAudit() { m_governance->open(m_governance->audit()); }

void Desk::showUsers() { m_governance->open(m_governance->users()); }

void Desk::showRegister() {
    readRegister();
    show(m_register);
}

void Desk::openHelp() {
    m_help->openChapter(page()->helpChapter());
    show(m_help);
}

void Desk::openLearning() { show(m_learn); }

void Desk::openChanges() {
    m_help->openChapter(QStringLiteral("What is new"));
    show(m_help);
}

void Desk::openDefinition() {
    QString figure;
    if (const auto* tile = qobject_cast<const TileWidget*>(focusWidget()); tile != nullptr) {
        figure = tile->content().figureId;
    } else if (page() == m_drill && m_drill->content() != nullptr) {
        figure = text(m_drill->content()->request.figureId);
    }
    openDefinitionOf(figure);
}

void Desk::openDefinitionOf(const QString& figureId) {
    m_wantedDefinition = figureId;
    showRegister();
}

void Desk::openPalette(std::vector<PaletteEntry> actions) {
    std::vector<PaletteEntry> entries;
    const QStringList pages = m_navigation->names();
    for (qsizetype row = 0; row < pages.size(); ++row) {
        const QString& page = pages[row];
        // A page that has a key of its own is listed once, with the key.
        const auto same = std::ranges::find(actions, page, &PaletteEntry::words);
        const QString key = same == actions.end() ? QString() : same->kind;
        if (same != actions.end()) actions.erase(same);
        entries.push_back(
            {page, key.isEmpty() ? tr("Page") : tr("Page, %1").arg(key), [this, row] { goTo(m_navigation->at(row)); }});
    }
    m_governance->addParts(entries);
    for (const ViewLine& view : m_views) {
        entries.push_back({text(view.name), tr("Saved view"), [this, view] { openView(view); }});
    }
    for (const SchoolLine& school : m_schools->content().schools) {
        entries.push_back({text(school.name), tr("School, URN %1").arg(school.urn.value),
                           [this, urn = school.urn] { openSchool(urn); }});
    }
    std::ranges::move(actions, std::back_inserter(entries));
    auto* palette = new CommandPalette(std::move(entries), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

std::vector<DataTable*> Desk::tables() const {
    const auto found = m_stack->findChildren<DataTable*>();
    return {found.begin(), found.end()};
}

}  // namespace fairlead::ui
