// The tables of the retention page, and what it says about the whole. Pure.

#pragma once

#include <set>

#include "ui/governance/retention_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// "2 deliveries are past the day until which they may be kept, the longest by 41 days." or when the next one ends.
QString standingInWords(const RetentionContent& content);
/// How many may no longer be kept, for a line elsewhere; empty where none is.
QString overdueInWords(std::int64_t overdue);

/// Every delivery with its end; `chosen` are marked. A row's key is its number.
std::shared_ptr<const TableContent> deliveriesTable(const RetentionContent& content,
                                                    const std::set<record::DeliveryId>& chosen);
/// By table: how many rows go, how many stay.
std::shared_ptr<const TableContent> countsTable(const custody::PurgePreview& preview);
/// Figures that would say "[x] purged", and as at which days.
std::shared_ptr<const TableContent> figuresTable(const custody::PurgePreview& preview);
/// Purges that were done. A row's key is its number.
std::shared_ptr<const TableContent> purgesTable(const RetentionContent& content);

}  // namespace fairlead::ui
