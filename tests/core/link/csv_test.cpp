#include <catch2/catch_all.hpp>

#include "core/link/csv_detect.h"
#include "core/link/evaluate.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::valueOf;

namespace {

CsvText fileOf(const std::string& name, std::string text) { return valueOf(openCsv(name, std::move(text))); }

// The columns as they are found, the scope as the command has it.
CsvRecords recordsOf(std::vector<CsvText> files, const NameVariants& variants, const std::string& truth = {}) {
    const bool several = files.size() > 1;
    const std::vector<std::string> reserved = {truth};
    const CsvDetection found = detectLayout(files, {}, reserved);
    TaskContext task;
    CsvRecords records = valueOf(readCsv(std::move(files), {found.idColumn, truth, found.columns}, variants, 0, task));
    records.encoded.setup.scope = several ? PairScope::BetweenDatasets : PairScope::Everything;
    return records;
}

// What evaluate() looks at.
LinkInput outlineOf(const EncodedInput& encoded) {
    LinkInput input;
    static_cast<LinkSetup&>(input) = encoded.setup;
    input.records.resize(encoded.columns.rows);
    for (std::uint32_t row = 0; row < encoded.columns.rows; ++row) {
        input.records[row].id = encoded.idOf(row);
        input.records[row].dataset = encoded.columns.datasets[row];
    }
    return input;
}

NameVariants shippedVariants() {
    return valueOf(parseNameVariants(
        fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv")), "nicknames.csv"));
}

}  // namespace

TEST_CASE("our own pair of registers is linked without a false link", "[link]") {
    std::vector<CsvText> files;
    for (const char* name : {"register_a.csv", "register_b.csv"}) {
        const auto path = fairlead::test::projectPath(std::string("tests/data/link/") + name);
        files.push_back(fileOf(name, fairlead::test::bytesOf(path)));
    }
    LinkOptions options;
    options.variants = shippedVariants();
    CsvRecords csv = recordsOf(std::move(files), options.variants, "person");
    const LinkInput outline = outlineOf(csv.encoded);
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(std::move(csv.encoded), shippedModel(), {}, options, task));
    const Evaluation found = evaluate(outline, result, csv.truth);
    CHECK(found.truePairs == 9);
    CHECK(found.clusters.falsePositives == 0);
    CHECK(found.clusters.truePositives >= 7);
}
