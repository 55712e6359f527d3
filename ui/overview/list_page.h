// ListPage: one of the overview's two lists on a page of its own, with everything a table can do.

#pragma once

#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/style/page.h"

class QDateEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class TableBar;
class TextLabel;

/// New indicators, or families, of one school as at a day. It shows the overview's own value and reads nothing itself.
class ListPage final : public Page {
    Q_OBJECT

public:
    /// Which of the two lists.
    enum class List { NewIndicators, Families };

    explicit ListPage(List list, QWidget* parent = nullptr);
    /// Shows the list of another overview.
    void setOverview(std::shared_ptr<const OverviewContent> content);
    /// What the page is called.
    [[nodiscard]] QString title() const;

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
    [[nodiscard]] QString note() const;

    List m_list;
    std::shared_ptr<const OverviewContent> m_content;
    bool m_filling = false;
    QDateEdit* m_date;
    QPushButton* m_names;
    TextLabel* m_note;
    DataTable* m_table;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
