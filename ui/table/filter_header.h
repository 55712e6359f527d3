// FilterHeader: the titles of a DataTable, with a field below each that filters its column.

#pragma once

#include <QHeaderView>
#include <vector>

class QLineEdit;

namespace fairlead::ui {

/// Titles that sort, and fields that filter while somebody types. The fields are hidden at first.
class FilterHeader final : public QHeaderView {
    Q_OBJECT

public:
    /// `tableName` is part of what a screen reader calls each field.
    FilterHeader(const QString& tableName, QWidget* parent);

    /// Makes one field for each column; their texts go.
    void setColumns(const QStringList& titles);
    /// Shows or hides the fields. What was typed stays.
    void setFieldsShown(bool shown);
    [[nodiscard]] bool areFieldsShown() const { return m_shown; }
    /// The field of a column; null when there is no such column.
    [[nodiscard]] QLineEdit* field(int column) const;
    /// Writes into a field without saying typed().
    void setFieldText(int column, const QString& text) const;

    QSize sizeHint() const override;

signals:
    /// The text of a field changed.
    void typed(int column, const QString& text);
    /// Down or Enter in a field: the rows are wanted.
    void left();

protected:
    void updateGeometries() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    /// Qt's own answer to Ctrl+C puts the table's current cell on the clipboard, whatever is in it.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();
    [[nodiscard]] int fieldHeight() const;

    QString m_tableName;
    std::vector<QLineEdit*> m_fields;
    bool m_shown = false;
};

}  // namespace fairlead::ui
