#include "core/link/csv_detect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/csv_dates.h"
#include "core/link/csv_names.h"

namespace fairlead::link {
namespace {

constexpr std::size_t kSampledRows = 2000;  // of each file, from its beginning

// Without month or day a year of birth is no date: it is compared as it stands, or left out beside a whole date.
std::vector<CsvColumn> withWholeDates(std::vector<CsvColumn> columns) {
    constexpr std::array kParts = {ColumnRole::BirthYear, ColumnRole::BirthMonth, ColumnRole::BirthDay};
    const auto isPart = [&](const CsvColumn& column) { return std::ranges::find(kParts, column.role) != kParts.end(); };
    const bool whole = std::ranges::all_of(kParts, [&](ColumnRole role) { return hasRole(columns, role); });
    if (whole) return columns;
    if (hasRole(columns, ColumnRole::BirthDate)) std::erase_if(columns, isPart);
    for (CsvColumn& column : columns) {
        if (isPart(column)) column.role = ColumnRole::Text;
    }
    return columns;
}

// Roles that one column of a file fills.
bool isFilledOnce(ColumnRole role) {
    constexpr auto kOnce = std::to_array<ColumnRole>(
        {ColumnRole::Forename, ColumnRole::Surname, ColumnRole::FullName, ColumnRole::BirthDate, ColumnRole::BirthYear,
         ColumnRole::BirthMonth, ColumnRole::BirthDay, ColumnRole::Sex, ColumnRole::Postcode, ColumnRole::Uprn});
    return std::ranges::find(kOnce, role) != kOnce.end();
}

// The columns whose names are known, and why the others are not among them.
struct ByName {
    std::vector<CsvColumn> columns;
    std::vector<LeftOutColumn> leftOut;
};

ByName columnsByName(std::span<const std::string> header) {
    ByName out;
    for (const std::string& column : header) {
        const std::string name = plainName(column);
        if (std::string why = reasonAgainst(name); !why.empty()) {
            out.leftOut.push_back({column, std::move(why)});
            continue;
        }
        const KnownName& known = *knownName(name);
        const auto same = std::ranges::find(out.columns, known.role, &CsvColumn::role);
        if (isFilledOnce(known.role) && same != out.columns.end()) {
            out.leftOut.push_back({column, fmt::format("{} is taken for that already", same->column)});
        } else {
            out.columns.push_back({known.role, column, std::string(known.format)});
        }
    }
    const bool hasParts = hasRole(out.columns, ColumnRole::Forename) || hasRole(out.columns, ColumnRole::Surname);
    std::erase_if(out.columns, [&](const CsvColumn& column) {
        const bool goes = hasParts && column.role == ColumnRole::FullName;
        if (goes) out.leftOut.push_back({column.column, "forename and surname have columns of their own"});
        return goes;
    });
    const std::vector<CsvColumn> before = out.columns;
    out.columns = withWholeDates(std::move(out.columns));
    for (const CsvColumn& column : before) {
        if (std::ranges::find(out.columns, column.column, &CsvColumn::column) == out.columns.end())
            out.leftOut.push_back({column.column, "a column with the whole birth date is there"});
    }
    return out;
}

// Cells of one column in the first rows of the files, trimmed.
std::vector<std::string> sampleOf(std::span<const CsvText> files, const std::string& column) {
    std::vector<std::string> sample;
    for (const CsvText& file : files) {
        const auto found = std::ranges::find(file.header, column);
        if (found == file.header.end()) continue;
        const auto at = static_cast<std::size_t>(found - file.header.begin());
        CsvRows rows(file.bytes);
        (void)rows.next();
        for (std::size_t i = 0; i < kSampledRows && rows.next() == CsvRows::Found::Row; ++i) {
            if (at < rows.cells().size()) sample.emplace_back(trimmed(rows.cells()[at]));
        }
    }
    return sample;
}

bool repeats(std::span<const CsvText> files, const std::string& column) {
    return std::ranges::any_of(files, [&](const CsvText& file) {
        const std::vector<std::string> sample = sampleOf(std::span(&file, 1), column);
        return std::set<std::string>(sample.begin(), sample.end()).size() < sample.size() ||
               std::ranges::find(sample, std::string()) != sample.end();
    });
}

bool everyFileHas(std::span<const CsvText> files, const std::string& column) {
    return std::ranges::all_of(files,
                               [&](const CsvText& file) { return std::ranges::count(file.header, column) == 1; });
}

std::string findIdColumn(std::span<const CsvText> files, std::span<const std::string> reserved,
                         std::vector<std::string>& notes) {
    for (const std::string_view known : idNames()) {
        for (const std::string& column : files.front().header) {
            if (plainName(column) != known || !everyFileHas(files, column)) continue;
            if (std::ranges::find(reserved, column) != reserved.end()) continue;
            if (!repeats(files, column)) return column;
            notes.push_back(fmt::format("the column {} is empty or repeats, so it cannot name the rows", column));
        }
    }
    return {};
}

}  // namespace

std::string_view name(ColumnRole role) {
    constexpr std::array<std::string_view, 14> kNames = {
        "forename",    "other_forename", "surname", "other_surname", "full_name", "dob",        "birth_year",
        "birth_month", "birth_day",      "sex",     "postcode",      "uprn",      "identifier", "text"};
    return kNames[static_cast<std::size_t>(role)];
}

std::string detectIdColumn(std::span<const std::string> header) {
    for (const std::string_view known : idNames()) {
        for (const std::string& column : header) {
            if (plainName(column) == known) return column;
        }
    }
    return {};
}

CsvDetection detectLayout(std::span<const CsvText> files, const std::string& idColumn,
                          std::span<const std::string> reserved) {
    CsvDetection out;
    if (files.empty()) return out;
    out.idColumn = idColumn.empty() ? findIdColumn(files, reserved, out.notes) : idColumn;
    std::vector<std::string> header;
    for (const std::string& column : files.front().header) {
        if (column == out.idColumn || std::ranges::find(reserved, column) != reserved.end()) continue;
        if (everyFileHas(files, column)) {
            header.push_back(column);
        } else {
            out.leftOut.push_back({column, "not every file has one such column"});
        }
    }
    ByName found = columnsByName(header);
    out.columns = std::move(found.columns);
    out.leftOut.insert(out.leftOut.end(), found.leftOut.begin(), found.leftOut.end());
    const std::vector<std::string> dateNotes = findDateFormats(files, out.columns);
    out.notes.insert(out.notes.end(), dateNotes.begin(), dateNotes.end());
    return out;
}

std::vector<std::string> findDateFormats(std::span<const CsvText> files, std::vector<CsvColumn>& columns) {
    constexpr double kNearlyAll = 0.9;
    std::vector<std::string> notes;
    for (CsvColumn& column : columns) {
        if (column.role != ColumnRole::BirthDate || !column.format.empty()) continue;
        std::vector<std::string> sample = sampleOf(files, column.column);
        std::erase_if(sample, [](const std::string& text) { return text.empty(); });
        if (sample.empty()) continue;
        const DateFormatFound found = findDateFormat(sample);
        const bool monthFirst = found.format.starts_with("MM");
        const auto share = static_cast<double>(found.fitting) / static_cast<double>(found.texts);
        if (found.format.empty() || (share < kNearlyAll && !monthFirst)) {
            notes.push_back(fmt::format("{}: dates of several kinds; each is read in the first format that fits it",
                                        column.column));
            continue;
        }
        column.format = found.format;
        notes.push_back(fmt::format("{}: read as {}, which {} of {} looked at are{}", column.column, found.format,
                                    found.fitting, found.texts,
                                    found.ambiguous ? "; with the month first as many would be" : ""));
    }
    return notes;
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
        const bool isDate = column.role == ColumnRole::BirthDate;
        if (isDate && !column.format.empty() && std::ranges::find(kDateFormats, column.format) == kDateFormats.end())
            return fail(ErrorCode::InvalidArgument, choice, "names a date format that is not known");
        columns.push_back(std::move(column));
    }
    return withWholeDates(std::move(columns));
}

}  // namespace fairlead::link
