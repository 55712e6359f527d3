#include <algorithm>
#include <numeric>

#include "core/base/check.h"
#include "core/link/evaluate.h"

namespace fairlead::link {
namespace {

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

// The same partition with numbers that can index an array.
std::vector<std::uint32_t> dense(std::span<const std::uint32_t> numbers) {
    std::vector<std::uint32_t> out(numbers.begin(), numbers.end());
    constexpr std::size_t kSmall = 1024;
    if (out.empty() || *std::ranges::max_element(out) < 2 * out.size() + kSmall) return out;
    std::vector<std::uint32_t> known = out;
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
    for (std::uint32_t& number : out)
        number = static_cast<std::uint32_t>(std::ranges::lower_bound(known, number) - known.begin());
    return out;
}

// The records of each part, by a counting sort.
class Parts {
public:
    explicit Parts(std::span<const std::uint32_t> partOf) {
        const std::size_t parts = partOf.empty() ? 0 : *std::ranges::max_element(partOf) + std::size_t{1};
        m_begin.assign(parts + 1, 0);
        for (const std::uint32_t part : partOf) ++m_begin[part + 1];
        std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
        m_records.resize(partOf.size());
        std::vector<std::uint32_t> next(m_begin.begin(), m_begin.end() - 1);
        for (std::uint32_t record = 0; record < partOf.size(); ++record) m_records[next[partOf[record]]++] = record;
    }
    [[nodiscard]] std::size_t size() const { return m_begin.size() - 1; }
    std::span<std::uint32_t> of(std::size_t part) {
        return std::span(m_records).subspan(m_begin[part], m_begin[part + 1] - m_begin[part]);
    }

private:
    std::vector<std::uint32_t> m_begin, m_records;
};

// Pairs within the scope, of all records and of those that touch a group.
struct PairCount {
    std::uint64_t all = 0;
    std::vector<std::uint64_t> touching;  // per group
};

class PairCounter {
public:
    explicit PairCounter(const Truth& truth)
        : m_truth(truth),
          m_groups(truth.groups.empty() ? 0 : *std::ranges::max_element(truth.groups) + std::size_t{1}) {}

    [[nodiscard]] std::size_t groups() const { return m_groups; }

    // Adds the pairs among records that are all in one part.
    void add(std::span<const std::uint32_t> records, PairCount& count) {
        if (records.size() < 2) return;
        const std::uint64_t all = pairs(records);
        count.all += all;
        if (m_groups == 0 || all == 0) return;
        count.touching.resize(m_groups);
        m_byGroup.assign(records.begin(), records.end());
        const auto groupOf = [&](std::uint32_t record) { return m_truth.groups[record]; };
        std::ranges::sort(m_byGroup, {}, groupOf);
        for (std::size_t begin = 0; begin < m_byGroup.size();) {
            std::size_t end = begin;
            while (end < m_byGroup.size() && groupOf(m_byGroup[end]) == groupOf(m_byGroup[begin])) ++end;
            m_others.assign(m_byGroup.begin(), m_byGroup.begin() + static_cast<std::ptrdiff_t>(begin));
            m_others.insert(m_others.end(), m_byGroup.begin() + static_cast<std::ptrdiff_t>(end), m_byGroup.end());
            count.touching[groupOf(m_byGroup[begin])] += all - pairs(m_others);
            begin = end;
        }
    }

private:
    std::uint64_t pairs(std::span<const std::uint32_t> records) {
        const auto among = [](std::uint64_t n) { return n < 2 ? 0 : n * (n - 1) / 2; };
        const std::uint64_t all = among(records.size());
        if (m_truth.scope == PairScope::Everything) return all;
        std::uint64_t within = all;
        if (!m_truth.datasets.empty()) {
            m_datasets.clear();
            for (const std::uint32_t record : records) m_datasets.push_back(m_truth.datasets[record]);
            std::ranges::sort(m_datasets);
            within = 0;
            for (auto at = m_datasets.begin(); at != m_datasets.end();) {
                const auto end = std::upper_bound(at, m_datasets.end(), *at);
                within += among(static_cast<std::uint64_t>(end - at));
                at = end;
            }
        }
        return m_truth.scope == PairScope::WithinDatasets ? within : all - within;
    }

