#include "core/link/evaluate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/base/check.h"

namespace fairlead::link {
namespace {

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

// Pairs of records in one group, within the scope.
std::uint64_t pairsWithin(const LinkInput& input, std::span<const std::uint32_t> groupA,
                          std::span<const std::uint32_t> groupB) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::uint16_t, std::uint64_t>> groups;
    for (std::size_t i = 0; i < groupA.size(); ++i) ++groups[{groupA[i], groupB[i]}][input.records[i].dataset];
    std::uint64_t pairs = 0;
    for (const auto& [key, perDataset] : groups) {
        std::uint64_t all = 0, within = 0;
        for (const auto& [dataset, n] : perDataset) {
            all += n;
            within += n * (n - 1) / 2;
        }
        all = all * (all - 1) / 2;
        if (input.scope == PairScope::Everything) pairs += all;
        if (input.scope == PairScope::WithinDatasets) pairs += within;
        if (input.scope == PairScope::BetweenDatasets) pairs += all - within;
    }
    return pairs;
}

BCubed bcubedOf(std::span<const std::uint32_t> clusters, std::span<const std::uint32_t> truth) {
    std::unordered_map<std::uint32_t, double> clusterSize, truthSize;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> both;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        ++clusterSize[clusters[i]];
        ++truthSize[truth[i]];
        ++both[{clusters[i], truth[i]}];
    }
    BCubed out;
    for (const auto& [key, n] : both) {
        out.precision += n * n / clusterSize[key.first];
        out.recall += n * n / truthSize[key.second];
    }
    const auto records = static_cast<double>(clusters.size());
    out.precision = ratio(out.precision, records);
    out.recall = ratio(out.recall, records);
    out.f1 = ratio(2.0 * out.precision * out.recall, out.precision + out.recall);
    return out;
}

struct JudgedLink {
    double bits = 0.0;
    bool isTrue = false;
};

bool isHeld(LinkState state) { return state != LinkState::Accepted && state != LinkState::Review; }

void findBest(std::vector<JudgedLink> links, Evaluation& out) {
    std::ranges::sort(links, std::greater{}, &JudgedLink::bits);
    PairMetrics now;
    double bestF1 = -1.0;
    for (std::size_t i = 0; i < links.size(); ++i) {
        ++(links[i].isTrue ? now.truePositives : now.falsePositives);
        if (i + 1 < links.size() && links[i + 1].bits == links[i].bits) continue;
        now.falseNegatives = out.truePairs - now.truePositives;
        if (now.f1().value <= bestF1) continue;
        bestF1 = now.f1().value;
        out.best = now;
        out.bestThresholdBits = links[i].bits;
    }
}

}  // namespace

Share wilson(double successes, double trials) {
    if (trials <= 0.0) return {};
    constexpr double kZ = 1.959963984540054;  // 97.5 % quantile of the normal distribution
    const double p = successes / trials;
    const double z2 = kZ * kZ;
    const double centre = (p + z2 / (2.0 * trials)) / (1.0 + z2 / trials);
    const double half = kZ / (1.0 + z2 / trials) * std::sqrt(p * (1.0 - p) / trials + z2 / (4.0 * trials * trials));
    return {p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Share PairMetrics::precision() const {
    return wilson(static_cast<double>(truePositives), static_cast<double>(truePositives + falsePositives));
}

Share PairMetrics::recall() const {
    return wilson(static_cast<double>(truePositives), static_cast<double>(truePositives + falseNegatives));
}

Share PairMetrics::f1() const {
    const Share jaccard = wilson(static_cast<double>(truePositives),
                                 static_cast<double>(truePositives + falsePositives + falseNegatives));
    const auto f = [](double j) { return 2.0 * j / (1.0 + j); };
    return {f(jaccard.value), f(jaccard.low), f(jaccard.high)};
}

Evaluation evaluate(const LinkInput& input, const LinkResult& result, std::span<const std::uint32_t> truth) {
    FAIRLEAD_CHECK(truth.size() == input.records.size() && result.clusters.size() == truth.size());
    Evaluation out;
    out.truePairs = pairsWithin(input, truth, truth);
    std::unordered_map<std::int64_t, std::uint32_t> truthOf;
    for (std::size_t i = 0; i < truth.size(); ++i) truthOf.emplace(input.records[i].id.value, truth[i]);
    std::vector<JudgedLink> links;
    std::uint64_t trueAtHigh = 0;
    for (const ScoredLink& link : result.links) {
        const bool isTrue = truthOf.at(link.a.value) == truthOf.at(link.b.value);
        const bool above = link.kind != LinkKind::Scored || link.bits >= result.model.acceptBits;
        if (above && !isHeld(link.state)) ++(isTrue ? out.atAccept.truePositives : out.atAccept.falsePositives);
        if (link.probability >= 0.99 && !isHeld(link.state)) {
            ++out.linksAtHighProbability;
            trueAtHigh += isTrue ? 1U : 0U;
        }
        if (!isHeld(link.state)) links.push_back({link.bits, isTrue});
    }
    out.atAccept.falseNegatives = out.truePairs - out.atAccept.truePositives;
    out.truthAtHighProbability =
        ratio(static_cast<double>(trueAtHigh), static_cast<double>(out.linksAtHighProbability));
    findBest(std::move(links), out);
    out.clusters.truePositives = pairsWithin(input, result.clusters, truth);
    out.clusters.falsePositives = pairsWithin(input, result.clusters, result.clusters) - out.clusters.truePositives;
    out.clusters.falseNegatives = out.truePairs - out.clusters.truePositives;
    out.bcubed = bcubedOf(result.clusters, truth);
    return out;
}

}  // namespace fairlead::link
