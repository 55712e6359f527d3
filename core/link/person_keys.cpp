#include "core/link/person_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/base/check.h"

namespace fairlead::link {
namespace {

using record::PersonKey;
using record::SourcePersonId;

// A new cluster and an old person with records in common.
struct Overlap {
    std::uint32_t cluster = 0;
    PersonKey person;
    std::uint32_t records = 0;
    SourcePersonId smallest;
};

std::vector<Overlap> overlaps(std::span<const SourcePersonId> records, std::span<const std::uint32_t> clusters,
                              const std::unordered_map<SourcePersonId, PersonKey>& before) {
    std::map<std::pair<std::uint32_t, PersonKey>, Overlap> found;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto old = before.find(records[i]);
        if (old == before.end()) continue;
        Overlap& overlap =
            found.try_emplace({clusters[i], old->second}, Overlap{clusters[i], old->second, 0, records[i]})
                .first->second;
        ++overlap.records;
        overlap.smallest = std::min(overlap.smallest, records[i]);
    }
    std::vector<Overlap> out;
    out.reserve(found.size());
    for (const auto& [key, overlap] : found) out.push_back(overlap);
    std::ranges::sort(out, [](const Overlap& x, const Overlap& y) {
        if (x.records != y.records) return x.records > y.records;
        return x.smallest < y.smallest;
    });
    return out;
}

// The smallest record of each cluster, and its size.
struct ClusterShape {
    SourcePersonId smallest;
    std::uint32_t records = 0;
};

std::map<std::uint32_t, ClusterShape> shapes(std::span<const SourcePersonId> records,
                                             std::span<const std::uint32_t> clusters) {
    std::map<std::uint32_t, ClusterShape> out;
    for (std::size_t i = 0; i < records.size(); ++i) {
        ClusterShape& shape = out.try_emplace(clusters[i], ClusterShape{records[i], 0}).first->second;
        shape.smallest = std::min(shape.smallest, records[i]);
        ++shape.records;
    }
    return out;
}

class Assigner {
public:
    Assigner(PersonKey next, std::vector<Overlap> found) : m_next(next), m_overlaps(std::move(found)) {
        for (const Overlap& overlap : m_overlaps) {
            if (m_keyOf.contains(overlap.cluster) || m_living.contains(overlap.person)) continue;
            m_keyOf.emplace(overlap.cluster, overlap.person);
            m_living.insert(overlap.person);
        }
    }

    void giveNewKeys(const std::map<std::uint32_t, ClusterShape>& clusterShapes) {
        std::vector<std::pair<SourcePersonId, std::uint32_t>> without;
        for (const auto& [cluster, shape] : clusterShapes) {
            if (!m_keyOf.contains(cluster)) without.emplace_back(shape.smallest, cluster);
        }
        std::ranges::sort(without);
        std::unordered_set<std::uint32_t> overlapping;
        for (const Overlap& overlap : m_overlaps) overlapping.insert(overlap.cluster);
        for (const auto& [smallest, cluster] : without) {
            m_keyOf.emplace(cluster, m_next);
            if (!overlapping.contains(cluster)) {
                m_changes.push_back({PersonChangeKind::Created, m_next, {}, clusterShapes.at(cluster).records});
            }
            m_new.insert(m_next);
            ++m_next.value;
        }
    }

    void logOverlaps() {
        for (const Overlap& overlap : m_overlaps) {
            const PersonKey now = m_keyOf.at(overlap.cluster);
            if (now == overlap.person) continue;
            PersonChangeKind kind = PersonChangeKind::Moved;
            if (m_new.contains(now)) {
                kind = PersonChangeKind::Split;
            } else if (!m_living.contains(overlap.person)) {
                kind = PersonChangeKind::Merged;
            }
            m_changes.push_back({kind, now, overlap.person, overlap.records});
        }
    }

    void logEnded(std::span<const KeyedRecord> before) {
        std::map<PersonKey, std::uint32_t> had;
        for (const KeyedRecord& keyed : before) ++had[keyed.person];
        for (const Overlap& overlap : m_overlaps) had.erase(overlap.person);
        for (const auto& [person, records] : had) m_changes.push_back({PersonChangeKind::Ended, person, {}, records});
    }

    PersonKeyAssignment take(std::span<const std::uint32_t> clusters) {
        PersonKeyAssignment out;
        out.keys.reserve(clusters.size());
        for (const std::uint32_t cluster : clusters) out.keys.push_back(m_keyOf.at(cluster));
        std::ranges::sort(m_changes, {}, [](const PersonChange& change) {
            return std::tuple(change.person, change.other, change.kind);
        });
        out.changes = std::move(m_changes);
        out.next = m_next;
        return out;
    }

private:
    PersonKey m_next;
    std::vector<Overlap> m_overlaps;
    std::unordered_map<std::uint32_t, PersonKey> m_keyOf;
    std::unordered_set<PersonKey> m_living, m_new;
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
    std::unordered_map<SourcePersonId, PersonKey> old;
    old.reserve(before.size());
    for (const KeyedRecord& keyed : before) {
        FAIRLEAD_CHECK(keyed.person < next);
        old.emplace(keyed.record, keyed.person);
    }
    Assigner assigner(next, overlaps(records, clusters, old));
    assigner.giveNewKeys(shapes(records, clusters));
    assigner.logOverlaps();
    assigner.logEnded(before);
    return assigner.take(clusters);
}

}  // namespace fairlead::link
