#include "ui/overview/list_page.h"

#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/overview/overview_tables.h"
#include "ui/style/date_field.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

ListPage::ListPage(List list, QWidget* parent)
    : Page(parent),
      m_list(list),
      m_date(dateField()),
      m_names(new QPushButton(tr("Reveal names…"))),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(title())),
      m_bar(new TableBar(m_table, tr("Find in this list"))) {
    m_note->wrap();
    m_names->setToolTip(tr("Names are hidden; showing them needs a reason (Ctrl+Shift+N)"));
    m_table->setFilterFieldsShown(true);
    auto* dateLabel = new TextLabel(tr("As at"), TextRole::Body, Ink::Secondary);
    dateLabel->setBuddy(m_date);
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(title(), TextRole::Title));
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
    connect(m_names, &QPushButton::clicked, this, &ListPage::namesToggled);
    connect(m_table, &DataTable::opened, this,
            [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
    connect(m_date, &QDateEdit::dateChanged, this, [this](const QDate& day) {
        if (!m_filling && m_content) {
            const indicator::Overview& shown = m_content->overview;
            emit requested({shown.school, fromQDate(day), shown.filters.yearGroup, m_content->knownAt});
        }
    });
}

QString ListPage::title() const { return m_list == List::NewIndicators ? tr("New indicators") : tr("Families"); }

void ListPage::setOverview(std::shared_ptr<const OverviewContent> content) {
    m_content = std::move(content);
    m_filling = true;
    m_date->setDate(toQDate(m_content->overview.asAt));
    m_filling = false;
    m_names->setText(m_content->namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    m_note->setText(note());
    m_table->setContent(m_list == List::NewIndicators ? newIndicatorTable(*m_content) : familyTable(*m_content));
    m_table->setEmptyText(m_table->allRows() > 0 ? tr("No row passes the filters.")
                          : m_list == List::NewIndicators
                              ? tr("No indicator was new in these days.")
                              : tr("No pupil's family has two or more new indicators in these days."));
}

QString ListPage::note() const {
    const Interval& window = m_content->overview.window;
    const QString school = text(m_content->schoolName);
    const std::string& year = m_content->overview.filters.yearGroup;
    const QString whose = year.empty() ? school : tr("%1, %2").arg(school, yearInWords(year));
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

QWidget* ListPage::firstFocus() { return m_table; }

std::vector<QWidget*> ListPage::regions() { return {m_date, m_bar->findField(), m_table}; }

void ListPage::focusDate() { m_date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
