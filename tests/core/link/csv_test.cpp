#include <map>

#include <catch2/catch_all.hpp>

#include "core/link/csv_source.h"
#include "core/link/evaluate.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

CsvFile fileOf(const std::string& name, std::string_view text) { return {name, valueOf(parseCsv(text, name))}; }

CsvLayout layoutFor(const CsvFile& file, const std::string& truth = {}) {
    CsvLayout layout{detectIdColumn(file.table.header), truth, detectColumns(file.table.header)};
    std::erase_if(layout.columns, [&](const CsvColumn& column) { return column.column == layout.idColumn; });
    return layout;
}

std::vector<std::uint32_t> numbered(const std::vector<std::string>& names) {
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> out;
    for (const std::string& name : names)
        out.push_back(numbers.emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second);
    return out;
}

NameVariants shippedVariants() {
    return valueOf(parseNameVariants(
        fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv")), "nicknames.csv"));
}

}  // namespace

TEST_CASE("our own pair of registers is linked without a false link", "[link]") {
    const CsvFile a =
        fileOf("a", fairlead::test::bytesOf(fairlead::test::projectPath("tests/data/link/register_a.csv")));
    const CsvFile b =
        fileOf("b", fairlead::test::bytesOf(fairlead::test::projectPath("tests/data/link/register_b.csv")));
    const std::vector<CsvFile> files = {a, b};
    const CsvLayout layout = layoutFor(a, "person");
    CsvInput csv = valueOf(buildCsvInput(files, layout));
    csv.input.scope = PairScope::BetweenDatasets;
    LinkOptions options;
    options.variants = shippedVariants();
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(csv.input, shippedModel(), {}, options, task));
    const Evaluation found = evaluate(csv.input, result, numbered(csv.truth));
    CHECK(found.truePairs == 9);
    CHECK(found.clusters.falsePositives == 0);
    CHECK(found.clusters.truePositives >= 7);
}

TEST_CASE("the order of the rows of a file does not matter", "[link]") {
    const std::string text = fairlead::test::bytesOf(fairlead::test::projectPath("tests/data/link/register_a.csv"));
    CsvFile file = fileOf("a", text);
    const CsvLayout layout = layoutFor(file);
    const CsvInput before = valueOf(buildCsvInput(std::vector<CsvFile>{file}, layout));
    std::ranges::reverse(file.table.rows);
    const CsvInput after = valueOf(buildCsvInput(std::vector<CsvFile>{file}, layout));
    CHECK(before.ids == after.ids);
    CHECK(before.input.records[3].names[0].surname == after.input.records[3].names[0].surname);
}
