#include "core/link/name_variants.h"

#include <algorithm>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/standardise.h"

namespace fairlead::link {

void NameVariants::addGroup(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        const std::string canonical = canonicalForenames(name);
        if (canonical.empty()) continue;
        std::vector<std::uint32_t>& groups = m_groups[canonical];
        if (groups.empty() || groups.back() != m_groupCount) groups.push_back(m_groupCount);
    }
    ++m_groupCount;
}

const std::vector<std::uint32_t>& NameVariants::groupsOf(std::string_view canonicalName) const {
    static const std::vector<std::uint32_t> none;
    const auto found = m_groups.find(std::string(canonicalName));
    return found == m_groups.end() ? none : found->second;
}

Result<NameVariants> parseNameVariants(std::string_view csv, std::string_view subject) {
    FAIRLEAD_TRY(const CsvTable table, parseCsv(csv, subject));
    const std::size_t column = table.column("names");
    if (column == CsvTable::npos) return fail(ErrorCode::MissingColumn, std::string(subject), "names");
    NameVariants variants;
    for (const CsvTable::Row& row : table.rows) {
        if (column >= row.cells.size()) continue;
        std::vector<std::string> names;
        for (const std::string_view name : split(row.cells[column], ' ')) names.emplace_back(name);
        variants.addGroup(names);
    }
    return variants;
}

}  // namespace fairlead::link
