// The tables of the users page about recovery sheets and keys, and their words. Pure.

#pragma once

#include "ui/governance/recovery_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// "figures and facts": what a key opens.
QString keyInWords(access::FileKey key);
/// "figures and facts; names and addresses".
QString keysInWords(const std::vector<access::FileKey>& keys);

/// Where the sheets stand, a line each: when they were made and by whom, what they open, tried, used. Nothing where
/// none were made.
std::shared_ptr<const TableContent> sheetsTable(const RecoveryContent& recovery, const UsersContent& users);
/// Each key, what it opens, and who holds it.
std::shared_ptr<const TableContent> keysTable(const UsersContent& users);

/// What a drill came to: a sentence or two.
QString drillInWords(const custody::DrillReport& report);
/// "About 12 MB".
QString roomInWords(std::uintmax_t bytes);

}  // namespace fairlead::ui
