#include "core/family/family_edge.h"

#include <array>

namespace fairlead::family {

std::string_view name(Basis basis) {
    constexpr std::array<std::string_view, 3> kNames = {"recorded_relationship", "family_id", "shared_household"};
    return kNames[static_cast<std::size_t>(basis)];
}

std::string_view name(Relation relation) {
    constexpr std::array<std::string_view, 6> kNames = {"parent_of", "sibling_of",  "partner_of",
                                                        "carer_of",  "same_family", "same_household"};
    return kNames[static_cast<std::size_t>(relation)];
}

}  // namespace fairlead::family
