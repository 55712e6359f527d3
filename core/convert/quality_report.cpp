#include "core/convert/quality_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/check.h"

namespace fairlead::convert {

namespace {

struct RuleEntry {
    Rule rule;
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array<RuleEntry, 20> kRules{{
    {Rule::RaggedRow, "ragged_row", "The row has more or fewer cells than the header; it was not used."},
    {Rule::MissingValue, "missing_value", "A value that is needed is missing; the row was not used."},
    {Rule::BadDate, "bad_date",
     "Not a date in a format of this file; read as not supplied, a row that needs it was not used."},
    {Rule::ImpossibleDate, "impossible_date",
     "A date that cannot be right; read as not supplied, a row that needs it was not used."},
    {Rule::EndBeforeStart, "end_before_start", "The end lies before the start; the row was not used."},
    {Rule::BadNumber, "bad_number",
     "Not a number, or out of range; read as not supplied, a row that needs it was not used."},
    {Rule::UnknownCode, "unknown_code",
     "A code that the format does not have; read as not supplied, a row that needs it was not used."},
    {Rule::TextNotAllowed, "text_not_allowed",
     "Too long, or with a control character; read as not supplied, a row that needs it was not used."},
    {Rule::InvalidUpn, "invalid_upn", "A UPN whose characters or check letter are wrong; kept as supplied."},
    {Rule::InvalidNhsNumber, "invalid_nhs_number", "An NHS number whose check digit is wrong; kept as supplied."},
    {Rule::InvalidUprn, "invalid_uprn", "Not a property reference number; read as not supplied."},
    {Rule::InvalidPostcode, "invalid_postcode", "Not the shape of a postcode; kept as supplied."},
    {Rule::DuplicatePerson, "duplicate_person",
     "One key for two birth dates; the first was kept, this row was not used."},
    {Rule::DuplicateKey, "duplicate_key",
     "One key for two different entries; the first was kept, this row was not used."},
    {Rule::UnknownPerson, "unknown_person", "About somebody who is not in this delivery; the row was not used."},
    {Rule::OverlappingEpisodes, "overlapping_episodes",
     "Begins before the episode before it ended; the two were joined."},
    {Rule::EpisodeNotClosed, "episode_not_closed", "Not closed, but another one follows; closed on that day."},
    {Rule::MoreMissedThanPossible, "more_missed_than_possible", "More sessions missed than were possible; not used."},
    {Rule::NumberedSchool, "numbered_school", "A school without a URN; it was given a number that is not one."},
    {Rule::FileNotUsed, "file_not_used", "The mapping knows this file and does not use it."},
}};

constexpr bool isInOrder() {
    for (std::size_t i = 0; i < kRules.size(); ++i) {
        if (static_cast<std::size_t>(kRules[i].rule) != i) return false;
    }
    return true;
}
static_assert(isInOrder(), "name() and sentence() index the table by the enumeration");

std::string joined(const std::vector<std::size_t>& rows, std::string_view separator) {
    std::string text;
    for (const auto row : rows) text += fmt::format("{}{}", text.empty() ? "" : separator, row);
    return text;
}

/// File and column names come from outside: quotes, backslashes and controls are escaped.
std::string jsonText(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

std::string_view name(Rule rule) { return kRules[static_cast<std::size_t>(rule)].name; }
std::string_view sentence(Rule rule) { return kRules[static_cast<std::size_t>(rule)].sentence; }

void QualityReport::add(Rule rule, const std::string& file, const std::string& column, std::size_t row) {
    auto& finding = m_findings[{rule, file, column}];
    if (finding.total == 0) finding = {rule, file, column, 0, {}};
    ++finding.total;
    if (row != 0 && finding.rows.size() < m_rowsListed) finding.rows.push_back(row);
}

RowCount& QualityReport::count(const std::string& file, const std::string& table) {
    const auto found = std::ranges::find_if(
        m_counts, [&](const RowCount& count) { return count.file == file && count.table == table; });
    if (found != m_counts.end()) return *found;
    return m_counts.emplace_back(RowCount{file, table});
}

std::vector<Finding> QualityReport::findings() const {
    std::vector<Finding> findings;
    findings.reserve(m_findings.size());
    for (const auto& [key, finding] : m_findings) findings.push_back(finding);
    return findings;
}

std::size_t QualityReport::total(Rule rule) const {
    std::size_t total = 0;
    for (const auto& [key, finding] : m_findings) {
        if (finding.rule == rule) total += finding.total;
    }
    return total;
}

std::string text(const QualityReport& report) {
    std::string out;
    for (const auto& finding : report.findings()) {
        out += fmt::format("{} in {}{}{}: {} time{}. {}\n", name(finding.rule), finding.file,
                           finding.column.empty() ? "" : ", column ", finding.column, finding.total,
                           finding.total == 1 ? "" : "s", sentence(finding.rule));
        if (finding.rows.empty()) continue;
        out += fmt::format("    {} {}{}\n", finding.total == 1 ? "line" : "lines", joined(finding.rows, ", "),
                           finding.total > finding.rows.size() ? " ..." : "");
    }
    if (out.empty()) out = "Nothing was found.\n";
    for (const auto& count : report.counts()) {
        out +=
            fmt::format("{} -> {}: {} read, {} made, {} merged, {} not used, {} left out by the mapping\n", count.file,
                        count.table, count.read, count.made, count.merged, count.rejected, count.leftOut);
    }
    return out;
}

std::string json(const QualityReport& report) {
    std::string out = "{\"findings\":[";
    bool first = true;
    for (const auto& finding : report.findings()) {
        out +=
            fmt::format("{}{{\"column\":{},\"file\":{},\"rows\":[{}],\"rule\":{},\"sentence\":{},\"total\":{}}}",
                        first ? "" : ",", jsonText(finding.column), jsonText(finding.file), joined(finding.rows, ","),
                        jsonText(name(finding.rule)), jsonText(sentence(finding.rule)), finding.total);
        first = false;
    }
    out += "],\"counts\":[";
    first = true;
    for (const auto& count : report.counts()) {
        out += fmt::format(
            "{}{{\"file\":{},\"left_out\":{},\"made\":{},\"merged\":{},\"read\":{},\"rejected\":{},\"table\":{}}}",
            first ? "" : ",", jsonText(count.file), count.leftOut, count.made, count.merged, count.read, count.rejected,
            jsonText(count.table));
        first = false;
    }
    return out + "]}";
}

}  // namespace fairlead::convert
