#include "core/link/evaluate.h"

#include <optional>
#include <random>

#include <catch2/catch_all.hpp>

#include "core/link/score.h"

using Catch::Approx;
using namespace fairlead::link;

namespace {

using Numbers = std::vector<std::uint32_t>;

/// Random records with everything that evaluation looks at.
struct Sample {
    Numbers persons, clusters, groups;
    std::vector<std::uint16_t> datasets;
    LinkResult result;
};

Sample makeSample(std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
    Sample sample;
    const std::uint32_t records = 2 + below(60);
    for (std::uint32_t i = 0; i < records; ++i) {
        sample.persons.push_back(below(20) * (seed % 3 == 0 ? 100'000'000U : 1U));
        sample.clusters.push_back(below(2) == 0 ? sample.persons.back() % 97 : below(25));
        sample.groups.push_back(below(4));
        sample.datasets.push_back(static_cast<std::uint16_t>(below(3)));
    }
    sample.result.clusters = sample.clusters;
    sample.result.model.acceptBits = 3.0;
    for (std::uint32_t a = 0; a < records; ++a) {
        for (std::uint32_t b = a + 1; b < records; ++b) {
            if (below(4) != 0) continue;
            const double bits = static_cast<double>(below(100)) / 10.0 - 2.0;
            sample.result.links.push_back({{a},
                                           {b},
                                           bits,
                                           probabilityOf(bits),
                                           0,
                                           0,
                                           LinkKind::Scored,
                                           bits >= 3.0 ? LinkState::Accepted : LinkState::Review,
                                           false});
        }
    }
    return sample;
}

bool inScope(const Sample& sample, PairScope scope, std::uint32_t a, std::uint32_t b) {
    if (scope == PairScope::Everything) return true;
    return (sample.datasets[a] == sample.datasets[b]) == (scope == PairScope::WithinDatasets);
}

bool touches(const Sample& sample, std::uint32_t group, std::uint32_t a, std::uint32_t b) {
    return sample.groups[a] == group || sample.groups[b] == group;
}

/// Pair by pair, those that touch the group (or all).
ClusterMetrics slowly(const Sample& sample, PairScope scope, std::optional<std::uint32_t> group) {
    ClusterMetrics out;
    double precision = 0.0, recall = 0.0, records = 0.0;
    for (std::uint32_t a = 0; a < sample.persons.size(); ++a) {
        double common = 0.0, inCluster = 0.0, inPerson = 0.0;
        for (std::uint32_t b = 0; b < sample.persons.size(); ++b) {
            const bool together = sample.clusters[a] == sample.clusters[b];
            const bool same = sample.persons[a] == sample.persons[b];
            common += together && same ? 1.0 : 0.0;
            inCluster += together ? 1.0 : 0.0;
            inPerson += same ? 1.0 : 0.0;
            if (b <= a || !inScope(sample, scope, a, b) || (group && !touches(sample, *group, a, b))) continue;
            out.pairs.truePositives += together && same ? 1U : 0U;
            out.pairs.falsePositives += together && !same ? 1U : 0U;
            out.pairs.falseNegatives += !together && same ? 1U : 0U;
        }
        if (group && sample.groups[a] != *group) continue;
        precision += common / inCluster;
        recall += common / inPerson;
        records += 1.0;
    }
    out.bcubed.precision = precision / records;
    out.bcubed.recall = recall / records;
    return out;
}

void checkSame(const ClusterMetrics& found, const ClusterMetrics& expected) {
    CHECK(found.pairs.truePositives == expected.pairs.truePositives);
    CHECK(found.pairs.falsePositives == expected.pairs.falsePositives);
    CHECK(found.pairs.falseNegatives == expected.pairs.falseNegatives);
    CHECK(found.bcubed.precision == Approx(expected.bcubed.precision));
    CHECK(found.bcubed.recall == Approx(expected.bcubed.recall));
}

}  // namespace

