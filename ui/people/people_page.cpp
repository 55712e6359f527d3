#include "ui/people/people_page.h"

#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/date_field.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

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

PeoplePage::PeoplePage(QWidget* parent)
    : Page(parent),
      m_date(dateField()),
      m_names(new QPushButton(tr("Reveal names…"))),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(tr("People"))),
      m_bar(new TableBar(m_table, tr("Find in this list"))) {
    m_note->wrap();
    m_names->setToolTip(tr("Names are hidden; showing them needs a reason (Ctrl+Shift+N)"));
    m_table->setFilterFieldsShown(true);
    auto* dateLabel = new TextLabel(tr("As at"), TextRole::Body, Ink::Secondary);
    dateLabel->setBuddy(m_date);
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("People"), TextRole::Title));
    row->addWidget(new DraftChip);
    row->addWidget(dateLabel);
    row->addWidget(m_date);
    row->addWidget(m_names);
    row->setRightFrom(2);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(8, 8, 8, 8);
    inside->addWidget(m_table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(8);
    column->addWidget(header);
    column->addWidget(m_note);
    column->addWidget(m_bar);
    column->addWidget(card, 1);
    connect(m_names, &QPushButton::clicked, this, &PeoplePage::namesToggled);
    connect(m_table, &DataTable::opened, this,
            [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
    connect(m_date, &QDateEdit::dateChanged, this, [this](const QDate& day) {
        if (!m_filling && m_content) {
            OverviewRequest request = m_content->request;
            request.asAt = fromQDate(day);
            emit requested(request);
        }
    });
}

void PeoplePage::setPeople(std::shared_ptr<const PeopleContent> content) {
    m_content = std::move(content);
    m_filling = true;
    m_date->setDate(toQDate(m_content->request.asAt));
    m_filling = false;
    m_names->setText(m_content->namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    const QString school = text(m_content->schoolName);
    const std::string& year = m_content->request.yearGroup;
    m_note->setText(
        tr("%1 · everybody on roll on the day, by year. Support first; an empty field means that nothing is "
           "recorded, not that nothing happened. Nothing here adds up to a score.")
            .arg(year.empty() ? school : tr("%1, %2").arg(school, yearInWords(year))));
    m_table->setContent(peopleTable(*m_content));
    m_table->setEmptyText(m_table->allRows() > 0 ? tr("No row passes the filters.")
                                                 : tr("Nobody was on roll on this day."));
}

QWidget* PeoplePage::firstFocus() { return m_table; }

std::vector<QWidget*> PeoplePage::regions() { return {m_date, m_bar->findField(), m_table}; }

void PeoplePage::focusDate() { m_date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
