// Public test sets under ../shared, linked with default settings and estimated parameters: what the handbook promises
// of accuracy and calibration. Skipped where the sets are absent.

#include <map>
#include <optional>

#include <catch2/catch_all.hpp>

#include "core/link/csv_source.h"
#include "core/link/evaluate.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::valueOf;

namespace {

struct PublicSet {
    std::vector<const char*> files;
    const char* truth = "";  // empty: the number in FEBRL's ids
    double leastF1 = 0.0;
};

std::optional<std::vector<CsvFile>> filesOf(const PublicSet& set) {
    std::vector<CsvFile> files;
    for (const char* name : set.files) {
        const auto path = fairlead::test::sharedPath(std::string("data/linkage/") + name);
        if (!path) return std::nullopt;
        files.push_back({name, valueOf(parseCsv(fairlead::test::bytesOf(*path), name))});
    }
    return files;
}

// FEBRL ids are rec-N-org and rec-N-dup-K: N is the person.
std::vector<std::string> febrlTruth(const std::vector<std::string>& ids) {
    std::vector<std::string> truth;
    for (const std::string& id : ids) truth.push_back(id.substr(4, id.find('-', 4) - 4));
    return truth;
}

std::vector<std::uint32_t> numbered(const std::vector<std::string>& names) {
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> out;
    for (const std::string& name : names)
        out.push_back(numbers.emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second);
    return out;
}

Evaluation measured(const std::vector<CsvFile>& files, const std::string& truth) {
    const std::vector<std::string>& header = files.front().table.header;
    CsvLayout layout{detectIdColumn(header), truth, detectColumns(header)};
    std::erase_if(layout.columns, [&](const CsvColumn& column) { return column.column == layout.idColumn; });
    CsvInput csv = valueOf(buildCsvInput(files, layout));
    csv.input.scope = files.size() > 1 ? PairScope::BetweenDatasets : PairScope::Everything;
    LinkOptions options;
    options.estimate = true;
    options.variants = valueOf(parseNameVariants(
        fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv")), "nicknames.csv"));
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(csv.input, modelFor(layout.columns), {}, options, task));
    CHECK(result.report.converged);
    return evaluate(csv.input, result, numbered(truth.empty() ? febrlTruth(csv.ids) : csv.truth));
}

}  // namespace

TEST_CASE("public sets are linked as well as promised, and the probabilities mean what they say", "[link][shared]") {
    bool any = false;
    for (const PublicSet& set :
         {PublicSet{{"febrl/dataset1.csv"}, "", 0.999}, PublicSet{{"febrl/dataset2.csv"}, "", 0.999},
          PublicSet{{"febrl/dataset3.csv"}, "", 0.999},
          PublicSet{{"febrl/dataset4a.csv", "febrl/dataset4b.csv"}, "", 0.9995},
          PublicSet{{"rldata500/RLdata500.csv"}, "ent_id", 0.97},
          PublicSet{{"splink_fake/fake_1000.csv"}, "cluster", 0.95},
          PublicSet{{"splink_fake/fake_20000.csv"}, "group", 0.87}}) {
        const auto files = filesOf(set);
        if (!files) continue;
        any = true;
        INFO(set.files.front());
        const Evaluation found = measured(*files, set.truth);
        const double atAccept = found.atAccept.f1().value;
        CHECK(atAccept >= set.leastF1);
        CHECK(found.best.f1().value - atAccept <= 0.005);
        CHECK(found.truthAtHighProbability >= 0.985);
    }
    if (!any) SKIP("the shared test sets are not here");
}
