// Which column means what, and the model that follows from it.

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/csv_source.h"

namespace fairlead::link {
namespace {

struct KnownName {
    std::string_view name;
    ColumnRole role;
    std::string_view format = {};
};

// Header names of the public test sets and of common exports, lower case without signs.
constexpr auto kKnownNames = std::to_array<KnownName>({
    {"forename", ColumnRole::Forename},
    {"forenames", ColumnRole::Forename},
    {"firstname", ColumnRole::Forename},
    {"givenname", ColumnRole::Forename},
    {"givennames", ColumnRole::Forename},
    {"fname", ColumnRole::Forename},
    {"first", ColumnRole::Forename},
    {"given", ColumnRole::Forename},
    {"fnamec1", ColumnRole::Forename},
    {"fnamec2", ColumnRole::OtherForename},
    {"middlename", ColumnRole::OtherForename},
    {"middlenames", ColumnRole::OtherForename},
    {"surname", ColumnRole::Surname},
    {"lastname", ColumnRole::Surname},
    {"familyname", ColumnRole::Surname},
    {"lname", ColumnRole::Surname},
    {"last", ColumnRole::Surname},
    {"family", ColumnRole::Surname},
    {"lnamec1", ColumnRole::Surname},
    {"lnamec2", ColumnRole::OtherSurname},
    {"dob", ColumnRole::BirthDate},
    {"dateofbirth", ColumnRole::BirthDate},
    {"birthdate", ColumnRole::BirthDate},
    {"by", ColumnRole::BirthYear},
    {"birthyear", ColumnRole::BirthYear},
    {"yearofbirth", ColumnRole::BirthYear},
    {"bm", ColumnRole::BirthMonth},
    {"birthmonth", ColumnRole::BirthMonth},
    {"monthofbirth", ColumnRole::BirthMonth},
    {"bd", ColumnRole::BirthDay},
    {"birthday", ColumnRole::BirthDay},
    {"dayofbirth", ColumnRole::BirthDay},
    {"sex", ColumnRole::Sex},
    {"gender", ColumnRole::Sex},
    {"postcode", ColumnRole::Postcode},
    {"postalcode", ColumnRole::Postcode},
    {"zip", ColumnRole::Postcode},
    {"zipcode", ColumnRole::Postcode},
    {"postcodefake", ColumnRole::Postcode},
    {"uprn", ColumnRole::Uprn},
    {"upn", ColumnRole::Identifier, "upn"},
    {"nhsnumber", ColumnRole::Identifier, "nhs"},
    {"nhsno", ColumnRole::Identifier, "nhs"},
    {"uln", ColumnRole::Identifier, "uln"},
    {"city", ColumnRole::Text},
    {"town", ColumnRole::Text},
    {"suburb", ColumnRole::Text},
    {"state", ColumnRole::Text},
    {"street", ColumnRole::Text},
    {"streetname", ColumnRole::Text},
    {"streetnumber", ColumnRole::Text},
    {"housenumber", ColumnRole::Text},
    {"address", ColumnRole::Text},
    {"address1", ColumnRole::Text},
    {"address2", ColumnRole::Text},
    {"email", ColumnRole::Text},
    {"emailaddress", ColumnRole::Text},
    {"phone", ColumnRole::Text},
    {"phonenumber", ColumnRole::Text},
    {"telephone", ColumnRole::Text},
    {"birthplace", ColumnRole::Text},
    {"occupation", ColumnRole::Text},
});

constexpr std::array<std::string_view, 8> kIdNames = {"id",       "uniqueid", "recid",    "recordid",
                                                      "personid", "rowid",    "sourceid", "key"};

std::string plain(std::string_view header) {
    std::string kept;
    for (const char c : lowerAscii(header)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
    }
    return kept;
}

bool has(std::span<const CsvColumn> columns, ColumnRole role) {
    return std::ranges::find(columns, role, &CsvColumn::role) != columns.end();
}

// Without month or day a year of birth is no date: it is compared as it stands, or left out beside a whole date.
std::vector<CsvColumn> withWholeDates(std::vector<CsvColumn> columns) {
    constexpr std::array kParts = {ColumnRole::BirthYear, ColumnRole::BirthMonth, ColumnRole::BirthDay};
    const auto isPart = [&](const CsvColumn& column) { return std::ranges::find(kParts, column.role) != kParts.end(); };
    const bool whole = std::ranges::all_of(kParts, [&](ColumnRole role) { return has(columns, role); });
    if (whole) return columns;
    if (has(columns, ColumnRole::BirthDate)) std::erase_if(columns, isPart);
    for (CsvColumn& column : columns) {
        if (isPart(column)) column.role = ColumnRole::Text;
    }
    return columns;
}

bool namesOneThing(std::string_view column) {
    const std::string name = plain(column);
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

// Two weak keys together: they bring pairs whose strong keys are all damaged, while the file is small enough.
constexpr double kMostPairsOfWeakKeys = 8.0;

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

std::string_view name(ColumnRole role) {
    constexpr std::array<std::string_view, 14> kNames = {
        "forename",    "other_forename", "surname", "other_surname", "full_name", "dob",        "birth_year",
        "birth_month", "birth_day",      "sex",     "postcode",      "uprn",      "identifier", "text"};
    return kNames[static_cast<std::size_t>(role)];
}

std::vector<CsvColumn> detectColumns(std::span<const std::string> header) {
    std::vector<CsvColumn> columns;
    for (const std::string& column : header) {
        const auto found = std::ranges::find(kKnownNames, plain(column), &KnownName::name);
        if (found != kKnownNames.end()) columns.push_back({found->role, column, std::string(found->format)});
    }
    return withWholeDates(std::move(columns));
}

std::string detectIdColumn(std::span<const std::string> header) {
    for (const std::string_view known : kIdNames) {
        for (const std::string& column : header) {
            if (plain(column) == known) return column;
        }
    }
    return {};
}

Result<std::vector<CsvColumn>> parseColumnChoices(std::span<const std::string> choices) {
    std::vector<CsvColumn> columns;
    for (const std::string& choice : choices) {
        const std::size_t equals = choice.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == choice.size()) {
            return fail(ErrorCode::InvalidArgument, choice, "is not of the form role=column");
        }
        const std::string role = lowerAscii(choice.substr(0, equals));
        CsvColumn column;
        bool known = false;
        for (std::size_t i = 0; i <= static_cast<std::size_t>(ColumnRole::Text); ++i) {
            if (name(static_cast<ColumnRole>(i)) != role) continue;
            column.role = static_cast<ColumnRole>(i);
            known = true;
        }
        if (role == "upn" || role == "nhs" || role == "uln") {
            column.role = ColumnRole::Identifier;
            column.format = role;
            known = true;
        }
        if (!known) return fail(ErrorCode::UnknownKey, role, "is no role of a column");
        const std::size_t colon = choice.find(':', equals);
        column.column = choice.substr(equals + 1, colon == std::string::npos ? std::string::npos : colon - equals - 1);
        if (colon != std::string::npos) column.format = choice.substr(colon + 1);
        columns.push_back(std::move(column));
    }
    return withWholeDates(std::move(columns));
}

Model modelFor(std::span<const CsvColumn> columns) {
    Model model;
    model.name = "Estimated from the data";
    model.matchesPerRecord = 0.3;
    model.relativesPerRecord = 0.5;
    model.acceptBits = 0.0;
    model.reviewBits = -4.0;
    const Present is{has(columns, ColumnRole::Forename), has(columns, ColumnRole::Surname),
                     has(columns, ColumnRole::BirthDate) || has(columns, ColumnRole::BirthYear),
                     has(columns, ColumnRole::Postcode), has(columns, ColumnRole::Identifier)};
    const auto add = [&](bool possible, ComparisonKind kind) {
        if (possible) model.comparisons.push_back(defaultComparison(kind));
    };
    add(is.forename, ComparisonKind::Forename);
    add(is.surname, ComparisonKind::Surname);
    add(is.date, ComparisonKind::BirthDate);
    add(has(columns, ColumnRole::Sex), ComparisonKind::Sex);
    add(is.postcode || has(columns, ColumnRole::Uprn), ComparisonKind::Address);
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
