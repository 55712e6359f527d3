// PeoplePage: everybody on a school's roll on a day, with what is in place and on record. Never in an order of concern.

#pragma once

#include <memory>

#include "ui/people/people_content.h"
#include "ui/style/page.h"
#include "ui/table/table_content.h"

class QDateEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class TableBar;
class TextLabel;

/// The roll as a table, by year and name; key = the pupil.
std::shared_ptr<const TableContent> peopleTable(const PeopleContent& content);

/// The roll, to be filtered by what anybody looks for.
class PeoplePage final : public Page {
    Q_OBJECT

public:
    explicit PeoplePage(QWidget* parent = nullptr);
    /// Shows another roll; filters stay.
    void setPeople(std::shared_ptr<const PeopleContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const PeopleContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Reading a figure"); }
    void focusDate() override;

signals:
    /// Another date was chosen.
    void requested(const fairlead::ui::OverviewRequest& request);
    /// A row was opened.
    void pupilOpened(fairlead::record::PersonKey pupil);
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();

private:
    std::shared_ptr<const PeopleContent> m_content;
    bool m_filling = false;
    QDateEdit* m_date;
    QPushButton* m_names;
    TextLabel* m_note;
    DataTable* m_table;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
