#include "ui/overview/list_page.h"

#include "ui/overview/overview_tables.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

ListPage::ListPage(List list, QWidget* parent)
    : PupilListPage(list == List::NewIndicators ? tr("New indicators") : tr("Families"), parent), m_list(list) {
    connect(this, &PupilListPage::readingChosen, this, [this](Date asAt, const std::optional<KnownAt>& knownAt) {
        if (m_content) {
            const indicator::Overview& shown = m_content->overview;
            emit requested({shown.school, asAt, shown.filters.yearGroup, knownAt});
        }
    });
}

void ListPage::setOverview(std::shared_ptr<const OverviewContent> content) {
    m_content = std::move(content);
    const bool isNew = m_list == List::NewIndicators;
    fill({m_content->overview.asAt, m_content->loads, m_content->knownAt, m_content->namesRevealed, note(),
          isNew ? newIndicatorTable(*m_content) : familyTable(*m_content),
          isNew ? tr("No indicator was new in these days.")
                : tr("No pupil's family has two or more new indicators in these days.")});
}

QString ListPage::note() const {
    const Interval& window = m_content->overview.window;
    const QString school = text(m_content->schoolName);
    const std::string& year = m_content->overview.filters.yearGroup;
    const QString whose =
        withReading(year.empty() ? school : tr("%1, %2").arg(school, yearInWords(year)), m_content->knownAt);
    const QString days = tr("%1 to %2").arg(dateInWords(window.from), dateInWords(window.until - 1));
    return m_list == List::NewIndicators ? tr("%1 · indicators that began from %2 after a quiet time, as their "
                                              "definitions say. A late record came "
                                              "after data that already covered its day.")
                                               .arg(whose, days)
                                         : tr("%1 · pupils whose family has two or more new indicators from %2, the "
                                              "pupil's own left out. A count "
                                              "of records, not an order of concern.")
                                               .arg(whose, days);
}

}  // namespace fairlead::ui
