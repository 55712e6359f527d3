// Numbers for schools that the files name by ids of their own.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/convert/mapping.h"
#include "core/convert/quality_report.h"
#include "core/record/rows.h"

namespace fairlead::convert {

/// Native id -> URN: as the caller says, the id itself when it is one (six digits), or a synthetic number.
class SchoolNumbers {
public:
    SchoolNumbers(const std::optional<SchoolRule>& rule, std::map<std::string, std::int64_t> known)
        : m_first(rule ? rule->firstNumber : SchoolRule().firstNumber), m_numbers(std::move(known)) {}

    /// The number of a school; the first time that a synthetic one is given out the report says so.
    /// Nothing for an empty id.
    std::optional<std::int64_t> numberOf(std::string_view nativeId, const std::string& file, const std::string& column,
                                         std::size_t row, QualityReport& report);

    /// A row for every school that was asked for and is not in `rows` yet; its name is its native id.
    void addMissingSchools(record::ExtractRows& rows) const;

private:
    std::int64_t syntheticNumber(std::string_view nativeId);

    std::int64_t m_first;
    std::map<std::string, std::int64_t> m_numbers;
    std::map<std::int64_t, std::string> m_used;  ///< Number -> native id.
};

}  // namespace fairlead::convert
