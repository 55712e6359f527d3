// Views of the Desk: what is open under a name, and narrowed as before.

#include <QInputDialog>
#include <algorithm>

#include "ui/drill/compare_page.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/people/people_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/navigation.h"
#include "ui/shell/notice_bar.h"
#include "ui/style/look.h"

namespace fairlead::ui {

std::vector<std::pair<const char*, Page*>> Desk::viewPages() const {
    return {{"overview", m_overview},
            {"new", m_new},
            {"families", m_families},
            {"people", m_people},
            {"compare", m_compare}};
}

void Desk::takeViews(Result<std::vector<ViewLine>> views) {
    if (!views) {
        tell(views.error());
        return;
    }
    m_views = std::move(*views);
}

void Desk::chooseViewName() {
    if (!hasOverview()) {
        return;
    }
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    dialog->setLabelText(
        tr("Page, school, year group and indicator are kept in the workspace under this name. The day is "
           "not: a view opens as at the day of the workspace."));
    connect(dialog, &QInputDialog::textValueSelected, this, &Desk::saveView);
    dialog->open();
}

void Desk::saveView(const QString& name) {
    const auto pages = viewPages();
    const auto open = std::ranges::find(pages, page(), [](const auto& entry) { return entry.second; });
    ViewLine view{name.trimmed().toStdString(), open == pages.end() ? "overview" : open->first, m_request.school,
                  m_request.yearGroup, m_overview->figureFilter().toStdString()};
    m_viewsRunner.start<std::vector<ViewLine>>(
        [session = m_session, view](TaskContext& task) { return session->saveView(view, task); },
        [this, name](Result<std::vector<ViewLine>> views) {
            if (views) {
                m_notice->say(tr("The view %1 is kept in this workspace: View › Saved views, or Ctrl+K.").arg(name),
                              false);
            }
            takeViews(std::move(views));
        });
}

void Desk::removeView(const QString& name) {
    m_viewsRunner.start<std::vector<ViewLine>>(
        [session = m_session, name = name.toStdString()](TaskContext& task) { return session->removeView(name, task); },
        [this](Result<std::vector<ViewLine>> views) { takeViews(std::move(views)); });
}

void Desk::openView(const ViewLine& view) {
    const record::SchoolUrn school = view.school.value != 0 ? view.school : m_request.school;
    if (school.value != 0) {
        m_wantedView = view;
        openSchool(school);
    }
}

void Desk::restoreFilters(const QString& yearGroup, const QString& figureId) {
    if (!yearGroup.isEmpty() || !figureId.isEmpty()) {
        m_wantedView = ViewLine{{}, "overview", {}, yearGroup.toStdString(), figureId.toStdString()};
    }
}

std::pair<QString, QString> Desk::filters() const {
    return {text(m_request.yearGroup), hasOverview() ? m_overview->figureFilter() : QString()};
}

void Desk::applyWanted() {
    if (!m_wantedView) {
        return;
    }
    const ViewLine view = *std::exchange(m_wantedView, std::nullopt);
    m_overview->setFigureFilter(text(view.figure));
    const auto& years = m_overview->content()->yearGroups;
    if (!m_request.yearGroup.empty() && std::ranges::find(years, m_request.yearGroup) == years.end()) {
        // A primary school has no Year 11: nobody is shown an empty page for it.
        OverviewRequest all = m_request;
        all.yearGroup.clear();
        requestOverview(all, false);
        return;
    }
    if (view.name.empty()) {
        m_notice->say(tr("Narrowed as at the end of the last session. Esc or Clear filters shows everything."), false);
        return;
    }
    for (const auto& [name, wanted] : viewPages()) {
        if (view.page == name && wanted != m_overview) {
            goTo(m_navigation->at(std::ranges::find(m_targets, wanted) - m_targets.begin()));
        }
    }
}

}  // namespace fairlead::ui
