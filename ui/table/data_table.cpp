#include "ui/table/data_table.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"
#include "ui/table/filter_header.h"
#include "ui/table/row_delegate.h"

namespace fairlead::ui {

namespace {

constexpr int kCellPadding = 8;
constexpr int kRounding = 3;  // Widths of text are fractions; without it the last letter may be elided.

}  // namespace

DataTable::DataTable(const QString& name, QWidget* parent)
    : QTableView(parent), m_model(new TableModel(this)), m_header(new FilterHeader(name, this)) {
    setObjectName(name);
    setAccessibleName(name);
    setHorizontalHeader(m_header);
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setSortingEnabled(true);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            emit opened(index.data(TableModel::kKeyRole));
        }
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        applyHidden();
        keepCurrentIndex();
        emit rowsChanged();
    });
    connect(m_header, &FilterHeader::typed, this, &DataTable::setColumnFilter);
    connect(m_header, &FilterHeader::left, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, m_header, [this] { m_header->doItemsLayout(); });
    connect(&lookChanges(), &LookChanges::changed, this, &DataTable::follow);
    follow();
}

DataTable::~DataTable() {
    disconnect(m_model, nullptr, this, nullptr);
    m_model->setContent(nullptr);
}

void DataTable::setContent(std::shared_ptr<const TableContent> content) {
    const auto titlesOf = [](const TableContent& table) {
        QStringList titles;
        for (const TableColumn& column : table.columns) {
            titles << column.title;
        }
        return titles;
    };
    const QStringList titles = content ? titlesOf(*content) : QStringList();
    if (titles != titlesOf(m_model->content()) && !filter().columns.empty()) {
        TableFilter kept = filter();
        kept.columns.clear();
        m_model->setFilter(std::move(kept));
    }
    setCurrentIndex({});
    m_model->setContent(std::move(content));
    m_header->setColumns(titles);
    for (int column = 0; column < titles.size(); ++column) {
        const auto typed = filter().columns.find(column);
        m_header->setFieldText(column, typed == filter().columns.end() ? QString() : typed->second);
    }
    layOutColumns();
    viewport()->update();
}

void DataTable::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void DataTable::sortBy(int column, Qt::SortOrder order) { sortByColumn(column, order); }

void DataTable::keepCurrentIndex() {
    if (m_model->rowCount() == 0 || m_model->columnCount() == 0) {
        return;
    }
    if (!currentIndex().isValid()) {
        const auto shown = shownColumns();
        setCurrentIndex(m_model->index(0, shown.empty() ? 0 : shown.front()));
    }
}

void DataTable::showRow(int row) {
    if (const int at = m_model->rowOf(row); at >= 0) {
        setCurrentIndex(m_model->index(at, std::max(0, currentIndex().column())));
    }
}

int DataTable::heightForRows(int rows) const {
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2;
}

void DataTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model->rowCount() == 0 && !m_emptyText.isEmpty()) {
        QPainter painter(viewport());
        painter.setPen(tokens().secondaryText);
        painter.setFont(ui::font(TextRole::Table));
        painter.drawText(viewport()->rect().adjusted(kCellPadding, kCellPadding, -kCellPadding, 0),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
    }
    if (!hasFocus()) {
        return;
    }
    QPainter painter(viewport());
    if (!currentIndex().isValid()) {
        drawFocusRing(painter, viewport()->rect());
        return;
    }
    // Around the whole row: it is what Enter opens. The cell, underlined, is what a filter by value takes.
    const QRect cell = visualRect(currentIndex());
    painter.setPen(QPen(tokens().accent, 2));
    painter.drawRect(QRect(1, cell.top() + 1, viewport()->width() - 2, cell.height() - 2));
    painter.drawLine(cell.left() + kCellPadding, cell.bottom() - 4, cell.right() - kCellPadding, cell.bottom() - 4);
}

void DataTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !filter().isEmpty()) {
        clearFilters();
        return;
    }
    // Qt's own answer to Ctrl+Insert puts the cell on the clipboard, whatever is in it.
    if (event->matches(QKeySequence::Copy)) {
        copy(false, true);
        return;
    }
    if (!act(event->key(), event->modifiers())) {
        QTableView::keyPressEvent(event);
    }
}

void DataTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    layOutColumns();
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    // The outline of the row reaches beyond the cells that Qt repaints by itself.
    viewport()->update();
    emit currentRowChanged();
}

void DataTable::follow() {
    setFont(ui::font(TextRole::Table));
    horizontalHeader()->setFont(ui::font(TextRole::Table));
    // The header's own margin would make every row taller than this.
    verticalHeader()->setMinimumSectionSize(scaled(26));
    verticalHeader()->setDefaultSectionSize(scaled(26));
    horizontalHeader()->setMinimumSectionSize(scaled(24));
    m_header->setFieldsShown(m_header->areFieldsShown());
    layOutColumns();
    updateGeometry();
}

void DataTable::layOutColumns() {
    const auto shown = shownColumns();
    if (shown.empty()) {
        return;
    }
    const QFontMetrics metrics(ui::font(TextRole::Table));
    constexpr std::size_t kRowsMeasured = 60;
    int total = 0;
    int stretching = shown.back();
    for (const int column : shown) {
        const auto c = static_cast<std::size_t>(column);
        const TableColumn& about = content().columns[c];
        int width =
            std::max(metrics.horizontalAdvance(about.title) + scaled(18), metrics.horizontalAdvance(about.sample));
        for (std::size_t r = 0; r < std::min(kRowsMeasured, content().rows.size()); ++r) {
            const TableCell& cell = content().rows[r].cells[c];
            width = std::max(width, metrics.horizontalAdvance(cell.text) + markWidth(cell.mark));
        }
        setColumnWidth(column, width + 2 * kCellPadding + kRounding);
        total += columnWidth(column);
        if (about.stretches) {
            stretching = column;
        }
    }
    m_contentWidth = total;
    // What is left goes to the stretching column; what is missing is scrolled, never cut off.
    setColumnWidth(stretching, columnWidth(stretching) + std::max(0, viewport()->width() - total));
}

}  // namespace fairlead::ui
