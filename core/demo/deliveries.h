// Deliveries: what each agency hands over and when: a baseline, then three months, each with the sixty days
// before it, in which late and corrected records appear and withdrawn ones are missing.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/demo/records.h"
#include "core/demo/registers.h"
#include "core/demo/world.h"
#include "core/record/rows.h"

namespace fairlead::demo {

/// One delivery of one agency.
struct Delivery {
    Agency agency = Agency::Education;
    std::int64_t sequence = 1;
    Date periodFrom;   ///< The facts cover [periodFrom, periodUntil).
    Date periodUntil;  ///< The day after dataAsAt.
    Date dataAsAt;     ///< Nothing recorded later is in it.
    Date extractedOn;
};

/// Twenty deliveries in the order in which they are loaded: five agencies, four times.
std::vector<Delivery> deliveryPlan();

/// The fact as a delivery says it; nothing when it is not in it.
std::optional<record::FactRow> factIn(const World& world, const Registers& registers, std::size_t fact,
                                      const Delivery& delivery);

/// What stands of a fact once every delivery has been loaded, each superseding the earlier ones for its period;
/// nothing when no delivery brought it, or the last one that should have had it no longer did.
std::optional<record::FactRow> factAfterAll(const World& world, const Registers& registers, std::size_t fact,
                                            const std::vector<Delivery>& plan);

/// By source of the agency: true when the delivery has a row about it. A pupil, a child in social care or early
/// help comes with the relatives that the agency knows.
std::vector<bool> mentionedIn(const World& world, const Registers& registers, const Delivery& delivery);

/// Every row of a delivery. Errors: Cancelled.
Result<record::ExtractRows> rowsOf(const World& world, const Registers& registers, const RecordWriter& writer,
                                   const Delivery& delivery, TaskContext& task);

}  // namespace fairlead::demo
