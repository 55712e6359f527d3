#include "app/desktop/open_session.h"
#include "core/base/file.h"
#include "core/posture/measure.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/users.h"

namespace fairlead::desktop {

using namespace ui;

namespace {

constexpr std::size_t kEntriesShown = 5000;

/// Of the files in a folder and in its folders; what cannot be read counts nothing.
std::uintmax_t bytesIn(const std::filesystem::path& folder) {
    std::uintmax_t bytes = 0;
    std::error_code failed;
    for (std::filesystem::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        std::error_code skipped;
        const auto size = at->is_regular_file(skipped) ? at->file_size(skipped) : 0;
        bytes += skipped ? 0 : size;
    }
    return bytes;
}

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
    content->mayRecover = may(access::Action::ManageRecovery);
    content->mayRotate = may(access::Action::Rotate);
    content->isAlone = m_workspace->roles() == access::allRoles();
    content->bytes = bytesIn(m_workspace->folder());
    return content;
}

Result<std::shared_ptr<const std::vector<posture::Finding>>> WorkspaceSession::posture(const posture::Sitting& sitting,
                                                                                       TaskContext&) {
    posture::Measured measured = posture::measure(m_workspace->folder());
    measured.sitting = sitting;
    measured.rolesSeparated = m_workspace->rolesSeparated();
    return std::make_shared<const std::vector<posture::Finding>>(posture::judge(measured));
}

workspace::SecondPerson WorkspaceSession::secondPerson(const std::string& name, const PassphraseInHand& typed) const {
    workspace::SecondPerson second;
    second.policy = m_policy;
    if (typed) {
        second.credentials.emplace(workspace::Credentials{*typed, name});
    }
    return second;
}

Result<std::shared_ptr<const RetentionContent>> WorkspaceSession::retention(TaskContext& task) {
    auto content = std::make_shared<RetentionContent>();
    FAIRLEAD_TRY(content->deliveries, custody::retention(*m_workspace));
    FAIRLEAD_TRY(content->purges, custody::purges(*m_workspace));
    FAIRLEAD_TRY(const auto who, users(task));
    content->users = *who;
    content->mayPurge = may(access::Action::PurgeDeliveries);
    content->mayBackUp = may(access::Action::BackUp);
    content->mayAlone = content->mayPurge && access::holds(m_workspace->roles(), access::FileKey::Officer);
    return content;
}

Result<std::shared_ptr<const custody::PurgePreview>> WorkspaceSession::previewPurge(
    const std::vector<record::DeliveryId>& deliveries, TaskContext& task) {
    FAIRLEAD_TRY(auto preview, custody::previewPurge(*m_workspace, deliveries, task));
    return std::make_shared<const custody::PurgePreview>(std::move(preview));
}

Result<custody::PurgeReport> WorkspaceSession::purge(const PurgeOrder& order, TaskContext& task) {
    forgetGlance();
    return custody::purge(*m_workspace, {order.deliveries, order.reason},
                          secondPerson(order.second, order.secondPassphrase), task);
}

Result<std::filesystem::path> WorkspaceSession::writeCertificate(std::int64_t purge,
                                                                 const std::filesystem::path& file) {
    FAIRLEAD_TRY(const std::string text, custody::certificate(*m_workspace, purge));
    FAIRLEAD_OK(writeFileAtomically(file, text));
    return file;
}

Result<custody::Backup> WorkspaceSession::backUp(const std::filesystem::path& folder, TaskContext& task) {
    return custody::backUp(*m_workspace, folder, task);
}

Result<std::shared_ptr<const UsersContent>> WorkspaceSession::changeUsers(const UserChange& change, TaskContext& task) {
    using Kind = UserChange::Kind;
    const workspace::SecondPerson second = secondPerson(change.second, change.secondPassphrase);
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
