// The tables of the audit page. Pure.

#pragma once

#include "core/workspace/audit_reading.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// "intact, 1,204 entries ..." or where the log begins not to agree.
QString soundnessInWords(const workspace::AuditView& view);
/// "consultation", "denied", "another signing key".
QString verbInWords(audit::Verb verb);

/// A time of the clock on the wall.
TableCell momentCell(std::int64_t utcMs);

/// Entries that ask for a look, the newest first.
std::shared_ptr<const TableContent> lookTable(const workspace::AuditView& view);
/// Names shown, by person and hour, the newest first.
std::shared_ptr<const TableContent> revealTable(const workspace::AuditView& view);
/// How many acts of each kind there were and how they ended.
std::shared_ptr<const TableContent> actTable(const workspace::AuditView& view);
/// The newest entries.
std::shared_ptr<const TableContent> entryTable(const workspace::AuditView& view);

}  // namespace fairlead::ui