TEST_CASE("cluster figures, also by group and within a scope, equal counting pair by pair", "[link]") {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        const Sample sample = makeSample(seed);
        const auto scope = static_cast<PairScope>(seed % 3);
        const auto found =
            evaluateClusters({sample.persons, {}, sample.datasets, scope, sample.groups}, sample.clusters);
        checkSame(found.all, slowly(sample, scope, std::nullopt));
        CHECK(found.truePairs == found.all.pairs.truePositives + found.all.pairs.falseNegatives);
        std::uint64_t records = 0;
        for (const GroupMetrics& group : found.groups) {
            checkSame(group.clusters, slowly(sample, scope, group.group));
            CHECK(group.isSmall());
            records += group.records;
        }
        CHECK(records == sample.persons.size());
    }
}

TEST_CASE("links count for the groups of both records and at the threshold with the best F1", "[link]") {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const Sample sample = makeSample(seed);
        const auto found = evaluate({sample.persons, {}, {}, PairScope::Everything, sample.groups}, sample.result);
        const auto at = [&](double bits, std::optional<std::uint32_t> group) {
            PairMetrics metrics;
            for (const ScoredLink& link : sample.result.links) {
                const auto a = static_cast<std::uint32_t>(link.a.value), b = static_cast<std::uint32_t>(link.b.value);
                if (link.bits < bits || (group && !touches(sample, *group, a, b))) continue;
                ++(sample.persons[a] == sample.persons[b] ? metrics.truePositives : metrics.falsePositives);
            }
            metrics.falseNegatives = found.truePairs - metrics.truePositives;
            return metrics;
        };
        CHECK(found.atAccept.f1().value == Approx(at(3.0, std::nullopt).f1().value));
        for (const GroupMetrics& group : found.groups) {
            CHECK(group.atAccept.truePositives == at(3.0, group.group).truePositives);
            CHECK(group.atAccept.falsePositives == at(3.0, group.group).falsePositives);
        }
        for (const ScoredLink& link : sample.result.links)
            CHECK(at(link.bits, std::nullopt).f1().value <= found.best.f1().value + 1e-12);
        std::uint64_t banded = 0;
        for (const CalibrationBand& band : found.calibration) {
            banded += band.pairs;
            CHECK(band.expected >= band.low * static_cast<double>(band.pairs));
            CHECK(band.trulySame <= band.pairs);
        }
        CHECK(banded == sample.result.links.size());
    }
}

TEST_CASE("records are found by their ids in whatever order they stand", "[link]") {
    const Sample sample = makeSample(7);
    LinkResult renamed = sample.result;
    const auto records = static_cast<std::int64_t>(sample.persons.size());
    std::vector<fairlead::record::SourcePersonId> ids;
    for (std::int64_t i = 0; i < records; ++i) ids.push_back({1000 - 7 * i});
    for (ScoredLink& link : renamed.links) {
        link.a = ids[static_cast<std::size_t>(link.a.value)];
        link.b = ids[static_cast<std::size_t>(link.b.value)];
    }
    CHECK(evaluate({sample.persons, ids}, renamed).atAccept.truePositives ==
          evaluate({sample.persons}, sample.result).atAccept.truePositives);
}

TEST_CASE("B-cubed of a worked example", "[link]") {
    // Bagga and Baldwin (1998), first example: truth {1-5} {6,7} {8-12}; answer {1-5} {6-12}: precision 16/21 by
    // records: (5*1 + 2*(2/7) + 5*(5/7)) / 12.
    const Numbers clusters = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2}, persons = {1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
    const auto found = evaluateClusters({persons}, clusters);
    CHECK(found.all.bcubed.precision == Approx((5.0 + 2 * (2.0 / 7) + 5 * (5.0 / 7)) / 12));
    CHECK(found.all.bcubed.recall == 1);
    CHECK(found.all.pairs.precision().value == Approx(21.0 / 31));
    CHECK(found.all.pairs.recall().value == 1);
}

TEST_CASE("Records all apart find none of the true pairs", "[link]") {
    const auto found = evaluateClusters({Numbers{5, 5, 5}}, Numbers{1, 2, 3});
    CHECK(found.all.pairs.recall().value == 0);
    CHECK(found.all.pairs.f1().value == 0);
    CHECK(found.all.bcubed.recall == Approx(1.0 / 3));
    CHECK(evaluateClusters({Numbers{}}, Numbers{}).truePairs == 0);
}
