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

Status moveDecisions(store::Database& core, store::Database& identity) {
    constexpr std::int64_t kWithoutThem = 11;
    FAIRLEAD_TRY(const std::int64_t version, core.userVersion());
    if (version >= kWithoutThem) return {};
    FAIRLEAD_TRY(auto change, store::Transaction::begin(identity));
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT id, min(a, b), max(a, b), verdict, reader, at_ms, reason, "
                              "(SELECT coalesce(max(run.id), 0) FROM run WHERE run.at_ms <= decision.at_ms), "
                              "withdrawn_ms, CASE WHEN withdrawn_ms IS NOT NULL THEN (SELECT coalesce(max(run.id), 0) "
                              "FROM run WHERE run.at_ms <= withdrawn_ms) END FROM decision"));
    FAIRLEAD_TRY(auto insert, identity.prepare("INSERT INTO decision (id, a, b, verdict, reader, at_ms, reason, "
                                               "after_run, withdrawn_ms, withdrawn_after_run) "
                                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return change.commit();
        insert.bind(1, query.integer(0)).bind(2, query.integer(1)).bind(3, query.integer(2));
        insert.bind(4, query.text(3)).bind(5, query.text(4)).bind(6, query.integer(5)).bind(7, query.text(6));
        insert.bind(8, query.integer(7));
        for (const int at : {8, 9}) {
            if (query.isNull(at))
                insert.bindNull(at + 1);
            else
                insert.bind(at + 1, query.integer(at));
        }
        FAIRLEAD_OK(insert.run());
    }
}

}  // namespace fairlead::workspace
