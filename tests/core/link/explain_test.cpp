#include "core/link/explain.h"

#include <catch2/catch_all.hpp>

#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::TaskContext;
using fairlead::test::valueOf;

namespace {

struct LinkedTown {
    Town town = makeTown(80);
    LinkResult result;

    LinkedTown() {
        TaskContext task;
        result = valueOf(link(town.input, shippedModel(), {}, {}, task));
    }
    [[nodiscard]] std::uint32_t clusterOf(fairlead::record::SourcePersonId id) const {
        for (std::size_t i = 0; i < town.input.records.size(); ++i)
            if (town.input.records[i].id == id) return result.clusters[i];
        return 0;
    }
};

}  // namespace

TEST_CASE("the steps that built a person join its records one after the other, all of them", "[link]") {
    const LinkedTown linked;
    std::size_t several = 0;
    for (std::uint32_t cluster = 0; cluster < linked.result.report.clusters; ++cluster) {
        std::vector<fairlead::record::SourcePersonId> members;
        for (std::size_t i = 0; i < linked.result.clusters.size(); ++i)
            if (linked.result.clusters[i] == cluster) members.push_back(linked.town.input.records[i].id);
        std::ranges::sort(members);
        const auto steps = joinsOf(linked.result.links, members);
        REQUIRE(steps.size() + 1 == members.size());
        if (steps.empty()) continue;
        CHECK(steps.front().left + steps.front().right == 2);
        CHECK(steps.back().left + steps.back().right == members.size());
        ++several;
    }
    CHECK(several > 20);
}

TEST_CASE("a verdict says what was done with two records and never contradicts it", "[link]") {
    const LinkedTown linked;
    TaskContext task;
    std::size_t looked = 0;
    for (std::size_t i = 0; i < linked.result.links.size(); i += 29, ++looked) {
        const ScoredLink& found = linked.result.links[i];
        const bool together = linked.clusterOf(found.a) == linked.clusterOf(found.b);
        const auto why = valueOf(explain(linked.town.input, linked.result.model, {}, found.a, found.b, task));
        const auto verdict =
            verdictOf(why, linked.result.model, linkBetween(linked.result.links, found.b, found.a), together);
        REQUIRE(verdict.link.has_value());
        CHECK(*verdict.link == found);
        CHECK(verdict.sentence.starts_with(together ? "They are one person" : "They are apart"));
        if (!together) CHECK(verdict.sentence.find(std::string(meaning(found.state))) != std::string::npos);
    }
    CHECK(looked > 3);
}

TEST_CASE("why not: a pair below the threshold, and one that no rule brings together", "[link]") {
    const LinkInput input = inputOf({{"Jack", "Harris", "2012-03-04", "M", "BS5 6AB", "12", "", ""},
                                     {"Zainab", "Siddiqui", "2009-11-30", "F", "BS7 8QD", "3", "", ""}});
    TaskContext task;
    const Model model = shippedModel();
    LinkOptions options;
    const auto compared = valueOf(explain(input, model, options, {1}, {2}, task));
    CHECK(compared.rules == std::vector<std::string>{"every pair"});
    CHECK(verdictOf(compared, model, std::nullopt, false).sentence.find("below the") != std::string::npos);
    options.fullProductPairs = 0;
    const auto unmet = valueOf(explain(input, model, options, {1}, {2}, task));
    CHECK(unmet.rules.empty());
    CHECK(verdictOf(unmet, model, std::nullopt, false).sentence.find("no blocking rule") != std::string::npos);
    CHECK_FALSE(explain(input, model, options, {1}, {1}, task).has_value());
}
