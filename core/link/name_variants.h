// Spellings and short forms that are used for one another (Mohammed and Muhammad, Katie and Katherine).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace fairlead::link {

/// A table of forename groups. A name may belong to several groups; two names are variants when they share one.
/// Thread-safety: const functions may be called at once.
class NameVariants {
public:
    /// Adds one group of names that may stand for each other (canonical forms are made here).
    void addGroup(const std::vector<std::string>& names);
    /// The groups of a canonical (upper-case Latin) name, ascending; empty when there are none.
    [[nodiscard]] const std::vector<std::uint32_t>& groupsOf(std::string_view canonicalName) const;
    /// Every name with its groups, in no order.
    [[nodiscard]] const std::unordered_map<std::string, std::vector<std::uint32_t>>& names() const { return m_groups; }
    [[nodiscard]] std::size_t groupCount() const { return m_groupCount; }

private:
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_groups;
    std::uint32_t m_groupCount = 0;
};

/// Reads resources/linkage/nicknames.csv: one group a line under the header `names`, names separated by blanks.
/// Errors: those of parseCsv, MissingColumn.
Result<NameVariants> parseNameVariants(std::string_view csv, std::string_view subject);

}  // namespace fairlead::link
