#include "app/desktop/open_session.h"
#include "core/base/file.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/users.h"

namespace fairlead::desktop {

using namespace ui;

namespace {

constexpr std::size_t kEntriesShown = 5000;

}  // namespace

Result<std::shared_ptr<const workspace::AuditView>> WorkspaceSession::audit(TaskContext&) {
    audit::WorkingHours hours;
    hours.localMs = localMs;
    FAIRLEAD_TRY(auto view, workspace::readAudit(*m_workspace, hours, kEntriesShown));
    return std::make_shared<const workspace::AuditView>(std::move(view));
}

Result<std::filesystem::path> WorkspaceSession::keepCheckpoint(const std::filesystem::path& file,
                                                               const std::string& note) {
    FAIRLEAD_OK(writeFileAtomically(file, note));
    return file;
}

Result<std::shared_ptr<const UsersContent>> WorkspaceSession::users(TaskContext&) {
    FAIRLEAD_TRY(auto face, workspace::users(m_workspace->folder()));
    auto content = std::make_shared<UsersContent>();
    content->users = std::move(face.principals);
    content->self = m_workspace->principal();
    content->rolesSeparated = face.rolesSeparated;
    content->mayManage = may(access::Action::ManageUsers);
    content->mayReadReleases = may(access::Action::ReadReleases);
    if (content->mayReadReleases) {
        FAIRLEAD_TRY(content->releases, release::releases(*m_workspace));
        FAIRLEAD_TRY(content->involvements, release::involvements(*m_workspace));
    }
    return content;
}

Result<std::shared_ptr<const UsersContent>> WorkspaceSession::changeUsers(const UserChange& change, TaskContext& task) {
    using Kind = UserChange::Kind;
    workspace::SecondPerson second;
    if (change.secondPassphrase) {
        second.credentials.emplace(workspace::Credentials{*change.secondPassphrase, change.second});
    }
    switch (change.kind) {
        case Kind::Add:
            FAIRLEAD_OK(workspace::addUser(
                *m_workspace, second,
                {.name = change.user, .roles = change.roles, .passphrase = *change.passphrase, .cost = {}}));
            break;
        case Kind::ChangeRoles:
            FAIRLEAD_OK(workspace::changeRoles(*m_workspace, second, change.user, change.roles));
            break;
        case Kind::Retire: FAIRLEAD_OK(workspace::retireUser(*m_workspace, change.user)); break;
        case Kind::OwnPassphrase:
            FAIRLEAD_OK(workspace::changePassphrase(*m_workspace, *change.passphrase, *change.next));
            break;
    }
    return users(task);
}

}  // namespace fairlead::desktop
