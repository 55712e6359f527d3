// SchoolsPage: every school in the workspace, found by typing.

#pragma once

#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/style/page.h"

class QLineEdit;

namespace fairlead::ui {

class DataTable;
class TextLabel;

/// The school list with type-ahead. Enter opens the school that is selected.
class SchoolsPage final : public Page {
    Q_OBJECT

public:
    explicit SchoolsPage(QWidget* parent = nullptr);

    /// Shows these schools.
    void setSchools(std::shared_ptr<const SchoolsContent> content);
    /// What is shown; never null.
    [[nodiscard]] const SchoolsContent& content() const { return *m_content; }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;

signals:
    /// A school was opened.
    void schoolOpened(fairlead::record::SchoolUrn school);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillNote();
    std::shared_ptr<const SchoolsContent> m_content;
    QLineEdit* m_find;
    TextLabel* m_note;
    DataTable* m_table;
};

}  // namespace fairlead::ui
