// DataTable: the one table class. It always has a current index while it has rows: QAccessibleTable of Qt 6.4 hands
// the screen reader a null pointer otherwise, and the program ends (see decision 0005).

#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>
#include <memory>

#include "ui/table/table_content.h"

namespace fairlead::ui {

/// Shows a TableContent: one row is selected, Enter opens it, headers sort, Ctrl+C copies. Plain text only.
class DataTable final : public QTableView {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls the table.
    explicit DataTable(const QString& name, QWidget* parent = nullptr);
    /// Clears the model first: an accessible table must not outlive its rows.
    ~DataTable() override;

    /// Shows another content; the first row becomes current.
    void setContent(std::shared_ptr<const TableContent> content);
    /// What it shows.
    [[nodiscard]] const TableContent& content() const { return m_model->content(); }
    /// The sentence shown while there are no rows.
    void setEmptyText(const QString& text);
    /// Shows rows that hold `text` in any column, whatever the case; with `wholeCell`, rows with a cell equal to it.
    void setFilterText(const QString& text, bool wholeCell = false);
    /// Sorts by a column.
    void sortBy(int column, Qt::SortOrder order);
    /// The key of the current row; not valid when there is none.
    [[nodiscard]] QVariant currentKey() const { return currentIndex().data(TableModel::kKeyRole); }
    /// Rows that pass the filter.
    [[nodiscard]] int visibleRows() const { return m_sorted->rowCount(); }
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

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void follow();
    void keepCurrentIndex();
    void layOutColumns();

    TableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QString m_emptyText;
    int m_contentWidth = 0;
};

}  // namespace fairlead::ui
