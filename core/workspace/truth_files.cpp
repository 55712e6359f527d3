#include "core/workspace/truth_files.h"

#include <array>
#include <unordered_map>

#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::workspace {

namespace {

/// A table, and where the wanted columns are.
template <std::size_t Count>
struct WantedColumns {
    CsvTable table;
    std::array<std::size_t, Count> at{};
    std::string file;

    [[nodiscard]] Result<std::array<std::string, Count>> cells(const CsvTable::Row& row) const {
        std::array<std::string, Count> found;
        for (std::size_t i = 0; i < Count; ++i) {
            if (at.at(i) >= row.cells.size())
                return fail(ErrorCode::ParseError, file, fmt::format("line {}: too few cells", row.line));
            found.at(i) = row.cells[at.at(i)];
        }
        return found;
    }
};

template <std::size_t Count>
Result<WantedColumns<Count>> readColumns(const std::filesystem::path& path,
                                         const std::array<std::string_view, Count>& names) {
    WantedColumns<Count> wanted;
    wanted.file = path.filename().string();
    FAIRLEAD_TRY(const std::string text, readFile(path, 1ULL << 32U));
    FAIRLEAD_TRY(wanted.table, parseCsv(text, wanted.file));
    for (std::size_t i = 0; i < Count; ++i) {
        wanted.at.at(i) = wanted.table.column(names.at(i));
        if (wanted.at.at(i) == CsvTable::npos)
            return fail(ErrorCode::MissingColumn, wanted.file, std::string(names.at(i)));
    }
    return wanted;
}

/// Numbers for the ids of persons.
class PersonNumbers {
public:
    std::int64_t of(const std::string& id) {
        return m_numbers.try_emplace(id, static_cast<std::int64_t>(m_numbers.size())).first->second;
    }

private:
    std::unordered_map<std::string, std::int64_t> m_numbers;
};

Result<Interval> daysOf(const std::string& first, const std::string& end, std::string_view file, std::size_t line) {
    const auto from = first.empty() ? std::optional(Date::beginning()) : Date::fromIso(first);
    const auto until = end.empty() ? std::optional(Date::never()) : Date::fromIso(end);
    if (!from || !until)
        return fail(ErrorCode::ParseError, std::string(file), fmt::format("line {}: not a date", line));
    return Interval{*from, *until};
}

Status readFamilies(const std::filesystem::path& path, PersonNumbers& numbers, Truth& truth) {
    if (!std::filesystem::exists(path)) return {};
    FAIRLEAD_TRY(const auto families,
                 readColumns<6>(path, {"person_id", "family_id", "from", "until", "basis", "connected"}));
    for (const CsvTable::Row& row : families.table.rows) {
        FAIRLEAD_TRY(const auto cells, families.cells(row));
        FAIRLEAD_TRY(const Interval days, daysOf(cells[2], cells[3], families.file, row.line));
        const auto connected = cells[5].empty() ? std::optional<std::int64_t>(0) : parseInteger(cells[5]);
        if (!connected)
            return fail(ErrorCode::ParseError, families.file, fmt::format("line {}: not a number", row.line));
        truth.families.push_back({numbers.of(cells[0]), cells[1], days, cells[4] == "child", *connected});
    }
    return {};
}

}  // namespace

Result<Truth> readTruth(const std::filesystem::path& folder, const std::string& by) {
    Truth truth;
    PersonNumbers numbers;
    FAIRLEAD_TRY(const auto persons,
                 readColumns<6>(folder / "persons.csv", {"person_id", "agency", "dataset", "person_ref", "birth_date",
                                                         by.empty() ? std::string_view("person_id") : by}));
    for (const CsvTable::Row& row : persons.table.rows) {
        FAIRLEAD_TRY(const auto cells, persons.cells(row));
        const auto birth = Date::fromIso(cells[4]);
        if (!birth) return fail(ErrorCode::ParseError, persons.file, fmt::format("line {}: not a date", row.line));
        const std::int64_t person = numbers.of(cells[0]);
        truth.records[{cells[1], cells[2], cells[3]}] = {person, by.empty() ? std::string() : cells[5]};
        constexpr std::int64_t kMonthsInAYear = 12;
        truth.birthMonthOf[person] = birth->civil().year * kMonthsInAYear + birth->civil().month - 1;
    }
    FAIRLEAD_TRY(const auto spells,
                 readColumns<4>(folder / "expected_spells.csv", {"person_id", "indicator", "from", "until"}));
    for (const CsvTable::Row& row : spells.table.rows) {
        FAIRLEAD_TRY(const auto cells, spells.cells(row));
        FAIRLEAD_TRY(const Interval days, daysOf(cells[2], cells[3], spells.file, row.line));
        truth.spells.push_back({numbers.of(cells[0]), cells[1], days});
    }
    FAIRLEAD_OK(readFamilies(folder / "families.csv", numbers, truth));
    return truth;
}

}  // namespace fairlead::workspace
