// What a DataTable does on request: filters, columns, copies, exports; its context menu and its keys.

#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>

#include "ui/style/clipboard.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/filter_header.h"

namespace fairlead::ui {

void DataTable::setFilterText(const QString& text, bool wholeCell) {
    TableFilter wanted = filter();
    wanted.anywhere = text;
    wanted.wholeCell = wholeCell;
    applyFilter(std::move(wanted));
}

void DataTable::setColumnFilter(int column, const QString& text) {
    TableFilter wanted = filter();
    wanted.columns.erase(column);
    if (!text.isEmpty()) {
        wanted.columns[column] = text;
    }
    m_header->setFieldText(column, text);
    applyFilter(std::move(wanted));
}

void DataTable::filterByCurrentCell() {
    const QString cell = currentIndex().data().toString();
    if (!cell.isEmpty()) {
        setColumnFilter(currentIndex().column(), QLatin1Char('=') + cell);
    }
}

void DataTable::clearFilters() {
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_header->setFieldText(column, {});
    }
    applyFilter({});
}

void DataTable::applyFilter(TableFilter filter) {
    // The reader stays at the row where they were while it is still shown.
    const QModelIndex now = currentIndex();
    const int row = now.isValid() ? m_model->sourceRow(now.row()) : -1;
    const int column = std::max(0, now.column());
    m_model->setFilter(std::move(filter));
    const int at = row < 0 ? -1 : m_model->rowOf(row);
    if (m_model->rowCount() > 0) {
        setCurrentIndex(m_model->index(std::max(0, at), column));
    }
}

QString DataTable::filtersInWords() const {
    QStringList words;
    for (const auto& [column, typed] : filter().columns) {
        const QString title = m_model->headerData(column, Qt::Horizontal).toString();
        words << (typed.startsWith(QLatin1Char('=')) ? tr("%1 is %2").arg(title, typed.mid(1))
                                                     : tr("%1: %2").arg(title, typed));
    }
    if (!filter().anywhere.isEmpty()) {
        words << tr("“%1”").arg(filter().anywhere);
    }
    return words.join(QStringLiteral(", "));
}

QString DataTable::countInWords() const {
    return filter().isEmpty() ? tr("%1 shown").arg(number(allRows()))
                              : tr("%1 of %2 shown").arg(number(visibleRows()), number(allRows()));
}

void DataTable::setFilterFieldsShown(bool shown) { m_header->setFieldsShown(shown); }

void DataTable::focusFilterField() {
    setFilterFieldsShown(true);
    const auto shown = shownColumns();
    const int column = currentIndex().isValid() ? currentIndex().column() : (shown.empty() ? 0 : shown.front());
    if (QLineEdit* field = m_header->field(column); field != nullptr) {
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
    }
}

std::vector<int> DataTable::shownColumns() const {
    std::vector<int> columns;
    for (int place = 0; place < m_header->count(); ++place) {
        const int column = m_header->logicalIndex(place);
        if (!m_hidden.contains(m_model->headerData(column, Qt::Horizontal).toString())) {
            columns.push_back(column);
        }
    }
    return columns;
}

void DataTable::applyHidden() {
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QTableView::setColumnHidden(column, m_hidden.contains(m_model->headerData(column, Qt::Horizontal).toString()));
    }
}

void DataTable::setColumnShown(int column, bool shown) {
    const QString title = m_model->headerData(column, Qt::Horizontal).toString();
    if (!shown && shownColumns().size() < 2) {
        return;
    }
    if (shown) {
        m_hidden.remove(title);
    } else {
        m_hidden.insert(title);
    }
    applyHidden();
    const auto columns = shownColumns();
    if (currentIndex().isValid() && std::ranges::find(columns, currentIndex().column()) == columns.end()) {
        setCurrentIndex(m_model->index(currentIndex().row(), columns.front()));
    }
    layOutColumns();
    emit columnsChanged();
}

void DataTable::setHiddenColumns(const QStringList& titles) {
    m_hidden = QSet<QString>(titles.begin(), titles.end());
    applyHidden();
    layOutColumns();
}

