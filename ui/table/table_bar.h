// TableBar: the line above a DataTable: find, what is shown, clear, columns, export.

#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class TextLabel;

/// Says how many rows are shown and why, and offers what else can be done with the table.
class TableBar final : public QWidget {
    Q_OBJECT

public:
    /// `findHint` stands in the empty find field: "Type part of a name or URN".
    TableBar(DataTable* table, const QString& findHint, QWidget* parent = nullptr);

    /// The find field. The arrows and Enter in it belong to the table.
    [[nodiscard]] QLineEdit* findField() const { return m_find; }
    /// Words before "12 of 340 shown", such as "Pupils on roll as at 22/06/2026".
    void setNote(const QString& note);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void showColumns();

    DataTable* m_table;
    QString m_note;
    QLineEdit* m_find;
    TextLabel* m_count;
    QPushButton* m_clear;
    QPushButton* m_columns;
    QPushButton* m_export;
};

}  // namespace fairlead::ui
