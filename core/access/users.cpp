#include "core/access/users.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/access/user_rules.h"

namespace fairlead::access {

namespace {

std::unexpected<Error> denied(std::string detail) {
    return fail(ErrorCode::Denied, std::string(name(Action::ManageUsers)), std::move(detail));
}

/// Without one of these nobody could give a key or a role to anybody again, or read what was done.
constexpr std::array kNeeded = {Role::DataSteward, Role::GovernanceAuditor, Role::KeyOfficer};

/// The document is the workspace that the ring opens, and the ring's principal is in it with that role still.
Status checkAuthor(const Document& document, const Keyring& ring, Action action) {
    if (document.charter.workspaceId != ring.workspaceId || !macFits(document, ring.headerKey) ||
        document.charter.officerKey != ring.officerKey)
        return corruptHeader("not the header that was opened");
    const auto* const entry = document.charter.find(ring.principal.id);
    if (entry == nullptr || !entry->principal.active || !allows(entry->principal.roles, action))
        return denied(fmt::format("{} may not {}", ring.principal.name, name(action)));
    return {};
}

Status checkRoles(const Roles& roles) {
    if (roles.empty()) return fail(ErrorCode::InvalidArgument, "roles", "at least one");
    if (const auto conflict = conflictIn(roles))
        return fail(ErrorCode::InvalidArgument, "roles",
                    fmt::format("one person must not be {} and {}", name(conflict->first), name(conflict->second)));
    return {};
}

/// Errors: NotFound.
Result<PrincipalEntry*> activeUser(Charter& charter, std::string_view user) {
    const auto found = std::ranges::find_if(charter.principals, [&](const PrincipalEntry& entry) {
        return entry.principal.active && entry.principal.name == user;
    });
    if (found == charter.principals.end()) return fail(ErrorCode::NotFound, std::string(user));
    return &*found;
}

Status checkNeededRoles(const Charter& charter) {
    for (const Role role : kNeeded) {
        const bool someone = std::ranges::any_of(charter.principals, [&](const PrincipalEntry& entry) {
            return entry.principal.active && entry.principal.roles.contains(role);
        });
        if (!someone) return fail(ErrorCode::InvalidArgument, "roles", fmt::format("nobody would be {}", name(role)));
    }
    return {};
}

/// Grants for the keys that the roles need and the user lacks; those no longer needed go.
Status setGrants(Charter& charter, const PrincipalEntry& user, const Authors& authors) {
    const auto mine = [&](const Grant& grant) { return grant.principal == user.principal.id; };
    std::erase_if(charter.grants,
                  [&](const Grant& grant) { return mine(grant) && !holds(user.principal.roles, grant.key); });
    for (const FileKey key : kFileKeys) {
        const bool has = std::ranges::any_of(charter.grants, [&](const Grant& g) { return mine(g) && g.key == key; });
        if (has || !holds(user.principal.roles, key)) continue;
        const Keyring& giver = authors.holder.keys.of(key).isEmpty() ? authors.officer : authors.holder;
        if (giver.keys.of(key).isEmpty())
            return denied(fmt::format("neither {} nor {} holds the {} key", authors.officer.principal.name,
                                      authors.holder.principal.name, name(key)));
        charter.grants.push_back(grantFor(charter, user, key, giver.keys.of(key), {giver.principal.id, giver.sign}));
    }
    return {};
}

Result<std::string> finishCharter(Document& document, const Keyring& officer) {
    ++document.charter.edition;
    ++document.generation;
    FAIRLEAD_OK(signCharter(document, {officer.principal.id, officer.sign}, officer.keys.officer));
    return finishHeader(document, officer.headerKey);
}

}  // namespace

Status checkAuthors(const Document& document, const Authors& authors) {
    FAIRLEAD_OK(checkAuthor(document, authors.officer, Action::ManageUsers));
    FAIRLEAD_OK(checkAuthor(document, authors.holder, Action::HandOverKeys));
    const bool same = authors.officer.principal.id == authors.holder.principal.id;
    if (same && authors.officer.principal.roles.size() != kRoles.size())
        return denied("two different people are needed");
    return {};
}

Status checkNewUser(Document& document, const NewUser& user, KdfPolicy policy) {
    FAIRLEAD_OK(checkRoles(user.roles));
    if (activeUser(document.charter, user.name)) return fail(ErrorCode::AlreadyExists, std::string(user.name));
    if (!policy.allows(user.cost)) return fail(ErrorCode::InvalidArgument, "cost", "cheaper than allowed");
    return {};
}

Status addSlot(Document& document, const PrincipalEntry& entry, const NewUser& user, const Secrets& secrets,
               KdfPolicy policy) {
    Slot slot;
    slot.id = newId();
    slot.principal = entry.principal.id;
    slot.cost = user.cost;
    FAIRLEAD_OK(wrapSlot(document.charter, slot, user.passphrase, secrets, policy));
    document.slots.push_back(std::move(slot));
    return {};
}

Result<std::string> addUser(std::string_view header, const Authors& authors, const NewUser& user, KdfPolicy policy) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_OK(checkAuthors(document, authors));
    FAIRLEAD_OK(checkNewUser(document, user, policy));
    const Secrets secrets = Secrets::newFor(authors.officer.headerKey, authors.officer.officerKey);
    FAIRLEAD_TRY(const PrincipalEntry entry, newPrincipal(user.name, user.roles, secrets));
    document.charter.principals.push_back(entry);
    FAIRLEAD_OK(setGrants(document.charter, entry, authors));
    FAIRLEAD_OK(addSlot(document, entry, user, secrets, policy));
    return finishCharter(document, authors.officer);
}

