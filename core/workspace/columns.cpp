#include "core/workspace/columns.h"

namespace fairlead::workspace {

Result<std::int64_t> scalar(store::Database& database, std::string_view sql, std::int64_t otherwise) {
    FAIRLEAD_TRY(auto query, database.prepare(sql));
    FAIRLEAD_TRY(const bool found, query.next());
    return !found || query.isNull(0) ? otherwise : query.integer(0);
}

Result<std::optional<std::string>> setting(store::Database& database, std::string_view name) {
    FAIRLEAD_TRY(auto query, database.prepare("SELECT value FROM setting WHERE name = ?1"));
    query.bind(1, name);
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found) return std::optional<std::string>();
    return std::optional<std::string>(std::string(query.text(0)));
}

Status setSetting(store::Database& database, std::string_view name, std::string_view value) {
    FAIRLEAD_TRY(auto insert, database.prepare("INSERT INTO setting VALUES (?1, ?2) "
                                               "ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
    return insert.bind(1, name).bind(2, value).run();
}

}  // namespace fairlead::workspace
