#include "ui/table/pupil_list_page.h"

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

namespace fairlead::ui {

PupilListPage::PupilListPage(const QString& title, QWidget* parent)
    : Page(parent),
      m_title(title),
      m_date(dateField()),
      m_known(new KnownAtField(true, tr("As known at"))),
      m_names(new QPushButton(tr("Reveal names…"))),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(title)),
      m_bar(new TableBar(m_table, tr("Find in this list"))) {
    m_note->wrap();
    m_names->setToolTip(tr("Names are hidden; showing them needs a reason (Ctrl+Shift+N)"));
    m_table->setFilterFieldsShown(true);
    auto* dateLabel = new TextLabel(tr("As at"), TextRole::Body, Ink::Secondary);
    dateLabel->setBuddy(m_date);
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(title, TextRole::Title));
    row->addWidget(new DraftChip);
    row->addWidget(dateLabel);
    row->addWidget(m_date);
    row->addWidget(m_known);
    row->addWidget(m_names);
    row->setRightFrom(2);
    auto* card = cardOf({m_table});
    auto* column = pageColumn(this);
    column->addWidget(header);
    column->addWidget(m_note);
    column->addWidget(m_bar);
    column->addWidget(card, 1);
    connect(m_names, &QPushButton::clicked, this, &PupilListPage::namesToggled);
    connect(m_table, &DataTable::opened, this,
            [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
    const auto choose = [this] {
        if (!m_filling) {
            emit readingChosen(fromQDate(m_date->date()), m_known->choice());
        }
    };
    connect(m_date, &QDateEdit::dateChanged, this, choose);
    connect(m_known, &KnownAtField::changed, this, choose);
}

void PupilListPage::fill(Shown shown) {
    m_filling = true;
    m_date->setDate(toQDate(shown.asAt));
    m_known->setChoice(shown.loads, shown.knownAt);
    m_filling = false;
    m_names->setText(shown.namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    m_note->setText(shown.note);
    m_table->setContent(std::move(shown.table));
    m_table->setEmptyText(m_table->allRows() > 0 ? tr("No row passes the filters.") : shown.nobody);
}

QWidget* PupilListPage::firstFocus() { return m_table; }

std::vector<QWidget*> PupilListPage::regions() { return {m_date, m_bar->findField(), m_table}; }

void PupilListPage::focusDate() { m_date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
