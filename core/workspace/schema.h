// The schemas of core.db and identity.db: resources/schema/*.sql, compiled in, and their migrations.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// user_version of a file that this program writes.
inline constexpr std::int64_t kSchemaVersion = 11;

/// The text of resources/schema/core.sql: version 1.
std::string_view coreSchema();
/// What each later version adds; the first brings version 1 to 2; an empty text where a version changes identity.db
/// alone. A new file goes the same way.
std::span<const std::string_view> coreUpgrades();
/// The text of resources/schema/identity.sql: version 1.
std::string_view identitySchema();
/// As coreUpgrades(); an empty text where a version changes core.db alone.
std::span<const std::string_view> identityUpgrades();

/// Fills a new file. Errors: those of Database::execute.
Status createSchema(store::Database& database, std::string_view schema, std::span<const std::string_view> upgrades);

/// Brings a file from its user_version to kSchemaVersion, or leaves it as it was. Errors: NewerFormat when a later
/// program wrote it, Corrupt when it has no version; `subject` is the file.
Status migrate(store::Database& database, std::span<const std::string_view> upgrades, std::string_view subject);

/// Readers' decisions out of a core.db of before version 11 into an identity.db of today's, with the run that each
/// followed by its time. REQUIRES: core.db is yet to be migrated. Errors: those of a statement.
Status moveDecisions(store::Database& core, store::Database& identity);

}  // namespace fairlead::workspace
