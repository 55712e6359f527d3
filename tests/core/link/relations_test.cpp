// Recorded relations as evidence of who somebody is, and that two are two.

#include "core/link/relations.h"

#include <algorithm>
#include <random>

#include <catch2/catch_all.hpp>

#include "core/link/explain.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

constexpr std::string_view kUpn = "H801200001001";

// 1 and 2: a child at school and in social care. 3: the mother as the school's contact, without a birth date. 4: the
// mother in social care, elsewhere. 5: somebody of another name.
LinkInput motherAndChild(int namesakes = 12) {
    LinkInput input = inputOf({{"Noah", "Ashford", "2012-03-04", "M", "BS3 4QA", "7", std::string(kUpn), ""},
                               {"Noah", "Ashford", "2012-03-04", "M", "BS3 4QA", "7", std::string(kUpn), ""},
                               {"Katarina", "Ashford", "", "F", "BS3 4QA", "7", "", ""},
                               {"Katarina", "Ashford", "1984-05-06", "F", "BS9 1ZZ", "20", "", ""},
                               {"George", "Fairbanks", "1950-01-02", "M", "BS6 6AA", "1", "", ""}});
    // Some of the same name, so that the names alone do not tell, and a town around them.
    for (int i = 0; i < namesakes; ++i) {
        input.records.push_back(recordOf(6 + i, 4,
                                         {"Katarina", "Ashford", fmt::format("19{:02}-02-03", 20 + i), "F", "BS1 1AA",
                                          std::to_string(100 + i), "", ""}));
    }
    for (SourceRecord& record : makeTown(150).input.records) {
        record.id.value += 1000;
        input.records.push_back(std::move(record));
    }
    return input;
}

void relate(LinkInput& input, std::int64_t person, std::int64_t other, RecordedRole role = RecordedRole::ParentOf) {
    input.relations.push_back({{person}, {other}, role});
}

bool areOne(const LinkResult& result, std::size_t a, std::size_t b) {
    return result.clusters[a - 1] == result.clusters[b - 1];
}

EncodedInput encoded(const LinkInput& input) {
    TaskContext task;
    return valueOf(encode(input, {}, task));
}

}  // namespace

TEST_CASE("two records of a mother join when both are recorded as the parent of one child", "[link]") {
    LinkInput input = motherAndChild();
    const LinkResult apart = linkedShipped(input);
    CHECK(areOne(apart, 1, 2));
    CHECK_FALSE(areOne(apart, 3, 4));

    relate(input, 3, 1);
    relate(input, 4, 2);
    const LinkResult together = linkedShipped(input);
    CHECK(areOne(together, 3, 4));
    CHECK_FALSE(areOne(together, 3, 5));
    const ScoredLink* found = linkBetween(together, 3, 4);
    REQUIRE(found != nullptr);
    CHECK(patternLevel(found->pattern, shippedModel().comparisons.size()) == static_cast<int>(RelationLevel::InCommon));
    CHECK(together.report.rules.back().name == "recorded_relation");
}

TEST_CASE("with a model without relation levels relations are no evidence", "[link]") {
    LinkInput input = motherAndChild();
    relate(input, 3, 1);
    relate(input, 4, 2);
    Model model = shippedModel();
    model.relationLevels.clear();
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(input, model, {}, {}, task));
    CHECK_FALSE(areOne(result, 3, 4));
}

TEST_CASE("a record at the home of a recorded relative is brought to the person recorded", "[link]") {
    LinkInput input = motherAndChild(4);
    // The school has no address of the mother, and social care has her where the child lives.
    input.records[2].addresses.clear();
    input.records[3].addresses = input.records[0].addresses;
    CHECK_FALSE(areOne(linkedShipped(input), 3, 4));
    relate(input, 3, 1);
    const LinkResult result = linkedShipped(input);
    const ScoredLink* found = linkBetween(result, 3, 4);
    REQUIRE(found != nullptr);
    CHECK(patternLevel(found->pattern, shippedModel().comparisons.size()) ==
          static_cast<int>(RelationLevel::RelativesHome));
    CHECK(areOne(result, 3, 4));
}

TEST_CASE("whoever a source records as relatives of each other stay two people", "[link]") {
    LinkInput input = inputOf({{"Vincent", "Marlow", "", "M", "BS3 4QA", "7", "", ""},
                               {"Vincent", "Marlow", "2010-03-04", "M", "BS3 4QA", "7", "", ""},
                               {"Vincent", "Marlow", "", "M", "BS3 4QA", "7", "", ""}});
    CHECK(areOne(linkedShipped(input), 1, 2));
    relate(input, 1, 2);
    const LinkResult result = linkedShipped(input);
    CHECK_FALSE(areOne(result, 1, 2));
    // Nor does a third record make them one.
    CHECK(areOne(result, 1, 3) != areOne(result, 2, 3));
    const ScoredLink* held = linkBetween(result, 1, 2);
    REQUIRE(held != nullptr);
    CHECK(held->state == LinkState::HeldRelatives);
    // A reader who knows better is believed.
    CHECK(areOne(linkedShipped(input, {{{{1}, {2}, true}}}), 1, 2));
}

