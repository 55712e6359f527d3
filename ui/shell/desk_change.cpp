// What the Desk reads about a school beside its overview: why figures changed (read behind it, shown on three pages),
// and its roll.

#include "ui/drill/change_tables.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/overview/overview_page.h"
#include "ui/people/people_page.h"
#include "ui/shell/desk.h"
#include "ui/style/look.h"
#include "ui/tile/tile_widget.h"

namespace fairlead::ui {

CompareRequest Desk::comparisonOf(const OverviewRequest& request) {
    return {request.school, request.asAt.monthStart() - 1, request.asAt, {}, request.knownAt, request.yearGroup};
}

void Desk::readChange() {
    const CompareRequest wanted = comparisonOf(m_request);
    const auto sameDays = [&](const CompareRequest& held) {
        return held.school == wanted.school && held.from == wanted.from && held.to == wanted.to &&
               held.yearGroup == wanted.yearGroup && (!wanted.toKnownAt || held.toKnownAt == wanted.toKnownAt) &&
               (wanted.toKnownAt || m_changeIsOfNow);
    };
    if (m_change && sameDays(m_change->request)) {
        applyChange();
        return;
    }
    m_change.reset();
    m_drill->setChange(nullptr);
    using Content = std::shared_ptr<const CompareContent>;
    m_changeRunner.start<Content>(
        [session = m_session, wanted](TaskContext& task) { return session->compare(wanted, {}, task); },
        [this, wanted](Result<Content> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            m_change = std::move(*result);
            m_changeIsOfNow = !wanted.toKnownAt;
            applyChange();
        });
}

void Desk::applyChange() {
    std::map<QString, QString> notes;
    for (const ComparedLine& figure : m_change->figures) {
        notes[text(figure.id)] = boundsNote(figure.bounds);
    }
    m_overview->setFigureNotes(std::move(notes));
    m_drill->setChange(m_change);
}

void Desk::compareFigure(const QString& figureId) {
    if (!m_hasSchool) {
        return;
    }
    m_compare->markFigure(figureId);
    if (m_compare->content() == nullptr || m_compare->content()->request.school != m_request.school) {
        requestCompare(comparisonOf(m_request));
        return;
    }
    if (CompareRequest held = m_compare->content()->request; held.yearGroup != m_request.yearGroup) {
        held.yearGroup = m_request.yearGroup;
        requestCompare(held);
    }
    show(m_compare);
}

void Desk::showCompare() {
    QString figure;
    if (const auto* tile = qobject_cast<const TileWidget*>(focusWidget()); tile != nullptr) {
        figure = tile->content().figureId;
    } else if (page() == m_drill && m_drill->content() != nullptr) {
        figure = text(m_drill->content()->request.figureId);
    }
    compareFigure(figure);
}

void Desk::requestCompare(const CompareRequest& request) {
    using Content = std::shared_ptr<const CompareContent>;
    const bool go = m_compare->content() == nullptr || m_compare->content()->request.school != request.school;
    m_compareRunner.start<Content>([session = m_session, request, reason = m_namesReason](
                                       TaskContext& task) { return session->compare(request, reason, task); },
                                   [this, go](Result<Content> result) {
                                       if (!result) {
                                           tell(result.error());
                                           return;
                                       }
                                       tellWithheld((*result)->namesWithheld);
                                       m_compare->setComparison(std::move(*result));
                                       if (go) {
                                           show(m_compare);
                                       }
                                   });
}

void Desk::readPeople() {
    using Content = std::shared_ptr<const PeopleContent>;
    m_peopleRunner.start<Content>([session = m_session, request = m_request, reason = m_namesReason](
                                      TaskContext& task) { return session->people(request, reason, task); },
                                  [this](Result<Content> result) {
                                      if (!result) {
                                          tell(result.error());
                                          return;
                                      }
                                      m_peopleAreRead = true;
                                      tellWithheld((*result)->namesWithheld);
                                      m_people->setPeople(std::move(*result));
                                  });
}

void Desk::showPeople() {
    if (!m_hasSchool) {
        return;
    }
    if (!m_peopleAreRead) {
        readPeople();
    }
    show(m_people);
}

}  // namespace fairlead::ui
