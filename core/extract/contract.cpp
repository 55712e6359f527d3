#include "core/extract/contract.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/check.h"

namespace fairlead::extract {

namespace {

using Codes = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> kAgencies{"police", "social_care", "early_help", "education", "health"};

constexpr std::array<std::string_view, 3> kSexes{"F", "M", "U"};
constexpr std::array<std::string_view, 4> kNameKinds{"current", "former", "alias", "preferred"};
constexpr std::array<std::string_view, 6> kAddressKinds{"home",   "placement",      "hostel",
                                                        "refuge", "childrens_home", "other"};
constexpr std::array<std::string_view, 6> kIdentifierKinds{"upn", "former_upn", "nhs", "uln", "la_child_id", "pnc"};
constexpr std::array<std::string_view, 4> kRelationshipKinds{"parent_of", "sibling_of", "partner_of", "carer_of"};
constexpr std::array<std::string_view, 6> kEnrolments{"C", "M", "S", "F", "O", "G"};
// Year groups and enrolment statuses: DfE school census code sets.
constexpr std::array<std::string_view, 21> kYearGroups{"E1", "E2", "N1", "N2", "R",  "1",  "2",  "3",  "4", "5", "6",
                                                       "7",  "8",  "9",  "10", "11", "12", "13", "14", "M", "X"};
constexpr std::array<std::string_view, 6> kPhases{"primary", "secondary", "all_through", "special", "pru", "other"};
constexpr std::array<std::string_view, 5> kRoles{"subject", "victim", "suspect", "witness", "linked"};

// Legal statuses: DfE SSDA903 code set, with the ones that earlier years still carry.
constexpr std::array<std::string_view, 13> kLegalStatuses{"C1", "C2", "D1", "E1", "V2", "V3", "V4",
                                                          "L1", "L2", "L3", "J1", "J2", "J3"};
// Categories of abuse, needs and assessment factors: DfE children-in-need census.
constexpr std::array<std::string_view, 5> kAbuseCategories{"NEG", "PHY", "SAB", "EMO", "MUL"};
constexpr std::array<std::string_view, 10> kNeeds{"N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"};
constexpr std::array<std::string_view, 44> kFactors{
    "1A",  "1B",  "1C",  "2A",  "2B",  "2C",  "3A",  "3B",  "3C",  "4A", "4B",  "4C",  "5A",  "5B",  "5C",
    "6A",  "6B",  "6C",  "7A",  "8B",  "8C",  "8D",  "8E",  "8F",  "9A", "10A", "11A", "12A", "13A", "14A",
    "15A", "16A", "17A", "18A", "18B", "18C", "19A", "19B", "19C", "20", "21",  "22A", "23A", "24A"};
constexpr std::array<std::string_view, 3> kNeetBands{"low", "some", "high"};
constexpr std::array<std::string_view, 13> kNeetLines{
    "attendance_90", "attendance_85", "excluded",    "excluded_most", "ehc_plan",   "sen_support",   "alternative",
    "looked_after",  "parent",        "young_carer", "youth_justice", "free_meals", "first_language"};
constexpr std::array<std::string_view, 4> kExploitations{"cse", "cce", "trafficking", "gangs"};
constexpr std::array<std::string_view, 2> kMissingKinds{"M", "A"};
// Categories of the National Standard for Incident Recording.
constexpr std::array<std::string_view, 3> kAntisocialKinds{"personal", "nuisance", "environmental"};
constexpr std::array<std::string_view, 3> kDomesticGrades{"standard", "medium", "high"};
constexpr std::array<std::string_view, 2> kExclusionKinds{"SUSP", "PERM"};

template <std::size_t N>
constexpr std::array<std::string_view, N> idsOf(std::span<const record::FactKindEntry> entries) {
    std::array<std::string_view, N> ids{};
    for (std::size_t i = 0; i < N; ++i) ids[i] = entries[i].id;
    return ids;
}

Codes factKindIds() {
    static const auto ids = idsOf<20>(record::factKinds());
    return ids;
}

constexpr ColumnDefinition text(std::string_view name, std::int64_t most) {
    return {name, ColumnType::Text, false, 1, most, {}};
}
constexpr ColumnDefinition requiredText(std::string_view name, std::int64_t most) {
    return {name, ColumnType::Text, true, 1, most, {}};
}
constexpr ColumnDefinition code(std::string_view name, Codes codes) {
    return {name, ColumnType::Text, false, 1, 32, codes};
}
constexpr ColumnDefinition requiredCode(std::string_view name, Codes codes) {
    return {name, ColumnType::Text, true, 1, 32, codes};
}
constexpr ColumnDefinition date(std::string_view name) { return {name, ColumnType::Date, false, 10, 10, {}}; }
constexpr ColumnDefinition requiredDate(std::string_view name) { return {name, ColumnType::Date, true, 10, 10, {}}; }
constexpr ColumnDefinition integer(std::string_view name, std::int64_t least, std::int64_t most) {
    return {name, ColumnType::Integer, false, least, most, {}};
}
constexpr ColumnDefinition requiredInteger(std::string_view name, std::int64_t least, std::int64_t most) {
    return {name, ColumnType::Integer, true, least, most, {}};
}
constexpr ColumnDefinition flag(std::string_view name) { return {name, ColumnType::Flag, true, 0, 1, {}}; }

// A person's key is text of the agency's choosing; 64 bytes hold a GUID with room to spare.
constexpr ColumnDefinition personRef() { return requiredText("person_ref", 64); }

constexpr std::array kPerson{personRef(),        text("forenames", 200), text("surname", 120),
                             date("birth_date"), code("sex", kSexes),    requiredCode("name_kind", kNameKinds)};
constexpr std::array kAddress{
    personRef(),         text("uprn", 12),  text("saon", 100),    text("paon", 100),
    text("street", 120), text("town", 120), text("postcode", 12), requiredCode("kind", kAddressKinds),
    date("from_date"),   date("until_date")};
constexpr std::array kIdentifier{personRef(), requiredCode("kind", kIdentifierKinds), requiredText("value", 64)};
constexpr std::array kRelationship{personRef(), requiredText("other_ref", 64), requiredCode("kind", kRelationshipKinds),
                                   date("from_date"), date("until_date")};
constexpr std::array kFamilyMember{personRef(), requiredText("family_ref", 64), date("from_date"), date("until_date")};
constexpr std::array kRoll{personRef(),
                           requiredInteger("urn", 100'000, 999'999),
                           code("year_group", kYearGroups),
                           code("enrolment", kEnrolments),
                           requiredDate("from_date"),
                           date("until_date")};
constexpr std::array kSchool{requiredInteger("urn", 100'000, 999'999),
                             requiredText("name", 200),
                             code("phase", kPhases),
                             text("la_code", 3),
                             date("opened"),
                             date("closed"),
                             integer("successor_urn", 100'000, 999'999)};

Codes roleCodes() { return kRoles; }

std::span<const ColumnDefinition> factColumns() {
    static const std::array columns{requiredText("fact_ref", 96),
                                    personRef(),
                                    requiredCode("kind", factKindIds()),
                                    requiredCode("role", roleCodes()),
                                    text("incident_ref", 64),
                                    requiredDate("from_date"),
                                    date("until_date"),
                                    date("recorded"),
                                    text("code", 16),
                                    integer("value", -1'000'000, 1'000'000),
                                    flag("cancelled")};
    return columns;
}

std::string joinedColumns(const TableDefinition& table) {
    std::string names(kRowIdColumn);
    for (const auto& column : table.columns) {
        names += ", ";
        names += column.name;
    }
    return names;
}

}  // namespace

std::size_t TableDefinition::column(std::string_view columnName) const {
    const auto found = std::ranges::find(columns, columnName, &ColumnDefinition::name);
    FAIRLEAD_CHECK(found != columns.end());
    return static_cast<std::size_t>(found - columns.begin());
}

std::span<const TableDefinition> contractTables() {
    static const std::array<TableDefinition, 8> tables{{{"person", kPerson},
                                                        {"address", kAddress},
                                                        {"identifier", kIdentifier},
                                                        {"relationship", kRelationship},
                                                        {"family_member", kFamilyMember},
                                                        {"roll", kRoll},
                                                        {"school", kSchool},
                                                        {"fact", factColumns()}}};
    return tables;
}

const TableDefinition* findTable(std::string_view name) {
    const auto tables = contractTables();
    const auto found = std::ranges::find(tables, name, &TableDefinition::name);
    return found == tables.end() ? nullptr : &*found;
}

bool isAgency(std::string_view agency) { return std::ranges::find(kAgencies, agency) != kAgencies.end(); }

bool mayHaveTable(std::string_view agency, std::string_view table) {
    if (!isAgency(agency) || findTable(table) == nullptr) return false;
    if (table == "roll" || table == "school") return agency == "education";
    if (table == "family_member") return agency == "social_care" || agency == "early_help";
    return true;
}

std::optional<Codes> codesOf(record::FactKind kind) {
    using record::FactKind;
    switch (kind) {
        case FactKind::LookedAfter: return kLegalStatuses;
        case FactKind::ChildProtectionPlan: return kAbuseCategories;
        case FactKind::ChildInNeed: return kNeeds;
        case FactKind::AssessmentFactor: return kFactors;
        case FactKind::NeetChecklist: return kNeetBands;
        case FactKind::NeetFactor: return kNeetLines;
        case FactKind::ExploitationDecision: return kExploitations;
        case FactKind::MissingEpisode: return kMissingKinds;
        case FactKind::AntisocialBehaviour: return kAntisocialKinds;
        case FactKind::DomesticIncident: return kDomesticGrades;
        case FactKind::SchoolExclusion: return kExclusionKinds;
        default: return std::nullopt;
    }
}

std::string_view sqlType(ColumnType type) {
    return type == ColumnType::Integer || type == ColumnType::Flag ? "INTEGER" : "TEXT";
}

std::string createStatement(const TableDefinition& table) {
    std::string sql =
        "CREATE TABLE " + std::string(table.name) + " (" + std::string(kRowIdColumn) + " INTEGER PRIMARY KEY";
    for (const auto& column : table.columns) {
        sql += ", " + std::string(column.name) + " " + std::string(sqlType(column.type));
        if (column.required) sql += " NOT NULL";
    }
    return sql + ") STRICT";
}

std::string selectStatement(const TableDefinition& table) {
    return "SELECT " + joinedColumns(table) + " FROM " + std::string(table.name) + " ORDER BY " +
           std::string(kRowIdColumn);
}

std::string insertStatement(const TableDefinition& table) {
    std::string sql = "INSERT INTO " + std::string(table.name) + " VALUES (?";
    for (std::size_t i = 0; i < table.columns.size(); ++i) sql += ", ?";
    return sql + ")";
}

}  // namespace fairlead::extract
