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

/// What a reveal shows.
struct RevealedNames {
    std::map<record::PersonKey, std::string> names;
    std::size_t withheld = 0;  ///< Asked for and not shown: not released to who asked. Say how many.
    std::size_t spent = 0;     ///< Further: released, but more than their release may still show. Say what to do.
};

/// The name of each person: the latest current one, the school's own before others. Persons without a name are
/// "Name not supplied". Who does not hold the names sees those that were released to them and no others; the rest is
/// withheld. A released name counts once a sitting against its release's budget; where those of a page that were not
/// shown before are more than what is left, none of them is. Errors: InvalidArgument (reason shorter than
/// kShortestReason, nobody asked for), Denied, those of the audit log and of a statement; Corrupt (a release).
Result<RevealedNames> reveal(Workspace& workspace, const std::vector<record::PersonKey>& persons,
                             const std::string& reason);

/// A name, and the record that it is from: 0 when nobody supplied one.
struct RecordedName {
    std::string text;
    std::int64_t sourcePerson = 0;
};

/// As namesOf(), with the record.
Result<std::map<record::PersonKey, RecordedName>> recordedNamesOf(Workspace& workspace,
                                                                  const std::vector<record::PersonKey>& persons);

/// As reveal, for a use case that has written its own audit entry and holds the mutex.
Result<std::map<record::PersonKey, std::string>> namesOf(Workspace& workspace,
                                                         const std::vector<record::PersonKey>& persons);

/// Errors: InvalidArgument when a reason for seeing names is too short.
Status checkReason(const std::string& reason);

}  // namespace fairlead::workspace
