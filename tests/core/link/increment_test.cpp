// Increments: linking deliveries one after the other is linking everything at once.

#include <algorithm>
#include <random>

#include <catch2/catch_all.hpp>

#include "core/link/engine.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

namespace {

LinkOptions keeping(std::uint64_t fullProductPairs, double margin) {
    LinkOptions options;
    options.fullProductPairs = fullProductPairs;
    options.keepMarginBits = margin;
    return options;
}

LinkResult linked(const LinkInput& input, const LinkOptions& options, const Model& model = shippedModel(),
                  const Decisions& decisions = {}) {
    TaskContext task;
    return valueOf(fairlead::link::link(input, model, decisions, options, task));
}

// Between two deliveries readers decide about links and about records of one person, and take decisions back.
void decide(Decisions& decisions, const LinkResult& last, std::mt19937& random) {
    std::erase_if(decisions.pairs, [&](const Decision&) { return random() % 4 == 0; });
    for (int i = 0; i < 3 && !last.links.empty(); ++i) {
        const ScoredLink& link = last.links[random() % last.links.size()];
        const auto isOnIt = [&](const Decision& one) { return one.a == link.a && one.b == link.b; };
        if (std::ranges::none_of(decisions.pairs, isOnIt))
            decisions.pairs.push_back({link.a, link.b, random() % 2 == 0});
    }
}

// A later delivery also brings new versions of some records: further names, addresses and dates.
void addVersions(LinkInput& input, std::mt19937& random, std::vector<record::SourcePersonId>& changed) {
    for (SourceRecord& record : input.records) {
        if (random() % 40 != 0) continue;
        const SourceRecord& other = input.records[random() % input.records.size()];
        if (random() % 2 == 0) record.names.push_back({record.names[0].forenames, other.names[0].surname, "former"});
        record.addresses.push_back(other.addresses[0]);
        changed.push_back(record.id);
    }
}

// The links but for which rule brought them and what it is called.
bool sameLinks(const LinkResult& x, const LinkResult& y) { return x.links == y.links && x.clusters == y.clusters; }

}  // namespace

TEST_CASE(
    "deliveries in any order and size, and decisions between them, give the persons of linking everything at once",
    "[link]") {
    const Town town = makeTown(260);
    std::size_t increments = 0, fallbacks = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937 random(seed);
        LinkInput all = town.input;
        std::ranges::shuffle(all.records, random);
        const bool byRules = seed % 3 != 0;
        LinkOptions options = keeping(byRules ? 0 : 100'000'000, seed % 2 == 0 ? 0.8 : 3.0);
        LinkInput known = all;
        known.records.resize(all.records.size() / 2);
        LinkResult last = linked(known, options);
        Decisions decisions;
        for (std::size_t at = known.records.size(); at < all.records.size();) {
            const std::size_t next = std::min(all.records.size(), at + 1 + random() % 60);
            Increment increment{*last.kept, {}};
            for (; at < next; ++at) {
                known.records.push_back(all.records[at]);
                increment.changed.push_back(all.records[at].id);
            }
            addVersions(known, random, increment.changed);
            std::ranges::shuffle(known.records, random);
            decide(decisions, last, random);
            options.increment = &increment;
            last = linked(known, options, shippedModel(), decisions);
            options.increment = nullptr;
            const LinkResult whole = linked(known, options, shippedModel(), decisions);
            REQUIRE(sameLinks(last, whole));
            REQUIRE(last.report.increment.asked);
            const IncrementReport& report = last.report.increment;
            CHECK(report.incremental == report.reason.empty());
            ++(report.incremental ? increments : fallbacks);
            if (!report.incremental) continue;
            CHECK(last.report.pairsCompared < whole.report.pairsCompared);
            // What is kept serves the next delivery: nothing at or above its floor is missing.
            const double floor = last.kept->floorBits, wholeFloor = whole.kept->floorBits;
            CHECK(floor >= wholeFloor);
            CHECK(std::ranges::includes(whole.kept->pairs, last.kept->pairs));
        }
    }
    CHECK(increments > 30);
    CHECK(fallbacks > 0);
}

TEST_CASE("an increment compares only pairs with a new record", "[link]") {
    const Town town = makeTown(300);
    LinkInput before = town.input;
    before.records.pop_back();
    LinkOptions options = keeping(0, 2.0);
    const LinkResult first = linked(before, options);
    const Increment increment{*first.kept, {town.input.records.back().id}};
    options.increment = &increment;
    const LinkResult second = linked(town.input, options);
    CHECK(second.report.increment.incremental);
    CHECK(second.report.increment.driftBits < 0.5);
    CHECK(second.report.pairsCompared < first.report.pairsCompared / 20);
    CHECK(second.report.increment.pairsWeighedAgain > 0);
}

TEST_CASE("everything is linked again, and why, when an increment would not be exact", "[link]") {
    const Town town = makeTown(80);
    LinkOptions options = keeping(0, 2.0);
    const LinkResult first = linked(town.input, options);
    Increment increment{*first.kept, {}};
    options.increment = &increment;
    CHECK(linked(town.input, options).report.increment.incremental);

    Model other = shippedModel();
    other.reviewBits -= 1.0;
    const LinkResult changedModel = linked(town.input, options, other);
    CHECK_FALSE(changedModel.report.increment.incremental);
    CHECK_FALSE(changedModel.report.increment.reason.empty());

    LinkOptions everyPair = options;
    everyPair.fullProductPairs = 100'000'000;
    CHECK_FALSE(linked(town.input, everyPair).report.increment.incremental);

    LinkOptions estimating = options;
    estimating.estimate = true;
    CHECK_FALSE(linked(town.input, estimating).report.increment.incremental);

    LinkOptions variants = options;
    variants.variants.addGroup({"Oliver", "Noah"});
    CHECK_FALSE(linked(town.input, variants).report.increment.incremental);

    increment.before.floorBits = shippedModel().reviewBits;  // nothing was kept below the threshold
    LinkInput grown = makeTown(120).input;
    for (std::size_t i = town.input.records.size(); i < grown.records.size(); ++i)
        increment.changed.push_back(grown.records[i].id);
    const LinkResult outgrown = linked(grown, options);
    CHECK_FALSE(outgrown.report.increment.incremental);
    CHECK(outgrown.report.increment.reason.find("grown") != std::string::npos);

    LinkInput fewer = town.input;
    fewer.records.pop_back();
    CHECK_FALSE(linked(fewer, options).report.increment.incremental);
}
