#include "core/workspace/users.h"

#include <algorithm>
#include <functional>

#include "core/base/file.h"
#include "core/workspace/act.h"

namespace fairlead::workspace {

namespace {

std::string textOf(const access::Roles& roles) {
    std::string text;
    for (const access::Role role : roles) text += fmt::format("{}{}", text.empty() ? "" : ",", access::name(role));
    return text;
}

using Change = std::function<Result<std::string>(std::string_view header, const access::Authors& authors)>;

/// One change of the header: on record with both people before it is written.
Status changeHeader(Workspace& workspace, const SecondPerson& second, std::map<std::string, std::string> details,
                    const Change& change) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageUsers));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const std::string header, readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto other, unlockSecond(workspace, second));
    const access::Keyring& holder = other ? *other : workspace.keyring();
    audit::Entry intent = intentOf(workspace, audit::Verb::Alteration, {}, std::move(details));
    if (other) intent.secondActor = holder.principal.id;
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    const auto write = [&]() -> Status {
        FAIRLEAD_TRY(const std::string changed, change(header, {workspace.keyring(), holder}));
        return writeFileAtomically(workspace.folder() / "header", changed);
    };
    if (auto written = write(); !written) {
        endAsFailed(act, written.error());
        return written;
    }
    return act.done();
}

}  // namespace

Result<std::string> readHeader(const std::filesystem::path& folder) {
    constexpr std::uintmax_t kLargestHeader = 1U << 20U;
    return readFile(folder / "header", kLargestHeader);
}

Result<std::optional<access::Keyring>> unlockSecond(const Workspace& workspace, const SecondPerson& second) {
    if (!second.credentials) return std::optional<access::Keyring>();
    FAIRLEAD_TRY(const std::string header, readHeader(workspace.folder()));
    const access::Login login{second.credentials->passphrase.view(), second.credentials->user};
    FAIRLEAD_TRY(auto ring, access::unlock(header, login, second.policy));
    return std::optional<access::Keyring>(std::move(ring));
}

Status checkSecond(Workspace& workspace, const access::Keyring& second, access::Action action) {
    const bool isAlone = second.principal.id == workspace.principal();
    const bool mayBeAlone = isAlone && workspace.roles().size() == access::kRoles.size();
    if (access::allows(second.principal.roles, action) && (!isAlone || mayBeAlone)) return {};
    FAIRLEAD_OK(recordDenied(workspace, access::name(action)));
    return fail(ErrorCode::Denied, std::string(access::name(action)), isAlone ? "two different people are needed" : "");
}

Result<access::HeaderFace> users(const std::filesystem::path& folder) {
    FAIRLEAD_TRY(const std::string header, readHeader(folder));
    return access::inspect(header);
}

Status addUser(Workspace& workspace, const SecondPerson& second, const UserWanted& wanted) {
    const crypto::KdfCost cost = wanted.cost ? *wanted.cost : crypto::calibratedCost(std::chrono::seconds(1));
    return changeHeader(
        workspace, second, {{"what", "user added"}, {"roles", textOf(wanted.roles)}},
        [&](std::string_view header, const access::Authors& authors) {
            return access::addUser(
                header, authors,
                {.name = wanted.name, .roles = wanted.roles, .passphrase = wanted.passphrase.view(), .cost = cost},
                second.policy);
        });
}

Status changeRoles(Workspace& workspace, const SecondPerson& second, const std::string& user,
                   const access::Roles& roles) {
    return changeHeader(workspace, second, {{"what", "roles changed"}, {"user", user}, {"roles", textOf(roles)}},
                        [&](std::string_view header, const access::Authors& authors) {
                            return access::changeRoles(header, authors, user, roles);
                        });
}

Status retireUser(Workspace& workspace, const std::string& user) {
    return changeHeader(workspace, {}, {{"what", "user retired"}, {"user", user}},
                        [&](std::string_view header, const access::Authors& authors) {
                            return access::retireUser(header, authors.officer, user);
                        });
}

Result<bool> othersMay(const Workspace& workspace, access::Action action) {
    FAIRLEAD_TRY(const auto face, users(workspace.folder()));
    return std::ranges::any_of(face.principals, [&](const access::Principal& principal) {
        return principal.active && principal.id != workspace.principal() && access::allows(principal.roles, action);
    });
}

}  // namespace fairlead::workspace
