// Two readings of a school's figures and what moved each, as values. Filled from the workspace by the shell.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/indicator/change.h"
#include "core/indicator/definition.h"
#include "core/indicator/link_bounds.h"
#include "ui/tile/reading.h"

namespace fairlead::ui {

/// Which school, from when to when; where it is not said as known when, it is chosen: for `from` the last load whose
/// data went no further than that day ("as known then"), for `to` the latest.
struct CompareRequest {
    record::SchoolUrn school;
    Date from;
    Date to;
    std::optional<KnownAt> fromKnownAt = {};
    std::optional<KnownAt> toKnownAt = {};
    std::string yearGroup = {};  ///< Empty = all; else those who are in it on each of the days.

    friend bool operator==(const CompareRequest&, const CompareRequest&) = default;
};

/// A figure at both readings.
struct ComparedLine {
    std::string id;  ///< Of an indicator or a group.
    std::string title;
    std::string group;  ///< The group's title.
    bool isGroup = false;
    indicator::ChangeExplanation explanation;
    indicator::LinkBounds bounds;  ///< Of the second reading.
};

/// Both readings of every figure.
struct CompareContent {
    CompareRequest request;  ///< With both "as known at".
    std::string schoolName;
    std::vector<std::string> yearGroups = {};  ///< That the year filter offers.
    std::vector<ComparedLine> figures;
    std::vector<LoadLine> loads;
    PupilNames names;
    bool namesRevealed = false;
    NamesWithheld namesWithheld = {};  ///< Asked for and not shown.

    /// One year group is compared, not the school.
    [[nodiscard]] bool isOfYearGroup() const { return !request.yearGroup.empty(); }
    /// The figure with that id; null when neither reading knows it.
    [[nodiscard]] const ComparedLine* find(const std::string& id) const {
        for (const ComparedLine& line : figures) {
            if (line.id == id) {
                return &line;
            }
        }
        return nullptr;
    }
};

}  // namespace fairlead::ui
