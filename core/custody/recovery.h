// Use cases: recovery sheets (core/access/recovery.h). Made by two people, tried without changing anything, and used
// when passphrases are lost.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/access/recovery.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/workspace/users.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// The file in a workspace's folder, beside the header.
inline constexpr std::string_view kRecoveryFile = "recovery";

/// What the marks of the log's entries call a drill and a use.
inline constexpr std::string_view kSheetsTried = "recovery drill", kSheetsUsed = "recovery sheets used";

/// What was made: print the sheets, give each to another person, keep neither.
struct SheetsMade {
    crypto::Secret first, second;       ///< As printed: access::printSheet().
    std::vector<access::FileKey> keys;  ///< That they open.
};

/// New sheets in place of the old ones, which open nothing any more. The key officer, and a second person who holds the
/// keys; `further`: another one, whose keys are on them too. With a steward and an auditor, all are. Errors: Denied,
/// WrongKey (one of the others), InvalidArgument (the same person twice), Io, DiskFull and those of the audit log;
/// after the last three the old ones may open nothing any more.
Result<SheetsMade> makeSheets(workspace::Workspace& workspace, const workspace::SecondPerson& second,
                              const workspace::SecondPerson& further = {});

/// A sheet as it is kept: headed, its four lines, and what to do with it. `which`: 1 or 2.
crypto::Secret sheetPage(const crypto::Secret& sheet, int which);

/// Writes the page of a sheet to a file of somebody's choice, mode 0600; on record as a disclosure before it is there.
/// Errors: Denied, Io, DiskFull and those of the audit log.
Status keepSheet(workspace::Workspace& workspace, const crypto::Secret& page, const std::filesystem::path& file);

/// Both sheets as typed.
struct SheetTexts {
    std::string_view first;
    std::string_view second;
};

/// What a drill showed.
struct DrillReport {
    std::vector<access::FileKey> opened;  ///< Keys that are those of the files of today.
    std::vector<access::FileKey> stale;   ///< Keys that the files do not accept any more: make new sheets.
};

/// Tries the sheets on the files and changes nothing but the log. Errors: Denied, NotFound (no sheets were made),
/// InvalidArgument (a sheet is mistyped), WrongKey, Corrupt.
Result<DrillReport> drillSheets(workspace::Workspace& workspace, const SheetTexts& sheets);

/// What is typed to use them.
struct SheetsUse {
    SheetTexts sheets;
    std::string firstBearer;   ///< Who brought the first sheet, by name: goes into the log, sealed.
    std::string secondBearer;  ///< The second: another person.
    access::NewUser user;      ///< To be added, by the sheets' authority.
    access::KdfPolicy policy = access::KdfPolicy::normal();
};

/// Adds a user to a workspace that nobody needs to open. On record before the header changes. The sheets stay as they
/// are: make new ones then. Errors: InvalidArgument (a sheet; bearers without a name, or one name), those of
/// openRecovery() and recoverUser(), Busy, Io, DiskFull and those of the audit log.
Status useSheets(const std::filesystem::path& folder, const SheetsUse& use, const Clock& clock);

}  // namespace fairlead::custody