TEST_CASE("nobody who is too young joins the recorded parent of somebody's child", "[link]") {
    // The father as a school's contact without a birth date; a son of his name, whom another agency knows.
    LinkInput input = inputOf({{"Vincent", "Marlow", "", "M", "BS3 4QA", "7", "", ""},
                               {"Clara", "Marlow", "2012-03-04", "F", "BS3 4QA", "7", "", ""},
                               {"Vincent", "Marlow", "2010-06-07", "M", "BS3 4QA", "7", "", ""}});
    CHECK(areOne(linkedShipped(input), 1, 3));
    relate(input, 1, 2);
    const LinkResult result = linkedShipped(input);
    CHECK_FALSE(areOne(result, 1, 3));
    CHECK(linkBetween(result, 1, 3)->state == LinkState::HeldParentAndChild);
    input.records[2].birthDates = {*Date::fromIso("1979-06-07")};
    CHECK(areOne(linkedShipped(input), 1, 3));
}

TEST_CASE("relations do not lift the rule for twins", "[link]") {
    LinkInput input = inputOf({{"Oliver", "Marlow", "2010-03-04", "M", "BS3 4QA", "7", "", ""},
                               {"Noah", "Marlow", "2010-03-04", "M", "BS3 4QA", "7", "", ""},
                               {"Clara", "Marlow", "1980-01-01", "F", "BS3 4QA", "7", "", "9434765919"},
                               {"Clara", "Marlow", "1980-01-01", "F", "BS3 4QA", "7", "", "9434765919"}});
    relate(input, 3, 1);
    relate(input, 4, 2);
    const LinkResult result = linkedShipped(input);
    CHECK(areOne(result, 3, 4));
    CHECK_FALSE(areOne(result, 1, 2));
}

TEST_CASE("the level of two rows says who is in common, whose home, or that nobody is", "[link]") {
    LinkInput input = motherAndChild();
    relate(input, 3, 1);
    relate(input, 4, 2);
    relate(input, 5, 4, RecordedRole::SiblingOf);
    relate(input, 900, 4);
    relate(input, 4, 4);
    const EncodedInput rows = encoded(input);
    const RowRelatives relatives(rows);
    CHECK(relatives.of(0).size() == 1);
    CHECK(relatives.of(3).size() == 2);
    CHECK(relatives.of(20).empty());
    std::vector<std::uint32_t> clusters(rows.columns.rows);
    for (std::uint32_t row = 0; row < clusters.size(); ++row) clusters[row] = row == 1 ? 0 : row;
    const RelationComparer comparer(rows.columns, relatives, clusters);
    CHECK(comparer.level(2, 3) == RelationLevel::InCommon);
    CHECK(comparer.level(2, 4) == RelationLevel::NoneInCommon);
    CHECK(comparer.level(3, 1) == RelationLevel::RelativesHome);
    CHECK_FALSE(comparer.level(10, 11));
    CHECK_FALSE(comparer.level(2, 10));
    const auto pairs = comparer.pairs();
    CHECK(std::ranges::is_sorted(pairs));
    CHECK(std::ranges::find(pairs, std::pair(2U, 3U)) != pairs.end());
    CHECK(std::ranges::find(pairs, std::pair(0U, 1U)) == pairs.end());
    // Five rows have relatives: ten pairs. Standing to one person in one way: the mothers, and the two records of Noah
    // only where the mothers are one.
    CHECK(comparer.chances()[0].pairs == 1.0);
    CHECK(comparer.chances()[0].of == 10.0);
}

TEST_CASE("relations give the same persons in any order, with any number of threads", "[link]") {
    const Town town = makeTownOfSiblings(220);
    REQUIRE(town.input.relations.size() > 100);
    LinkOptions options;
    options.fullProductPairs = 0;
    const LinkResult once = linkedShipped(town.input, {}, options);
    std::mt19937 random(11);
    for (unsigned threads = 1; threads <= 3; ++threads) {
        LinkInput shuffled = town.input;
        std::ranges::shuffle(shuffled.records, random);
        std::ranges::shuffle(shuffled.relations, random);
        options.threads = threads;
        CHECK(linkedShipped(shuffled, {}, options).links == once.links);
    }
    LinkInput without = town.input;
    without.relations.clear();
    CHECK(linkedShipped(without, {}, options).links != once.links);
}

