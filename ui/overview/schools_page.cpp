#include "ui/overview/schools_page.h"

#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/date_field.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

/// "all_through" as "All through".
QString phaseOfSchool(const std::string& phase) {
    QString words = text(phase).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (words == QLatin1String("pru")) {
        return SchoolsPage::tr("Pupil referral unit");
    }
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words;
}

std::shared_ptr<const TableContent> tableOf(const SchoolsContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = SchoolsPage::tr("School"), .stretches = true},
                      {.title = SchoolsPage::tr("Phase")},
                      {.title = SchoolsPage::tr("URN")},
                      {.title = SchoolsPage::tr("Pupils on roll"), .isNumber = true}};
    for (const std::string& group : content.groups) {
        table->columns.push_back({.title = text(group), .isNumber = true});
    }
    for (const SchoolLine& school : content.schools) {
        TableRow row{{{text(school.name)},
                      {phaseOfSchool(school.phase)},
                      {QString::number(school.urn.value)},
                      {number(school.onRoll), school.onRoll}},
                     QVariant::fromValue<qlonglong>(school.urn.value)};
        for (std::size_t g = 0; g < content.groups.size(); ++g) {
            // A school that has no figure sorts below one that has none of the pupils.
            const bool known = g < school.figures.size();
            const indicator::Count count = known ? school.figures[g].pupils : indicator::Count::notSupplied();
            row.cells.push_back({countText(count), count.isValue() ? count.value : -1,
                                 known ? sparklineOf(school.figures[g].series) : Sparkline()});
        }
        table->rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

SchoolsPage::SchoolsPage(QWidget* parent)
    : Page(parent),
      m_content(std::make_shared<const SchoolsContent>()),
      m_date(dateField()),
      m_counts(new QPushButton(tr("Read the counts"))),
      m_table(new DataTable(tr("Schools"))),
      m_bar(new TableBar(m_table, tr("Type part of a name or URN"))) {
    m_counts->setToolTip(tr("Pupils in each group, with the last twelve months, for every school"));
    m_table->setEmptyText(tr("No school passes the filters. Clear them, or load the school roll under Data sources."));
    auto* dateLabel = new TextLabel(tr("As at"), TextRole::Body, Ink::Secondary);
    dateLabel->setBuddy(m_date);
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("All schools at a glance"), TextRole::Title));
    row->addWidget(new DraftChip);
    row->addWidget(dateLabel);
    row->addWidget(m_date);
    row->addWidget(m_counts);
    row->setRightFrom(2);
    auto* column = pageColumn(this);
    column->addWidget(header);
    column->addWidget(m_bar);
    auto* card = cardOf({m_table});
    column->addWidget(card, 1);
    connect(m_table, &DataTable::opened, this,
            [this](const QVariant& key) { emit schoolOpened(record::SchoolUrn{key.toLongLong()}); });
    connect(m_counts, &QPushButton::clicked, this, &SchoolsPage::countsRequested);
    connect(m_date, &QDateEdit::dateChanged, this, [this](const QDate& day) {
        if (!m_filling) {
            emit dateChanged(fromQDate(day));
        }
    });
    follow();
}

void SchoolsPage::setSchools(std::shared_ptr<const SchoolsContent> content) {
    m_content = std::move(content);
    m_filling = true;
    if (!m_content->schools.empty()) {
        m_date->setDate(toQDate(m_content->asAt));
    }
    m_filling = false;
    m_table->setContent(tableOf(*m_content));
    follow();
}

void SchoolsPage::setReading(bool reading) {
    m_reading = reading;
    follow();
}

void SchoolsPage::follow() {
    const bool any = !m_content->schools.empty();
    m_date->setEnabled(any);
    m_counts->setVisible(m_content->groups.empty());
    m_counts->setEnabled(any && !m_reading);
    m_bar->setNote(m_content->groups.empty()
                       ? tr("Enter opens the overview")
                       : tr("Pupils with an indicator in each group, each counted once per group. Schools differ in "
                            "size, intake and what is recorded: a count does not compare them. Enter opens the "
                            "overview"));
}

QWidget* SchoolsPage::firstFocus() { return m_bar->findField(); }

std::vector<QWidget*> SchoolsPage::regions() { return {m_date, m_bar->findField(), m_table}; }

void SchoolsPage::focusDate() { m_date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
