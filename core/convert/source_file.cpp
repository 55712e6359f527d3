#include "core/convert/source_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::convert {

Result<SourceFile> SourceFile::recognise(const Mapping& mapping, InputFile file) {
    SourceFile source;
    source.m_name = std::move(file.name);
    FAIRLEAD_TRY(source.m_table, parseCsv(file.text, source.m_name));
    for (std::size_t i = 0; i < source.m_table.header.size(); ++i) {
        source.m_columns.emplace(std::string(trimmed(source.m_table.header[i])), i);
    }
    const auto has = [&](const std::string& column) { return source.hasColumn(column); };
    for (const auto& rule : mapping.inputs) {
        if (!std::ranges::all_of(rule.columns, has) || std::ranges::any_of(rule.absent, has)) continue;
        source.m_rule = &rule;
        return source;
    }
    return fail(ErrorCode::MissingColumn, source.m_name,
                fmt::format("no file of the mapping {} has these columns", mapping.id));
}

std::string_view SourceFile::cell(const CsvTable::Row& row, const std::string& column) const {
    const auto found = m_columns.find(column);
    return found == m_columns.end() ? std::string_view() : trimmed(row.cells[found->second]);
}

bool isLeftOut(const SourceFile& file, const CsvTable::Row& row, const std::optional<LeaveOut>& leaveOut) {
    return leaveOut && std::ranges::find(leaveOut->values, file.cell(row, leaveOut->column)) != leaveOut->values.end();
}

}  // namespace fairlead::convert
