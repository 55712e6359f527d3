// Parts of files are read side by side, then columns are put together side by side. Values are numbered by first
// appearance in the order of ids, so that neither the order of rows nor the number of parts shows.

#include "core/link/csv_reading.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/csv_dates.h"
#include "core/link/csv_rows.h"
#include "core/link/parallel.h"
#include "core/link/raw_input.h"

namespace fairlead::link {
namespace {

constexpr std::size_t kMostBytes = 3'500'000'000;  // numbers of bytes and rows fit 32 bits
constexpr std::size_t kMostFiles = 65'535;
constexpr std::size_t kLeastPart = std::size_t{1} << 18U;

// A part of a file, and where its lines begin.
struct Part {
    std::size_t file = 0;
    bool isFirst = false;
    std::string_view text;
    std::size_t firstLine = 1;
    CsvRowsPart rows;
};

// Where a row of the input stands.
struct Place {
    std::uint32_t part = 0;
    std::uint32_t row = 0;
};

class Reader {
public:
    Reader(std::vector<CsvText> files, const CsvLayout& layout, unsigned threads, TaskContext& task)
        : m_files(std::move(files)), m_plan(planOf(layout)), m_threads(threads), m_task(task) {
        for (const CsvColumn& column : layout.columns) {
            if (column.role == ColumnRole::Text) m_raw.setup.attributeColumns.push_back(column.column);
        }
    }

    Result<CsvRecords> read(const NameVariants& variants) {
        FAIRLEAD_OK(cut());
        FAIRLEAD_OK(readParts());
        FAIRLEAD_OK(orderRows());
        for (CsvText& file : m_files) file.bytes = {};
        noteEmptyColumns();
        gatherColumns();
        if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
        m_parts.clear();
        m_places = {};
        FAIRLEAD_TRY(m_out.encoded, encode(std::move(m_raw), variants, m_threads, m_task));
        return std::move(m_out);
    }

private:
    Status cut() {
        std::size_t bytes = 0;
        for (const CsvText& file : m_files) bytes += file.bytes.size();
        if (bytes > kMostBytes || m_files.size() > kMostFiles)
            return fail(ErrorCode::InvalidArgument, m_files.front().name, "more text than can be read at once");
        m_task.begin(Phase::Reading, bytes);
        const unsigned threads = threadCount(m_threads, bytes / kLeastPart + 1);
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            const CsvText& text = m_files[file];
            FAIRLEAD_TRY(CsvPositions positions, positionsOf(text, m_plan));
            m_positions.push_back(std::move(positions));
            m_raw.setup.datasets.push_back({text.name, false});
            bool isFirst = true;
            for (const std::string_view part :
                 csvParts(text.bytes, std::min<std::size_t>(threads, text.bytes.size() / kLeastPart + 1))) {
                m_parts.push_back({file, isFirst, part, 1, {}});
                isFirst = false;
            }
        }
        return {};
    }

    Status readParts() {
        forEachUnit(m_parts.size(), threadCount(m_threads, m_parts.size()), [&](unsigned, std::size_t unit) {
            Part& part = m_parts[unit];
            part.rows = readRows(part.text, part.isFirst, m_plan, m_positions[part.file], m_task);
        });
        if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
        std::size_t line = 1;
        for (Part& part : m_parts) {
            if (part.isFirst) line = 1;
            part.firstLine = line;
            line += part.rows.lines;
            if (part.rows.fault) {
                return fail(ErrorCode::InvalidArgument, m_files[part.file].name,
                            fmt::format("line {}: {}", part.firstLine + part.rows.fault->line, part.rows.fault->what));
            }
        }
        return {};
    }

