// Use case: what linkage runs did to persons that were there before.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One line of the merge and split log.
struct LoggedChange {
    std::string kind;  ///< "merged", "split", "moved", "ended" (link::PersonChangeKind).
    record::PersonKey person;
    record::PersonKey other;   ///< Merged: the key that ended; split, moved: the key that gave records; 0 = none.
    std::int64_t records = 0;  ///< Records concerned.
};

/// A run and what it changed; the first run makes persons and changes none.
struct RunChanges {
    std::int64_t run = 0;
    std::int64_t afterLoad = 0;
    std::int64_t atMs = 0;
    std::string modelSha256;
    std::int64_t sourcePersons = 0;
    std::int64_t persons = 0;
    std::int64_t merged = 0;
    std::int64_t split = 0;
    std::vector<LoggedChange> changes;
};

/// Every run, newest first. Errors: those of a statement.
Result<std::vector<RunChanges>> personChanges(Workspace& workspace);

}  // namespace fairlead::workspace
