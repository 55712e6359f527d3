#include "core/demo/names.h"

#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::demo {

namespace {

constexpr std::array<std::string_view, kCommunities> kCommunityNames = {
    "british", "polish", "romanian", "somali", "pakistani", "bangladeshi", "indian", "caribbean", "african", "chinese"};

std::optional<std::size_t> communityOf(std::string_view text) {
    const auto found = std::ranges::find(kCommunityNames, text);
    if (found == kCommunityNames.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kCommunityNames.begin());
}

/// The rows of a file whose header is exactly `header`.
Result<CsvTable> readTable(const std::filesystem::path& path, std::initializer_list<std::string_view> header) {
    FAIRLEAD_TRY(const auto text, readFile(path));
    FAIRLEAD_TRY(auto table, parseCsv(text, path.filename().string()));
    if (!std::ranges::equal(table.header, header))
        return fail(ErrorCode::MissingColumn, path.filename().string(), "header");
    for (const auto& row : table.rows) {
        if (row.cells.size() != header.size()) {
            return fail(ErrorCode::ParseError, path.filename().string(),
                        fmt::format("line {}: number of cells", row.line));
        }
    }
    return table;
}

std::unexpected<Error> badRow(const std::filesystem::path& path, const CsvTable::Row& row) {
    return fail(ErrorCode::ParseError, path.filename().string(), fmt::format("line {}: value", row.line));
}

std::string drawOther(const std::vector<std::string>& group, std::string_view name, Random& random) {
    const auto start = random.below(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto& candidate = group[(start + i) % group.size()];
        if (candidate != name) return candidate;
    }
    return {};
}

}  // namespace

std::string_view name(Community community) { return kCommunityNames.at(static_cast<std::size_t>(community)); }

void Names::Pool::add(std::string_view name, std::uint32_t count) {
    names.emplace_back(name);
    totals.push_back((totals.empty() ? 0 : totals.back()) + count);
}

const std::string& Names::Pool::draw(Random& random) const {
    FAIRLEAD_CHECK(!names.empty());
    const auto at = std::ranges::upper_bound(totals, random.below(totals.back()));
    return names[static_cast<std::size_t>(at - totals.begin())];
}

Result<Names> Names::read(const std::filesystem::path& folder) {
    Names names;
    FAIRLEAD_OK(names.readForenames(folder / "forenames.csv"));
    FAIRLEAD_OK(names.readSurnames(folder / "surnames.csv"));
    FAIRLEAD_OK(names.readVariants(folder / "variants.csv"));
    FAIRLEAD_OK(names.readNicknames(folder / "nicknames.csv"));
    FAIRLEAD_OK(names.readStreets(folder / "streets.csv"));
    FAIRLEAD_OK(names.checkComplete(folder));
    return names;
}

Status Names::readForenames(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto table, readTable(path, {"community", "sex", "born_from", "name", "count"}));
    for (const auto& row : table.rows) {
        const auto community = communityOf(row.cells[0]);
        const auto year = parseInteger(row.cells[2]);
        const auto count = parseInteger(row.cells[4]);
        if (!community || !year || !count || *count <= 0 || *count > 10'000'000) return badRow(path, row);
        if (row.cells[1] != "F" && row.cells[1] != "M") return badRow(path, row);
        auto& bands = m_forenames.at(*community).at(row.cells[1] == "M" ? 1 : 0);
        if (bands.empty() || bands.back().bornFrom != *year) {
            if (!bands.empty() && bands.back().bornFrom > *year) return badRow(path, row);
            bands.push_back({static_cast<int>(*year), {}});
        }
        bands.back().pool.add(row.cells[3], static_cast<std::uint32_t>(*count));
    }
    return {};
}

Status Names::readSurnames(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto table, readTable(path, {"community", "surname", "count"}));
    for (const auto& row : table.rows) {
        const auto community = communityOf(row.cells[0]);
        const auto count = parseInteger(row.cells[2]);
        if (!community || !count || *count <= 0 || *count > 10'000'000) return badRow(path, row);
        m_surnames.at(*community).add(row.cells[1], static_cast<std::uint32_t>(*count));
    }
    return {};
}

