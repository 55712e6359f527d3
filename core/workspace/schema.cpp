#include "core/workspace/schema.h"

#include <fmt/format.h>

namespace fairlead::workspace {

Status createSchema(store::Database& database, std::string_view schema) {
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    FAIRLEAD_OK(database.execute(schema));
    FAIRLEAD_OK(database.setUserVersion(kSchemaVersion));
    return transaction.commit();
}

namespace {

/// Version 2: what became of definitions. The table is as the schema has it.
Status toVersion2(store::Database& database, std::string_view subject) {
    if (subject == "core.db") {
        const std::string_view schema = coreSchema();
        const auto from = schema.find("CREATE TABLE definition_change");
        FAIRLEAD_OK(database.execute(schema.substr(from, schema.find(';', from) + 1 - from)));
    }
    return database.setUserVersion(2);
}

}  // namespace

Status migrate(store::Database& database, std::string_view subject) {
    FAIRLEAD_TRY(const std::int64_t version, database.userVersion());
    if (version == kSchemaVersion) return {};
    const std::string detail = fmt::format("schema version {}, this program knows {}", version, kSchemaVersion);
    if (version > kSchemaVersion) return fail(ErrorCode::NewerFormat, std::string(subject), detail);
    if (version < 1) return fail(ErrorCode::Corrupt, std::string(subject), detail);
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    FAIRLEAD_OK(toVersion2(database, subject));
    return transaction.commit();
}

}  // namespace fairlead::workspace
