#include "core/demo/homes.h"

#include <algorithm>

namespace fairlead::demo {

namespace {

// Prime, so that 37 * n runs through every number once before it comes back.
constexpr std::int32_t kHousesPerStreet = 151;
// A small city keeps to a few streets a neighbourhood; a large one divides them all.
constexpr std::size_t kMostStreetsPerNeighbourhood = 14;

Address addressOf(std::int32_t street, std::int32_t given) {
    Address address;
    address.street = street;
    address.number = (given * 37) % kHousesPerStreet + 1;
    address.flat = given / kHousesPerStreet;
    return address;
}

}  // namespace

Homes::Homes(World& world, const Names& names)
    : m_world(world),
      m_names(names),
      m_given(names.streets().size()),
      m_givenElsewhere(names.streetsElsewhere().size()) {}

std::int32_t Homes::newHome(std::int32_t neighbourhood, Random& random) {
    const auto streets = m_names.streets().size();
    const auto parts = static_cast<std::size_t>(m_world.neighbourhoods);
    const auto part = static_cast<std::size_t>(neighbourhood) % parts;
    const auto first = part * streets / parts;
    const auto end = std::max(first + 1, (part + 1) * streets / parts);
    const auto count = std::min(end - first, kMostStreetsPerNeighbourhood);
    const auto street = (first + random.below(count)) % streets;
    m_world.addresses.push_back(addressOf(static_cast<std::int32_t>(street), m_given[street]++));
    return static_cast<std::int32_t>(m_world.addresses.size()) - 1;
}

std::int32_t Homes::newHomeElsewhere(Random& random) {
    const auto street = random.below(m_givenElsewhere.size());
    auto address = addressOf(static_cast<std::int32_t>(street), m_givenElsewhere[street]++);
    address.elsewhere = true;
    m_world.addresses.push_back(address);
    return static_cast<std::int32_t>(m_world.addresses.size()) - 1;
}

std::int32_t Homes::newPlace(HomeKind kind, std::int32_t neighbourhood, Random& random) {
    const auto place = newHome(neighbourhood, random);
    m_world.addresses[static_cast<std::size_t>(place)].kind = kind;
    return place;
}

}  // namespace fairlead::demo
