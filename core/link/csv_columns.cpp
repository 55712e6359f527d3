// The model that follows from the columns that take part.

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/csv_layout.h"
#include "core/link/csv_names.h"

namespace fairlead::link {
namespace {

bool namesOneThing(std::string_view column) {
    const std::string name = plainName(column);
    return name.find("mail") != std::string::npos || name.find("phone") != std::string::npos;
}

struct Present {
    bool forename, surname, date, postcode, identifier;
};

void addRules(Model& model, const Present& is) {
    using enum KeyPart;
    const auto add = [&](bool possible, std::vector<KeyPart> parts) {
        if (possible) model.rules.push_back(blockingRule(std::move(parts)));
    };
    add(is.identifier, {Identifier});
    add(is.date && is.forename, {BirthDate, ForenamePhonetic});
    add(is.date && is.surname, {BirthDate, SurnamePhonetic});
    add(is.forename && is.surname, {NamesUnordered});
    add(is.postcode && is.forename, {Postcode, ForenamePhonetic});
    add(is.postcode && is.date, {BirthDate, Postcode});
    add(is.postcode && is.surname, {Postcode, SurnamePhonetic});
    add(is.forename && is.surname && is.date, {SurnamePhonetic, ForenameInitial, BirthYear});
    add(is.forename && is.surname && is.date, {SurnamePhonetic, ForenamePhonetic, BirthMonthDay});
}

// Two weak keys together: they bring pairs whose strong keys are all damaged, while the file is small enough. A million
// made-up records: at 8 pairs a record 19.8 million pairs for an F1 of 0.9799, at 2 pairs 8.5 million for 0.9790.
constexpr double kMostPairsOfWeakKeys = 2.0;

void addWeakRules(Model& model, const Present& is) {
    using enum KeyPart;
    const auto add = [&](bool possible, std::vector<KeyPart> parts) {
        if (possible) model.rules.push_back(blockingRule(std::move(parts), {}, kMostPairsOfWeakKeys));
    };
    add(is.forename && is.surname, {SurnamePhonetic, ForenamePhonetic});
    add(is.forename && is.date, {ForenamePhonetic, BirthYear});
    add(is.surname && is.date, {SurnamePhonetic, BirthYear});
    add(is.forename && is.date, {ForenamePhonetic, BirthMonthDay});
    add(is.surname && is.date, {SurnamePhonetic, BirthMonthDay});
    add(is.forename && is.date, {ForenameInitial, BirthYearMonth});
    add(is.postcode && is.date, {Postcode, BirthYear});
}

// One column alone: thorough for files of some thousand records, left out by the engine where it would bring too many.
void addWideRules(Model& model, const Present& is, std::span<const CsvColumn> columns) {
    using enum KeyPart;
    constexpr double kMostPairsPerRecord = 60.0;
    const auto add = [&](bool possible, KeyPart part, std::string column = {}) {
        if (possible) model.rules.push_back(blockingRule({part}, std::move(column), kMostPairsPerRecord));
    };
    add(is.date, BirthDate);
    add(is.postcode, Postcode);
    add(is.surname, SurnamePhonetic);
    add(is.forename, ForenamePhonetic);
    for (const CsvColumn& column : columns) add(column.role == ColumnRole::Text, Text, column.column);
}

void addTextRules(Model& model, const Present& is, const std::string& column) {
    using enum KeyPart;
    if (namesOneThing(column)) model.rules.push_back(blockingRule({Text}, column));
    if (is.date) model.rules.push_back(blockingRule({Text, BirthDate}, column));
    if (is.forename && is.surname)
        model.rules.push_back(blockingRule({Text, SurnamePhonetic, ForenameInitial}, column));
    const auto addWeak = [&](bool possible, KeyPart part) {
        if (possible) model.rules.push_back(blockingRule({Text, part}, column, kMostPairsOfWeakKeys));
    };
    addWeak(is.forename, ForenamePhonetic);
    addWeak(is.surname, SurnamePhonetic);
    addWeak(is.date, BirthYearMonth);
    addWeak(is.date, BirthMonthDay);
}

}  // namespace

Model modelFor(std::span<const CsvColumn> columns) {
    Model model;
    model.name = "Estimated from the data";
    model.matchesPerRecord = 0.3;
    model.relativesPerRecord = 0.5;
    model.acceptBits = 0.0;
    model.reviewBits = -4.0;
    const bool fullName = hasRole(columns, ColumnRole::FullName);
    const Present is{fullName || hasRole(columns, ColumnRole::Forename),
                     fullName || hasRole(columns, ColumnRole::Surname),
                     hasRole(columns, ColumnRole::BirthDate) || hasRole(columns, ColumnRole::BirthYear),
                     hasRole(columns, ColumnRole::Postcode), hasRole(columns, ColumnRole::Identifier)};
    const auto add = [&](bool possible, ComparisonKind kind) {
        if (possible) model.comparisons.push_back(defaultComparison(kind));
    };
    add(is.forename, ComparisonKind::Forename);
    add(is.surname, ComparisonKind::Surname);
    add(is.date, ComparisonKind::BirthDate);
    add(hasRole(columns, ColumnRole::Sex), ComparisonKind::Sex);
    add(is.postcode || hasRole(columns, ColumnRole::Uprn), ComparisonKind::Address);
    add(is.identifier, ComparisonKind::Identifier);
    addRules(model, is);
    addWeakRules(model, is);
    for (const CsvColumn& column : columns) {
        if (column.role != ColumnRole::Text) continue;
        model.comparisons.push_back(defaultComparison(ComparisonKind::Text, column.column));
        addTextRules(model, is, column.column);
    }
    addWideRules(model, is, columns);
    return model;
}

}  // namespace fairlead::link
