#include "core/base/csv.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr auto kEndsCell = [] {
    std::array<bool, 256> ends{};
    for (const char c : {',', '\r', '\n'}) ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

// A bit in every byte of `word` that is `byte`; right up to the first such byte, which is all that is asked.
constexpr std::uint64_t bytesThatAre(std::uint64_t word, unsigned char byte) {
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    const std::uint64_t zero = word ^ (kOnes * byte);
    return (zero - kOnes) & ~zero & (kOnes << 7U);
}

const char* endOfCell(const char* at, const char* end) {
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, 8);
            const std::uint64_t ends = bytesThatAre(word, ',') | bytesThatAre(word, '\n') | bytesThatAre(word, '\r');
            if (ends != 0) return at + std::countr_zero(ends) / 8;
        }
    }
    while (at != end && !kEndsCell[static_cast<unsigned char>(*at)]) ++at;
    return at;
}

const char* findByte(const char* at, const char* end, char byte) {
    const void* found = at == end ? nullptr : std::memchr(at, byte, static_cast<std::size_t>(end - at));
    return found == nullptr ? end : static_cast<const char*>(found);
}

// The quote that closes the cell whose first character is at `at`; `end` when none does.
const char* closingQuote(const char* at, const char* end) {
    for (at = findByte(at, end, '"'); at != end; at = findByte(at + 2, end, '"')) {
        if (at + 1 == end || at[1] != '"') return at;
        if (at + 2 == end) return end;
    }
    return end;
}

std::size_t lineOfInvalidUtf8(std::string_view text) {
    std::size_t line = 1;
    for (const auto part : split(text, '\n')) {
        if (!isValidUtf8(part)) return line;
        ++line;
    }
    return 0;
}

// Every other byte of Latin text is NUL in UTF-16.
bool isUtf16(std::string_view text) {
    using namespace std::string_view_literals;
    if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) return true;
    return text.size() >= 4 && (text[0] == '\0') == (text[2] == '\0') && (text[1] == '\0') == (text[3] == '\0') &&
           (text[0] == '\0') != (text[1] == '\0');
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

Status checkCsvText(std::string_view text, std::string_view subject) {
    if (isUtf16(text)) return fail(ErrorCode::Encoding, std::string(subject), "UTF-16 text where UTF-8 is expected");
    if (!isValidUtf8(text)) {
        return fail(ErrorCode::Encoding, std::string(subject),
                    fmt::format("line {}: not UTF-8 text", lineOfInvalidUtf8(text)));
    }
    const std::size_t nul = text.find('\0');
    if (nul == std::string_view::npos) return {};
    return fail(
        ErrorCode::ParseError, std::string(subject),
        fmt::format("line {}: a NUL byte, which no text holds", 1 + std::ranges::count(text.substr(0, nul), '\n')));
}

CsvRows::CsvRows(std::string_view text, std::size_t firstLine, bool isFileStart)
    : m_begin(text.data()),
      m_at(text.data() + (isFileStart && text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0)),
      m_end(text.data() + text.size()),
      m_line(firstLine),
      m_rowLine(firstLine) {}

CsvRows::Found CsvRows::next() {
    while (m_at != m_end) {
        m_rowLine = m_line;
        if (!readRow()) return Found::UnclosedQuote;
        if (m_cells.size() > 1 || !m_cells.front().empty()) return Found::Row;
    }
    return Found::End;
}

bool CsvRows::readRow() {
    m_cells.clear();
    m_ownedUsed = 0;
    while (true) {
        if (m_at != m_end && *m_at == '"') {
            if (!readQuoted()) return false;
        } else {
            m_cells.push_back(unquoted());
        }
        if (m_at == m_end || *m_at != ',') break;
        ++m_at;
    }
    if (m_at != m_end && *m_at == '\r') ++m_at;
    if (m_at != m_end && *m_at == '\n') ++m_at;
    ++m_line;
    return true;
}

std::string_view CsvRows::unquoted() {
    const char* begin = m_at;
    m_at = endOfCell(m_at, m_end);
    return {begin, m_at};
}

bool CsvRows::readQuoted() {
    const char* begin = m_at + 1;
    const char* close = closingQuote(begin, m_end);
    if (close == m_end) {
        m_rowLine = m_line;
        return false;
    }
    const std::string_view inside(begin, close);
    m_line += static_cast<std::size_t>(std::ranges::count(inside, '\n'));
    m_at = close + 1;
    const std::string_view rest = unquoted();
    if (rest.empty() && inside.find('"') == std::string_view::npos) {
        m_cells.push_back(inside);
        return true;
    }
    if (m_ownedUsed == m_owned.size()) m_owned.emplace_back();
    std::string& cell = m_owned[m_ownedUsed++];
    cell.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        cell += inside[i];
        if (inside[i] == '"') ++i;
    }
    cell += rest;
    m_cells.emplace_back(cell);
    return true;
}

std::vector<std::string_view> csvParts(std::string_view text, std::size_t parts) {
    std::vector<std::string_view> out;
    const char* const end = text.data() + text.size();
    const char* begin = text.data();  // of the part
    const char* const first = begin + (text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    const char* at = first;  // never within quotes
    const char* quote = findByte(at, end, '"');
    for (std::size_t part = 1; part < parts; ++part) {
        const char* const aim = std::max(at, text.data() + text.size() / parts * part);
        const char* cut = findByte(aim, end, '\n');
        while (quote < cut) {
            // A quote opens a cell only where a cell begins.
            const bool opens = quote == first || quote[-1] == ',' || quote[-1] == '\n' || quote[-1] == '\r';
            at = opens ? closingQuote(quote + 1, end) : quote;
            if (at != end) ++at;
            quote = findByte(at, end, '"');
            cut = findByte(std::max(aim, at), end, '\n');
        }
        if (cut == end) break;
        out.emplace_back(begin, cut + 1);
        begin = at = cut + 1;
    }
    if (begin != end || out.empty()) out.emplace_back(begin, end);
    return out;
}

Result<CsvTable> parseCsv(std::string_view text, std::string_view subject) {
    FAIRLEAD_OK(checkCsvText(text, subject));
    CsvRows rows(text);
    CsvTable table;
    CsvRows::Found found = rows.next();
    for (; found == CsvRows::Found::Row; found = rows.next()) {
        std::vector<std::string> cells(rows.cells().begin(), rows.cells().end());
        if (table.header.empty()) {
            table.header = std::move(cells);
        } else {
            table.rows.push_back({rows.line(), std::move(cells)});
        }
    }
    if (found == CsvRows::Found::UnclosedQuote) {
        return fail(ErrorCode::ParseError, std::string(subject),
                    fmt::format("line {}: a quote never closes", rows.line()));
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

std::string csvCellForPeople(std::string cell) {
    if (looksLikeFormula(cell)) cell.insert(0, "'");
    return cell;
}

std::string csvLineForPeople(std::span<const std::string> cells) {
    std::vector<std::string> safe(cells.begin(), cells.end());
    for (auto& cell : safe) cell = csvCellForPeople(std::move(cell));
    return csvLine(safe);
}

}  // namespace fairlead
