// One row of a source -> the cells of one contract row, with a finding for everything that is not right.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/convert/convert.h"
#include "core/convert/mapping.h"
#include "core/convert/quality_report.h"
#include "core/convert/school_numbers.h"
#include "core/convert/source_file.h"
#include "core/extract/row_binding.h"

namespace fairlead::convert {

/// A cell that owns its text.
struct OwnedCell {
    extract::Cell::Storage storage = extract::Cell::Storage::Null;
    std::int64_t integer = 0;
    std::string text;

    [[nodiscard]] bool isNull() const { return storage == extract::Cell::Storage::Null; }
    /// Borrows the text.
    [[nodiscard]] extract::Cell view() const { return {storage, integer, text}; }
};

/// Makes contract rows by the rules of a mapping.
class RowMaker {
public:
    RowMaker(const Mapping& mapping, const ConvertOptions& options, SchoolNumbers& schools, QualityReport& report)
        : m_mapping(mapping), m_options(options), m_schools(schools), m_report(report) {}

    /// Cells that pass every check of the contract; nothing when the row cannot be used (a finding says why).
    std::optional<std::vector<OwnedCell>> make(const SourceFile& file, const CsvTable::Row& row, const RowRule& rule);

    /// A date by the mapping's formats and inside the contract's window. Nothing for an empty or a wrong one.
    std::optional<Date> date(const SourceFile& file, const CsvTable::Row& row, const std::string& column);

private:
    struct Place {
        const SourceFile& file;
        const CsvTable::Row& row;
        const std::string& column;  ///< The source column that a finding names.
    };
    OwnedCell cellOf(const SourceFile& file, const CsvTable::Row& row, const ValueRule& rule,
                     const extract::ColumnDefinition& column);
    std::string textOf(const SourceFile& file, const CsvTable::Row& row, const ValueRule& rule) const;
    OwnedCell typedCell(const Place& place, std::string text, const extract::ColumnDefinition& column);
    OwnedCell dateCell(const Place& place, const std::string& text, const extract::ColumnDefinition& column);
    bool passes(const Place& place, std::string& text, ValueCheck check);
    bool checkInterval(const SourceFile& file, const CsvTable::Row& row, const RowRule& rule,
                       std::vector<OwnedCell>& cells);
    void note(Rule rule, const Place& place);

    const Mapping& m_mapping;
    const ConvertOptions& m_options;
    SchoolNumbers& m_schools;
    QualityReport& m_report;
    bool m_noted = false;  ///< Whether the value at hand has a finding already.
};

}  // namespace fairlead::convert
