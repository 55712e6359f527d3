// An edge of the family graph: two persons, on what basis, from when until when, and since which load known.

#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/date.h"
#include "core/record/ids.h"

namespace fairlead::family {

/// What an edge rests on.
enum class Basis : std::uint8_t { RecordedRelationship, FamilyId, SharedHousehold };
/// "recorded_relationship", "family_id", "shared_household".
std::string_view name(Basis basis);

/// How `a` stands to `b`.
enum class Relation : std::uint8_t {
    ParentOf,  ///< a is b's parent.
    SiblingOf,
    PartnerOf,
    CarerOf,        ///< a cares for b.
    SameFamily,     ///< One agency files both under one family id.
    SameHousehold,  ///< Both lived at one address that is not communal.
};
/// "parent_of", "sibling_of", "partner_of", "carer_of", "same_family", "same_household".
std::string_view name(Relation relation);

/// Two people connected. For relations without a direction a < b.
struct FamilyEdge {
    record::PersonKey a;
    record::PersonKey b;
    Basis basis = Basis::RecordedRelationship;
    Relation relation = Relation::SiblingOf;
    Interval during{Date::beginning(), Date::never()};  ///< When it held.
    record::LoadId received;                            ///< The load that first said so.
    record::LoadId withdrawn;                           ///< The load from which it is no longer said; 0 = still said.

    friend auto operator<=>(const FamilyEdge&, const FamilyEdge&) = default;
};

}  // namespace fairlead::family
