#include "core/audit/entry.h"
#include "tests/fuzz/target.h"

namespace {

// An audit log may have been tampered with before it is read.
const fairlead::fuzz::Target kAuditEntry("audit_entry", [](std::string_view bytes) {
    (void)fairlead::audit::decode(bytes);
    (void)fairlead::audit::decodeDetails(bytes);
});

}  // namespace
