#include "core/workspace/codes.h"

namespace fairlead::workspace {

Status KindCodes::writeMissing(store::Database& core) {
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO fact_kind (name) VALUES (?1) ON CONFLICT (name) DO NOTHING"));
    for (const record::FactKindEntry& entry : record::factKinds()) FAIRLEAD_OK(insert.bind(1, entry.id).run());
    return {};
}

Result<KindCodes> KindCodes::read(store::Database& core) {
    KindCodes codes;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT id, name FROM fact_kind"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return codes;
        const auto kind = record::factKindFromId(query.text(1));
        if (!kind) return fail(ErrorCode::Corrupt, "core.db", "a kind of fact that this program does not know");
        codes.m_codes.emplace(*kind, query.integer(0));
        codes.m_kinds.emplace(query.integer(0), *kind);
    }
}

}  // namespace fairlead::workspace
