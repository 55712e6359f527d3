#include <algorithm>

#include "core/workspace/quality_reading.h"

namespace fairlead::workspace {

namespace {

using Deliveries = std::vector<const QualityDelivery*>;

/// The days of `whole` that the deliveries cover.
std::int32_t coveredDays(const Deliveries& deliveries, const Interval& whole) {
    std::vector<Interval> parts;
    for (const QualityDelivery* delivery : deliveries) {
        const Interval part{std::max(delivery->period.from, whole.from), std::min(delivery->period.until, whole.until)};
        if (!part.isEmpty()) parts.push_back(part);
    }
    std::ranges::sort(parts);
    std::int32_t days = 0;
    Date counted = whole.from;
    for (const Interval& part : parts) {
        const Date from = std::max(part.from, counted);
        if (part.until <= from) continue;
        days += part.until - from;
        counted = part.until;
    }
    return days;
}

Supply supplyOf(const Deliveries& deliveries, const Interval& month) {
    // `deliveries` is in the order of their numbers.
    Date first = Date::never();
    for (const QualityDelivery* delivery : deliveries) first = std::min(first, delivery->period.from);
    if (first >= month.until) return Supply::Before;
    const Interval expected{std::max(first, month.from), month.until};
    const std::int32_t whole = expected.until - expected.from;
    const std::int32_t covered = coveredDays(deliveries, expected);
    if (covered == 0) return Supply::Missing;
    if (covered < whole) return Supply::Part;
    // Which delivery completed the month?
    Deliveries upTo;
    for (const QualityDelivery* delivery : deliveries) {
        upTo.push_back(delivery);
        if (coveredDays(upTo, expected) == whole) break;
    }
    const bool isFirst = upTo.size() == 1;
    return !isFirst && upTo.back()->extractedOn - month.until > kLateAfterDays ? Supply::Late : Supply::Whole;
}

}  // namespace

void readSupply(const QualityBasis& basis, QualityPage& page) {
    for (const QualitySource& source : basis.sources) {
        SupplyLine line;
        line.source = source;
        Deliveries deliveries;
        for (const auto& [id, delivery] : basis.deliveries)
            if (delivery.dataset == source.id) deliveries.push_back(&delivery);
        std::ranges::sort(deliveries, {}, &QualityDelivery::sequence);
        line.deliveries = static_cast<int>(deliveries.size());
        line.numbersMissing = deliveries.back()->sequence - line.deliveries;
        line.dataAsAt = deliveries.back()->dataAsAt;
        for (const QualityDelivery* delivery : deliveries) line.dataAsAt = std::max(line.dataAsAt, delivery->dataAsAt);
        const auto gaps = basis.gaps.find(source.id);
        if (gaps != basis.gaps.end()) line.gaps = gaps->second;
        for (const Date month : page.months)
            line.months.push_back(supplyOf(deliveries, {month, std::min(month.monthEnd(), page.asAt) + 1}));
        page.supply.push_back(std::move(line));
    }
}

}  // namespace fairlead::workspace
