#include "core/workspace/passphrase.h"

#include "core/base/file.h"
#include "core/workspace/act.h"
#include "core/workspace/users.h"

namespace fairlead::workspace {

Status changePassphrase(Workspace& workspace, const crypto::Secret& current, const crypto::Secret& next,
                        const std::optional<crypto::KdfCost>& cost, access::KdfPolicy policy) {
    FAIRLEAD_OK(workspace.require(access::Action::ChangePassphrase));
    const std::scoped_lock lock(workspace.mutex());
    const auto file = workspace.folder() / "header";
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), intentOf(workspace, audit::Verb::Alteration, {},
                                                                                {{"what", "passphrase"}})));
    const auto change = [&]() -> Status {
        FAIRLEAD_TRY(const std::string header, readHeader(workspace.folder()));
        const crypto::KdfCost price = cost ? *cost : crypto::calibratedCost(std::chrono::seconds(1));
        FAIRLEAD_TRY(
            const std::string changed,
            access::changePassphrase(header, {{current.view(), workspace.name()}, next.view()}, price, policy));
        return writeFileAtomically(file, changed);
    };
    if (auto changed = change(); !changed) {
        endAsFailed(act, changed.error());
        return changed;
    }
    return act.done();
}

}  // namespace fairlead::workspace
