// For reveal.h and core/release: the releases of core.db, and opening names that were released to the one who opened
// the workspace (resources/docs/decisions/0012-release-recovery-rotation.md).

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/release.h"
#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/reveal.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A release as core.db keeps it. Withdrawn: its envelopes are gone, and its text cannot be checked any more.
struct KeptRelease {
    access::Release release;
    std::string digest;         ///< 32 raw bytes, as signed.
    std::int64_t children = 0;  ///< Persons that it named when it was made.
    std::string withdrawnBy;    ///< Principal; empty: it stands.
    std::int64_t withdrawnMs = 0;
    std::int64_t shown = 0;    ///< Names, each once a sitting.
    std::int64_t shownMs = 0;  ///< When the last was; 0: none.
};

/// All of them, oldest first. Errors: those of a statement, Corrupt.
Result<std::vector<KeptRelease>> readReleases(Workspace& workspace);

/// What the date is for things that end: the later of the clock and what the audit log has seen, so that setting the
/// clock back revives nothing.
Date latestDay(const Workspace& workspace);

/// Names of those among the persons that are released to who opened the workspace, on the latest day, as far as their
/// releases' budgets reach: of several, the newest that may still show a name does. The reason is on record, once for
/// each release that is used, and the names are counted, before an envelope is opened. `ascending`: each person once.
/// Errors: those of the audit log and of a statement; Corrupt (a signature, an envelope).
Result<RevealedNames> revealReleased(Workspace& workspace, const std::vector<record::PersonKey>& ascending,
                                     std::string_view reason);

}  // namespace fairlead::workspace
