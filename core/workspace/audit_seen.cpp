#include "core/workspace/audit_seen.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

constexpr std::string_view kSeen = "audit_seen";

}  // namespace

Result<std::vector<audit::Witness>> seenOfAudit(store::Database& core) {
    FAIRLEAD_TRY(const auto text, setting(core, kSeen));
    if (!text) return std::vector<audit::Witness>{};
    const auto witness = audit::parseWitness(*text);
    if (!witness) return fail(ErrorCode::Corrupt, "core.db", "what was seen of the audit log");
    return std::vector<audit::Witness>{*witness};
}

Status rememberAudit(store::Database& core, const audit::AuditLog& log) {
    const auto head = log.head();
    return setSetting(core, kSeen, fmt::format("{} {}", head.size, hex(head.root)));
}

}  // namespace fairlead::workspace
