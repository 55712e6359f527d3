// Public test sets under ../shared, linked with default settings and estimated parameters: what the handbook promises
// of accuracy and calibration. Skipped where the sets are absent.

#include <map>
#include <optional>

#include <catch2/catch_all.hpp>

#include "core/link/csv_detect.h"
#include "core/link/csv_reading.h"
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

std::optional<std::vector<CsvText>> filesOf(const PublicSet& set) {
    std::vector<CsvText> files;
    for (const char* name : set.files) {
        const auto path = fairlead::test::sharedPath(std::string("data/linkage/") + name);
        if (!path) return std::nullopt;
        files.push_back(valueOf(openCsv(name, fairlead::test::bytesOf(*path))));
    }
    return files;
}

// FEBRL ids are rec-N-org and rec-N-dup-K: N is the person.
std::vector<std::uint32_t> febrlTruth(const RowTexts& ids) {
    std::map<std::string_view, std::uint32_t> numbers;
    std::vector<std::uint32_t> truth;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string_view person = ids[i].substr(4, ids[i].find('-', 4) - 4);
        truth.push_back(numbers.emplace(person, static_cast<std::uint32_t>(numbers.size())).first->second);
    }
    return truth;
}

Evaluation measured(std::vector<CsvText> files, const std::string& truthColumn) {
    TaskContext task;
    const std::vector<std::string> reserved = {truthColumn};
    const CsvDetection found = detectLayout(files, {}, reserved);
    const CsvLayout layout{found.idColumn, truthColumn, found.columns};
    const PairScope scope = files.size() > 1 ? PairScope::BetweenDatasets : PairScope::Everything;
    LinkOptions options;
    options.estimate = true;
    options.variants = valueOf(parseNameVariants(
        fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv")), "nicknames.csv"));
    CsvRecords records = valueOf(readCsv(std::move(files), layout, options.variants, 0, task));
    records.encoded.setup.scope = scope;
    const std::vector<std::uint32_t> persons = truthColumn.empty() ? febrlTruth(records.ids) : records.truth;
    const std::vector<std::uint16_t> datasets = records.encoded.columns.datasets;
    const LinkResult result =
        valueOf(fairlead::link::link(std::move(records.encoded), modelFor(layout.columns), {}, options, task));
    CHECK(result.report.converged);
    return evaluate(Truth{.persons = persons, .datasets = datasets, .scope = scope}, result);
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
