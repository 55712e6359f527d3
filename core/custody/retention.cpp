#include "core/custody/retention.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/workspace/columns.h"

namespace fairlead::custody {

namespace {

bool isReplaced(const DeliveryEnd& delivery, std::span<const DeliveryEnd> all) {
    return std::ranges::any_of(all, [&](const DeliveryEnd& later) {
        return later.agency == delivery.agency && later.dataset == delivery.dataset &&
               later.sequence > delivery.sequence && !later.purgedOn && later.period.from <= delivery.period.from &&
               later.period.until >= delivery.period.until;
    });
}

}  // namespace

std::string DeliveryEnd::label() const { return fmt::format("{}/{} number {}", agency, dataset, sequence); }

Date todayFor(const workspace::Workspace& workspace) {
    constexpr std::int64_t kDayMs = 86'400'000;
    // A clock that was set back keeps nothing longer.
    const Date seen{static_cast<std::int32_t>(workspace.audit().latestMs() / kDayMs)};
    return std::max(workspace.clock().today(), seen);
}

Result<std::vector<DeliveryEnd>> deliveryEnds(workspace::Workspace& workspace) {
    const Date today = todayFor(workspace);
    FAIRLEAD_TRY(auto query, workspace.core().prepare(
                                 "SELECT d.id, s.agency, s.name, d.sequence, d.load, d.period_from, d.period_until, "
                                 "d.retain_until, p.at_ms / 86400000, d.agreement_ref, d.row_count FROM delivery d "
                                 "JOIN dataset s ON s.id = d.dataset "
                                 "LEFT JOIN purged_delivery g ON g.delivery = d.id LEFT JOIN purge p ON p.id = g.purge "
                                 "ORDER BY 2, 3, 4"));
    std::vector<DeliveryEnd> deliveries;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        DeliveryEnd delivery{.delivery = {query.integer(0)},
                             .agency = std::string(query.text(1)),
                             .dataset = std::string(query.text(2)),
                             .sequence = query.integer(3),
                             .load = {query.integer(4)},
                             .period = {workspace::dayAt(query, 5), workspace::dayAt(query, 6)},
                             .agreementRef = std::string(query.text(9)),
                             .rows = query.integer(10),
                             .retainUntil = workspace::dayAt(query, 7),
                             .purgedOn = workspace::optionalDayAt(query, 8)};
        delivery.daysLeft = delivery.retainUntil - today;
        delivery.isDue = !delivery.purgedOn && delivery.retainUntil < today;
        deliveries.push_back(std::move(delivery));
    }
    for (DeliveryEnd& delivery : deliveries)
        delivery.isReplaced = !delivery.purgedOn && isReplaced(delivery, deliveries);
    return deliveries;
}

Result<std::vector<DeliveryEnd>> retention(workspace::Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadRetention));
    const std::scoped_lock lock(workspace.mutex());
    return deliveryEnds(workspace);
}

std::vector<record::DeliveryId> dueOf(std::span<const DeliveryEnd> deliveries) {
    std::vector<record::DeliveryId> due;
    for (const DeliveryEnd& delivery : deliveries)
        if (delivery.isDue) due.push_back(delivery.delivery);
    return due;
}

}  // namespace fairlead::custody
