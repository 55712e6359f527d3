// PeoplePage: everybody on a school's roll on a day, with what is in place and on record. Never in an order of concern.

#pragma once

#include <memory>

#include "ui/people/people_content.h"
#include "ui/table/pupil_list_page.h"

namespace fairlead::ui {

/// The roll as a table, by year and name; key = the pupil.
std::shared_ptr<const TableContent> peopleTable(const PeopleContent& content);

/// The roll, to be filtered by what anybody looks for.
class PeoplePage final : public PupilListPage {
    Q_OBJECT

public:
    explicit PeoplePage(QWidget* parent = nullptr);
    /// Shows another roll; filters stay.
    void setPeople(std::shared_ptr<const PeopleContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const PeopleContent* content() const { return m_content.get(); }

signals:
    /// Another reading was chosen.
    void requested(const fairlead::ui::OverviewRequest& request);

private:
    std::shared_ptr<const PeopleContent> m_content;
};

}  // namespace fairlead::ui
