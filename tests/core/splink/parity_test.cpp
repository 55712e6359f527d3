// The same pairs and weights as Splink 4, for models and weights that Splink itself wrote.

#include <cmath>
#include <map>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/splink/score.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::splink;
using fairlead::test::projectPath;
using fairlead::test::sharedPath;
using fairlead::test::valueOf;

namespace {

constexpr double kWrittenTo = 1e-6;  // the weights have six decimals
constexpr double kFloor = 1e-4;

CsvTable csvAt(const std::filesystem::path& path) {
    return valueOf(parseCsv(valueOf(readFile(path)), path.filename().string()));
}

Model modelAt(const std::filesystem::path& path) {
    return valueOf(readModel(valueOf(readFile(path)), path.filename().string()));
}

using Weights = std::map<std::pair<std::string, std::string>, double>;

// Columns: the two ids, mw.
Weights weightsAt(const std::filesystem::path& path) {
    Weights weights;
    for (const CsvTable::Row& row : csvAt(path).rows)
        weights[{row.cells[0], row.cells[1]}] = *parseNumber(row.cells[2]);
    return weights;
}

void checkSameWeights(const Table& table, const ScoreResult& result, const Weights& weights) {
    std::size_t unknown = 0;
    double furthest = 0.0;
    std::set<std::pair<std::string, std::string>> found;
    for (const ScoredPair& pair : result.pairs) {
        const std::pair ids(table.ids[pair.a], table.ids[pair.b]);
        const auto theirs = weights.find(ids);
        found.insert(ids);
        unknown += theirs == weights.end() ? 1U : 0U;
        if (theirs != weights.end()) furthest = std::max(furthest, std::abs(theirs->second - pair.bits));
    }
    CHECK(unknown == 0);
    CHECK(found.size() == weights.size());
    CHECK(furthest <= kWrittenTo);
}

// The waterfall of some of the pairs: it adds up to the weight, and names the rule that brought the pair.
void checkExplained(const Table& table, const Model& model, const ScoreResult& result, const Weights& weights) {
    constexpr std::size_t kExplained = 25;
    TaskContext task;
    for (std::size_t i = 0; i < result.pairs.size(); i += result.pairs.size() / kExplained + 1) {
        const ScoredPair& pair = result.pairs[i];
        const PairExplanation why = valueOf(explainPair(table, model, {}, {pair.b, pair.a}, task));
        double sum = why.priorBits;
        for (const PairExplanation::Part& part : why.parts) sum += part.bits + part.frequencyBits;
        CHECK(std::abs(sum - weights.at({table.ids[pair.a], table.ids[pair.b]})) <= kWrittenTo);
        CHECK(why.bits == pair.bits);
        CHECK(why.rules.front() == model.rules[pair.rule]);
        REQUIRE(why.parts.size() == result.comparisons);
        for (std::size_t c = 0; c < why.parts.size(); ++c) CHECK(why.parts[c].gamma == result.levelsOf(i)[c]);
    }
}

void checkSet(const std::string& set, const std::vector<std::string>& files, const std::string& idColumn) {
    const auto models = sharedPath("data/splink_models");
    const auto data = sharedPath("data/linkage");
    if (!models || !data) SKIP("the public data sets are not beside the project");
    std::vector<CsvTable> tables;
    for (const std::string& file : files) tables.push_back(csvAt(*data / file));
    std::vector<NamedCsv> named;
    for (std::size_t i = 0; i < files.size(); ++i) named.push_back({files[i], &tables[i]});
    const Table table = valueOf(tableOf(named, idColumn));
    const Model model = modelAt(*models / (set + ".json"));
    CHECK(model.idColumn == idColumn);
    TaskContext task;
    ScoreOptions options;
    options.floorProbability = kFloor;
    const ScoreResult result = valueOf(scoreTables(table, model, options, task));
    const Weights weights = weightsAt(*models / (set + "_all_weights.csv"));
    checkSameWeights(table, result, weights);
    checkExplained(table, model, result, weights);
    // The same format with other numbers.
    const Model later = modelAt(*models / (set + "_splink5.json"));
    CHECK(columnsOf(later) == columnsOf(model));
}

}  // namespace

TEST_CASE("fake_1000 has the pairs and weights that Splink gives", "[splink][shared]") {
    checkSet("fake1000", {"splink_fake/fake_1000.csv"}, "unique_id");
}

TEST_CASE("febrl3 has the pairs and weights that Splink gives", "[splink][shared]") {
    checkSet("febrl3", {"febrl/dataset3.csv"}, "rec_id");
}

TEST_CASE("febrl4 has the pairs and weights that Splink gives", "[splink][shared]") {
    checkSet("febrl4", {"febrl/dataset4a.csv", "febrl/dataset4b.csv"}, "rec_id");
}

TEST_CASE("an excerpt of fake_1000 has the pairs and weights that Splink gives", "[splink]") {
    const std::filesystem::path folder = projectPath("tests/data/splink");
    const CsvTable rows = csvAt(folder / "fake1000_rows.csv");
    const std::vector<NamedCsv> named = {{"fake_1000", &rows}};
    Table table = valueOf(tableOf(named, "unique_id"));
    for (const CsvTable::Row& row : csvAt(folder / "fake1000_frequencies.csv").rows) {
        if (table.frequencies.empty() || table.frequencies.back().column != row.cells[0])
            table.frequencies.push_back({row.cells[0], {}});
        table.frequencies.back().shares.emplace(row.cells[1], *parseNumber(row.cells[2]));
    }
    TaskContext task;
    ScoreOptions options;
    options.floorProbability = kFloor;
    const Model model = modelAt(folder / "fake1000.json");
    const ScoreResult result = valueOf(scoreTables(table, model, options, task));
    const Weights weights = weightsAt(folder / "fake1000_weights.csv");
    checkSameWeights(table, result, weights);
    checkExplained(table, model, result, weights);
    CHECK(result.notes.size() == 1);  // one level of the e-mail address was never observed
}
