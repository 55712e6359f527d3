// Use case: names for a reason. The reason and who asked are in the audit log before a name is read.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Fewest characters of a reason.
inline constexpr std::size_t kShortestReason = 10;

/// The name of each person: the latest current one, the school's own before others. Persons without a name are
/// "Name not supplied". Errors: InvalidArgument (reason shorter than kShortestReason, nobody asked for), those of
/// the audit log and of a statement.
Result<std::map<record::PersonKey, std::string>> reveal(Workspace& workspace,
                                                        const std::vector<record::PersonKey>& persons,
                                                        const std::string& reason);

/// As reveal, for a use case that has written its own audit entry and holds the mutex.
Result<std::map<record::PersonKey, std::string>> namesOf(Workspace& workspace,
                                                         const std::vector<record::PersonKey>& persons);

/// Errors: InvalidArgument when a reason for seeing names is too short.
Status checkReason(const std::string& reason);

}  // namespace fairlead::workspace