TEST_CASE("deliveries with relations give the persons of linking everything at once", "[link]") {
    const Town town = makeTownOfSiblings(260);
    LinkOptions options;
    options.fullProductPairs = 0;
    options.keepMarginBits = 3.0;
    TaskContext task;
    const auto linked = [&](const LinkInput& input) {
        return valueOf(fairlead::link::link(input, shippedModel(), {}, options, task));
    };
    std::size_t increments = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        std::mt19937 random(seed);
        LinkInput all = town.input;
        std::ranges::shuffle(all.records, random);
        std::ranges::shuffle(all.relations, random);
        LinkInput known = all;
        known.records.resize(all.records.size() / 2);
        known.relations.resize(all.relations.size() / 3);
        LinkResult last = linked(known);
        for (std::size_t at = known.records.size(); at < all.records.size();) {
            const std::size_t next = std::min(all.records.size(), at + 40);
            Increment increment{*last.kept, {}};
            for (; at < next; ++at) {
                known.records.push_back(all.records[at]);
                increment.changed.push_back(all.records[at].id);
            }
            // Relations come when they come, also of records that did not change, and some are taken back.
            known.relations = all.relations;
            known.relations.resize(random() % all.relations.size());
            options.increment = &increment;
            last = linked(known);
            increments += last.report.increment.incremental ? 1 : 0;
            options.increment = nullptr;
            const LinkResult whole = linked(known);
            // All but the number of the rule that brought a pair.
            REQUIRE(last.clusters == whole.clusters);
            REQUIRE(last.links == whole.links);
        }
    }
    CHECK(increments > 10);
}

TEST_CASE("what relations are worth is estimated from the persons of the first look", "[link]") {
    const Town town = makeTownOfSiblings(300);
    LinkOptions options;
    options.estimate = true;
    TaskContext task;
    const Model model = valueOf(fairlead::link::link(town.input, shippedModel(), {}, options, task)).model;
    REQUIRE(model.relationLevels.size() == kRelationLevels);
    for (const std::size_t level : {0U, 2U}) CHECK(model.relationLevels[level].mSource == ParameterSource::Estimated);
    CHECK(model.relationLevels[0].m > 0.5);
    CHECK(model.relationLevels[0].u < 0.01);
    CHECK(model.relationLevels[0].uSource == ParameterSource::Frequencies);
    const Model read = valueOf(parseModel(writeModel(model), "estimated"));
    for (std::size_t l = 0; l < kRelationLevels; ++l) {
        CHECK(read.relationLevels[l].id == model.relationLevels[l].id);
        CHECK(read.relationLevels[l].m == Catch::Approx(model.relationLevels[l].m));
        CHECK(read.relationLevels[l].u == Catch::Approx(model.relationLevels[l].u));
        CHECK(read.relationLevels[l].relative == Catch::Approx(model.relationLevels[l].relative));
        CHECK(read.relationLevels[l].mSource == model.relationLevels[l].mSource);
        CHECK(read.relationLevels[l].uSource == model.relationLevels[l].uSource);
    }
}

TEST_CASE("a model document may lack relation levels, and none but the known ones are taken", "[link]") {
    Model model = shippedModel();
    model.relationLevels.clear();
    CHECK(writeModel(model).find("relation_levels") == std::string::npos);
    CHECK(valueOf(parseModel(writeModel(model), "older")).relationLevels.empty());
    model.relationLevels = defaultRelationLevels();
    model.relationLevels[1].id = "same_dog";
    CHECK(codeOf(parseModel(writeModel(model), "other")) == ErrorCode::InvalidArgument);
    model.relationLevels.pop_back();
    CHECK(codeOf(checkModel(model)) == ErrorCode::InvalidArgument);
}

TEST_CASE("an explanation shows what recorded relations say, and adds up to the link's weight", "[link]") {
    LinkInput input = motherAndChild();
    relate(input, 3, 1);
    relate(input, 4, 2);
    const LinkResult result = linkedShipped(input);
    const ScoredLink* found = linkBetween(result, 3, 4);
    REQUIRE(found != nullptr);
    TaskContext task;
    const Explanation why =
        valueOf(explain(input, shippedModel(), {}, {3}, {4}, task, {result.clusters, found->pattern}));
    const auto step = std::ranges::find(why.steps, "Recorded relations", &WaterfallStep::title);
    REQUIRE(step != why.steps.end());
    CHECK(step->label == shippedModel().relationLevels[0].label);
    CHECK(step->bits > 2.0);
    // The chances are those of the last persons here and of the first look there.
    CHECK(why.bits == Catch::Approx(found->bits).margin(0.6));
    double sum = 0.0;
    for (const WaterfallStep& one : why.steps) sum += one.bits + one.frequencyBits;
    CHECK(sum == Catch::Approx(why.bits));
    CHECK(std::ranges::find(why.rules, "recorded_relation") != why.rules.end());
    // Without the persons of a run relations are left out.
    const Explanation plain = valueOf(explain(input, shippedModel(), {}, {3}, {4}, task));
    CHECK(std::ranges::find(plain.steps, "Recorded relations", &WaterfallStep::title) == plain.steps.end());
}
