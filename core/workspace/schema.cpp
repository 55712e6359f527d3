#include "core/workspace/schema.h"

#include <fmt/format.h>

namespace fairlead::workspace {

Status createSchema(store::Database& database, std::string_view schema) {
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    FAIRLEAD_OK(database.execute(schema));
    FAIRLEAD_OK(database.setUserVersion(kSchemaVersion));
    return transaction.commit();
}

Status migrate(store::Database& database, std::string_view subject) {
    FAIRLEAD_TRY(const std::int64_t version, database.userVersion());
    if (version == kSchemaVersion) return {};
    const std::string detail = fmt::format("schema version {}, this program knows {}", version, kSchemaVersion);
    // Version 1 is the first: there is nothing older to bring forward yet.
    return fail(version > kSchemaVersion ? ErrorCode::NewerFormat : ErrorCode::Corrupt, std::string(subject), detail);
}

}  // namespace fairlead::workspace
