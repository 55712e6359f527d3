// One file of a delivery, recognised by its header, and its rows by column name.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/csv.h"
#include "core/base/result.h"
#include "core/convert/mapping.h"

namespace fairlead::convert {

/// A file as the caller read it.
struct InputFile {
    std::string name;  ///< For findings: the file's name without its folder.
    std::string text;  ///< The whole content, UTF-8 with or without a byte-order mark.
};

/// A file that a mapping knows.
class SourceFile {
public:
    /// Errors: Encoding, ParseError, MissingColumn (no kind of file of the mapping has these columns).
    static Result<SourceFile> recognise(const Mapping& mapping, InputFile file);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const InputRule& rule() const { return *m_rule; }
    [[nodiscard]] const std::vector<CsvTable::Row>& rows() const { return m_table.rows; }
    /// True when the header has that column.
    [[nodiscard]] bool hasColumn(std::string_view column) const { return m_columns.contains(std::string(column)); }
    /// True when a row has more or fewer cells than the header.
    [[nodiscard]] bool isRagged(const CsvTable::Row& row) const { return row.cells.size() != m_table.header.size(); }
    /// The cell without blanks around it; empty when the file has no such column. REQUIRES: the row is not ragged.
    [[nodiscard]] std::string_view cell(const CsvTable::Row& row, const std::string& column) const;

private:
    std::string m_name;
    const InputRule* m_rule = nullptr;
    CsvTable m_table;
    std::unordered_map<std::string, std::size_t> m_columns;
};

/// True when the row has one of the values that the mapping leaves out.
bool isLeftOut(const SourceFile& file, const CsvTable::Row& row, const std::optional<LeaveOut>& leaveOut);

}  // namespace fairlead::convert
