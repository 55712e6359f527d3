// Until when each delivery may be kept.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// A delivery and its end.
struct DeliveryEnd {
    record::DeliveryId delivery;
    std::string agency;
    std::string dataset;
    std::int64_t sequence = 0;
    record::LoadId load;
    Interval period;
    std::string agreementRef;
    std::int64_t rows = 0;      ///< As its manifest counts them.
    Date retainUntil;           ///< May be kept up to and including this day.
    std::int64_t daysLeft = 0;  ///< Until that day; below 0: over since so many days.
    bool isDue = false;         ///< That day is over, and it was not purged.
    bool isReplaced = false;  ///< A later delivery that is held speaks for all of its days: the next refresh is there.
    std::optional<Date> purgedOn;

    /// "education/school_roll number 3".
    [[nodiscard]] std::string label() const;
};

/// Every delivery by agency, dataset and number. Today is the later of the clock and what the audit log has seen:
/// setting the clock back keeps nothing longer. Errors: Denied, those of a statement.
Result<std::vector<DeliveryEnd>> retention(workspace::Workspace& workspace);

/// The later of the clock's day and of what the audit log has seen. REQUIRES: the mutex is held.
Date todayFor(const workspace::Workspace& workspace);

/// Those that are due.
std::vector<record::DeliveryId> dueOf(std::span<const DeliveryEnd> deliveries);

/// As retention(), for a use case that holds the mutex. Errors: those of a statement.
Result<std::vector<DeliveryEnd>> deliveryEnds(workspace::Workspace& workspace);

}  // namespace fairlead::custody
