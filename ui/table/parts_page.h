// PartsPage: a page of several tables, one shown at a time, each with what it says about itself.

#pragma once

#include <QStringList>
#include <memory>
#include <vector>

#include "ui/style/page.h"
#include "ui/table/table_content.h"

class QButtonGroup;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class FlowLayout;
class TableBar;
class TextLabel;

/// Title and actions, where the whole stands, a row of buttons to choose a part by, the part's note and its table with
/// the bar above it. What the parts hold is the page's own.
class PartsPage : public Page {
    Q_OBJECT

public:
    /// Shows a part, counted from 0.
    void showPart(int part);
    /// The part that is shown.
    [[nodiscard]] int part() const { return m_part; }
    /// What the parts are called, in order.
    [[nodiscard]] const QStringList& partNames() const { return m_names; }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;

signals:
    /// Another part is shown, or the same one again.
    void partShown();
    /// Enter or double click on a row of the part that is shown.
    void rowOpened(const QVariant& key);

protected:
    PartsPage(const QString& title, const QStringList& parts, QWidget* parent);

    /// What is shown of one part.
    struct Part {
        QString note;
        std::shared_ptr<const TableContent> table;
        QString nothing;  ///< Said where there is no row.
    };
    /// What a part holds now.
    [[nodiscard]] virtual Part partNow(int part) const = 0;
    /// Shows the part again: what it holds changed. Filters stay.
    void refill();
    /// One more card below the table; `share` of the height, where the table has 3.
    void addBelow(QWidget* card, int share);
    /// One more button at the right of the title.
    QPushButton* addAction(const QString& words);
    /// The line below the title: how the whole stands.
    [[nodiscard]] TextLabel& standing() { return *m_standing; }
    /// The table of the part that is shown.
    [[nodiscard]] DataTable& table() { return *m_table; }
    [[nodiscard]] const DataTable& table() const { return *m_table; }

    void resizeEvent(QResizeEvent* event) override;

private:
    QString m_title;
    QStringList m_names;
    int m_part = 0;
    FlowLayout* m_header;
    QVBoxLayout* m_column;
    TextLabel* m_standing;
    QButtonGroup* m_parts;
    TextLabel* m_note;
    DataTable* m_table;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
