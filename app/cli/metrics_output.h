// Figures about the quality of a linkage, printed and as JSON in the same way by every command.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "core/link/evaluate.h"

namespace fairlead::cli {

/// Counts, precision, recall and F1, each with its interval as [low, high].
boost::json::object metricsJson(const link::PairMetrics& metrics);
/// Precision, recall and F1.
boost::json::object bcubedJson(const link::BCubed& bcubed);
/// One line: title, precision, recall and F1 with their intervals.
void printMetrics(std::string_view title, const link::PairMetrics& metrics);
/// One line: title, precision, recall and F1.
void printBCubed(std::string_view title, const link::BCubed& bcubed);

/// A group's value and its figures.
struct NamedGroup {
    std::string value;  ///< Empty: none was given.
    link::GroupMetrics figures;
};
/// An entry for each group; `atAccept`: with the figures of links.
boost::json::array groupsJson(const std::vector<NamedGroup>& groups, bool atAccept);
/// A table of persons' figures by group; small groups are said to be small. Nothing when there are none.
void printGroups(std::string_view column, const std::vector<NamedGroup>& groups);

}  // namespace fairlead::cli
