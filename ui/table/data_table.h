// DataTable: the one table class. It always has a current index while it has rows: QAccessibleTable of Qt 6.4 hands
// the screen reader a null pointer otherwise, and the program ends (see decision 0005).

#pragma once

#include <QSet>
#include <QTableView>
#include <memory>

#include "ui/table/table_model.h"
#include "ui/table/table_sheet.h"

class QMenu;

namespace fairlead::ui {

class FilterHeader;

/// Shows a TableContent: Enter opens the current row, headers sort and filter, columns can be chosen, rows copied and
/// exported. Everything is in the context menu and on a key. Plain text only.
class DataTable final : public QTableView {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls the table.
    explicit DataTable(const QString& name, QWidget* parent = nullptr);
    /// Clears the model first: an accessible table must not outlive its rows.
    ~DataTable() override;

    /// Shows another content; the first row becomes current. Filters stay while the titles are the same.
    void setContent(std::shared_ptr<const TableContent> content);
    /// What it shows.
    [[nodiscard]] const TableContent& content() const { return m_model->content(); }
    /// The sentence shown while there are no rows.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }

    /// Shows rows that hold `text` in any column, whatever the case; with `wholeCell`, rows with a cell equal to it.
    void setFilterText(const QString& text, bool wholeCell = false);
    /// Shows rows whose cell in `column` holds `text`, or is the text after "=".
    void setColumnFilter(int column, const QString& text);
    /// Shows rows that have the current cell's text in its column.
    void filterByCurrentCell();
    /// Shows every row.
    void clearFilters();
    [[nodiscard]] const TableFilter& filter() const { return m_model->filter(); }
    /// "Year is 9, Source: police"; empty when every row is shown.
    [[nodiscard]] QString filtersInWords() const;
    /// Shows or hides the fields below the titles.
    void setFilterFieldsShown(bool shown);
    /// Shows the fields and puts the focus into the current column's.
    void focusFilterField();

    /// Sorts by a column; -1 = as given.
    void sortBy(int column, Qt::SortOrder order);
    /// Shows or hides a column; the last one stays.
    void setColumnShown(int column, bool shown);
    /// The titles of columns that are hidden.
    [[nodiscard]] QStringList hiddenColumns() const { return m_hidden.values(); }
    /// Hides the columns with these titles, shows the others.
    void setHiddenColumns(const QStringList& titles);
    /// A menu with a mark for each column. The caller owns it.
    QMenu* columnsMenu(QWidget* parent);

    /// The key of the current row; not valid when there is none.
    [[nodiscard]] QVariant currentKey() const { return currentIndex().data(TableModel::kKeyRole); }
    /// Makes a row of the content current and scrolls to it; a row that the filter hides is passed over.
    void showRow(int row);
    /// Rows that pass the filter.
    [[nodiscard]] int visibleRows() const { return m_model->rowCount(); }
    /// Rows without a filter.
    [[nodiscard]] int allRows() const { return static_cast<int>(content().rows.size()); }
    /// "12 of 340 shown", or "340 shown".
    [[nodiscard]] QString countInWords() const;
    /// The selected rows, or all that are shown, of the columns that are shown.
    [[nodiscard]] TableSheet sheet(bool selectedOnly = false) const;
    /// The current row's cells with tabs between, below the titles when `withTitles`.
    [[nodiscard]] QString currentRowAsText(bool withTitles) const;
    /// The width at which every column shows its text.
    [[nodiscard]] int contentWidth() const { return m_contentWidth; }
    /// The height of the titles and so many rows.
    [[nodiscard]] int heightForRows(int rows) const;

signals:
    /// Enter or double click on a row.
    void opened(const QVariant& key);
    /// Another row is current.
    void currentRowChanged();
    /// Other rows are shown: a filter or the content changed.
    void rowsChanged();
    /// Other columns are shown.
    void columnsChanged();
    /// What is shown is wanted as a file.
    void exportRequested(const fairlead::ui::TableSheet& sheet);
    /// Rows were to be copied, and hold names: those never go onto a clipboard.
    void copyRefused();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void follow();
    void keepCurrentIndex();
    void layOutColumns();
    void applyHidden();
    void applyFilter(TableFilter filter);
    void copy(bool withTitles, bool selectedOnly);
    bool act(int key, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] std::vector<int> shownColumns() const;

    TableModel* m_model;
    FilterHeader* m_header;
    QSet<QString> m_hidden;  ///< Titles.
    QString m_emptyText;
    int m_contentWidth = 0;
};

}  // namespace fairlead::ui
