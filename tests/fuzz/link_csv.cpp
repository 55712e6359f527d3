// CSV files as the linkage command reads them: columns found by themselves, in one part and in several.

#include "core/base/check.h"
#include "core/base/csv.h"
#include "core/link/csv_detect.h"
#include "core/link/csv_reading.h"
#include "tests/fuzz/target.h"

namespace {

using namespace fairlead;

// Cells of all rows up to the first that cannot be read.
std::vector<std::vector<std::string>> rowsOf(std::span<const std::string_view> parts, bool& complete) {
    std::vector<std::vector<std::string>> out;
    for (const std::string_view part : parts) {
        CsvRows rows(part, 1, part.data() == parts.front().data());
        CsvRows::Found found = rows.next();
        for (; found == CsvRows::Found::Row; found = rows.next())
            out.emplace_back(rows.cells().begin(), rows.cells().end());
        complete = found == CsvRows::Found::End;
        if (!complete) break;
    }
    return out;
}

void run(std::string_view bytes) {
    bool complete = false, alsoComplete = false;
    const std::vector<std::string_view> whole = {bytes};
    const auto rows = rowsOf(whole, complete);
    for (const std::size_t count : {2U, 3U, 7U}) {
        const std::vector<std::string_view> parts = csvParts(bytes, count);
        std::size_t size = 0;
        for (const std::string_view part : parts) size += part.size();
        FAIRLEAD_CHECK(parts.size() <= count && size == bytes.size());
        FAIRLEAD_CHECK(rowsOf(parts, alsoComplete) == rows && complete == alsoComplete);
    }
    auto file = link::openCsv("fuzz.csv", std::string(bytes));
    if (!file) return;
    std::vector<link::CsvText> files;
    files.push_back(std::move(*file));
    const link::CsvDetection found = link::detectLayout(files, {}, {});
    TaskContext task;
    const auto records = link::readCsv(std::move(files), {found.idColumn, {}, found.columns}, {}, 1, task);
    if (records) FAIRLEAD_CHECK(records->ids.size() == records->encoded.columns.rows);
}

const fuzz::Target kLinkCsv("link_csv", run);

}  // namespace
