#include "app/desktop/workspace_session.h"

#include "app/desktop/open_session.h"
#include "core/custody/backup.h"
#include "core/custody/recovery.h"
#include "core/custody/upgrade.h"
#include "core/extract/gateway_register.h"
#include "core/workspace/users.h"

namespace fairlead::desktop {

namespace {

using namespace ui;
using workspace::Workspace;

Result<std::shared_ptr<Session>> sessionOver(std::shared_ptr<Workspace> workspace) {
    FAIRLEAD_TRY(auto gateways, extract::GatewayRegister::load(workspace->resources().folder / "gateways"));
    return std::make_shared<WorkspaceSession>(std::move(workspace), std::move(gateways));
}

}  // namespace

Status recoverBySheets(const std::filesystem::path& folder, const RecoveryWanted& wanted, const Clock& clock,
                       access::KdfPolicy policy) {
    return custody::useSheets(folder,
                              {.sheets = {wanted.sheets.first->view(), wanted.sheets.second->view()},
                               .firstBearer = wanted.firstBearer,
                               .secondBearer = wanted.secondBearer,
                               .user = {.name = wanted.user,
                                        .roles = {wanted.role},
                                        .passphrase = wanted.passphrase->view(),
                                        .cost = crypto::calibratedCost(std::chrono::seconds(1))},
                               .policy = policy},
                              clock);
}

ui::SessionMakers workspaceMakers(const workspace::Resources& resources, const std::shared_ptr<const Clock>& clock,
                                  const std::filesystem::path& synthetic) {
    ui::SessionMakers makers;
    makers.open = [resources, clock](const std::filesystem::path& folder, const crypto::Secret& passphrase,
                                     const std::string& user) -> Result<std::shared_ptr<ui::Session>> {
        FAIRLEAD_TRY(auto opened, Workspace::open(folder, {passphrase, user}, resources, clock));
        return sessionOver(std::move(opened));
    };
    makers.users = [](const std::filesystem::path& folder) {
        std::vector<std::string> names;
        if (const auto face = workspace::users(folder))
            for (const access::Principal& user : face->principals)
                if (user.active) names.push_back(user.name);
        return names;
    };
    makers.create = [resources, clock](const NewWorkspaceRequest& request,
                                       const crypto::Secret& passphrase) -> Result<std::shared_ptr<ui::Session>> {
        workspace::NewWorkspace wanted;
        wanted.folder = request.folder;
        wanted.name = request.name;
        wanted.keysFolder = request.keysFolder;
        FAIRLEAD_TRY(auto created, Workspace::create(wanted, passphrase, resources, clock));
        return sessionOver(std::move(created));
    };
    makers.upgrade = [resources, clock](const UpgradeWanted& wanted, const crypto::Secret& passphrase,
                                        TaskContext& task) -> Result<std::shared_ptr<ui::Session>> {
        const custody::UpgradeRequest request{wanted.folder, wanted.to, {passphrase, wanted.user}, resources};
        FAIRLEAD_OK(custody::upgrade(request, clock, task));
        FAIRLEAD_TRY(auto opened, Workspace::open(wanted.to, {passphrase, wanted.user}, resources, clock));
        return sessionOver(std::move(opened));
    };
    makers.restore = custody::restore;
    makers.recover = [clock](const std::filesystem::path& folder, const RecoveryWanted& wanted) {
        return recoverBySheets(folder, wanted, *clock);
    };
    makers.syntheticFolder = synthetic;
    return makers;
}

}  // namespace fairlead::desktop
