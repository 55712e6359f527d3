// What counts as evidence: names across fields, what is implied, frequencies among other people, sources without
// duplicates.

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <catch2/catch_all.hpp>

#include "core/link/csv_layout.h"
#include "core/link/encode.h"
#include "core/link/evaluate.h"
#include "core/link/pair_rules.h"
#include "core/link/prepare.h"
#include "core/link/similarity.h"
#include "core/link/unique_rows.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

namespace {

struct Compared {
    ForenameLevel forename = ForenameLevel::Different;
    int surname = -1;  // -1 = missing
};

// The levels of two names, "forenames|surname".
Compared compared(const Person& a, const Person& b) {
    const LinkInput input = inputOf({a, b});
    TaskContext task;
    const auto prepared = valueOf(prepare(valueOf(encode(input, {}, task)), shippedModel(), {}, task));
    PairComparer comparer(*prepared->context);
    PairOutcome outcome;
    comparer.compare(0, 1, outcome);
    PairOutcome turned;
    comparer.compare(1, 0, turned);
    CHECK(outcome.pattern == turned.pattern);
    return {static_cast<ForenameLevel>(patternLevel(outcome.pattern, 0)), patternLevel(outcome.pattern, 1)};
}

Person named(const std::string& forenames, const std::string& surname) {
    return {forenames, surname, "2012-03-14", "", "", "", "", ""};
}

double weightOf(const std::vector<WeightedEdge>& edges, const std::vector<bool>& taken) {
    double sum = 0.0;
    for (std::size_t e = 0; e < edges.size(); ++e) sum += taken[e] ? edges[e].weight : 0.0;
    return sum;
}

// The best choice by trying all.
double bestWeight(const std::vector<WeightedEdge>& edges) {
    double best = 0.0;
    for (std::uint32_t chosen = 0; chosen < (1U << edges.size()); ++chosen) {
        double sum = 0.0;
        std::array<bool, 64> used{};
        bool possible = true;
        for (std::size_t e = 0; e < edges.size() && possible; ++e) {
            if (((chosen >> e) & 1U) == 0) continue;
            possible = !used[edges[e].a] && !used[edges[e].b];
            used[edges[e].a] = used[edges[e].b] = true;
            sum += edges[e].weight;
        }
        if (possible) best = std::max(best, sum);
    }
    return best;
}

}  // namespace

TEST_CASE("names that stand in each other's field are one level, damaged or not", "[link]") {
    constexpr int kExact = static_cast<int>(SurnameLevel::Exact), kClose = static_cast<int>(SurnameLevel::Close);
    const Compared swapped = compared(named("Caleb", "Rowe"), named("Rowe", "Caleb"));
    CHECK(swapped.forename == ForenameLevel::Swapped);
    CHECK(swapped.surname == kExact);
    const Compared damaged = compared(named("Caleb", "Rowell"), named("Rowlel", "Caleb"));
    CHECK(damaged.forename == ForenameLevel::Swapped);
    CHECK((damaged.surname == kExact || damaged.surname == kClose));
    CHECK(compared(named("Caleb", "Rowe"), named("Rowe", "Amelia")).forename == ForenameLevel::Different);
    CHECK(compared(named("Caleb", "Rowell"), named("Rowlel", "Claeb")).forename == ForenameLevel::Different);
}

TEST_CASE("one name known in the wrong field is half the evidence of two", "[link]") {
    const Compared crossed = compared(named("William", ""), named("Nicholson", "William"));
    CHECK(crossed.forename == ForenameLevel::Crossed);
    CHECK(crossed.surname == -1);
    CHECK(compared(named("", "Amber"), named("Ambre", "Dixon")).forename == ForenameLevel::Crossed);
    CHECK(compared(named("William", ""), named("Nicholson", "Amber")).forename == ForenameLevel::Different);
}

TEST_CASE("where the forename agrees the sex says nothing new", "[link]") {
    const Model model = shippedModel();
    const ImpliedEvidence implied(model);
    const auto pattern = [](ForenameLevel forename, SexLevel sex) {
        return ~0xf00fULL | static_cast<std::uint64_t>(forename) | (static_cast<std::uint64_t>(sex) << 12U);
    };
    CHECK(implied.silences(pattern(ForenameLevel::Exact, SexLevel::Same), 3));
    CHECK(implied.silences(pattern(ForenameLevel::Variant, SexLevel::Different), 3));
    CHECK_FALSE(implied.silences(pattern(ForenameLevel::Different, SexLevel::Different), 3));
    CHECK_FALSE(implied.silences(pattern(ForenameLevel::Exact, SexLevel::Same), 0));
    CHECK(patternLevel(implied.reduced(pattern(ForenameLevel::Exact, SexLevel::Same)), 3) == -1);
    CHECK(implied.reduced(pattern(ForenameLevel::Close, SexLevel::Same)) ==
          pattern(ForenameLevel::Close, SexLevel::Same));
}

