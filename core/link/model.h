// The linkage model: what is compared, in which levels, and how much evidence each level is.
// Formulas: I. P. Fellegi and A. B. Sunter (1969); vocabulary as in Splink (comparison, level, m, u, match weight).
// Thread-safety: plain values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace fairlead::link {

/// What a comparison looks at. Its levels are fixed by the kind (levelIds), in the order of the enumeration in
/// compare.h: the first that holds is taken, the last is "all other".
enum class ComparisonKind : std::uint8_t { Forename, Surname, BirthDate, Sex, Address, Identifier, Text };

/// "forename", "surname", "birth_date", "sex", "address", "identifier", "text".
std::string_view name(ComparisonKind kind);

/// Where a parameter comes from; shown in reports.
enum class ParameterSource : std::uint8_t { Shipped, Frequencies, Sample, Estimated, NeverObserved };
/// "shipped", "frequencies", "sample", "estimated", "never_observed".
std::string_view name(ParameterSource source);

/// One level of a comparison. Probabilities are within [1e-12, 1].
struct Level {
    std::string id;                    ///< Stable name: "exact", "day_month_swapped".
    std::string label;                 ///< In words for people: "day and month swapped".
    double m = 0.5;                    ///< P(level | same person).
    double u = 0.5;                    ///< P(level | two unrelated people).
    double relative = 0.5;             ///< P(level | two members of one household or family, not the same person).
    double termFrequencyWeight = 0.0;  ///< 0 = none, 1 = full adjustment to the frequency of the value.
    ParameterSource mSource = ParameterSource::Shipped;
    ParameterSource uSource = ParameterSource::Shipped;

    friend bool operator==(const Level&, const Level&) = default;
};

/// One comparison. Missing on either side is no level: it carries no evidence.
struct Comparison {
    ComparisonKind kind = ComparisonKind::Text;
    std::string column;  ///< For Text: the attribute column; otherwise the kind's name.
    std::string title;   ///< For people: "Birth date".
    std::vector<Level> levels;

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// One part of a blocking key. All parts of a rule must be present and equal for two records to meet.
enum class KeyPart : std::uint8_t {
    Identifier,        ///< kind and value of a valid identifier
    ForenameExact,     ///< first forename
    ForenamePhonetic,  ///< sound of the first forename
    ForenameInitial,   ///< its first letter
    SurnameExact,
    SurnamePhonetic,
    NamesUnordered,  ///< first forename and surname, in either order
    BirthDate,       ///< whole date, day and month in either order
    BirthYear,
    BirthMonthDay,
    BirthYearMonth,
    Postcode,
    Home,  ///< UPRN; also postcode with house, and street with house
    Text,  ///< an attribute column, whole value
};

/// The stable lower_snake_case name of a key part.
std::string_view name(KeyPart part);

/// A rule by which records meet: a conjunction of keys.
struct BlockingRule {
    std::string name;  ///< For reports, e.g. "birth_date + surname_phonetic".
    std::vector<KeyPart> parts;
    std::string column;  ///< Attribute column for KeyPart::Text.
    /// A rule so wide that it is only for inputs where it brings no more pairs than this per record (a surname in
    /// a small file), nor more than ten million; 0 = no limit. A rule left out is named in the report.
    double mostPairsPerRecord = 0.0;

    friend bool operator==(const BlockingRule&, const BlockingRule&) = default;
};

/// A rule with the name made from its parts.
BlockingRule blockingRule(std::vector<KeyPart> parts, std::string column = {}, double mostPairsPerRecord = 0.0);

/// A whole model.
struct Model {
    std::string name;
    /// Probability that two records taken at random are the same person; used when `matchesPerRecord` is 0.
    double priorTwoRandomRecordsMatch = 1e-6;
    /// Expected true pairs per record: the prior is then 2 * this / (records - 1), so that one model serves
    /// deliveries of any size. 0 = use priorTwoRandomRecordsMatch.
    double matchesPerRecord = 0.0;
    /// Expected pairs per record that are relatives under one roof; gives the weight of the `relative`
    /// probabilities. 0 = relatives are not modelled and the weights are Splink's.
    double relativesPerRecord = 0.0;
    /// Twins and same-name parents and children: records that agree on surname, birth date and address but not on
    /// the forename are joined only on an identifier, whatever they weigh (LinkState::HeldTwins, HeldParentAndChild).
    bool relativesRule = false;
    double acceptBits = 5.0;  ///< Links at or above this match weight (log2 odds, prior included) are accepted.
    double reviewBits = 0.0;  ///< Links at or above this, below acceptBits, are for a person to decide.
    std::vector<Comparison> comparisons;
    std::vector<BlockingRule> rules;
    /// What recorded relations are worth (relations.h): the levels of defaultRelationLevels with their m; u and
    /// relative are always those of the data at hand. Empty: relations are no evidence.
    std::vector<Level> relationLevels;

    friend bool operator==(const Model&, const Model&) = default;
};

/// The model for the five agencies' records that Fairlead ships; resources/linkage/default.json is this, written.
Model shippedModel();

/// A comparison of the kind with starting values, e.g. for an attribute column of a CSV file.
Comparison defaultComparison(ComparisonKind kind, std::string column = {});

/// The levels of recorded relations with the starting m, in the order of RelationLevel.
std::vector<Level> defaultRelationLevels();

/// Checks a model: every comparison has exactly its kind's levels, probabilities in range, at most 15
/// comparisons and 100 blocking rules, thresholds the right way round. Errors: InvalidArgument with the comparison,
/// the rule or the model's name as the subject.
Status checkModel(const Model& model);

/// The model as JSON: the keys of Splink 4's settings where they say the same, ours in a "fairlead" object.
std::string writeModel(const Model& model);

/// Reads what writeModel writes. Errors: ParseError, UnknownKey, InvalidArgument (checkModel), subject = `subject`.
Result<Model> parseModel(std::string_view text, std::string_view subject);

}  // namespace fairlead::link
