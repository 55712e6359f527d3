#include "core/custody/lost_figures.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/indicator/purged.h"
#include "core/workspace/codes.h"
#include "core/workspace/columns.h"
#include "core/workspace/moment.h"
#include "core/workspace/slice_reading.h"

namespace fairlead::custody {

namespace {

using indicator::Definition;
using indicator::PurgedDays;
using indicator::Source;

/// Apart and ascending.
std::vector<Interval> merged(const std::vector<PurgedDays>& purged) {
    std::vector<Interval> days;
    for (const PurgedDays& part : purged)
        if (!part.days.isEmpty()) days.push_back(part.days);
    std::ranges::sort(days);
    std::vector<Interval> apart;
    for (const Interval& part : days) {
        if (!apart.empty() && part.from <= apart.back().until)
            apart.back().until = std::max(apart.back().until, part.until);
        else
            apart.push_back(part);
    }
    return apart;
}

/// `days` less `taken`; both apart and ascending.
std::vector<Interval> without(const std::vector<Interval>& days, const std::vector<Interval>& taken) {
    std::vector<Interval> left;
    for (const Interval& part : days) {
        Date from = part.from;
        for (const Interval& hole : taken) {
            if (!hole.overlaps({from, part.until})) continue;
            if (from < hole.from) left.push_back({from, hole.from});
            from = std::max(from, hole.until);
        }
        if (from < part.until) left.push_back({from, part.until});
    }
    return left;
}

/// The kinds of which there is a fact.
Result<std::set<record::FactKind>> kindsHeld(store::Database& core, TaskContext& task) {
    FAIRLEAD_TRY(const auto codes, workspace::KindCodes::read(core));
    std::set<record::FactKind> held;
    FAIRLEAD_OK(workspace::eachRow(core, "SELECT DISTINCT kind FROM fact", task,
                                   [&](const auto& row) { held.insert(codes.kindOf(row.integer(0))); }));
    return held;
}

}  // namespace

Result<bool> bringsRoll(store::Database& core, record::DeliveryId delivery) {
    FAIRLEAD_TRY(
        const std::int64_t rows,
        workspace::scalar(core, fmt::format("SELECT EXISTS (SELECT 1 FROM roll WHERE delivery = {})", delivery.value)));
    return rows != 0;
}

Result<std::vector<LostFigure>> lostFigures(workspace::Workspace& workspace, const std::vector<DeliveryEnd>& going,
                                            TaskContext& task) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t latest, workspace::scalar(core, "SELECT max(load) FROM delivery"));
    const record::LoadId now{latest};
    FAIRLEAD_TRY(const auto definitions, workspace::definitionsAt(core, now));
    FAIRLEAD_TRY(const auto before, workspace::sourcesAt(core, now));
    FAIRLEAD_TRY(const auto kinds, kindsHeld(core, task));
    FAIRLEAD_TRY(const Date asAt, workspace::defaultAsAt(core, now));
    std::vector<Source> after = before;
    for (Source& source : after) {
        if (std::ranges::find(going, source.delivery, &DeliveryEnd::delivery) == going.end()) continue;
        source.purgedOn = todayFor(workspace);
        FAIRLEAD_TRY(source.hadRoll, bringsRoll(core, source.delivery));
    }
    std::vector<LostFigure> lost;
    for (const Definition& definition : *definitions) {
        const bool isSeen = std::ranges::any_of(
            definition.criteria, [&](const indicator::Criterion& criterion) { return kinds.contains(criterion.kind); });
        LostFigure figure{definition.id, definition.title,
                          without(merged(purgedFor(after, now, definition, isSeen)),
                                  merged(purgedFor(before, now, definition, isSeen)))};
        figure.isNow = std::ranges::any_of(figure.days, [&](const Interval& days) { return days.contains(asAt); });
        if (!figure.days.empty()) lost.push_back(std::move(figure));
    }
    return lost;
}

}  // namespace fairlead::custody
