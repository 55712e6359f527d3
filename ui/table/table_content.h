// TableContent: what a table shows, as a value; TableModel: the one model, which swaps contents.

#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>
#include <memory>
#include <vector>

namespace fairlead::ui {

/// A column.
struct TableColumn {
    QString title;
    bool isNumber = false;   ///< Right-aligned.
    bool stretches = false;  ///< Takes the room that is left.
    QString sample = {};     ///< A wide text of the column: its width without measuring every row.
};

/// One cell: plain text and what it sorts by (the text itself when not valid).
struct TableCell {
    QString text;
    QVariant sortKey = {};
};

/// One row; `key` is handed back when the row is opened.
struct TableRow {
    std::vector<TableCell> cells;
    QVariant key = {};
};

/// A whole table.
struct TableContent {
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
};

/// Read-only model of a TableContent. Roles: display, alignment, SortRole, KeyRole, accessible text ("Pupil: Pupil A";
/// the first column reads the whole row).
class TableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kSortRole = Qt::UserRole;
    static constexpr int kKeyRole = Qt::UserRole + 1;

    explicit TableModel(QObject* parent = nullptr);
    /// Swaps what is shown.
    void setContent(std::shared_ptr<const TableContent> content);
    /// What is shown; never null.
    [[nodiscard]] const TableContent& content() const { return *m_content; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString spokenText(std::size_t row, std::size_t column) const;

    std::shared_ptr<const TableContent> m_content;
};

}  // namespace fairlead::ui
