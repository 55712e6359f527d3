// ListPage: one of the overview's two lists on a page of its own, with everything a table can do.

#pragma once

#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/table/pupil_list_page.h"

namespace fairlead::ui {

/// New indicators, or families, of one school as at a day. It shows the overview's own value and reads nothing itself.
class ListPage final : public PupilListPage {
    Q_OBJECT

public:
    /// Which of the two lists.
    enum class List { NewIndicators, Families };

    explicit ListPage(List list, QWidget* parent = nullptr);
    /// Shows the list of another overview.
    void setOverview(std::shared_ptr<const OverviewContent> content);

signals:
    /// Another reading was chosen.
    void requested(const fairlead::ui::OverviewRequest& request);

private:
    [[nodiscard]] QString note() const;

    List m_list;
    std::shared_ptr<const OverviewContent> m_content;
};

}  // namespace fairlead::ui
