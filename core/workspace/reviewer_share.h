// What a link reviewer needs to read and core.db holds, copied to identity.db: what the datasets are called, and the
// model that weighs. Neither says anything of a person.

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// As the last opening with both files left it.
struct ReviewerShare {
    std::map<std::int64_t, std::string> datasets;  ///< "education/school_roll", by the dataset's number.
    std::string modelJson;                         ///< Empty: no linkage run has chosen one.
};

/// Writes what has changed. Errors: those of a statement.
Status shareWithReviewers(store::Database& core, store::Database& identity);
/// Reads it. Errors: those of a statement, Corrupt.
Result<ReviewerShare> readReviewerShare(store::Database& identity);

}  // namespace fairlead::workspace
