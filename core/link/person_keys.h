// Stable person keys: a re-run or a new load gives the people found before the keys they had.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/record/ids.h"

namespace fairlead::link {

/// A record and the person it belonged to before.
struct KeyedRecord {
    record::SourcePersonId record;
    record::PersonKey person;
};

/// What happened to a person from one run to the next.
enum class PersonChangeKind : std::uint8_t {
    Created,  ///< `person` is new: none of its records belonged to anybody.
    Merged,   ///< `other` no longer exists: all its records are now in `person`.
    Split,    ///< `person` is new and holds records that belonged to `other`, which lives on.
    Moved,    ///< Some records of `other`, which lives on, are now in `person`, which existed before.
    Ended,    ///< `person` has no records any more.
};
/// "created", "merged", "split", "moved", "ended".
std::string_view name(PersonChangeKind kind);

/// One line of the merge and split log.
struct PersonChange {
    PersonChangeKind kind = PersonChangeKind::Created;
    record::PersonKey person;
    record::PersonKey other;    ///< 0 where there is none.
    std::uint32_t records = 0;  ///< Records concerned.

    friend bool operator==(const PersonChange&, const PersonChange&) = default;
};

/// Keys for this run.
struct PersonKeyAssignment {
    std::vector<record::PersonKey> keys;  ///< Per record, in the order given.
    std::vector<PersonChange> changes;    ///< In ascending order of (person, other, kind).
    record::PersonKey next;               ///< The first key not used yet.
};

/// Maps clusters to keys by overlap: of all (cluster, old person) pairs the one with most records in common
/// comes first, ties by the smallest record; each cluster and each old person is used once; what is left gets
/// new keys from `next` on, in order of the smallest record. `records[i]` is in cluster `clusters[i]`.
/// REQUIRES: records and clusters of one length; `next` above every key of `before`.
PersonKeyAssignment assignPersonKeys(std::span<const record::SourcePersonId> records,
                                     std::span<const std::uint32_t> clusters, std::span<const KeyedRecord> before,
                                     record::PersonKey next);

}  // namespace fairlead::link
