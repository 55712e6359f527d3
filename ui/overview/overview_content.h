// What the overview and the school list show, as values. Filled from the workspace by the shell.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/indicator/overview.h"
#include "ui/tile/reading.h"

namespace fairlead::ui {

/// A school in the list.
struct SchoolLine {
    record::SchoolUrn urn;
    std::string name;
    std::string phase;
    int onRoll = 0;
    std::vector<indicator::Figure> figures = {};  ///< Of SchoolsContent::groups; empty while not read.
};

/// The school list as at a day.
struct SchoolsContent {
    Date asAt;
    std::vector<SchoolLine> schools;
    std::vector<std::string> groups = {};  ///< Titles of the groups whose counts were read; empty: none were.
};

/// The overview of a school with everything that stands around it.
struct OverviewContent {
    indicator::Overview overview;
    std::string schoolName;
    std::vector<std::string> yearGroups;  ///< That the year filter offers.
    std::vector<LoadLine> loads = {};     ///< That "as known at" offers.
    std::optional<KnownAt> knownAt = {};  ///< What was chosen; empty: known now.
    std::optional<double> linkedShare;    ///< Of the pupils on roll, 0 to 1.
    std::int64_t pendingLinks = 0;        ///< Links that wait for a reader.
    /// Pupils on roll behind each figure on the day, by the id of the indicator or group: what a filter goes by.
    std::map<std::string, std::set<record::PersonKey>> behind = {};
    PupilNames names;  ///< Of every pupil in the two lists.
    bool namesRevealed = false;
    NamesWithheld namesWithheld = {};  ///< Asked for and not shown.
};

}  // namespace fairlead::ui
