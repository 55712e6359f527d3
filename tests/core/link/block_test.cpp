// Blocking against brute force, and inputs that are all one block.

#include "core/link/block.h"

#include <map>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/link/block_keys.h"
#include "core/link/encode.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

// A block is split by birth date, then by forename, while it is above the cap, and left out if that does not help.
void addPairs(const KeyMaker& maker, const std::vector<std::uint32_t>& rows, std::size_t cap, int round,
              std::set<Pair>& pairs) {
    if (rows.size() <= cap) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t j = i + 1; j < rows.size(); ++j) pairs.insert({rows[i], rows[j]});
        }
        return;
    }
    if (round == 2) return;
    std::map<std::uint64_t, std::vector<std::uint32_t>> finer;
    for (const std::uint32_t row : rows) finer[maker.splitValue(row, round)].push_back(row);
    for (const auto& [value, part] : finer) addPairs(maker, part, cap, round + 1, pairs);
}

std::set<Pair> pairsOf(const KeyMaker& maker, std::uint32_t rows, std::size_t cap) {
    std::map<std::uint64_t, std::vector<std::uint32_t>> blocks;
    KeyScratch scratch;
    for (std::uint32_t row = 0; row < rows; ++row) {
        maker.keysOf(row, scratch);
        for (const std::uint64_t key : scratch.keys) blocks[key].push_back(row);
        std::uint64_t single = 0;
        if (maker.isSingle()) {
            CHECK(maker.singleKey(row, single) == !scratch.keys.empty());
            CHECK((scratch.keys.empty() || scratch.keys.front() == single));
        }
    }
    std::set<Pair> pairs;
    for (const auto& [key, members] : blocks) addPairs(maker, members, cap, 0, pairs);
    return pairs;
}

LinkInput townWithVersions(std::uint32_t families, unsigned seed) {
    LinkInput input = makeTown(families).input;
    std::mt19937 random(seed);
    for (SourceRecord& record : input.records) {
        if (seed == 0 || random() % 3 != 0) continue;
        const SourceRecord& other = input.records[random() % input.records.size()];
        record.names.push_back(other.names[0]);
        record.addresses.push_back(other.addresses[0]);
        record.birthDates.insert(record.birthDates.end(), other.birthDates.begin(), other.birthDates.end());
    }
    return input;
}

}  // namespace

TEST_CASE("rules bring what brute force says, with several values, split blocks and every scope", "[link]") {
    const std::vector<BlockingRule> rules = shippedModel().rules;
    for (const unsigned seed : {0U, 1U, 2U}) {
        LinkInput input = townWithVersions(60, seed);
        for (const PairScope scope : {PairScope::Everything, PairScope::BetweenDatasets, PairScope::WithinDatasets}) {
            for (const std::uint32_t cap : {3U, 8U, 1500U}) {
                input.scope = scope;
                TaskContext task;
                const EncodedInput encoded = valueOf(encode(input, {}, task));
                const Columns& columns = encoded.columns;
                LinkOptions options;
                options.blockCap = cap;
                const CandidatePairs candidates =
                    valueOf(CandidatePairs::byRules(columns, encoded.setup, rules, options, task));
                std::map<Pair, std::uint16_t> expected, found;
                for (std::uint16_t rule = 0; rule < rules.size(); ++rule) {
                    for (const Pair& pair : pairsOf(KeyMaker(columns, rules[rule], 0), columns.rows, cap)) {
                        const bool same = columns.datasets[pair.first] == columns.datasets[pair.second];
                        if (scope == PairScope::BetweenDatasets && same) continue;
                        if (scope == PairScope::WithinDatasets && !same) continue;
                        expected.emplace(pair, rule);
                    }
                }
                for (const PairUnit& unit : candidates.units()) {
                    candidates.forEach(unit, [&](std::uint32_t a, std::uint32_t b) {
                        CHECK(found.emplace(Pair{a, b}, unit.rule).second);
                        CHECK(candidates.firstRuleOf(a, b) == unit.rule);
                        return true;
                    });
                }
                CHECK(found == expected);
                CHECK_FALSE(expected.empty());
            }
        }
    }
}

TEST_CASE("a hundred thousand records that are all alike are named in the report, not compared for ever", "[link]") {
    LinkInput input;
    input.datasets = {{"police/person", false}};
    for (std::int64_t id = 1; id <= 100'000; ++id)
        input.records.push_back(recordOf(id, 0, {"Jack", "Smith", "2012-03-14", "M", "BS7 8QD", "12", "", ""}));
    const LinkResult result = linkedShipped(input);
    REQUIRE(result.clusters.size() == 100'000);
    CHECK(result.report.pairsCompared == 0);
    CHECK_FALSE(result.report.notes.empty());
    for (const RuleReport& rule : result.report.rules) CHECK((rule.recordsSkipped == 100'000 || rule.pairs == 0));
}

TEST_CASE("names of ten thousand characters are compared like others", "[link]") {
    const std::string first(10'000, 'A'), second = std::string(9'999, 'A') + "B";
    const LinkResult result = linkedShipped(inputOf({{first, first, "2012-03-14", "M", "BS7 8QD", "12", "", ""},
                                                     {first, second, "2012-03-14", "M", "BS7 8QD", "12", "", ""},
                                                     {"Ella", "Morris", "2010-01-20", "F", "BS3 4QA", "7", "", ""}}));
    REQUIRE(result.clusters.size() == 3);
    CHECK(result.clusters[0] == result.clusters[1]);
    CHECK(result.clusters[2] != result.clusters[0]);
}

TEST_CASE("the links that joined a person's records are one fewer than the records", "[link]") {
    const Town town = makeTown(150);
    const LinkResult result = linkedShipped(town.input);
    std::map<std::uint32_t, std::size_t> records, joins;
    for (const std::uint32_t cluster : result.clusters) ++records[cluster];
    for (const ScoredLink& found : result.links) {
        if (!found.joined) continue;
        CHECK(found.state == LinkState::Accepted);
        ++joins[result.clusters[static_cast<std::size_t>(found.a.value - 1)]];
    }
    for (const auto& [cluster, count] : records) CHECK(joins[cluster] == count - 1);
}