    // Rows by file and, within it, by id.
    Status orderRows() {
        std::size_t rows = 0, bytes = 0;
        for (const Part& part : m_parts) {
            rows += part.rows.rows;
            bytes += part.rows.ids.bytes();
        }
        m_places.reserve(rows);
        m_out.ids.reserve(rows, bytes);
        for (std::size_t begin = 0; begin < m_parts.size();) {
            std::size_t end = begin + 1;
            while (end < m_parts.size() && m_parts[end].file == m_parts[begin].file) ++end;
            if (m_plan.idColumn.empty()) {
                orderByLine(begin, end);
            } else {
                orderById(begin, end);
                FAIRLEAD_OK(refuseDoubles(m_parts[begin].file));
            }
            m_raw.datasets.resize(m_places.size(), static_cast<std::uint16_t>(m_parts[begin].file));
            m_firstOfFile = m_places.size();
            begin = end;
        }
        return {};
    }

    void orderByLine(std::size_t begin, std::size_t end) {
        for (std::size_t part = begin; part < end; ++part) {
            const CsvRowsPart& rows = m_parts[part].rows;
            for (std::uint32_t row = 0; row < rows.rows; ++row) {
                m_places.push_back({static_cast<std::uint32_t>(part), row});
                m_out.ids.add(fmt::format("{:09}", m_parts[part].firstLine + rows.rowLines[row]));
            }
        }
    }

    // The parts are in order each: two are merged into one until one is left.
    void orderById(std::size_t begin, std::size_t end) {
        struct Key {
            std::uint64_t prefix;
            Place place;
        };
        const auto idOf = [&](Place place) { return m_parts[place.part].rows.ids[place.row]; };
        const auto less = [&](const Key& a, const Key& b) {
            return a.prefix != b.prefix ? a.prefix < b.prefix : idOf(a.place) < idOf(b.place);
        };
        std::vector<std::vector<Key>> runs(end - begin);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            std::vector<CsvRowsPart::Key>& keys = m_parts[begin + i].rows.keys;
            runs[i].reserve(keys.size());
            for (const CsvRowsPart::Key& key : keys)
                runs[i].push_back({key.prefix, {static_cast<std::uint32_t>(begin + i), key.row}});
            keys = {};
        }
        while (runs.size() > 1) {
            std::vector<std::vector<Key>> merged((runs.size() + 1) / 2);
            forEachUnit(merged.size(), threadCount(m_threads, merged.size()), [&](unsigned, std::size_t unit) {
                if (2 * unit + 1 == runs.size()) {
                    merged[unit] = std::move(runs[2 * unit]);
                    return;
                }
                std::vector<Key>&one = runs[2 * unit], &other = runs[2 * unit + 1];
                merged[unit].resize(one.size() + other.size());
                std::ranges::merge(one, other, merged[unit].begin(), less);
                one = {};
                other = {};
            });
            runs = std::move(merged);
        }
        for (const Key& key : runs.front()) {
            m_places.push_back(key.place);
            m_out.ids.add(idOf(key.place));
        }
    }

    Status refuseDoubles(std::size_t file) {
        std::optional<std::string> first;  // in the order of ids, so that the parts do not show
        std::size_t firstLine = 0;
        for (std::size_t row = m_firstOfFile + 1; row < m_places.size() && !first; ++row) {
            if (m_out.ids[row] == m_out.ids[row - 1]) first = std::string(m_out.ids[row]);
        }
        if (!first) return {};
        // Lines are not kept: the file is read once more.
        CsvRows rows(m_files[file].bytes);
        bool seen = false;
        (void)rows.next();
        while (rows.next() == CsvRows::Found::Row && firstLine == 0) {
            if (trimmed(rows.cells()[m_positions[file].id]) != *first) continue;
            if (seen) firstLine = rows.line();
            seen = true;
        }
        return fail(ErrorCode::InvalidArgument, m_files[file].name,
                    fmt::format("line {}: the id is there twice", firstLine));
    }

    void noteEmptyColumns() {
        if (m_places.empty()) m_out.notes.emplace_back("there are no rows");
        for (std::size_t column = 0; column < m_plan.columns.size() && !m_places.empty(); ++column) {
            const bool any =
                std::ranges::any_of(m_parts, [&](const Part& part) { return part.rows.hasValues[column]; });
            if (!any) {
                m_out.notes.push_back(
                    fmt::format("the column {} is empty in every row: it carries no evidence", m_plan.columns[column]));
            }
        }
    }

