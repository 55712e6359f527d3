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

/// Which school, from when to when; a load that is not named is chosen: for `from` the last whose data went no further
/// than that day ("as known then"), for `to` the latest.
struct CompareRequest {
    record::SchoolUrn school;
    Date from;
    Date to;
    std::optional<record::LoadId> fromKnownAt = {};
    std::optional<record::LoadId> toKnownAt = {};

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
    CompareRequest request;  ///< With both loads.
    std::string schoolName;
    std::vector<ComparedLine> figures;
    std::vector<LoadLine> loads;
    PupilNames names;
    bool namesRevealed = false;

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
