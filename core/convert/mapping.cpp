#include "core/convert/mapping.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/convert/mapping_reader.h"
#include "core/extract/toml_document.h"
#include "core/record/fact_kind.h"

namespace fairlead::convert {

namespace {

constexpr std::uintmax_t kMostMappingBytes = 1U << 20U;

std::optional<ValueCheck> checkFromName(std::string_view name) {
    if (name.empty()) return ValueCheck::None;
    if (name == "upn") return ValueCheck::Upn;
    if (name == "nhs") return ValueCheck::NhsNumber;
    if (name == "uprn") return ValueCheck::Uprn;
    if (name == "postcode") return ValueCheck::Postcode;
    return std::nullopt;
}

/// `"surname"`, or a table with one of column, columns, join, last_day, value, text and school.
ValueRule readValue(const toml::node& node, MappingReader& reader, std::string_view where) {
    ValueRule rule;
    if (const auto plain = node.value<std::string>()) {
        rule.columns = {*plain};
        return rule;
    }
    const auto* table = node.as_table();
    if (table == nullptr) return reader.wrong(where, "neither a column nor a table"), rule;
    TableReader entry(
        *table, reader, where,
        {"column", "columns", "join", "last_day", "value", "text", "school", "codes", "nothing", "check"});
    const auto column = entry.text("column");
    const auto school = entry.text("school");
    const auto join = entry.texts("join");
    rule.columns = entry.texts("columns");
    if (!column.empty()) rule.columns = {column};
    const auto lastDay = entry.text("last_day");
    if (!lastDay.empty()) rule.isLastDay = true, rule.columns = {lastDay};
    if (!join.empty()) rule.source = ValueRule::Source::Join, rule.columns = join;
    if (!school.empty()) rule.source = ValueRule::Source::School, rule.columns = {school};
    if (const auto value = entry.text("value"); !value.empty())
        rule.source = ValueRule::Source::Constant, rule.text = value;
    if (const auto text = entry.text("text"); !text.empty())
        rule.source = ValueRule::Source::Template, rule.text = text;
    if (rule.columns.empty() && rule.text.empty()) reader.wrong(where, "no column, value or text");
    rule.codes = entry.text("codes");
    rule.nothing = entry.texts("nothing");
    const auto check = checkFromName(entry.text("check"));
    if (!check) reader.wrong(where, "unknown check");
    rule.check = check.value_or(ValueCheck::None);
    return rule;
}

std::optional<LeaveOut> readLeaveOut(const toml::table& table, MappingReader& reader, std::string_view where) {
    const auto* node = table.get("leave_out");
    if (node == nullptr) return std::nullopt;
    const auto* entry = node->as_table();
    if (entry == nullptr) return reader.wrong(where, "leave_out is not a table"), std::nullopt;
    TableReader values(*entry, reader, where, {"column", "values"});
    return LeaveOut{values.required("column"), values.texts("values")};
}

RowRule readRow(const toml::table& table, MappingReader& reader, const std::string& where) {
    RowRule rule;
    const auto name = table["table"].value<std::string>().value_or("");
    rule.table = extract::findTable(name);
    if (rule.table == nullptr) return reader.wrong(where, "no table of the contract: " + name), rule;
    rule.when = table["when"].value<std::string>().value_or("");
    rule.leaveOut = readLeaveOut(table, reader, where);
    rule.values.resize(rule.table->columns.size());
    for (const auto& [key, node] : table) {
        if (key == "table" || key == "when" || key == "leave_out") continue;
        const auto column = std::ranges::find(rule.table->columns, key.str(), &extract::ColumnDefinition::name);
        if (column == rule.table->columns.end()) {
            reader.wrong(where, fmt::format("table {} has no column {}", name, key.str()));
            continue;
        }
        rule.values[static_cast<std::size_t>(column - rule.table->columns.begin())] =
            readValue(node, reader, fmt::format("{}.{}", where, key.str()));
    }
    return rule;
}

PeriodRule readPeriod(const toml::table& table, MappingReader& reader, std::string_view where) {
    TableReader entry(table, reader, where, {"kind", "from", "until", "code", "ref", "leave_out"});
    PeriodRule rule{entry.required("kind"), entry.required("from"), entry.required("until"),
                    entry.required("code"), entry.required("ref"),  readLeaveOut(table, reader, where)};
    const auto kind = record::factKindFromId(rule.kind);
    if (!kind || record::entry(*kind).shape != record::Shape::Status) reader.wrong(where, "kind is no status");
    return rule;
}

InputRule readInput(const toml::table& table, MappingReader& reader) {
    const std::string where = table["id"].value<std::string>().value_or("input");
    TableReader entry(table, reader, where, {"id", "columns", "absent", "person", "reason", "row", "period"});
    InputRule rule;
    rule.id = entry.required("id");
    rule.columns = entry.texts("columns");
    rule.absent = entry.texts("absent");
    rule.person = entry.text("person");
    rule.reason = entry.text("reason");
    if (rule.columns.empty()) reader.wrong(where, "no columns to know the file by");
    for (const auto* row : reader.tables(table, "row", where)) rule.rows.push_back(readRow(*row, reader, where));
    if (const auto* period = table["period"].as_table()) rule.period = readPeriod(*period, reader, where);
    const bool isUsed = !rule.rows.empty() || rule.period.has_value();
    if (rule.person.empty() == rule.reason.empty()) reader.wrong(where, "either a person or a reason for not using it");
    if (isUsed && rule.person.empty()) reader.wrong(where, "rows, but no person");
    return rule;
}

AttendanceRule readAttendance(const toml::table& table, MappingReader& reader) {
    TableReader entry(table, reader, "attendance",
                      {"pupil_inputs", "possible", "missed", "detail_inputs", "reason", "sessions", "absence_codes"});
    return {entry.texts("pupil_inputs"),  entry.required("possible"), entry.texts("missed"),
            entry.texts("detail_inputs"), entry.required("reason"),   entry.required("sessions"),
            entry.texts("absence_codes")};
}

SchoolRule readSchools(const toml::table& table, MappingReader& reader) {
    TableReader entry(table, reader, "schools", {"column", "first_number"});
    SchoolRule rule;
    rule.column = entry.required("column");
    rule.firstNumber = table["first_number"].value<std::int64_t>().value_or(rule.firstNumber);
    return rule;
}

void readCodes(const toml::table& table, MappingReader& reader, Mapping& mapping) {
    for (const auto& [name, node] : table) {
        const auto* entries = node.as_table();
        if (entries == nullptr) return reader.wrong("codes", "holds something that is not a table");
        auto& codes = mapping.codes[std::string(name.str())];
        for (const auto& [from, to] : *entries) {
            const auto text = to.value<std::string>();
            if (!text) reader.wrong("codes", "a code that is not a text");
            codes[std::string(from.str())] = text.value_or("");
        }
    }
}

/// Every code table that a value names exists.
void checkCodes(const Mapping& mapping, MappingReader& reader) {
    for (const auto& input : mapping.inputs) {
        for (const auto& row : input.rows) {
            for (const auto& value : row.values) {
                if (value && !value->codes.empty() && !mapping.codes.contains(value->codes)) {
                    reader.wrong(input.id, "no code table " + value->codes);
                }
            }
        }
    }
}

}  // namespace

Result<Mapping> parseMapping(std::string_view text, std::string_view subject) {
    FAIRLEAD_TRY(const auto document, extract::parseToml(text, subject));
    MappingReader reader(subject);
    TableReader entry(document, reader, "mapping",
                      {"id", "title", "source", "agency", "dataset", "one_person_per_row", "dates", "codes", "input",
                       "attendance", "schools"});
    Mapping mapping;
    mapping.id = entry.required("id");
    mapping.title = entry.required("title");
    mapping.source = entry.required("source");
    mapping.agency = entry.required("agency");
    mapping.dataset = entry.required("dataset");
    mapping.onePersonPerRow = document["one_person_per_row"].value<bool>().value_or(true);
    mapping.dates = entry.texts("dates");
    if (!extract::isAgency(mapping.agency)) reader.wrong("agency", "not one of the contract's");
    if (const auto* codes = document["codes"].as_table()) readCodes(*codes, reader, mapping);
    for (const auto* input : reader.tables(document, "input", "mapping"))
        mapping.inputs.push_back(readInput(*input, reader));
    if (mapping.inputs.empty()) reader.wrong("mapping", "no input");
    if (const auto* attendance = document["attendance"].as_table())
        mapping.attendance = readAttendance(*attendance, reader);
    if (const auto* schools = document["schools"].as_table()) mapping.schools = readSchools(*schools, reader);
    checkCodes(mapping, reader);
    FAIRLEAD_OK(reader.status());
    return mapping;
}

Result<Mapping> loadMapping(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto text, readFile(path, kMostMappingBytes));
    return parseMapping(text, path.filename().string());
}

}  // namespace fairlead::convert