Result<std::string> changeRoles(std::string_view header, const Authors& authors, std::string_view user,
                                const Roles& roles) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_OK(checkAuthors(document, authors));
    FAIRLEAD_OK(checkRoles(roles));
    FAIRLEAD_TRY(PrincipalEntry* const entry, activeUser(document.charter, user));
    entry->principal.roles = roles;
    FAIRLEAD_OK(checkNeededRoles(document.charter));
    FAIRLEAD_OK(setGrants(document.charter, *entry, authors));
    return finishCharter(document, authors.officer);
}

Result<std::string> withNewFileKeys(std::string_view header, const Authors& authors, const FileKeys& fresh) {
    constexpr std::array kFiles = {FileKey::Core, FileKey::Identity, FileKey::Audit};
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_OK(checkAuthors(document, authors));
    Charter& charter = document.charter;
    const Keyring& giver = authors.holder;
    for (const FileKey key : kFiles) {
        if (key == FileKey::Audit && fresh.audit.isEmpty()) continue;  // a log goes on under the key that it has
        if (fresh.of(key).size() != giver.keys.of(key).size() || fresh.of(key).isEmpty())
            return fail(ErrorCode::InvalidArgument, "header", "key size");
        const std::int64_t epoch = charter.epochOf(key) + 1;
        std::erase_if(charter.grants, [&](const Grant& grant) { return grant.key == key; });
        for (const PrincipalEntry& user : charter.principals) {
            if (!user.principal.active || !holds(user.principal.roles, key)) continue;
            charter.grants.push_back(
                grantFor(charter, user, key, fresh.of(key), {giver.principal.id, giver.sign}, epoch));
        }
    }
    return finishCharter(document, authors.officer);
}

Result<std::string> retireUser(std::string_view header, const Keyring& officer, std::string_view user) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_OK(checkAuthor(document, officer, Action::ManageUsers));
    FAIRLEAD_TRY(PrincipalEntry* const entry, activeUser(document.charter, user));
    if (entry->principal.id == officer.principal.id)
        return fail(ErrorCode::InvalidArgument, "users", "nobody retires themselves");
    entry->principal.active = false;
    entry->principal.roles.clear();
    FAIRLEAD_OK(checkNeededRoles(document.charter));
    const std::string id = entry->principal.id;
    std::erase_if(document.slots, [&](const Slot& slot) { return slot.principal == id; });
    std::erase_if(document.charter.grants, [&](const Grant& grant) { return grant.principal == id; });
    return finishCharter(document, officer);
}

}  // namespace fairlead::access
