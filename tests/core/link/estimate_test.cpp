// Estimation without labels where independence does not hold: names that go together, and families.

#include "core/link/estimate.h"

#include <array>
#include <cmath>
#include <string>

#include <catch2/catch_all.hpp>

#include "core/link/similarity.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using namespace fairlead::link::test;

namespace {

// One comparison of the population: whether it agrees, differs or is missing, in each class.
struct Shares {
    std::size_t agreeing, different;  // levels
    double match, unrelated;          // share that agrees of those known
    double missing;                   // in both classes
};

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
    for (unsigned code = 0; code < 81; ++code) {
        double match = matches, unrelated = out.pairs - matches;
        std::uint64_t pattern = ~0ULL;
        std::array<bool, 4> agrees{};
        unsigned rest = code;
        for (std::size_t c = 0; c < 4; ++c, rest /= 3) {
            const Shares& of = comparisons[c];
            const unsigned what = rest % 3;
            agrees[c] = what == 0;
            match *= what == 2 ? of.missing : (1.0 - of.missing) * (agrees[c] ? of.match : 1.0 - of.match);
            unrelated *= what == 2 ? of.missing : (1.0 - of.missing) * (agrees[c] ? of.unrelated : 1.0 - of.unrelated);
            if (what != 2) pattern ^= (15U ^ (agrees[c] ? of.agreeing : of.different)) << (4 * c);
        }
        // As rules bring them: by both names, or by two keys one of which is not a name.
        const bool names = agrees[0] && agrees[1];
        if (names) unrelated *= together;
        if (!names && !(agrees[2] && agrees[3]) && !((agrees[0] || agrees[1]) && (agrees[2] || agrees[3]))) continue;
        const auto pairs = static_cast<std::uint64_t>(std::llround(match + unrelated));
        if (pairs > 0) out.patterns.push_back({pattern, pairs});
    }
    return out;
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