    // One unit for each raw column: fields of one kind go together.
    void gatherColumns() {
        using Kind = CsvField::Kind;
        std::vector<std::pair<std::vector<std::size_t>, RawColumn*>> jobs;
        const std::array<std::pair<Kind, RawColumn*>, 5> columns = {{{Kind::Address, &m_raw.addresses},
                                                                     {Kind::Surname, &m_raw.surnames},
                                                                     {Kind::Forename, &m_raw.forenames},
                                                                     {Kind::Sex, &m_raw.sexes},
                                                                     {Kind::Identifier, &m_raw.identifiers}}};
        for (const auto& [kind, column] : columns) jobs.emplace_back(fieldsOf(kind), column);
        m_raw.attributes.resize(m_raw.setup.attributeColumns.size());
        const std::vector<std::size_t> texts = fieldsOf(Kind::Text);
        for (std::size_t i = 0; i < texts.size(); ++i) jobs.emplace_back(std::vector{texts[i]}, &m_raw.attributes[i]);
        RawColumn truth, group;
        jobs.emplace_back(fieldsOf(Kind::Truth), &truth);
        jobs.emplace_back(fieldsOf(Kind::Group), &group);
        forEachUnit(jobs.size() + 1, threadCount(m_threads, jobs.size() + 1), [&](unsigned, std::size_t unit) {
            if (unit == 0) {
                gatherDates(fieldsOf(Kind::Date));
            } else {
                gather(jobs[unit - 1].first, *jobs[unit - 1].second);
            }
        });
        takeTruth(truth);
        takeGroups(group);
    }

    [[nodiscard]] std::vector<std::size_t> fieldsOf(CsvField::Kind kind) const {
        std::vector<std::size_t> fields;
        for (std::size_t field = 0; field < m_plan.fields.size(); ++field) {
            if (m_plan.fields[field].kind == kind) fields.push_back(field);
        }
        return fields;
    }

    // The texts of a field in all parts, in `texts`; per part the new number of each old one.
    std::vector<std::vector<std::uint32_t>> merged(std::size_t field, Dictionary& texts) {
        const bool hasKind = m_plan.fields[field].kind == CsvField::Kind::Identifier;
        std::vector<std::vector<std::uint32_t>> numbers(m_parts.size());
        std::string scratch;
        for (std::size_t part = 0; part < m_parts.size(); ++part) {
            Dictionary& own = m_parts[part].rows.texts[field];
            if (texts.size() == 0 && !hasKind) {
                numbers[part].resize(own.size());
                std::iota(numbers[part].begin(), numbers[part].end(), 0U);
                texts = std::move(own);
                continue;
            }
            numbers[part].reserve(own.size());
            for (std::uint32_t id = 0; id < own.size(); ++id) {
                if (hasKind) scratch = m_plan.fields[field].format + kPartSeparator;
                scratch.resize(hasKind ? m_plan.fields[field].format.size() + 1 : 0);
                scratch += own.text(id);
                numbers[part].push_back(texts.add(scratch));
            }
            own = {};
        }
        return numbers;
    }

    // Calls `push(number)` for every row's text of the fields, `end()` after each row.
    void forEachCell(const std::vector<std::size_t>& fields,
                     const std::vector<std::vector<std::vector<std::uint32_t>>>& numbers, auto push, auto end) {
        constexpr std::size_t kStep = std::size_t{1} << 16U;
        for (std::size_t row = 0; row < m_places.size(); ++row) {
            if (row % kStep == 0 && m_task.cancelled()) return;
            const Place place = m_places[row];
            for (std::size_t i = 0; i < fields.size(); ++i) {
                const std::uint32_t own = m_parts[place.part].rows.cells[fields[i]][place.row];
                if (own != kNoValue) push(numbers[i][place.part][own]);
            }
            end();
        }
        for (Part& part : m_parts) {
            for (const std::size_t field : fields) part.rows.cells[field] = {};
        }
    }