    const Truth& m_truth;
    std::size_t m_groups;
    std::vector<std::uint32_t> m_byGroup, m_others;
    std::vector<std::uint16_t> m_datasets;
};

// Sums over records for B-cubed.
struct RecordSums {
    std::uint64_t records = 0;
    double precision = 0.0;
    double recall = 0.0;

    [[nodiscard]] BCubed mean() const {
        BCubed out;
        out.precision = ratio(precision, static_cast<double>(records));
        out.recall = ratio(recall, static_cast<double>(records));
        out.f1 = ratio(2.0 * out.precision * out.recall, out.precision + out.recall);
        return out;
    }
};

class ClusterJudge {
public:
    ClusterJudge(const Truth& truth, std::span<const std::uint32_t> clusters)
        : m_truth(truth),
          m_personOf(dense(truth.persons)),
          m_persons(m_personOf),
          m_clusters(dense(clusters)),
          m_pairs(truth),
          m_sumOfGroup(m_pairs.groups()) {}

    ClusterEvaluation judge() {
        for (std::size_t person = 0; person < m_persons.size(); ++person) m_pairs.add(m_persons.of(person), m_true);
        for (std::size_t cluster = 0; cluster < m_clusters.size(); ++cluster) addCluster(m_clusters.of(cluster));
        ClusterEvaluation out;
        out.truePairs = m_true.all;
        out.all = {metrics(m_true.all, m_found.all, m_claimed.all), m_sum.mean()};
        for (std::uint32_t group = 0; group < m_pairs.groups(); ++group) {
            if (m_sumOfGroup[group].records == 0) continue;
            const auto of = [group](const PairCount& count) {
                return group < count.touching.size() ? count.touching[group] : 0;
            };
            out.groups.push_back({group,
                                  m_sumOfGroup[group].records,
                                  of(m_true),
                                  {},
                                  {metrics(of(m_true), of(m_found), of(m_claimed)), m_sumOfGroup[group].mean()}});
        }
        return out;
    }

private:
    static PairMetrics metrics(std::uint64_t truePairs, std::uint64_t found, std::uint64_t claimed) {
        return {found, claimed - found, truePairs - found};
    }

    void addCluster(std::span<std::uint32_t> records) {
        m_pairs.add(records, m_claimed);
        std::ranges::sort(records, {}, [&](std::uint32_t record) { return m_personOf[record]; });
        for (std::size_t begin = 0; begin < records.size();) {
            const std::uint32_t person = m_personOf[records[begin]];
            std::size_t end = begin;
            while (end < records.size() && m_personOf[records[end]] == person) ++end;
            const auto common = records.subspan(begin, end - begin);
            m_pairs.add(common, m_found);
            addRecords(common, static_cast<double>(records.size()), static_cast<double>(m_persons.of(person).size()));
            begin = end;
        }
    }

    void addRecords(std::span<const std::uint32_t> common, double clusterSize, double personSize) {
        const auto size = static_cast<double>(common.size());
        const auto add = [&](RecordSums& sums, std::uint64_t records) {
            sums.records += records;
            sums.precision += static_cast<double>(records) * size / clusterSize;
            sums.recall += static_cast<double>(records) * size / personSize;
        };
        add(m_sum, common.size());
        if (m_truth.groups.empty()) return;
        for (const std::uint32_t record : common) add(m_sumOfGroup[m_truth.groups[record]], 1);
    }

    const Truth& m_truth;
    std::vector<std::uint32_t> m_personOf;
    Parts m_persons, m_clusters;
    PairCounter m_pairs;
    PairCount m_true, m_found, m_claimed;
    RecordSums m_sum;
    std::vector<RecordSums> m_sumOfGroup;
};

}  // namespace

ClusterEvaluation evaluateClusters(const Truth& truth, std::span<const std::uint32_t> clusters) {
    FAIRLEAD_CHECK(truth.persons.size() == clusters.size());
    FAIRLEAD_CHECK(truth.datasets.empty() || truth.datasets.size() == clusters.size());
    FAIRLEAD_CHECK(truth.groups.empty() || truth.groups.size() == clusters.size());
    return ClusterJudge(truth, clusters).judge();
}

}  // namespace fairlead::link
