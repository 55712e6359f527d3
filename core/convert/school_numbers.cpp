#include "core/convert/school_numbers.h"

#include <algorithm>

#include "core/base/text.h"

namespace fairlead::convert {

namespace {

constexpr std::int64_t kLeastUrn = 100'000;
constexpr std::int64_t kMostUrn = 999'999;

std::string_view digitsAtEnd(std::string_view id) {
    const auto last = id.find_last_not_of("0123456789");
    return last == std::string_view::npos ? id : id.substr(last + 1);
}

}  // namespace

std::optional<std::int64_t> SchoolNumbers::numberOf(std::string_view nativeId, const std::string& file,
                                                    const std::string& column, std::size_t row, QualityReport& report) {
    if (nativeId.empty()) return std::nullopt;
    const std::string id(nativeId);
    auto known = m_numbers.find(id);
    if (known == m_numbers.end()) {
        const auto urn = nativeId.size() == 6 ? parseInteger(nativeId) : std::nullopt;
        const bool isUrn = urn && *urn >= kLeastUrn;
        known = m_numbers.emplace(id, isUrn ? *urn : syntheticNumber(nativeId)).first;
        if (!isUrn) report.add(Rule::NumberedSchool, file, column, row);
    }
    m_used[known->second] = id;
    return known->second;
}

std::int64_t SchoolNumbers::syntheticNumber(std::string_view nativeId) {
    const auto isTaken = [&](std::int64_t number) {
        return std::ranges::any_of(m_numbers, [&](const auto& entry) { return entry.second == number; });
    };
    // The digits of the id, so that a school keeps its number from delivery to delivery.
    const auto digits = parseInteger(digitsAtEnd(nativeId)).value_or(-1);
    const auto wanted = m_first + digits;
    if (digits > 0 && wanted <= kMostUrn && !isTaken(wanted)) return wanted;
    auto number = kMostUrn;
    while (isTaken(number)) --number;
    return number;
}

void SchoolNumbers::addMissingSchools(record::ExtractRows& rows) const {
    for (const auto& [number, nativeId] : m_used) {
        if (std::ranges::find(rows.schools, number, &record::SchoolRow::urn) != rows.schools.end()) continue;
        record::SchoolRow school;
        school.urn = number;
        school.name = nativeId;
        school.phase = "other";
        rows.schools.push_back(std::move(school));
    }
}

}  // namespace fairlead::convert