    void gather(const std::vector<std::size_t>& fields, RawColumn& out) {
        if (fields.empty() || m_task.cancelled()) return;
        std::vector<std::vector<std::vector<std::uint32_t>>> numbers;
        for (const std::size_t field : fields) numbers.push_back(merged(field, out.texts));
        std::vector<std::uint32_t> numberOf(out.texts.size(), kNoValue);
        out.order.reserve(out.texts.size());
        out.values.reserve(m_places.size());
        forEachCell(
            fields, numbers,
            [&](std::uint32_t text) {
                std::uint32_t& number = numberOf[text];
                if (number == kNoValue) {
                    number = static_cast<std::uint32_t>(out.order.size());
                    out.order.push_back(text);
                }
                out.values.push(number);
            },
            [&] { out.values.endRow(); });
    }

    void gatherDates(const std::vector<std::size_t>& fields) {
        if (fields.empty() || m_task.cancelled()) return;
        std::vector<std::vector<std::vector<std::uint32_t>>> digits;
        for (const std::size_t field : fields) {
            digits.emplace_back();
            for (Part& part : m_parts) {
                const Dictionary& texts = part.rows.texts[field];
                std::vector<std::uint32_t>& of = digits.back().emplace_back();
                for (std::uint32_t id = 0; id < texts.size(); ++id)
                    of.push_back(dateDigitsOf(texts.text(id), m_plan.fields[field].format).value_or(0));
            }
        }
        m_raw.dates.reserve(m_places.size());
        forEachCell(fields, digits, [&](std::uint32_t date) { m_raw.dates.push(date); }, [&] { m_raw.dates.endRow(); });
    }

    void takeTruth(const RawColumn& column) {
        if (column.values.rows() == 0) return;
        std::uint32_t next = column.size(), alone = 0;
        for (std::uint32_t row = 0; row < column.values.rows(); ++row) {
            const auto found = column.values.of(row);
            alone += found.empty() ? 1U : 0U;
            m_out.truth.push_back(found.empty() ? next++ : found.front());
        }
        if (alone > 0) {
            m_out.notes.push_back(fmt::format("{} rows have no truth: each is taken as a person of its own", alone));
        }
    }

    void takeGroups(const RawColumn& column) {
        for (std::uint32_t value = 0; value < column.size(); ++value) m_out.groups.add(column.text(value));
        for (std::uint32_t row = 0; row < column.values.rows(); ++row) {
            const auto found = column.values.of(row);
            m_out.group.push_back(found.empty() ? kNoValue : found.front());
        }
    }

    std::vector<CsvText> m_files;
    CsvPlan m_plan;
    unsigned m_threads;
    TaskContext& m_task;
    std::vector<CsvPositions> m_positions;
    std::vector<Part> m_parts;
    std::vector<Place> m_places;
    std::size_t m_firstOfFile = 0;
    RawInput m_raw;
    CsvRecords m_out;
};

}  // namespace

Result<CsvText> openCsv(std::string name, std::string bytes) {
    FAIRLEAD_OK(checkCsvText(bytes, name));
    CsvRows rows(bytes);
    switch (rows.next()) {
        case CsvRows::Found::Row: break;
        case CsvRows::Found::End: return fail(ErrorCode::MissingColumn, std::move(name), "no header line");
        case CsvRows::Found::UnclosedQuote:
            return fail(ErrorCode::ParseError, std::move(name),
                        fmt::format("line {}: a quote never closes", rows.line()));
    }
    std::vector<std::string> header;
    for (const std::string_view cell : rows.cells()) header.emplace_back(trimmed(cell));
    return CsvText{std::move(name), std::move(bytes), std::move(header)};
}

Result<CsvRecords> readCsv(std::vector<CsvText> files, const CsvLayout& layout, const NameVariants& variants,
                           unsigned threads, TaskContext& task) {
    return Reader(std::move(files), layout, threads, task).read(variants);
}

}  // namespace fairlead::link
