// The schemas of core.db and identity.db: resources/schema/*.sql, compiled in, and their migrations.

#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// user_version of a file that this program writes.
inline constexpr std::int64_t kSchemaVersion = 2;

/// The text of resources/schema/core.sql.
std::string_view coreSchema();
/// The text of resources/schema/identity.sql.
std::string_view identitySchema();

/// Fills a new file. Errors: those of Database::execute.
Status createSchema(store::Database& database, std::string_view schema);

/// Brings a file from its user_version to kSchemaVersion. Errors: NewerFormat when a later program wrote it,
/// Corrupt when it has no version; `subject` is the file.
Status migrate(store::Database& database, std::string_view subject);

}  // namespace fairlead::workspace
