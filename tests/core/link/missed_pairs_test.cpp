// What blocking rules never bring, estimated from what they bring.

#include "core/link/missed_pairs.h"

#include <catch2/catch_all.hpp>

#include "core/link/encode.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

TEST_CASE("pairs that no rule brings are estimated from those that one and two rules bring", "[link]") {
    std::vector<Person> people;
    for (int pair = 0; pair < 6; ++pair) {
        const std::string date = "2010-01-" + std::to_string(11 + pair);
        const std::string postcode = "BS1 " + std::to_string(1 + pair) + "AB";
        people.push_back({"Ann", "Lee", date, "", postcode, "", "", ""});
        people.push_back({"Ann", "Lee", date, "",
                          pair < 4 ? "M1 1A" + std::string(1, static_cast<char>('E' + pair)) : postcode, "", "", ""});
    }
    const LinkInput input = inputOf(people);
    TaskContext task;
    const EncodedInput encoded = valueOf(encode(input, {}, task));
    const std::vector<BlockingRule> rules = {blockingRule({KeyPart::BirthDate}), blockingRule({KeyPart::Postcode})};
    const auto candidates = valueOf(CandidatePairs::byRules(encoded.columns, input, rules, {}, task));
    std::vector<ScoredPair> pairs;
    for (std::uint32_t pair = 0; pair < 6; ++pair) pairs.push_back({2 * pair, 2 * pair + 1, 0, 100.0, 0});
    // Four by one rule, two by both: 4 * 3 / (2 * 3).
    CHECK(missedPairs(candidates, pairs).value() == Catch::Approx(2.0));
    // What is no more likely than not counts half: 2 * 1 / (2 * 2).
    for (ScoredPair& pair : pairs) pair.bits = 0.0;
    CHECK(missedPairs(candidates, pairs).value() == Catch::Approx(0.5));
    CHECK_FALSE(missedPairs(CandidatePairs::everyPair(encoded.columns, PairScope::Everything), pairs).has_value());
}

TEST_CASE("a run by rules says how many pairs it may have missed, a complete one has none to miss", "[link]") {
    const Town town = makeTown(60);
    LinkOptions options;
    CHECK_FALSE(linkedShipped(town.input, {}, options).report.pairsMissed.has_value());
    options.fullProductPairs = 0;
    const LinkReport report = linkedShipped(town.input, {}, options).report;
    REQUIRE(report.pairsMissed.has_value());
    CHECK(*report.pairsMissed < 10.0);
}
