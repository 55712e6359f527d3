#include "ui/people/people_page.h"

#include <algorithm>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

/// Titles of a group's indicators, with the day from which they hold where that is asked for.
QString titlesOf(const PersonLine& person, indicator::Group group, bool withDay) {
    QStringList words;
    for (const HeldLine& held : person.held) {
        if (held.group == group) {
            words << (withDay ? PeoplePage::tr("%1 since %2").arg(text(held.title), dateInWords(held.since))
                              : text(held.title));
        }
    }
    return words.join(QStringLiteral(", "));
}

TableCell latestCell(const PersonLine& person) {
    const auto latest = std::ranges::max_element(person.held, {}, &HeldLine::latest);
    return latest == person.held.end() ? TableCell{QString(), 0}
                                       : TableCell{dateInWords(latest->latest), latest->latest.days};
}

}  // namespace

std::shared_ptr<const TableContent> peopleTable(const PeopleContent& content) {
    auto table = std::make_shared<TableContent>();
    const auto tr = [](const char* english) { return PeoplePage::tr(english); };
    table->holdsNames = content.namesRevealed;
    // Lists of titles sort by their letters, so that no order of these rows is one of concern.
    table->columns = {{.title = tr("Pupil"), .sample = QStringLiteral("Pupil WW")},
                      {.title = tr("Year")},
                      {.title = tr("On roll since")},
                      {.title = tr("Support in place"), .stretches = true},
                      {.title = tr("Concerns recorded")},
                      {.title = tr("Events, last 30 days")},
                      {.title = tr("Education")},
                      {.title = tr("Latest record")}};
    for (const PersonLine& person : content.pupils) {
        const QString name = nameOf(content.names, person.pupil);
        table->rows.push_back({{{name, nameSortKey(name)},
                                {yearInWords(person.yearGroup), yearOrder(person.yearGroup)},
                                person.onRollSince == Date::beginning()
                                    ? TableCell{tr("not supplied"), 0}
                                    : TableCell{dateInWords(person.onRollSince), person.onRollSince.days},
                                {titlesOf(person, indicator::Group::ReceivingSupport, true)},
                                {titlesOf(person, indicator::Group::CurrentRisk, false)},
                                {titlesOf(person, indicator::Group::Events, false)},
                                {titlesOf(person, indicator::Group::Education, false)},
                                latestCell(person)},
                               QVariant::fromValue<qlonglong>(person.pupil.value)});
    }
    std::ranges::sort(table->rows, [](const TableRow& a, const TableRow& b) {
        const int yearA = a.cells[1].sortKey.toInt();
        const int yearB = b.cells[1].sortKey.toInt();
        if (yearA != yearB) return yearA < yearB;
        const auto names = QVariant::compare(a.cells[0].sortKey, b.cells[0].sortKey);
        return names == QPartialOrdering::Equivalent ? a.key.toLongLong() < b.key.toLongLong()
                                                     : names == QPartialOrdering::Less;
    });
    return table;
}

PeoplePage::PeoplePage(QWidget* parent) : PupilListPage(tr("People"), parent) {
    connect(this, &PupilListPage::readingChosen, this, [this](Date asAt, const std::optional<KnownAt>& knownAt) {
        if (m_content) {
            emit requested({m_content->request.school, asAt, m_content->request.yearGroup, knownAt});
        }
    });
}

void PeoplePage::setPeople(std::shared_ptr<const PeopleContent> content) {
    m_content = std::move(content);
    const QString school = text(m_content->schoolName);
    const std::string& year = m_content->request.yearGroup;
    const QString whose = year.empty() ? school : tr("%1, %2").arg(school, yearInWords(year));
    fill({m_content->request.asAt, m_content->loads, m_content->request.knownAt, m_content->namesRevealed,
          tr("%1 · everybody on roll on the day, by year. Support first; an empty field means that nothing is "
             "recorded, not that nothing happened. Nothing here adds up to a score.")
              .arg(withReading(whose, m_content->request.knownAt)),
          peopleTable(*m_content), tr("Nobody was on roll on this day.")});
}

}  // namespace fairlead::ui
