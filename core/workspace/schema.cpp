#include "core/workspace/schema.h"

#include <fmt/format.h>

namespace fairlead::workspace {

namespace {

Status upgrade(store::Database& database, std::span<const std::string_view> upgrades, std::int64_t from) {
    for (const std::string_view text : upgrades.subspan(static_cast<std::size_t>(from - 1)))
        FAIRLEAD_OK(database.execute(text));
    return database.setUserVersion(kSchemaVersion);
}

}  // namespace

Status createSchema(store::Database& database, std::string_view schema, std::span<const std::string_view> upgrades) {
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    FAIRLEAD_OK(database.execute(schema));
    FAIRLEAD_OK(upgrade(database, upgrades, 1));
    return transaction.commit();
}

Status migrate(store::Database& database, std::span<const std::string_view> upgrades, std::string_view subject) {
    FAIRLEAD_TRY(const std::int64_t version, database.userVersion());
    if (version == kSchemaVersion) return {};
    const std::string detail = fmt::format("schema version {}, this program knows {}", version, kSchemaVersion);
    if (version > kSchemaVersion) return fail(ErrorCode::NewerFormat, std::string(subject), detail);
    if (version < 1) return fail(ErrorCode::Corrupt, std::string(subject), detail);
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    FAIRLEAD_OK(upgrade(database, upgrades, version));
    return transaction.commit();
}

}  // namespace fairlead::workspace