QMenu* DataTable::columnsMenu(QWidget* parent) {
    auto* menu = new QMenu(tr("Columns"), parent);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QAction* action = menu->addAction(m_model->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnShown(column, shown); });
    }
    return menu;
}

TableSheet DataTable::sheet(bool selectedOnly) const {
    TableSheet sheet;
    sheet.title = accessibleName();
    sheet.filters = filtersInWords();
    sheet.allRows = allRows();
    sheet.holdsNames = content().holdsNames;
    const auto columns = shownColumns();
    for (const int column : columns) {
        sheet.columns << m_model->headerData(column, Qt::Horizontal).toString();
        sheet.isNumber.push_back(content().columns[static_cast<std::size_t>(column)].isNumber);
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (selectedOnly && !selectionModel()->isRowSelected(row)) {
            continue;
        }
        QStringList cells;
        for (const int column : columns) {
            cells << m_model->index(row, column).data().toString();
        }
        sheet.rows.push_back(std::move(cells));
    }
    return sheet;
}

QString DataTable::currentRowAsText(bool withTitles) const {
    if (!currentIndex().isValid()) {
        return {};
    }
    TableSheet row = sheet();
    row.rows = {row.rows[static_cast<std::size_t>(currentIndex().row())]};
    return sheetAsText(row, withTitles);
}

void DataTable::copy(bool withTitles, bool selectedOnly) {
    const TableSheet wanted = sheet(selectedOnly);
    if (wanted.holdsNames) {
        emit copyRefused();
        return;
    }
    copyText(sheetAsText(wanted, withTitles));
}

bool DataTable::act(int key, Qt::KeyboardModifiers modifiers) {
    const bool shift = modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
    if (!shift && modifiers != Qt::ControlModifier) {
        return false;
    }
    switch (key) {
        case Qt::Key_C: copy(shift, true); return true;
        case Qt::Key_F: shift ? filterByCurrentCell() : focusFilterField(); return true;
        case Qt::Key_X:
            if (shift) {
                clearFilters();
            }
            return shift;
        case Qt::Key_E:
            if (!shift) {
                emit exportRequested(sheet());
            }
            return !shift;
        default: return false;
    }
}

void DataTable::contextMenuEvent(QContextMenuEvent* event) {
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid()) {
        at = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    } else if (const QModelIndex under = indexAt(viewport()->mapFromGlobal(at)); under.isValid()) {
        selectionModel()->setCurrentIndex(under, QItemSelectionModel::NoUpdate);
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool hasRow = currentIndex().isValid();
    const auto add = [&](const QString& words, const QKeySequence& keys, bool possible, auto act) {
        QAction* action = menu->addAction(words, this, act);
        action->setShortcut(keys);
        action->setEnabled(possible);
    };
    const QString cell = currentIndex().data().toString();
    add(tr("&Open"), Qt::Key_Return, hasRow, [this] { emit opened(currentKey()); });
    menu->addSeparator();
    add(tr("&Filter by “%1”").arg(QString(cell).replace(QLatin1Char('&'), QStringLiteral("&&"))),
        Qt::CTRL | Qt::SHIFT | Qt::Key_F, hasRow && !cell.isEmpty(), [this] { filterByCurrentCell(); });
    add(tr("Filter by &typing"), Qt::CTRL | Qt::Key_F, true, [this] { focusFilterField(); });
    add(tr("C&lear filters"), Qt::CTRL | Qt::SHIFT | Qt::Key_X, !filter().isEmpty(), [this] { clearFilters(); });
    menu->addSeparator();
    add(tr("&Copy rows"), Qt::CTRL | Qt::Key_C, hasRow, [this] { copy(false, true); });
    add(tr("Copy rows with &titles"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, hasRow, [this] { copy(true, true); });
    add(tr("Copy &all shown with titles"), {}, hasRow, [this] { copy(true, false); });
    add(tr("&Export…"), Qt::CTRL | Qt::Key_E, hasRow, [this] { emit exportRequested(sheet()); });
    menu->addSeparator();
    menu->addMenu(columnsMenu(menu));
    menu->popup(at);
}

}  // namespace fairlead::ui