Status Names::readVariants(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto table, readTable(path, {"kind", "group", "name"}));
    std::map<std::string, std::vector<std::string>, std::less<>> groups;
    for (const auto& row : table.rows) {
        if (row.cells[0] != "forename" && row.cells[0] != "surname") return badRow(path, row);
        groups[row.cells[0] + row.cells[1]].push_back(row.cells[2]);
    }
    for (const auto& [key, members] : groups) {
        auto& target = key.starts_with("forename") ? m_forenameVariants : m_surnameVariants;
        for (const auto& member : members) {
            auto& all = target[member];
            all.insert(all.end(), members.begin(), members.end());
        }
    }
    return {};
}

Status Names::readNicknames(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto table, readTable(path, {"name", "nickname"}));
    for (const auto& row : table.rows) m_nicknames[row.cells[0]].push_back(row.cells[1]);
    return {};
}

Status Names::readStreets(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const auto table, readTable(path, {"street", "town", "postcodes"}));
    for (const auto& row : table.rows) {
        Street street{row.cells[0], row.cells[1], {}};
        // A unit is two words: "BS7 8QD BS7 8QE".
        const auto words = split(row.cells[2], ' ');
        if (words.size() < 2 || words.size() % 2 != 0) return badRow(path, row);
        for (std::size_t i = 0; i < words.size(); i += 2)
            street.postcodes.push_back(fmt::format("{} {}", words[i], words[i + 1]));
        (street.town == "Bristol" ? m_streets : m_elsewhere).push_back(std::move(street));
    }
    return {};
}

Status Names::checkComplete(const std::filesystem::path& folder) const {
    for (std::size_t i = 0; i < kCommunities; ++i) {
        if (m_surnames.at(i).names.empty() || m_forenames.at(i)[0].empty() || m_forenames.at(i)[1].empty()) {
            return fail(ErrorCode::ParseError, folder.filename().string(),
                        fmt::format("no names for {}", kCommunityNames.at(i)));
        }
    }
    if (m_streets.size() < 10 || m_elsewhere.empty())
        return fail(ErrorCode::ParseError, folder.filename().string(), "too few streets");
    return {};
}

const std::string& Names::forename(Community community, Sex sex, int birthYear, Random& random) const {
    const auto& bands = m_forenames.at(static_cast<std::size_t>(community)).at(static_cast<std::size_t>(sex));
    std::size_t band = 0;
    while (band + 1 < bands.size() && bands[band + 1].bornFrom <= birthYear) ++band;
    // The older lists stop at the hundredth name; a fifth of the people come from the next longer list.
    if (bands.size() > 1 && birthYear < 1996 && random.chance(200'000)) {
        while (bands[band].bornFrom < 1996 && band + 1 < bands.size()) ++band;
    }
    return bands[band].pool.draw(random);
}

const std::string& Names::surname(Community community, Random& random) const {
    return m_surnames.at(static_cast<std::size_t>(community)).draw(random);
}

std::string Names::forenameVariant(const std::string& name, Random& random) const {
    const auto found = m_forenameVariants.find(name);
    return found == m_forenameVariants.end() ? std::string() : drawOther(found->second, name, random);
}

std::string Names::surnameVariant(const std::string& name, Random& random) const {
    const auto found = m_surnameVariants.find(name);
    return found == m_surnameVariants.end() ? std::string() : drawOther(found->second, name, random);
}

std::string Names::nickname(const std::string& name, Random& random) const {
    const auto found = m_nicknames.find(name);
    return found == m_nicknames.end() ? std::string() : drawOther(found->second, name, random);
}

std::string surnameFor(const std::string& surname, Community community, Sex sex) {
    if (community != Community::Polish || surname.size() < 4) return surname;
    const auto stem = surname.substr(0, surname.size() - 1);
    const bool varies = stem.ends_with("sk") || stem.ends_with("ck") || stem.ends_with("dzk");
    if (!varies || (!surname.ends_with('i') && !surname.ends_with('a'))) return surname;
    return stem + (sex == Sex::Female ? "a" : "i");
}

}  // namespace fairlead::demo
