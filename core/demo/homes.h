// Homes: gives out dwellings, neighbourhood by neighbourhood.

#pragma once

#include <cstdint>
#include <vector>

#include "core/demo/names.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// Gives each household its dwelling. Streets are divided among the neighbourhoods in the order of the list,
/// in which neighbours stand beside each other; a street that is full gets flats.
class Homes {
public:
    /// `world` and `names` outlive this. REQUIRES: at least one neighbourhood.
    Homes(World& world, const Names& names);

    /// A dwelling in a neighbourhood that nobody lives in yet: its position in World::addresses.
    std::int32_t newHome(std::int32_t neighbourhood, Random& random);
    /// The same outside Bristol.
    std::int32_t newHomeElsewhere(Random& random);
    /// A dwelling of that kind.
    std::int32_t newPlace(HomeKind kind, std::int32_t neighbourhood, Random& random);

private:
    World& m_world;
    const Names& m_names;
    std::vector<std::int32_t> m_given;  ///< Dwellings given out, by street.
    std::vector<std::int32_t> m_givenElsewhere;
};

}  // namespace fairlead::demo
