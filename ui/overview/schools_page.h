// SchoolsPage: every school in the workspace at a glance, found by typing.

#pragma once

#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/style/page.h"

class QDateEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class TableBar;

/// A row for each school: who is on roll and, once they are read, the counts of the three groups with the year behind
/// them. Counts only; in the order of names until a reader sorts. Enter opens the school that is selected.
class SchoolsPage final : public Page {
    Q_OBJECT

public:
    explicit SchoolsPage(QWidget* parent = nullptr);

    /// Shows these schools.
    void setSchools(std::shared_ptr<const SchoolsContent> content);
    /// What is shown; never null.
    [[nodiscard]] const SchoolsContent& content() const { return *m_content; }
    /// While the counts are being read they cannot be asked for again.
    void setReading(bool reading);

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    void focusDate() override;

signals:
    /// A school was opened.
    void schoolOpened(fairlead::record::SchoolUrn school);
    /// Another day was chosen.
    void dateChanged(fairlead::Date asAt);
    /// The counts of every school are wanted.
    void countsRequested();

private:
    void follow();

    std::shared_ptr<const SchoolsContent> m_content;
    bool m_filling = false;
    bool m_reading = false;
    QDateEdit* m_date;
    QPushButton* m_counts;
    DataTable* m_table;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
