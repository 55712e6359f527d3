// Estimation without labels where independence does not hold: names that go together, and families.

#include "core/link/estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch_all.hpp>

#include "core/link/similarity.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;
using fairlead::test::valueOf;

namespace {

// One comparison of the population: whether it agrees, differs or is missing, in each class.
struct Shares {
    std::size_t agreeing, different;  // levels
    double match, unrelated;          // share that agrees of those known
    double missing;                   // in both classes
};

// Of a whole population: true pairs, and how much commoner than by their shares names agree among strangers.
struct Whole {
    double matches, together;
};

// As rules bring them: by both names, or by two keys one of which is not a name.
bool isBrought(const std::array<bool, 4>& agrees) {
    const bool names = agrees[0] && agrees[1], others = agrees[2] && agrees[3];
    return names || others || ((agrees[0] || agrees[1]) && (agrees[2] || agrees[3]));
}

// The pattern of a number in base 3: agrees, differs, missing.
void addPattern(const std::array<Shares, 4>& comparisons, unsigned code, Whole whole, PatternStatistics& out) {
    double match = whole.matches, unrelated = out.pairs - whole.matches;
    std::uint64_t pattern = ~0ULL;
    std::array<bool, 4> agrees{};
    for (std::size_t c = 0; c < 4; ++c, code /= 3) {
        const Shares& of = comparisons[c];
        if (code % 3 == 2) {
            match *= of.missing;
            unrelated *= of.missing;
            continue;
        }
        agrees[c] = code % 3 == 0;
        match *= (1.0 - of.missing) * (agrees[c] ? of.match : 1.0 - of.match);
        unrelated *= (1.0 - of.missing) * (agrees[c] ? of.unrelated : 1.0 - of.unrelated);
        pattern ^= (15U ^ (agrees[c] ? of.agreeing : of.different)) << (4 * c);
    }
    if (agrees[0] && agrees[1]) unrelated *= whole.together;
    const auto pairs = static_cast<std::uint64_t>(std::llround(match + unrelated));
    if (pairs > 0 && isBrought(agrees)) out.patterns.push_back({pattern, pairs});
}

// A large population in communities: names agree by chance `together` times as often as their shares multiply.
PatternStatistics population(const std::array<Shares, 4>& comparisons, double matches, double together) {
    PatternStatistics out;
    out.pairs = 2e11;
    out.records = 650'000;
    out.population.assign(comparisons.size(), {});
    out.fromFrequencies.assign(comparisons.size(), {});
    for (std::size_t c = 0; c < comparisons.size(); ++c) {
        const Shares& of = comparisons[c];
        const double known = (1.0 - of.missing) * out.pairs;
        out.population[c][of.agreeing] = known * of.unrelated + (1.0 - of.missing) * matches * of.match;
        out.population[c][of.different] = known - out.population[c][of.agreeing];
        out.population[c][15] = of.missing * out.pairs;
    }
    for (unsigned code = 0; code < 81; ++code) addPattern(comparisons, code, {matches, together}, out);
    return out;
}

// A register of households of three to five people, one record each, but every 50th person has two.
struct Households {
    LinkInput input;
    std::uint32_t persons = 0;
};

// An NHS number with its check digit; none for one number in eleven.
std::string nhsNumber(std::uint32_t number) {
    const std::string digits = std::to_string(400'000'000 + number);
    int sum = 0;
    for (int i = 0; i < 9; ++i) sum += (10 - i) * (digits[static_cast<std::size_t>(i)] - '0');
    const int check = (11 - sum % 11) % 11;
    return check == 10 ? "" : digits + std::to_string(check);
}

Households households(std::uint32_t homes, bool familyNumber) {
    const std::array<std::string, 12> syllables = {"ba",  "ko",  "ri",  "tam", "mel", "son",
                                                   "ver", "lin", "dor", "gan", "pen", "ash"};
    std::mt19937 random(20261122);
    const auto draw = [&](std::uint32_t below) { return static_cast<std::uint32_t>(random() % below); };
    const auto name = [&](std::uint32_t number) {
        return syllables[number % 12] + syllables[number / 12 % 12] + syllables[number / 144 % 12];
    };
    const auto two = [&](std::uint32_t below) { return std::to_string(101 + draw(below)).substr(1); };
    Households out;
    out.input.datasets.push_back({"register", false});
    for (std::uint32_t home = 0; home < homes; ++home) {
        Person person;
        person.surname = name(draw(600));
        person.postcode = "BS" + std::to_string(1 + draw(30)) + " " + std::to_string(1 + draw(9)) + "AB";
        person.house = std::to_string(1 + draw(90));
        if (familyNumber) person.nhs = nhsNumber(home);
        for (std::uint32_t member = 0, members = 3 + draw(3); member < members; ++member, ++out.persons) {
            person.forenames = name(700 + draw(300));
            person.birth = std::to_string(1940 + draw(80)) + "-" + two(12) + "-" + two(28);
            for (std::uint32_t copies = out.persons % 50 == 0 ? 2 : 1; copies > 0; --copies) {
                const auto id = static_cast<std::int64_t>(out.input.records.size() + 1);
                out.input.records.push_back(recordOf(id, 0, person));
            }
        }
    }
    return out;
}

bool says(const LinkReport& report, std::string_view words) {
    return std::ranges::any_of(report.notes,
                               [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("where names go together, strangers of one name do not pass for one person", "[link]") {
    Model model = shippedModel();
    std::erase_if(model.comparisons, [](const Comparison& comparison) {
        return comparison.kind == ComparisonKind::Sex || comparison.kind == ComparisonKind::Identifier;
    });
    model.relativesPerRecord = 0.0;
    constexpr double kMatches = 250'000.0, kBirthDate = 0.96, kHome = 0.80;
    const PatternStatistics statistics =
        population({{{static_cast<std::size_t>(ForenameLevel::Exact),
                      static_cast<std::size_t>(ForenameLevel::Different), 0.9, 0.0025, 0.0},
                     {0, 4, 0.95, 0.0012, 0.0},
                     {0, 7, kBirthDate, 0.00005, 0.5},
                     {0, 5, kHome, 0.000002, 0.4}}},
                   kMatches, 5.0);
    const Estimate found = estimate(model, statistics);
    CHECK(found.converged);
    // Some true pairs no rule brings.
    CHECK(found.matches == Catch::Approx(kMatches).epsilon(0.08));
    CHECK(found.model.comparisons[2].levels[0].m == Catch::Approx(kBirthDate).margin(0.02));
    CHECK(found.model.comparisons[3].levels[0].m == Catch::Approx(kHome).margin(0.04));
    CHECK(found.model.matchesPerRecord == Catch::Approx(found.matches / statistics.records));
}

TEST_CASE("an estimate that takes households for persons is left for one that knows relatives", "[link]") {
    const Households town = households(500, false);
    Model model = shippedModel();
    model.relativesPerRecord = 0.0;
    model.relativesRule = false;
    LinkOptions options;
    options.estimate = true;
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(town.input, model, {}, options, task));
    CHECK(says(result.report, "settled on households at first (Forename differs in"));
    CHECK(result.report.doubt.empty());
    CHECK(result.report.converged);
    CHECK(result.model.relativesPerRecord > 1.0);
    CHECK(result.report.clusters == town.persons);
}

TEST_CASE("an estimate of households that cannot be left is called one", "[link]") {
    LinkOptions options;
    options.estimate = true;
    for (const bool familyNumber : {false, true}) {
        const LinkResult result = linkedShipped(households(500, familyNumber).input, {}, options);
        CHECK(result.report.doubt.empty() != familyNumber);
        CHECK(says(result.report, "SETTLED ON SOMETHING ELSE THAN PERSONS") == familyNumber);
    }
    // Nothing but what a household shares.
    Model model = shippedModel();
    std::erase_if(model.comparisons, [](const Comparison& comparison) {
        return comparison.kind != ComparisonKind::Surname && comparison.kind != ComparisonKind::Address;
    });
    TaskContext task;
    const LinkResult result = valueOf(fairlead::link::link(households(500, false).input, model, {}, options, task));
    CHECK(result.report.doubt == "neither forenames nor birth dates tell the people of a household apart");
}
