#include "core/link/person_keys.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_set>

#include "core/base/check.h"

namespace fairlead::link {
namespace {

using record::PersonKey;
using record::SourcePersonId;

// A new cluster and an old person with records in common.
struct Overlap {
    PersonKey person;
    std::uint32_t cluster = 0;
    std::uint32_t records = 0;
    SourcePersonId smallest;
};

// Persons of before: by record, and those of records that are gone.
class Before {
public:
    Before(std::span<const KeyedRecord> before, PersonKey next) : m_rows(before.begin(), before.end()) {
        FAIRLEAD_CHECK(std::ranges::all_of(m_rows, [&](const KeyedRecord& row) { return row.person < next; }));
        if (!std::ranges::is_sorted(m_rows, {}, &KeyedRecord::record))
            std::ranges::sort(m_rows, {}, [](const KeyedRecord& row) { return std::pair(row.record, row.person); });
    }
    // Quick for records in ascending order.
    [[nodiscard]] std::optional<PersonKey> find(SourcePersonId record) {
        if (m_at > 0 && record <= m_rows[m_at - 1].record) m_at = 0;
        if (m_at < m_rows.size() && m_rows[m_at].record < record) ++m_at;
        if (m_at < m_rows.size() && m_rows[m_at].record < record) {
            const auto found = std::ranges::lower_bound(m_rows, record, {}, &KeyedRecord::record);
            m_at = static_cast<std::size_t>(found - m_rows.begin());
        }
        if (m_at == m_rows.size() || m_rows[m_at].record != record) return std::nullopt;
        return m_rows[m_at].person;
    }
    [[nodiscard]] std::size_t count() const { return m_rows.size(); }
    // Per person its number of records, ascending.
    [[nodiscard]] std::vector<std::pair<PersonKey, std::uint32_t>> sizes() const {
        std::vector<PersonKey> persons;
        persons.reserve(m_rows.size());
        for (const KeyedRecord& row : m_rows) persons.push_back(row.person);
        std::ranges::sort(persons);
        std::vector<std::pair<PersonKey, std::uint32_t>> out;
        for (const PersonKey person : persons) {
            if (out.empty() || out.back().first != person) out.emplace_back(person, 0);
            ++out.back().second;
        }
        return out;
    }

private:
    std::vector<KeyedRecord> m_rows;
    std::size_t m_at = 0;
};

// Ascending by person and cluster.
std::vector<Overlap> overlaps(std::span<const SourcePersonId> records, std::span<const std::uint32_t> clusters,
                              Before& before) {
    std::vector<Overlap> found;
    found.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        if (const auto person = before.find(records[i])) found.push_back({*person, clusters[i], 1, records[i]});
    std::ranges::sort(found, {}, [](const Overlap& o) { return std::tuple(o.person, o.cluster, o.smallest); });
    std::size_t kept = 0;
    for (const Overlap& overlap : found) {
        if (kept > 0 && found[kept - 1].person == overlap.person && found[kept - 1].cluster == overlap.cluster)
            ++found[kept - 1].records;
        else
            found[kept++] = overlap;
    }
    found.resize(kept);
    return found;
}

// A cluster: what it holds, whom it overlaps, and its key when it has one.
struct Cluster {
    SourcePersonId smallest;
    std::uint32_t records = 0;
    std::uint32_t overlaps = 0;
    bool isNew = false;
    std::optional<PersonKey> key;
};

std::vector<Cluster> clustersOf(std::span<const SourcePersonId> records, std::span<const std::uint32_t> clusters) {
    std::vector<Cluster> out(clusters.empty() ? 0 : std::size_t{std::ranges::max(clusters)} + 1);
    for (std::size_t i = 0; i < records.size(); ++i) {
        Cluster& cluster = out[clusters[i]];
        cluster.smallest = cluster.records == 0 ? records[i] : std::min(cluster.smallest, records[i]);
        ++cluster.records;
    }
    return out;
}

class Assigner {
public:
    Assigner(PersonKey next, std::vector<Overlap> found, std::vector<Cluster> clusters)
        : m_next(next), m_overlaps(std::move(found)), m_clusters(std::move(clusters)) {
        for (const Overlap& overlap : m_overlaps) ++m_clusters[overlap.cluster].overlaps;
        keepKeys();
    }

