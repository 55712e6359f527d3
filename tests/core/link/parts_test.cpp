// Blocking, estimation, person keys, explanations, evaluation.

#include <cmath>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/link/block.h"
#include "core/link/block_keys.h"
#include "core/link/encode.h"
#include "core/link/estimate.h"
#include "core/link/evaluate.h"
#include "core/link/explain.h"
#include "core/link/name_pairs.h"
#include "core/link/person_keys.h"
#include "core/link/similarity.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

TEST_CASE("rules bring exactly the pairs that share a key, each once, by the first rule", "[link]") {
    const Town town = makeTown(80);
    TaskContext task;
    const EncodedInput encoded = valueOf(encode(town.input, {}, task));
    const Columns& columns = encoded.columns;
    const Model model = shippedModel();
    const CandidatePairs pairs = valueOf(CandidatePairs::byRules(columns, town.input, model.rules, {}, task));
    std::vector<KeyMaker> makers;
    for (const BlockingRule& rule : model.rules) makers.emplace_back(columns, rule, std::uint16_t{0});
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>> expected, found;
    for (std::uint32_t a = 0; a < columns.rows; ++a) {
        for (std::uint32_t b = a + 1; b < columns.rows; ++b) {
            for (std::uint16_t rule = 0; rule < model.rules.size(); ++rule) {
                KeyScratch x, y;
                std::vector<std::uint64_t> both;
                makers[rule].keysOf(a, x);
                makers[rule].keysOf(b, y);
                std::ranges::set_intersection(x.keys, y.keys, std::back_inserter(both));
                if (both.empty()) continue;
                expected.insert({a, b, rule});
                break;
            }
        }
    }
    std::size_t visits = 0;
    for (const PairUnit& unit : pairs.units()) {
        pairs.forEach(unit, [&](std::uint32_t a, std::uint32_t b) {
            found.insert({a, b, unit.rule});
            ++visits;
            return true;
        });
    }
    CHECK(visits == found.size());
    CHECK(found == expected);
    CHECK(expected.size() > 100);
}

TEST_CASE("estimation finds the parameters that made the patterns", "[link]") {
    // Two comparisons of two levels (sex) are too few to tell three classes apart; four are enough for two.
    Model model;
    model.matchesPerRecord = 0.3;
    for (int i = 0; i < 4; ++i)
        model.comparisons.push_back(defaultComparison(ComparisonKind::Text, "column " + std::to_string(i)));
    const std::array<double, 4> m = {0.85, 0.05, 0.03, 0.07}, u = {0.002, 0.003, 0.005, 0.99};
    const double pairs = 1e7, share = 2e-4;
    PatternStatistics statistics;
    statistics.pairs = pairs;
    statistics.records = 4500;
    for (std::uint64_t code = 0; code < 256; ++code) {
        double match = share, unrelated = 1.0 - share;
        std::uint64_t pattern = ~0ULL << 16U;
        for (unsigned c = 0; c < 4; ++c) {
            const std::size_t level = (code >> (2 * c)) & 3U;
            match *= m[level];
            unrelated *= u[level];
            pattern |= static_cast<std::uint64_t>(level) << (4 * c);
        }
        const auto count = static_cast<std::uint64_t>(std::llround(pairs * (match + unrelated)));
        if (count > 0) statistics.patterns.push_back({pattern, count});
    }
    fillPopulationFromPatterns(statistics, 4);
    const Estimate found = estimate(model, statistics);
    CHECK(found.converged);
    CHECK(found.matches == Catch::Approx(pairs * share).epsilon(0.03));
    for (const Comparison& comparison : found.model.comparisons) {
        for (std::size_t l = 0; l < 4; ++l) {
            CHECK(comparison.levels[l].m == Catch::Approx(m[l]).margin(0.01));
            CHECK(comparison.levels[l].u == Catch::Approx(u[l]).epsilon(0.05));
        }
        CHECK(comparison.levels[0].mSource == ParameterSource::Estimated);
    }
}

TEST_CASE("a level that no true pair shows is named and keeps its starting value", "[link]") {
    Town town = makeTown(60);
    LinkOptions options;
    options.estimate = true;
    const LinkResult result = linkedShipped(town.input, {}, options);
    const Level& swapped = result.model.comparisons[0].levels[static_cast<std::size_t>(ForenameLevel::Swapped)];
    CHECK(swapped.mSource == ParameterSource::NeverObserved);
    CHECK(std::ranges::any_of(result.report.notes,
                              [](const std::string& note) { return note.find("swapped") != std::string::npos; }));
}

TEST_CASE("a person keeps the key through a re-run, a merge and a split", "[link]") {
    using record::PersonKey;
    using record::SourcePersonId;
    const std::vector<SourcePersonId> records = {{1}, {2}, {3}, {4}, {5}, {6}, {7}};
    const std::vector<KeyedRecord> before = {{{1}, {10}}, {{2}, {10}}, {{3}, {11}},
                                             {{4}, {12}}, {{5}, {12}}, {{8}, {13}}};
    // 1-3 merged; 4 and 5 split; 6 and 7 new together; 8 gone.
    const std::vector<std::uint32_t> clusters = {0, 0, 0, 1, 2, 3, 3};
    const PersonKeyAssignment found = assignPersonKeys(records, clusters, before, {20});
    CHECK(found.keys == std::vector<PersonKey>{{10}, {10}, {10}, {12}, {20}, {21}, {21}});
    CHECK(found.next == PersonKey{22});
    CHECK(found.changes == std::vector<PersonChange>{{PersonChangeKind::Merged, {10}, {11}, 1},
                                                     {PersonChangeKind::Ended, {13}, {}, 1},
                                                     {PersonChangeKind::Split, {20}, {12}, 1},
                                                     {PersonChangeKind::Created, {21}, {}, 2}});
}

