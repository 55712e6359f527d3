#include "ui/table/table_bar.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

TableBar::TableBar(DataTable* table, const QString& findHint, QWidget* parent)
    : QWidget(parent),
      m_table(table),
      m_find(new QLineEdit),
      m_count(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_clear(new QPushButton(tr("Clear filters"))),
      m_columns(new QPushButton(tr("Columns…"))),
      m_export(new QPushButton(tr("Export…"))) {
    const QString name = table->accessibleName();
    m_find->setPlaceholderText(findHint);
    m_find->setAccessibleName(tr("Find in %1").arg(name));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_clear->setAccessibleName(tr("Clear the filters of %1").arg(name));
    m_clear->setToolTip(tr("Show every row (Ctrl+Shift+X)"));
    m_columns->setAccessibleName(tr("Choose the columns of %1").arg(name));
    m_export->setAccessibleName(tr("Export %1 as a file").arg(name));
    m_export->setToolTip(tr("Pseudonyms and counts that are on the screen (Ctrl+E)"));
    auto* tools = new FlowLayout;
    tools->addWidget(m_find);
    tools->addWidget(m_clear);
    tools->addWidget(m_columns);
    tools->addWidget(m_export);
    m_count->wrap();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(tools);
    column->addWidget(m_count);
    connect(m_find, &QLineEdit::textChanged, table, [table](const QString& typed) { table->setFilterText(typed); });
    connect(m_clear, &QPushButton::clicked, table, &DataTable::clearFilters);
    connect(m_columns, &QPushButton::clicked, this, &TableBar::showColumns);
    connect(m_export, &QPushButton::clicked, table, [table] { emit table->exportRequested(table->sheet()); });
    connect(table, &DataTable::rowsChanged, this, &TableBar::follow);
    connect(&lookChanges(), &LookChanges::changed, this, &TableBar::follow);
    follow();
}

void TableBar::setNote(const QString& note) {
    m_note = note;
    follow();
}

void TableBar::follow() {
    const TableFilter& filter = m_table->filter();
    QStringList words;
    if (!m_note.isEmpty()) {
        words << m_note;
    }
    words << m_table->countInWords();
    if (!filter.columns.empty()) {
        words << m_table->filtersInWords();
    }
    m_count->setText(words.join(QStringLiteral(" · ")));
    if (m_find->text() != filter.anywhere) {
        const QSignalBlocker quiet(m_find);
        m_find->setText(filter.anywhere);
    }
    m_find->setMinimumWidth(scaled(180));
    // Always there, so that nothing moves below when the first letter is typed.
    m_clear->setEnabled(!filter.isEmpty());
    m_export->setEnabled(m_table->visibleRows() > 0);
}

void TableBar::showColumns() {
    QMenu* menu = m_table->columnsMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
}

bool TableBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_table->currentIndex().isValid()) {
            emit m_table->opened(m_table->currentKey());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace fairlead::ui
