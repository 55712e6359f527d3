// The roll of a school on a day, as a value. Filled from the workspace by the shell.

#pragma once

#include <string>
#include <vector>

#include "core/indicator/definition.h"
#include "ui/tile/reading.h"

namespace fairlead::ui {

/// An indicator that holds for a pupil on the day.
struct HeldLine {
    std::string title;
    indicator::Group group = indicator::Group::ReceivingSupport;
    Date since;
    Date latest;  ///< Of the records behind it.
};

/// A pupil on the roll. Nothing counts or orders what holds for a pupil.
struct PersonLine {
    record::PersonKey pupil;
    std::string yearGroup;
    Date onRollSince;  ///< beginning() = not supplied.
    std::vector<HeldLine> held;
};

/// A school's pupils.
struct PeopleContent {
    OverviewRequest request;
    std::string schoolName;
    std::vector<LoadLine> loads = {};  ///< That "as known at" offers.
    std::vector<PersonLine> pupils;
    PupilNames names;
    bool namesRevealed = false;
    NamesWithheld namesWithheld = {};  ///< Asked for and not shown.
};

}  // namespace fairlead::ui
