#include "core/indicator/slice.h"

#include <algorithm>

namespace fairlead::indicator {

namespace {

/// The load that brought the first version of a fact.
record::LoadId firstReceived(const FactTable& facts, const Fact& fact) {
    record::LoadId first = fact.received;
    for (const Fact& other : facts.facts(facts.of(fact.person))) {
        if (other.id == fact.id) first = std::min<record::LoadId>(first, other.received);
    }
    return first;
}

}  // namespace

const Source* findSource(std::span<const Source> sources, record::DeliveryId delivery) {
    const auto found = std::ranges::find(sources, delivery, &Source::delivery);
    return found == sources.end() ? nullptr : &*found;
}

bool isLate(const SchoolSlice& slice, FactIndex index) {
    const Fact& fact = slice.facts->at(index);
    const Source* own = findSource(slice.sources, fact.delivery);
    if (own == nullptr) return false;
    const record::LoadId received = firstReceived(*slice.facts, fact);
    return std::ranges::any_of(slice.sources, [&](const Source& earlier) {
        return earlier.load < received && !earlier.purgedOn && earlier.agency == own->agency &&
               earlier.dataset == own->dataset && earlier.period.from <= fact.from && fact.from <= earlier.dataAsAt;
    });
}

}  // namespace fairlead::indicator
