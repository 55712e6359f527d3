#include "ui/table/data_table.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <algorithm>

#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"
#include "ui/table/row_delegate.h"

namespace fairlead::ui {

namespace {

constexpr int kCellPadding = 8;
constexpr int kRounding = 3;  // Widths of text are fractions; without it the last letter may be elided.

/// Sorts by SortRole and keeps the given order among equals.
class SortedRows final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override {
        const QVariant a = left.data(TableModel::kSortRole);
        const QVariant b = right.data(TableModel::kSortRole);
        if (a.userType() == QMetaType::QString) {
            return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
        }
        return QVariant::compare(a, b) == QPartialOrdering::Less;
    }
};

}  // namespace

DataTable::DataTable(const QString& name, QWidget* parent)
    : QTableView(parent), m_model(new TableModel(this)), m_sorted(new SortedRows(this)) {
    setAccessibleName(name);
    m_sorted->setSourceModel(m_model);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortRole(TableModel::kSortRole);
    setModel(m_sorted);
    setItemDelegate(new RowDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
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
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setAccessibleName(tr("Columns of %1").arg(name));
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            emit opened(index.data(TableModel::kKeyRole));
        }
    });
    for (const auto signal : {&QAbstractItemModel::modelReset}) {
        connect(m_sorted, signal, this, &DataTable::keepCurrentIndex);
    }
    connect(m_sorted, &QAbstractItemModel::rowsInserted, this, &DataTable::keepCurrentIndex);
    connect(m_sorted, &QAbstractItemModel::rowsRemoved, this, &DataTable::keepCurrentIndex);
    connect(m_sorted, &QAbstractItemModel::layoutChanged, this, &DataTable::keepCurrentIndex);
    connect(&lookChanges(), &LookChanges::changed, this, &DataTable::follow);
    follow();
}

DataTable::~DataTable() { m_model->setContent(nullptr); }

void DataTable::setContent(std::shared_ptr<const TableContent> content) {
    m_model->setContent(std::move(content));
    layOutColumns();
    keepCurrentIndex();
    viewport()->update();
}

void DataTable::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void DataTable::setFilterText(const QString& text, bool wholeCell) {
    const QString pattern = QRegularExpression::escape(text);
    m_sorted->setFilterRegularExpression(QRegularExpression(
        wholeCell ? QRegularExpression::anchoredPattern(pattern) : pattern, QRegularExpression::CaseInsensitiveOption));
    keepCurrentIndex();
}

void DataTable::sortBy(int column, Qt::SortOrder order) { sortByColumn(column, order); }

void DataTable::keepCurrentIndex() {
    if (m_sorted->rowCount() == 0 || m_sorted->columnCount() == 0) {
        return;
    }
    if (!currentIndex().isValid()) {
        setCurrentIndex(m_sorted->index(0, 0));
    }
}

QString DataTable::currentRowAsText(bool withTitles) const {
    if (!currentIndex().isValid()) {
        return {};
    }
    QStringList titles;
    QStringList cells;
    for (int column = 0; column < m_sorted->columnCount(); ++column) {
        titles << m_sorted->headerData(column, Qt::Horizontal).toString();
        cells << m_sorted->index(currentIndex().row(), column).data().toString();
    }
    const QString row = cells.join(QLatin1Char('\t'));
    return withTitles ? titles.join(QLatin1Char('\t')) + QLatin1Char('\n') + row : row;
}

int DataTable::heightForRows(int rows) const {
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2;
}

void DataTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_sorted->rowCount() == 0 && !m_emptyText.isEmpty()) {
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
    // Around the whole row: it is what Enter opens and Ctrl+C copies.
    const QRect cell = visualRect(currentIndex());
    painter.setPen(QPen(tokens().accent, 2));
    painter.drawRect(QRect(1, cell.top() + 1, viewport()->width() - 2, cell.height() - 2));
}

void DataTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(currentRowAsText(false));
        return;
    }
    if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        QApplication::clipboard()->setText(currentRowAsText(true));
        return;
    }
    QTableView::keyPressEvent(event);
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
    layOutColumns();
    updateGeometry();
}

void DataTable::layOutColumns() {
    const auto& columns = m_model->content().columns;
    if (columns.empty()) {
        return;
    }
    const QFontMetrics metrics(ui::font(TextRole::Table));
    constexpr std::size_t kRowsMeasured = 60;
    std::vector<int> widths;
    int total = 0;
    std::size_t stretching = columns.size() - 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        int width = std::max(metrics.horizontalAdvance(columns[c].title) + scaled(18),
                             metrics.horizontalAdvance(columns[c].sample));
        for (std::size_t r = 0; r < std::min(kRowsMeasured, m_model->content().rows.size()); ++r) {
            width = std::max(width, metrics.horizontalAdvance(m_model->content().rows[r].cells[c].text));
        }
        widths.push_back(width + 2 * kCellPadding + kRounding);
        total += widths.back();
        if (columns[c].stretches) {
            stretching = c;
        }
    }
    m_contentWidth = total;
    // What is left goes to the stretching column; what is missing is scrolled, never cut off.
    widths[stretching] += std::max(0, viewport()->width() - total);
    for (std::size_t c = 0; c < widths.size(); ++c) {
        setColumnWidth(static_cast<int>(c), widths[c]);
    }
}

}  // namespace fairlead::ui
