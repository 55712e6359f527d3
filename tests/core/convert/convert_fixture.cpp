#include "tests/core/convert/convert_fixture.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/extract/row_binding.h"
#include "core/extract/row_check.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::test {

namespace {

void checkContract(const record::ExtractRows& rows) {
    extract::RowProblems problems;
    extract::CellRow cells;
    for (const auto& table : extract::contractTables()) {
        for (std::size_t i = 0; i < extract::rowCount(rows, table); ++i) {
            extract::cellsOf(rows, table, i, cells);
            extract::checkRow(table, static_cast<std::int64_t>(i) + 1, cells.cells(), problems);
        }
    }
    INFO(problems.summary());
    CHECK(problems.isEmpty());
}

void checkCounts(const convert::Converted& result, bool hasSchools) {
    std::size_t made = 0;
    for (const auto& count : result.report.counts()) {
        CAPTURE(count.file, count.table, count.read, count.made, count.merged, count.rejected, count.leftOut);
        CHECK(count.read == count.made + count.merged + count.rejected + count.leftOut);
        made += count.made;
    }
    std::size_t rows = 0;
    for (const auto& table : extract::contractTables()) {
        // Schools that the files only name are added at the end, from no row.
        if (table.name != "school" || !hasSchools) rows += extract::rowCount(result.rows, table);
    }
    CHECK(rows == made);
}

void checkFindings(const convert::Converted& result, const std::vector<convert::InputFile>& files) {
    for (const auto& finding : result.report.findings()) {
        const auto file = std::ranges::find(files, finding.file, &convert::InputFile::name);
        REQUIRE(file != files.end());
        const auto lines = static_cast<std::size_t>(std::ranges::count(file->text, '\n')) + 1;
        CAPTURE(name(finding.rule), finding.file, finding.column);
        CHECK(finding.total >= finding.rows.size());
        CHECK(std::ranges::is_sorted(finding.rows));
        for (const auto row : finding.rows) CHECK((row >= 2 && row <= lines));
        const auto header = file->text.substr(0, file->text.find('\n'));
        CHECK(header.contains(finding.column));
    }
}

}  // namespace

convert::Mapping shippedMapping(const std::string& mappingName) {
    return valueOf(convert::loadMapping(projectPath("resources/mappings/" + mappingName + ".toml")));
}

std::vector<convert::InputFile> filesIn(const std::filesystem::path& folder, const std::string& prefix) {
    std::vector<convert::InputFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto fileName = entry.path().filename().string();
        if (fileName.starts_with(prefix) && entry.path().extension() == ".csv")
            files.push_back({fileName, bytesOf(entry.path())});
    }
    return files;
}

convert::ConvertOptions period(const char* from, const char* until) {
    convert::ConvertOptions options;
    options.periodFrom = *Date::fromIso(from);
    options.periodUntil = *Date::fromIso(until);
    return options;
}

convert::Converted converted(const convert::Mapping& mapping, const std::vector<convert::InputFile>& files,
                             const convert::ConvertOptions& options) {
    TaskContext task;
    auto result = valueOf(convert::convert(mapping, files, options, task));
    checkContract(result.rows);
    checkCounts(result, mapping.schools.has_value());
    checkFindings(result, files);
    return result;
}

std::size_t found(const convert::QualityReport& report, convert::Rule rule, const std::string& file,
                  const std::string& column) {
    std::size_t total = 0;
    for (const auto& finding : report.findings()) {
        if (finding.rule == rule && finding.column == column && finding.file.contains(file)) total += finding.total;
    }
    return total;
}

}  // namespace fairlead::test
