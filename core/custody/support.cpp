#include "core/custody/support.h"

#include <algorithm>

#include "core/workspace/intake.h"

namespace fairlead::custody {

namespace {

bool has(const HeldDelivery& delivery, std::int64_t sourcePerson) {
    return !delivery.persons || std::ranges::binary_search(*delivery.persons, sourcePerson);
}

}  // namespace

Support::Support(std::vector<HeldDelivery> deliveries) {
    for (HeldDelivery& delivery : deliveries) {
        const std::int64_t dataset = delivery.dataset;
        bool& whole = m_whole.try_emplace(dataset, true).first->second;
        whole = whole && !delivery.goes;
        auto& kept = m_kept[dataset];
        if (!delivery.goes) kept.push_back(std::move(delivery));
    }
}

std::span<const HeldDelivery> Support::keptOf(std::int64_t sourcePerson) const {
    const auto found = m_kept.find(workspace::datasetOf(sourcePerson));
    return found == m_kept.end() ? std::span<const HeldDelivery>() : found->second;
}

bool Support::isWhole(std::int64_t sourcePerson) const {
    const auto found = m_whole.find(workspace::datasetOf(sourcePerson));
    return found != m_whole.end() && found->second;
}

bool Support::holds(const DatedRow& row) const {
    if (isWhole(row.sourcePerson)) return true;
    return std::ranges::any_of(keptOf(row.sourcePerson), [&](const HeldDelivery& delivery) {
        if (delivery.id == row.delivery) return true;
        const bool wasThere = delivery.id > row.delivery && (!row.withdrawn || *row.withdrawn > delivery.load);
        return wasThere && row.days.overlaps(delivery.period);
    });
}

bool Support::holds(const VersionRow& row) const {
    if (isWhole(row.sourcePerson)) return true;
    return std::ranges::any_of(keptOf(row.sourcePerson), [&](const HeldDelivery& delivery) {
        if (delivery.id == row.first) return true;
        return delivery.id > row.first && (!row.gone || delivery.id < *row.gone) && has(delivery, row.sourcePerson);
    });
}

bool Support::holdsPerson(std::int64_t sourcePerson) const {
    if (isWhole(sourcePerson)) return true;
    return std::ranges::any_of(keptOf(sourcePerson),
                               [&](const HeldDelivery& delivery) { return has(delivery, sourcePerson); });
}

bool Support::knewBefore(std::int64_t sourcePerson, std::int64_t load) const {
    return std::ranges::any_of(keptOf(sourcePerson), [&](const HeldDelivery& delivery) {
        return delivery.load < load && has(delivery, sourcePerson);
    });
}

bool Support::holdsDelivery(std::int64_t delivery) const {
    return std::ranges::any_of(m_kept, [&](const auto& dataset) {
        return std::ranges::find(dataset.second, delivery, &HeldDelivery::id) != dataset.second.end();
    });
}

}  // namespace fairlead::custody
