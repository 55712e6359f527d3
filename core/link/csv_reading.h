// From the bytes of CSV files to encoded columns, without an object per row.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/csv_layout.h"
#include "core/link/encode.h"
#include "core/link/name_variants.h"

namespace fairlead::link {

/// The text of one CSV file, looked at but not yet read.
struct CsvText {
    std::string name;  ///< For messages and as the dataset's name.
    std::string bytes;
    std::vector<std::string> header;
};

/// Checks the text and reads its header. Errors, each with the file as the subject: those of checkCsvText,
/// ParseError, MissingColumn (no header line).
Result<CsvText> openCsv(std::string name, std::string bytes);

/// Texts by position, in one piece.
class RowTexts {
public:
    /// Appends a text.
    void add(std::string_view text) {
        m_bytes.insert(m_bytes.end(), text.begin(), text.end());
        m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    }
    [[nodiscard]] std::string_view operator[](std::size_t position) const {
        const std::uint32_t begin = position == 0 ? 0 : m_ends[position - 1];
        return {m_bytes.data() + begin, m_ends[position] - begin};
    }
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    /// Makes room for `texts` texts of together `bytes` bytes.
    void reserve(std::size_t texts, std::size_t bytes) {
        m_ends.reserve(texts);
        m_bytes.reserve(bytes);
    }
    [[nodiscard]] std::size_t bytes() const { return m_bytes.size(); }

private:
    std::vector<char> m_bytes;
    std::vector<std::uint32_t> m_ends;
};

/// Files as they were read. A row's number is its record id: numbered by file and, within it, by the text of the
/// row's id, whatever the order of the rows in the file.
struct CsvRecords {
    EncodedInput encoded;  ///< One dataset a file; the scope is the caller's to set.
    RowTexts ids;          ///< Per row.
    /// Per row: rows with one number are one person. A row whose truth is empty is a person of its own. Empty when
    /// no truth column was named.
    std::vector<std::uint32_t> truth;
    Dictionary groups;                 ///< Values of the group column.
    std::vector<std::uint32_t> group;  ///< Per row, in `groups`; kNoValue where it is empty. Empty: none was named.
    std::vector<std::string> notes;    ///< Plain sentences: columns without any value, rows without truth.
};

/// Reads and encodes on `threads` threads (0: as many as there are); the result does not depend on them. Errors,
/// each with the file as the subject and where it can be the line: UnknownColumn, InvalidArgument (an id twice or
/// empty, a row with fewer or more cells than the header, a header that names a column twice, more text than can be
/// read, a quote that never closes), Cancelled.
Result<CsvRecords> readCsv(std::vector<CsvText> files, const CsvLayout& layout, const NameVariants& variants,
                           unsigned threads, TaskContext& task);

}  // namespace fairlead::link