TEST_CASE("keys do not depend on the order of the records", "[link]") {
    std::vector<std::pair<record::SourcePersonId, std::uint32_t>> rows;
    std::vector<KeyedRecord> before;
    for (std::int64_t i = 0; i < 200; ++i) {
        rows.push_back({{i}, static_cast<std::uint32_t>(i * 7 % 60)});
        if (i % 3 != 0) before.push_back({{i}, {1 + i * 5 % 70}});
    }
    std::map<record::SourcePersonId, record::PersonKey> expected;
    for (unsigned seed = 0; seed < 4; ++seed) {
        std::ranges::shuffle(rows, std::mt19937(seed));
        std::ranges::shuffle(before, std::mt19937(seed + 9));
        std::vector<record::SourcePersonId> ids;
        std::vector<std::uint32_t> clusters;
        for (const auto& [id, cluster] : rows) {
            ids.push_back(id);
            clusters.push_back(cluster);
        }
        const PersonKeyAssignment found = assignPersonKeys(ids, clusters, before, {1000});
        std::map<record::SourcePersonId, record::PersonKey> keys;
        for (std::size_t i = 0; i < ids.size(); ++i) keys.emplace(ids[i], found.keys[i]);
        if (seed == 0) expected = keys;
        CHECK(keys == expected);
    }
}

TEST_CASE("the steps of an explanation add up to the weight of the link", "[link]") {
    const Town town = makeTown(80);
    const LinkResult result = linkedShipped(town.input);
    TaskContext task;
    std::size_t looked = 0;
    for (std::size_t i = 0; i < result.links.size(); i += 17, ++looked) {
        const ScoredLink& found = result.links[i];
        const Explanation why = valueOf(explain(town.input, result.model, {}, found.a, found.b, task));
        double sum = 0.0;
        for (const WaterfallStep& step : why.steps) sum += step.bits + step.frequencyBits;
        CHECK(sum == Catch::Approx(found.bits).margin(1e-9));
        CHECK(why.pattern == found.pattern);
        CHECK_FALSE(why.sentence.empty());
    }
    CHECK(looked > 3);
    CHECK(fairlead::test::codeOf(explain(town.input, result.model, {}, {1}, {999999}, task)) == ErrorCode::NotFound);
}

TEST_CASE("Wilson's interval has its published values", "[link]") {
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    const Share middle = wilson(81, 263);
    CHECK(middle.low == Catch::Approx(0.2553).margin(5e-5));
    CHECK(middle.high == Catch::Approx(0.3662).margin(5e-5));
    const Share none = wilson(0, 20);
    CHECK(none.low == 0.0);
    CHECK(none.high == Catch::Approx(0.1611).margin(5e-5));
    CHECK(wilson(0, 0).high == 1.0);
}

TEST_CASE("evaluation counts pairs and B-cubed as by hand", "[link]") {
    LinkInput input = inputOf(std::vector<Person>(4));
    LinkResult result;
    result.model.acceptBits = 0.0;
    result.clusters = {0, 0, 0, 1};  // truth: {1, 2} and {3, 4}
    result.links = {{{1}, {2}, 5.0, 0.97, 0, 0, LinkKind::Scored, LinkState::Accepted, false},
                    {{2}, {3}, 1.0, 0.67, 0, 0, LinkKind::Scored, LinkState::Accepted, false}};
    const Evaluation found = evaluate(input, result, std::vector<std::uint32_t>{0, 0, 1, 1});
    CHECK(found.truePairs == 2);
    CHECK(found.atAccept.truePositives == 1);
    CHECK(found.atAccept.falsePositives == 1);
    CHECK(found.atAccept.falseNegatives == 1);
    CHECK(found.bestThresholdBits == 5.0);
    CHECK(found.clusters.truePositives == 1);
    CHECK(found.clusters.falsePositives == 2);
    CHECK(found.bcubed.precision == Catch::Approx((2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1.0) / 4));
    CHECK(found.bcubed.recall == Catch::Approx((1.0 + 1.0 + 0.5 + 0.5) / 4));
}

TEST_CASE("a forename that goes with a surname is less evidence there than elsewhere", "[link]") {
    // Twenty Khans, five of them Aisha; Aisha Penn is the only Penn.
    std::vector<Person> people;
    for (int i = 0; i < 20; ++i) {
        people.push_back({i < 5 ? "Aisha" : "Bilal", "Khan",
                          "20" + std::to_string(10 + i % 9) + "-0" + std::to_string(1 + i % 9) + "-11", "", "", "", "",
                          ""});
    }
    for (int i = 0; i < 200; ++i)
        people.push_back(
            {"Oliver", "Other" + std::string(1, static_cast<char>('a' + i % 26)), "2012-01-02", "", "", "", "", ""});
    people.push_back({"Aisha", "Penn", "2012-03-04", "", "", "", "", ""});
    people.push_back({"Aisha", "Penn", "2012-03-04", "", "", "", "", ""});
    const LinkInput input = inputOf(people);
    TaskContext task;
    const EncodedInput encoded = valueOf(encode(input, {}, task));
    const auto plans = valueOf(planComparisons(shippedModel(), input, encoded.columns));
    const NamePairs pairs(encoded.columns, plans[0].exact, 1.0);
    const auto word = [&](std::string_view text) { return encoded.columns.words.find(text); };
    CHECK(pairs.bits(word("AISHA"), word("KHAN")) < -1.0);
    CHECK(pairs.bits(word("AISHA"), word("PENN")) == 0.0);
    CHECK(pairs.bits(kNoValue, word("KHAN")) == 0.0);
}
