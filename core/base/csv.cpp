#include "core/base/csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead {

namespace {

/// Reads one row at a time; knows the line it is on.
class Reader {
public:
    Reader(std::string_view text, std::string_view subject) : m_text(text), m_subject(subject) {
        if (m_text.starts_with("\xEF\xBB\xBF")) m_text.remove_prefix(3);
    }

    [[nodiscard]] bool atEnd() const { return m_position >= m_text.size(); }

    Result<CsvTable::Row> row() {
        CsvTable::Row row;
        row.line = m_line;
        bool more = true;
        while (more) {
            FAIRLEAD_TRY(auto cell, this->cell());
            row.cells.push_back(std::move(cell));
            more = m_position < m_text.size() && m_text[m_position] == ',';
            if (more) ++m_position;
        }
        skipLineEnd();
        return row;
    }

private:
    Result<std::string> cell() {
        if (m_position < m_text.size() && m_text[m_position] == '"') return quoted();
        const auto end = std::min(m_text.find_first_of(",\r\n", m_position), m_text.size());
        std::string cell(m_text.substr(m_position, end - m_position));
        m_position = end;
        return cell;
    }

    Result<std::string> quoted() {
        const auto openedOn = m_line;
        std::string cell;
        for (++m_position; m_position < m_text.size(); ++m_position) {
            const char c = m_text[m_position];
            if (c == '"') {
                const bool isDoubled = m_position + 1 < m_text.size() && m_text[m_position + 1] == '"';
                if (!isDoubled) {
                    ++m_position;
                    return appendUnquotedRest(std::move(cell));
                }
                ++m_position;
            }
            if (c == '\n') ++m_line;
            cell += c;
        }
        return fail(ErrorCode::ParseError, std::string(m_subject),
                    fmt::format("line {}: a quote never closes", openedOn));
    }

    /// `"ab"c` is read as abc, as spreadsheets do.
    std::string appendUnquotedRest(std::string cell) {
        const auto end = std::min(m_text.find_first_of(",\r\n", m_position), m_text.size());
        cell += m_text.substr(m_position, end - m_position);
        m_position = end;
        return cell;
    }

    void skipLineEnd() {
        if (m_position < m_text.size() && m_text[m_position] == '\r') ++m_position;
        if (m_position < m_text.size() && m_text[m_position] == '\n') ++m_position;
        ++m_line;
    }

    std::string_view m_text;
    std::string_view m_subject;
    std::size_t m_position = 0;
    std::size_t m_line = 1;
};

bool isBlank(const CsvTable::Row& row) { return row.cells.size() == 1 && row.cells.front().empty(); }

std::size_t lineOfInvalidUtf8(std::string_view text) {
    std::size_t line = 1;
    for (const auto part : split(text, '\n')) {
        if (!isValidUtf8(part)) return line;
        ++line;
    }
    return 0;
}

std::string quotedIfNeeded(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

bool looksLikeFormula(std::string_view cell) {
    // Spreadsheets skip leading blanks and quotes before they look for a formula.
    const auto first = cell.find_first_not_of(" '\"");
    if (first == std::string_view::npos) return false;
    constexpr std::string_view kStarts = "=+-@\t\r\n";
    const auto rest = cell.substr(first);
    if (kStarts.find(rest.front()) != std::string_view::npos) return true;
    constexpr std::string_view kFullWidth[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    return std::ranges::any_of(kFullWidth, [&](std::string_view start) { return rest.starts_with(start); });
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
    const auto found = std::ranges::find(header, name);
    return found == header.end() ? npos : static_cast<std::size_t>(found - header.begin());
}

Result<CsvTable> parseCsv(std::string_view text, std::string_view subject) {
    if (const auto line = lineOfInvalidUtf8(text); line != 0) {
        return fail(ErrorCode::Encoding, std::string(subject), fmt::format("line {}: not UTF-8 text", line));
    }
    Reader reader(text, subject);
    CsvTable table;
    while (!reader.atEnd()) {
        FAIRLEAD_TRY(auto row, reader.row());
        if (isBlank(row)) continue;
        if (table.header.empty()) {
            table.header = std::move(row.cells);
        } else {
            table.rows.push_back(std::move(row));
        }
    }
    if (table.header.empty()) return fail(ErrorCode::MissingColumn, std::string(subject), "no header line");
    return table;
}

std::string csvLine(std::span<const std::string> cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (!line.empty() || &cell != cells.data()) line += ',';
        line += quotedIfNeeded(cell);
    }
    return line + '\n';
}

std::string csvLineForPeople(std::span<const std::string> cells) {
    std::vector<std::string> safe(cells.begin(), cells.end());
    for (auto& cell : safe) {
        if (looksLikeFormula(cell)) cell.insert(0, "'");
    }
    return csvLine(safe);
}

}  // namespace fairlead
