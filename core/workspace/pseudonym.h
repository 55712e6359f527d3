// The letters that stand for pupils on a school's pages: "Pupil A" ... "Pupil Z", "Pupil AA" ... The same in every
// reading of the school; the order follows a keyed hash, so that it says nothing about names.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/store/database.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

/// Position 0 -> "Pupil A", 25 -> "Pupil Z", 26 -> "Pupil AA". REQUIRES: position >= 0.
std::string pseudonymLabel(std::int64_t position);

/// The label of every one of the pupils; those who have none yet get the next letters. Writes core.db, in one
/// transaction of its own, when there are new ones. Errors: those of a statement.
Result<std::map<record::PersonKey, std::string>> pseudonyms(store::Database& core, const ReferenceHash& hash,
                                                            record::SchoolUrn school,
                                                            std::span<const record::PersonKey> pupils);

}  // namespace fairlead::workspace
