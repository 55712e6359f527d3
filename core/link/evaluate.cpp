#include "core/link/evaluate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/check.h"

namespace fairlead::link {
namespace {

constexpr double kHighProbability = 0.99;

double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

// Where a record stands, by its id.
class Places {
public:
    explicit Places(std::span<const record::SourcePersonId> ids) : m_ids(ids) {
        if (std::ranges::is_sorted(ids)) return;
        m_order.resize(ids.size());
        std::iota(m_order.begin(), m_order.end(), 0U);
        std::ranges::sort(m_order, {}, [&](std::uint32_t place) { return ids[place]; });
    }
    [[nodiscard]] std::size_t of(record::SourcePersonId id) const {
        if (m_ids.empty()) return static_cast<std::size_t>(id.value);
        if (m_order.empty()) return static_cast<std::size_t>(std::ranges::lower_bound(m_ids, id) - m_ids.begin());
        return *std::ranges::lower_bound(m_order, id, {}, [&](std::uint32_t place) { return m_ids[place]; });
    }

private:
    std::span<const record::SourcePersonId> m_ids;
    std::vector<std::uint32_t> m_order;  // empty: ids ascend
};

struct JudgedLink {
    double bits = 0.0;
    bool isTrue = false;
};

bool isHeld(LinkState state) { return state != LinkState::Accepted && state != LinkState::Review; }

std::vector<CalibrationBand> emptyBands() {
    constexpr std::array<double, 9> kLimits = {0.0, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0};
    std::vector<CalibrationBand> bands;
    for (std::size_t i = 0; i + 1 < kLimits.size(); ++i) bands.push_back({kLimits[i], kLimits[i + 1], 0, 0.0, 0});
    return bands;
}

void count(std::vector<CalibrationBand>& bands, double probability, bool isTrue) {
    std::size_t at = 0;
    while (at + 1 < bands.size() && probability >= bands[at].high) ++at;
    ++bands[at].pairs;
    bands[at].expected += probability;
    bands[at].trulySame += isTrue ? 1U : 0U;
}

GroupMetrics& metricsOf(std::vector<GroupMetrics>& groups, std::uint32_t group) {
    return *std::ranges::lower_bound(groups, group, {}, &GroupMetrics::group);
}

void findBest(std::vector<JudgedLink> links, Evaluation& out) {
    std::ranges::sort(links, std::greater{}, &JudgedLink::bits);
    out.lowestBits = links.empty() ? 0.0 : links.back().bits;
    PairMetrics now;
    double bestF1 = -1.0;
    for (std::size_t i = 0; i < links.size(); ++i) {
        ++(links[i].isTrue ? now.truePositives : now.falsePositives);
        if (i + 1 < links.size() && links[i + 1].bits == links[i].bits) continue;
        now.falseNegatives = out.truePairs - now.truePositives;
        // F1 and this rise and fall together; no interval is needed here.
        const double f1 = ratio(2 * now.truePositives, 2 * now.truePositives + now.falsePositives + now.falseNegatives);
        if (f1 <= bestF1) continue;
        bestF1 = f1;
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

Evaluation evaluate(const Truth& truth, const LinkResult& result) {
    FAIRLEAD_CHECK(truth.ids.empty() || truth.ids.size() == truth.persons.size());
    ClusterEvaluation clusters = evaluateClusters(truth, result.clusters);
    Evaluation out;
    out.truePairs = clusters.truePairs;
    out.clusters = clusters.all.pairs;
    out.bcubed = clusters.all.bcubed;
    out.groups = std::move(clusters.groups);
    out.calibration = emptyBands();
    const Places places(truth.ids);
    std::vector<JudgedLink> links;
    links.reserve(result.links.size());
    std::uint64_t trueAtHigh = 0;
    const auto add = [](PairMetrics& metrics, bool isTrue) {
        ++(isTrue ? metrics.truePositives : metrics.falsePositives);
    };
    for (const ScoredLink& link : result.links) {
        if (isHeld(link.state)) continue;
        const std::size_t a = places.of(link.a), b = places.of(link.b);
        const bool isTrue = truth.persons[a] == truth.persons[b];
        links.push_back({link.bits, isTrue});
        count(out.calibration, link.probability, isTrue);
        if (link.probability >= kHighProbability) {
            ++out.linksAtHighProbability;
            trueAtHigh += isTrue ? 1U : 0U;
        }
        if (link.kind == LinkKind::Scored && link.bits < result.model.acceptBits) continue;
        add(out.atAccept, isTrue);
        if (out.groups.empty()) continue;
        add(metricsOf(out.groups, truth.groups[a]).atAccept, isTrue);
        if (truth.groups[a] != truth.groups[b]) add(metricsOf(out.groups, truth.groups[b]).atAccept, isTrue);
    }
    out.atAccept.falseNegatives = out.truePairs - out.atAccept.truePositives;
    for (GroupMetrics& group : out.groups)
        group.atAccept.falseNegatives = group.truePairs - group.atAccept.truePositives;
    out.truthAtHighProbability = ratio(trueAtHigh, out.linksAtHighProbability);
    findBest(std::move(links), out);
    return out;
}

Evaluation evaluate(const LinkInput& input, const LinkResult& result, std::span<const std::uint32_t> persons) {
    std::vector<record::SourcePersonId> ids;
    std::vector<std::uint16_t> datasets;
    for (const SourceRecord& record : input.records) {
        ids.push_back(record.id);
        datasets.push_back(record.dataset);
    }
    return evaluate({persons, ids, datasets, input.scope, {}}, result);
}

}  // namespace fairlead::link