    void giveNewKeys() {
        std::vector<std::pair<SourcePersonId, std::uint32_t>> without;
        for (std::uint32_t i = 0; i < m_clusters.size(); ++i)
            if (m_clusters[i].records > 0 && !m_clusters[i].key) without.emplace_back(m_clusters[i].smallest, i);
        std::ranges::sort(without);
        for (const auto& [smallest, i] : without) {
            Cluster& cluster = m_clusters[i];
            if (cluster.overlaps == 0) m_changes.push_back({PersonChangeKind::Created, m_next, {}, cluster.records});
            cluster.key = m_next;
            cluster.isNew = true;
            ++m_next.value;
        }
    }

    void logOverlaps() {
        for (const Overlap& overlap : m_overlaps) {
            const Cluster& cluster = m_clusters[overlap.cluster];
            if (*cluster.key == overlap.person) continue;
            PersonChangeKind kind = PersonChangeKind::Moved;
            if (cluster.isNew)
                kind = PersonChangeKind::Split;
            else if (!m_living.contains(overlap.person))
                kind = PersonChangeKind::Merged;
            m_changes.push_back({kind, *cluster.key, overlap.person, overlap.records});
        }
    }

    void logEnded(const Before& before) {
        std::size_t overlapping = 0;
        for (const Overlap& overlap : m_overlaps) overlapping += overlap.records;
        if (overlapping == before.count()) return;
        for (const auto& [person, records] : before.sizes())
            if (!std::ranges::binary_search(m_overlaps, person, {}, &Overlap::person))
                m_changes.push_back({PersonChangeKind::Ended, person, {}, records});
    }

    PersonKeyAssignment take(std::span<const std::uint32_t> clusters) {
        PersonKeyAssignment out;
        out.keys.reserve(clusters.size());
        for (const std::uint32_t cluster : clusters) out.keys.push_back(*m_clusters[cluster].key);
        std::ranges::sort(m_changes, {}, [](const PersonChange& change) {
            return std::tuple(change.person, change.other, change.kind);
        });
        out.changes = std::move(m_changes);
        out.next = m_next;
        return out;
    }

private:
    // Most clusters are one person as before. The others: the largest overlap first.
    void keepKeys() {
        std::vector<Overlap> contested;
        for (std::size_t i = 0; i < m_overlaps.size(); ++i) {
            const Overlap& overlap = m_overlaps[i];
            const bool one = (i == 0 || m_overlaps[i - 1].person != overlap.person) &&
                             (i + 1 == m_overlaps.size() || m_overlaps[i + 1].person != overlap.person);
            Cluster& cluster = m_clusters[overlap.cluster];
            if (one && cluster.overlaps == 1)
                cluster.key = overlap.person;
            else
                contested.push_back(overlap);
        }
        std::ranges::sort(contested, [](const Overlap& x, const Overlap& y) {
            if (x.records != y.records) return x.records > y.records;
            return x.smallest < y.smallest;
        });
        for (const Overlap& overlap : contested) {
            Cluster& cluster = m_clusters[overlap.cluster];
            if (cluster.key || !m_living.insert(overlap.person).second) continue;
            cluster.key = overlap.person;
        }
    }

    PersonKey m_next;
    std::vector<Overlap> m_overlaps;
    std::vector<Cluster> m_clusters;
    std::unordered_set<PersonKey> m_living;  // of those contested
    std::vector<PersonChange> m_changes;
};

}  // namespace

std::string_view name(PersonChangeKind kind) {
    constexpr std::array<std::string_view, 5> kNames = {"created", "merged", "split", "moved", "ended"};
    return kNames[static_cast<std::size_t>(kind)];
}

PersonKeyAssignment assignPersonKeys(std::span<const SourcePersonId> records, std::span<const std::uint32_t> clusters,
                                     std::span<const KeyedRecord> before, PersonKey next) {
    FAIRLEAD_CHECK(records.size() == clusters.size());
    Before persons(before, next);
    Assigner assigner(next, overlaps(records, clusters, persons), clustersOf(records, clusters));
    assigner.giveNewKeys();
    assigner.logOverlaps();
    assigner.logEnded(persons);
    return assigner.take(clusters);
}

}  // namespace fairlead::link