TEST_CASE("a rare value is better evidence than a common one, and many records of one person do not hide it",
          "[link]") {
    std::vector<Person> people;
    for (int i = 0; i < 400; ++i) people.push_back({"Oliver", "Smith", "", "", "", "", "", ""});
    for (int i = 0; i < 4; ++i) people.push_back({"Peregrine", "Smith", "", "", "", "", "", ""});
    const LinkInput input = inputOf(people);
    TaskContext task;
    Model model = shippedModel();
    const auto prepared = valueOf(prepare(valueOf(encode(input, {}, task)), model, {}, task));
    const auto bitsOf = [&](double matchesPerRecord, std::uint32_t a, std::uint32_t b) {
        model.matchesPerRecord = matchesPerRecord;
        const Scorer scorer(model, prepared->encoded.columns, prepared->plans,
                            priorOdds(model, static_cast<double>(people.size()), prepared->possiblePairs));
        PairComparer comparer(*prepared->context);
        PairOutcome outcome;
        comparer.compare(a, b, outcome);
        return scorer.evidence(outcome, 0).match;
    };
    CHECK(bitsOf(0.1, 400, 401) > bitsOf(0.1, 0, 1) + 5.0);
    // Four records in all, and each person expected to have four: others hardly have the name.
    CHECK(bitsOf(1.5, 400, 401) > bitsOf(0.1, 400, 401) + 0.5);
    CHECK(bitsOf(1.5, 0, 1) == Catch::Approx(bitsOf(0.1, 0, 1)).margin(0.05));
}

TEST_CASE("links between sources without duplicates are the heaviest set, not the heaviest one by one", "[link]") {
    const std::vector<WeightedEdge> edges = {{0, 10, 10.0}, {0, 11, 9.0}, {1, 10, 9.0}};
    CHECK(heaviestAssignment(edges) == std::vector<bool>{false, true, true});
    std::mt19937 random(20261122);
    for (int round = 0; round < 300; ++round) {
        std::vector<WeightedEdge> some;
        for (std::uint32_t a = 0; a < 4; ++a) {
            for (std::uint32_t b = 0; b < 4; ++b) {
                if (random() % 2 == 0 && some.size() < 12)
                    some.push_back({a, 10 + b, 0.5 + static_cast<double>(random() % 100)});
            }
        }
        const std::vector<bool> taken = heaviestAssignment(some);
        CHECK(weightOf(some, taken) == Catch::Approx(bestWeight(some)));
        std::array<int, 64> used{};
        for (std::size_t e = 0; e < some.size(); ++e) {
            if (taken[e]) CHECK((++used[some[e].a] == 1 && ++used[some[e].b] == 1));
        }
    }
    CHECK(heaviestAssignment({}).empty());
}

TEST_CASE("a source whose persons recur is not taken to hold each person once", "[link]") {
    for (const bool repeated : {false, true}) {
        LinkInput input;
        input.datasets = {{"register", false}, {"visits", false}};
        input.scope = PairScope::BetweenDatasets;
        const std::vector<std::string> heads = {"Ash", "Bar", "Cal", "Dun", "Els", "Far", "Gar", "Hol"};
        const std::vector<std::string> tails = {"ton", "ley", "worth", "ford", "combe", "field", "man", "wick"};
        std::int64_t id = 1;
        for (std::size_t i = 0; i < 64; ++i) {
            const Person person{
                "Name" + std::string(1, static_cast<char>('a' + i % 26)),
                heads[i % 8] + tails[i / 8],
                "20" + std::to_string(10 + i % 9) + "-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10),
                "",
                "BS" + std::to_string(1 + i % 16) + " " + std::to_string(1 + i % 9) + "AA",
                std::to_string(i),
                "",
                ""};
            input.records.push_back(recordOf(id++, 0, person));
            input.records.push_back(recordOf(id++, 1, person));
            if (repeated && i % 4 == 0) input.records.push_back(recordOf(id++, 1, person));
        }
        TaskContext task;
        const LinkResult result = valueOf(fairlead::link::link(input, shippedModel(), {}, {}, task));
        const auto says = [&](const std::string& what) {
            return std::ranges::any_of(result.report.notes,
                                       [&](const std::string& note) { return note.find(what) != std::string::npos; });
        };
        CHECK(says("register: taken to hold each person once"));
        CHECK(
            says(repeated ? "visits: taken to hold persons more than once" : "visits: taken to hold each person once"));
        if (repeated) CHECK(result.clusters[0] == result.clusters[2]);
    }
}

TEST_CASE("a year of birth without month and day is compared as it stands", "[link]") {
    const auto rolesOf = [](const std::vector<std::string>& choices) {
        std::vector<ColumnRole> roles;
        for (const CsvColumn& column : valueOf(parseColumnChoices(choices))) roles.push_back(column.role);
        return roles;
    };
    using enum ColumnRole;
    CHECK(rolesOf({"forename=f", "birth_year=y"}) == std::vector{Forename, Text});
    CHECK(rolesOf({"birth_year=y", "birth_month=m", "birth_day=d"}) == std::vector{BirthYear, BirthMonth, BirthDay});
    CHECK(rolesOf({"dob=d", "birth_year=y"}) == std::vector{BirthDate});
}
