// What stands behind a figure and behind a pupil, as values. Filled from the workspace by the shell.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/indicator/drill.h"
#include "ui/tile/reading.h"

namespace fairlead::ui {

/// Which figure of which overview.
struct DrillRequest {
    OverviewRequest overview;
    std::string figureId;  ///< Of an indicator or a group.
};

/// A figure opened: its year behind it, its year groups, its pupils.
struct DrillContent {
    DrillRequest request;
    std::string schoolName;
    std::string rule;  ///< The definition in plain English; empty for a group.
    indicator::Trend trend;
    std::vector<indicator::YearFigure> years;
    std::vector<indicator::PupilRow> pupils;
    PupilNames names;
    bool namesRevealed = false;
    NamesWithheld namesWithheld = {};  ///< Asked for and not shown.
};

/// Where a fact was supplied, for people.
struct DeliveryLine {
    std::string fileName;
    std::string table;
    std::vector<std::string> gateways;  ///< In words, with the law they rest on.
};

/// A pupil opened.
struct PupilContent {
    OverviewRequest overview;
    std::string schoolName;
    std::string name;  ///< Pseudonym, or the name once revealed.
    bool namesRevealed = false;
    NamesWithheld namesWithheld = {};  ///< Asked for and not shown.
    std::string yearGroup;
    indicator::Timeline timeline;
    std::vector<std::string> newIndicators;  ///< Ids of those that the overview lists as new for the pupil.
    std::map<record::DeliveryId, DeliveryLine> deliveries;
};

}  // namespace fairlead::ui
