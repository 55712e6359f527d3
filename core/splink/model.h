// A model as Splink saves it: comparisons whose levels are conditions in SQL, their probabilities, blocking rules.
// The format is that of save_model_to_json in Splink 4; Splink 5 writes the same with other values.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace fairlead::splink {

/// Which pairs a model is for.
enum class LinkType : std::uint8_t { DedupeOnly, LinkOnly, LinkAndDedupe };
/// "dedupe_only", "link_only", "link_and_dedupe".
std::string_view name(LinkType type);

/// The dialect the conditions are written in. Functions of both are understood in either; it decides what list
/// positions count from and how dates are spelled.
enum class Dialect : std::uint8_t { DuckDb, Spark };

/// One level. Without m or u the level was never observed: Splink's default is used (score.h).
struct Level {
    std::string condition;  ///< SQL, or ELSE.
    std::string label;
    bool isNull = false;  ///< No evidence when it holds.
    std::optional<double> m;
    std::optional<double> u;
    std::string frequencyColumn;     ///< tf_adjustment_column; empty = no adjustment.
    double frequencyWeight = 1.0;    ///< tf_adjustment_weight
    double frequencyMinimumU = 0.0;  ///< tf_minimum_u_value
    bool ownFrequencyU = false;      ///< disable_tf_exact_match_detection: the level's own u is adjusted.
    bool fixM = false;
    bool fixU = false;

    friend bool operator==(const Level&, const Level&) = default;
};

/// One comparison: the first level whose condition holds is the outcome.
struct Comparison {
    std::string name;  ///< output_column_name
    std::string description;
    std::vector<Level> levels;

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// A whole model.
struct Model {
    LinkType linkType = LinkType::DedupeOnly;
    Dialect dialect = Dialect::DuckDb;
    double prior = 0.0001;  ///< probability_two_random_records_match, over all pairs there are.
    std::string idColumn = "unique_id";
    std::string datasetColumn = "source_dataset";
    std::vector<Comparison> comparisons;
    std::vector<std::string> rules;  ///< Conditions of blocking_rules_to_generate_predictions, in order.
    /// Settings that do not change a weight, name and JSON text, in the order of the file; written back as they were.
    std::vector<std::pair<std::string, std::string>> otherSettings;

    friend bool operator==(const Model&, const Model&) = default;
};

/// Reads a model and checks that every condition is within the language (resources/docs/splink-models.md).
/// `subject` leads the errors. Errors: ParseError (not JSON, a key missing or of another type, a condition outside the
/// language: the comparison, the level and the function or sign are named), InvalidArgument (probabilities).
Result<Model> readModel(std::string_view text, std::string_view subject);

/// The model as Splink 4 reads it.
std::string writeModel(const Model& model);

/// The columns that the conditions, frequencies and rules name, ascending, each once. REQUIRES: from readModel.
std::vector<std::string> columnsOf(const Model& model);

}  // namespace fairlead::splink
