#include "core/link/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "core/link/compare.h"

namespace fairlead::link {
namespace {

// A rule's number fits 16 bits by far; a file that asks for more would only cost time.
constexpr std::size_t kMostRules = 100;

struct LevelDefault {
    std::string_view id;
    std::string_view label;
    double m, u, relative, termFrequencyWeight;
};

// Starting values: rounded from estimates without labels over an invented city (seed 7), with more room for errors and
// for names that changed than it has; orders of magnitude as in the public HMPPS person-match model of 2026-02-23
// (MIT). Relatives: siblings and parents under one roof. Estimation replaces them.
constexpr std::array<LevelDefault, 11> kForename = {{
    {"also_further", "first forename and a further one the same", 0.25, 0.00002, 0.0001, 1.0},
    {"exact", "first forename the same", 0.61, 0.0020, 0.0065, 1.0},
    {"first_only", "first forename the same, the further ones different", 0.01, 0.00048, 0.0012, 1.0},
    {"variant", "short form or other spelling of the same forename", 0.050, 0.0015, 0.0015, 0.0},
    {"close", "forename one or two letters off, or alike to eye and ear", 0.042, 0.0012, 0.0012, 0.0},
    {"other_forename", "one of several forenames the same", 0.005, 0.0015, 0.0025, 0.0},
    {"similar", "forename sounds alike or begins alike", 0.009, 0.0060, 0.0060, 0.0},
    {"initial", "only an initial known, and it fits", 0.003, 0.0002, 0.0002, 0.0},
    {"swapped", "forename and surname swapped", 0.006, 0.000015, 0.000047, 1.0},
    {"crossed", "the one name known stands in the other field", 0.001, 0.0000025, 0.000008, 1.0},
    {"different", "forename different", 0.014, 0.987088, 0.980788, 0.0},
}};
constexpr std::array<LevelDefault, 5> kSurname = {{
    {"exact", "surname the same", 0.905, 0.0012, 0.86, 1.0},
    {"part", "one part of a double surname the same", 0.015, 0.0001, 0.02, 0.0},
    {"close", "surname one or two letters off, or alike to eye and ear", 0.050, 0.0009, 0.04, 0.0},
    {"similar", "surname sounds alike", 0.008, 0.0030, 0.005, 0.0},
    {"different", "surname different", 0.022, 0.9948, 0.075, 0.0},
}};
constexpr std::array<LevelDefault, 8> kBirthDate = {{
    {"exact", "birth date the same", 0.945, 0.00005, 0.008, 1.0},
    {"day_month_swapped", "day and month swapped", 0.006, 0.000015, 0.000015, 0.0},
    {"one_character", "birth date one digit off, or two neighbouring digits swapped", 0.020, 0.0013, 0.0013, 0.0},
    {"two_parts", "two of day, month and year the same", 0.006, 0.0032, 0.0032, 0.0},
    {"same_year", "only the year of birth the same", 0.004, 0.0150, 0.0150, 0.0},
    {"within_a_year", "birth dates less than about a year apart", 0.003, 0.0210, 0.0100, 0.0},
    {"within_ten_years", "birth dates up to ten years apart", 0.005, 0.2700, 0.3500, 0.0},
    {"different", "birth date different", 0.011, 0.689435, 0.612485, 0.0},
}};
constexpr std::array<LevelDefault, 2> kSex = {{
    {"same", "sex the same", 0.985, 0.5, 0.5, 0.0},
    {"different", "sex different", 0.015, 0.5, 0.5, 0.0},
}};
constexpr std::array<LevelDefault, 6> kAddress = {{
    {"same_home", "an address in common, or the same door where a postcode is missing", 0.83, 0.000009, 0.92, 1.0},
    {"same_postcode", "a postcode in common", 0.010, 0.0005, 0.02, 1.0},
    {"one_character", "postcode one character off, or the same door under another postcode", 0.030, 0.004, 0.02, 0.0},
    {"same_sector", "postcode sector in common", 0.020, 0.025, 0.01, 0.0},
    {"same_district", "postcode district in common", 0.015, 0.040, 0.01, 0.0},
    {"different", "no address in common", 0.095, 0.930491, 0.02, 0.0},
}};
constexpr std::array<LevelDefault, 4> kIdentifier = {{
    {"agrees", "a valid identifier in common", 0.95, 0.0000001, 0.00001, 0.0},
    {"mixed", "one identifier in common, another contradicts", 0.010, 0.00000002, 0.00001, 0.0},
    {"one_character", "identifier one character off", 0.015, 0.000001, 0.00001, 0.0},
    {"conflict", "different valid identifiers of one kind", 0.025, 0.99999888, 0.99997, 0.0},
}};
// u and relative are replaced by what the counts of relatives and homes give.
constexpr std::array<LevelDefault, 3> kRelations = {{
    {"in_common", "recorded as parent, child or other relative of the same person", 0.95, 0.00002, 0.95, 0.0},
    {"relatives_home", "an address in common with a recorded relative", 0.20, 0.00002, 0.20, 0.0},
    {"none_in_common", "recorded relatives, but none in common", 0.05, 0.99998, 0.05, 0.0},
}};
constexpr std::array<LevelDefault, 4> kText = {{
    {"exact", "the same", 0.78, 0.01, 0.30, 1.0},
    {"close", "one or two characters off", 0.12, 0.002, 0.05, 0.0},
    {"similar", "alike, or one within the other", 0.04, 0.010, 0.05, 0.0},
    {"different", "different", 0.06, 0.978, 0.60, 0.0},
}};

std::span<const LevelDefault> defaultsOf(ComparisonKind kind) {
    switch (kind) {
        case ComparisonKind::Forename: return kForename;
        case ComparisonKind::Surname: return kSurname;
        case ComparisonKind::BirthDate: return kBirthDate;
        case ComparisonKind::Sex: return kSex;
        case ComparisonKind::Address: return kAddress;
        case ComparisonKind::Identifier: return kIdentifier;
        case ComparisonKind::Text: return kText;
    }
    return kText;
}

std::string_view titleOf(ComparisonKind kind) {
    switch (kind) {
        case ComparisonKind::Forename: return "Forename";
        case ComparisonKind::Surname: return "Surname";
        case ComparisonKind::BirthDate: return "Birth date";
        case ComparisonKind::Sex: return "Sex";
        case ComparisonKind::Address: return "Address";
        case ComparisonKind::Identifier: return "Identifiers";
        case ComparisonKind::Text: return "Text";
    }
    return "Text";
}

bool isProbability(double p) { return std::isfinite(p) && p >= 1e-12 && p <= 1.0; }

Status checkLevels(const std::string& where, const std::vector<Level>& levels, std::span<const LevelDefault> expected) {
    if (levels.size() != expected.size()) {
        return fail(ErrorCode::InvalidArgument, where,
                    fmt::format("{} levels instead of {}", levels.size(), expected.size()));
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const Level& level = levels[i];
        if (level.id != expected[i].id) {
            return fail(ErrorCode::InvalidArgument, where,
                        fmt::format("level {} where {} belongs", level.id, expected[i].id));
        }
        if (!isProbability(level.m) || !isProbability(level.u) || !isProbability(level.relative)) {
            return fail(ErrorCode::InvalidArgument, where,
                        fmt::format("level {}: a probability is not within 1e-12 and 1", level.id));
        }
        if (!(level.termFrequencyWeight >= 0.0 && level.termFrequencyWeight <= 1.0)) {
            return fail(ErrorCode::InvalidArgument, where,
                        fmt::format("level {}: term frequency weight is not within 0 and 1", level.id));
        }
    }
    return {};
}

std::vector<Level> levelsOf(std::span<const LevelDefault> defaults) {
    std::vector<Level> levels;
    for (const LevelDefault& level : defaults) {
        levels.push_back({std::string(level.id), std::string(level.label), level.m, level.u, level.relative,
                          level.termFrequencyWeight, ParameterSource::Shipped, ParameterSource::Shipped});
    }
    return levels;
}

}  // namespace

std::string_view name(ComparisonKind kind) {
    constexpr std::array<std::string_view, 7> kNames = {"forename", "surname",    "birth_date", "sex",
                                                        "address",  "identifier", "text"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(ParameterSource source) {
    constexpr std::array<std::string_view, 5> kNames = {"shipped", "frequencies", "sample", "estimated",
                                                        "never_observed"};
    return kNames[static_cast<std::size_t>(source)];
}

std::string_view name(KeyPart part) {
    constexpr std::array<std::string_view, 14> kNames = {"identifier",
                                                         "forename",
                                                         "forename_sound",
                                                         "forename_initial",
                                                         "surname",
                                                         "surname_sound",
                                                         "names_either_order",
                                                         "birth_date",
                                                         "birth_year",
                                                         "birth_month_day",
                                                         "birth_year_month",
                                                         "postcode",
                                                         "home",
                                                         "text"};
    return kNames[static_cast<std::size_t>(part)];
}

Comparison defaultComparison(ComparisonKind kind, std::string column) {
    Comparison comparison;
    comparison.kind = kind;
    comparison.column = column.empty() ? std::string(name(kind)) : column;
    comparison.title = column.empty() ? std::string(titleOf(kind)) : std::move(column);
    comparison.levels = levelsOf(defaultsOf(kind));
    return comparison;
}

std::vector<Level> defaultRelationLevels() { return levelsOf(kRelations); }

BlockingRule blockingRule(std::vector<KeyPart> parts, std::string column, double mostPairsPerRecord) {
    BlockingRule rule;
    for (const KeyPart part : parts) {
        if (!rule.name.empty()) rule.name += " + ";
        rule.name += part == KeyPart::Text ? column : std::string(name(part));
    }
    rule.parts = std::move(parts);
    rule.column = std::move(column);
    rule.mostPairsPerRecord = mostPairsPerRecord;
    return rule;
}

Model shippedModel() {
    using enum KeyPart;
    Model model;
    model.name = "Five agencies, shipped";
    model.matchesPerRecord = 0.4;
    model.relativesPerRecord = 0.6;
    model.relativesRule = true;
    model.acceptBits = 2.0;
    model.reviewBits = -2.0;
    for (const ComparisonKind kind : {ComparisonKind::Forename, ComparisonKind::Surname, ComparisonKind::BirthDate,
                                      ComparisonKind::Sex, ComparisonKind::Address, ComparisonKind::Identifier}) {
        model.comparisons.push_back(defaultComparison(kind));
    }
    const std::vector<std::vector<KeyPart>> rules = {
        {Identifier},
        {BirthDate, ForenamePhonetic},
        {BirthDate, SurnamePhonetic},
        {NamesUnordered},
        {Postcode, ForenamePhonetic},
        {BirthDate, Postcode},
        {SurnamePhonetic, ForenameInitial, BirthYear},
        {SurnamePhonetic, ForenamePhonetic, BirthMonthDay},
        {Home},
    };
    for (const auto& parts : rules) model.rules.push_back(blockingRule(parts));
    // Parents on a school roll have no birth date: what is left of them is their names.
    constexpr double kMostPairsOfSounds = 8.0;
    model.rules.push_back(blockingRule({SurnamePhonetic, ForenamePhonetic}, {}, kMostPairsOfSounds));
    model.relationLevels = defaultRelationLevels();
    return model;
}

Status checkModel(const Model& model) {
    if (model.comparisons.empty() || model.comparisons.size() > kMaxComparisons) {
        return fail(ErrorCode::InvalidArgument, model.name,
                    fmt::format("{} comparisons, 1 to {} are possible", model.comparisons.size(), kMaxComparisons));
    }
    for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
        const Comparison& comparison = model.comparisons[i];
        FAIRLEAD_OK(checkLevels(comparison.column, comparison.levels, defaultsOf(comparison.kind)));
        for (std::size_t j = 0; j < i; ++j) {
            if (model.comparisons[i].kind == model.comparisons[j].kind &&
                model.comparisons[i].column == model.comparisons[j].column) {
                return fail(ErrorCode::InvalidArgument, model.comparisons[i].column, "compared twice");
            }
        }
    }
    if (!model.relationLevels.empty()) FAIRLEAD_OK(checkLevels("relations", model.relationLevels, kRelations));
    if (model.rules.size() > kMostRules) {
        return fail(ErrorCode::InvalidArgument, model.name,
                    fmt::format("{} blocking rules, {} are possible", model.rules.size(), kMostRules));
    }
    for (const BlockingRule& rule : model.rules) {
        if (rule.parts.empty()) return fail(ErrorCode::InvalidArgument, rule.name, "a blocking rule without keys");
        if (!(rule.mostPairsPerRecord >= 0.0))
            return fail(ErrorCode::InvalidArgument, rule.name, "a limit of pairs below 0");
    }
    const bool priorOk = model.matchesPerRecord > 0.0 ||
                         (model.priorTwoRandomRecordsMatch > 0.0 && model.priorTwoRandomRecordsMatch < 1.0);
    if (!priorOk || model.matchesPerRecord < 0.0 || model.relativesPerRecord < 0.0 ||
        !std::isfinite(model.matchesPerRecord)) {
        return fail(ErrorCode::InvalidArgument, model.name, "the prior is not within 0 and 1");
    }
    if (!(model.reviewBits <= model.acceptBits)) {
        return fail(ErrorCode::InvalidArgument, model.name, "the review threshold is above the accept threshold");
    }
    return {};
}

}  // namespace fairlead::link
