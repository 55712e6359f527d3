#include "core/access/roles.h"

#include <algorithm>

namespace fairlead::access {

namespace {

/// One row a role, one letter an action in the order of kActions: y = may. A link reviewer holds names without facts, a
/// steward both; an officer and an auditor neither, a reader of aggregates the pack alone.
struct Row {
    Role role;
    std::string_view may;
};
constexpr std::array kTable = {
    // figures, briefings, names, quality; load, link, review, models, definitions; audit: read, verify, rows;
    // users, keys, passphrase; releases: open, list, make, be the second; retention: read, purge, back up;
    // pack: make, read; pairs: read, decide; recovery, rotation
    Row{Role::AggregateReader, "---- ----- -y- --y ---- --- -y----"},
    Row{Role::Analyst, "yy-- ----y -y- --y yy-- y-- ------"},
    Row{Role::LinkReviewer, "---- ----- -y- --y ---- --- --yy--"},
    Row{Role::DataSteward, "yyyy yyyyy -yy -yy yyyy yyy y-yy-y"},
    Row{Role::GovernanceAuditor, "---- ----- yy- -yy ---- --- ------"},
    Row{Role::KeyOfficer, "---- ----- -y- y-y ---y --- ----y-"},
};
static_assert(kTable.size() == kRoles.size());

constexpr bool rowsAreWhole() {
    for (const Row& row : kTable) {
        std::size_t letters = 0;
        for (const char letter : row.may) letters += letter == ' ' ? 0U : 1U;
        if (letters != kActions.size()) return false;
    }
    return true;
}
static_assert(rowsAreWhole());

bool may(const Row& row, Action action) {
    auto left = static_cast<std::size_t>(action);
    for (const char letter : row.may) {
        if (letter == ' ') continue;
        if (left-- == 0) return letter == 'y';
    }
    return false;
}

bool roleHolds(Role role, FileKey key) {
    switch (key) {
        case FileKey::Core: return role == Role::Analyst || role == Role::DataSteward;
        case FileKey::Identity: return role == Role::LinkReviewer || role == Role::DataSteward;
        case FileKey::Audit: return true;
        case FileKey::AuditRead: return role == Role::GovernanceAuditor;
        case FileKey::Officer: return role == Role::KeyOfficer;
    }
    return false;
}

}  // namespace

std::string_view name(Role role) {
    switch (role) {
        case Role::AggregateReader: return "aggregate_reader";
        case Role::Analyst: return "analyst";
        case Role::LinkReviewer: return "link_reviewer";
        case Role::DataSteward: return "data_steward";
        case Role::GovernanceAuditor: return "governance_auditor";
        case Role::KeyOfficer: return "key_officer";
    }
    return "";
}

std::optional<Role> roleNamed(std::string_view text) {
    const auto* const found = std::ranges::find(kRoles, text, [](Role role) { return name(role); });
    return found == kRoles.end() ? std::nullopt : std::optional(*found);
}

Roles allRoles() { return {kRoles.begin(), kRoles.end()}; }

std::string_view name(FileKey key) {
    switch (key) {
        case FileKey::Core: return "core";
        case FileKey::Identity: return "identity";
        case FileKey::Audit: return "audit";
        case FileKey::AuditRead: return "audit_read";
        case FileKey::Officer: return "officer";
    }
    return "";
}

bool holds(const Roles& roles, FileKey key) {
    return std::ranges::any_of(roles, [&](Role role) { return roleHolds(role, key); });
}

std::string_view name(Action action) {
    switch (action) {
        case Action::ReadFigures: return "read figures";
        case Action::ExportBriefing: return "make briefings";
        case Action::RevealNames: return "see names";
        case Action::ReadQuality: return "read data quality";
        case Action::LoadDeliveries: return "load deliveries";
        case Action::LinkRecords: return "link records";
        case Action::ReviewLinks: return "review links";
        case Action::ManageModels: return "manage linkage models";
        case Action::ApproveDefinitions: return "approve definitions";
        case Action::ReadAudit: return "read the audit log";
        case Action::VerifyAudit: return "verify the audit log";
        case Action::VerifyRows: return "compare the rows with the audit log";
        case Action::ManageUsers: return "manage users";
        case Action::HandOverKeys: return "hand over keys";
        case Action::ChangePassphrase: return "change the passphrase";
        case Action::OpenReleased: return "see released names";
        case Action::ReadReleases: return "read releases";
        case Action::ReleaseNames: return "release names";
        case Action::SecondRelease: return "be the second person of a release";
        case Action::ReadRetention: return "read when deliveries end";
        case Action::PurgeDeliveries: return "purge deliveries";
        case Action::BackUp: return "back up the workspace";
        case Action::MakePack: return "make the readers' pack";
        case Action::ReadPack: return "read the readers' pack";
        case Action::ReviewPairs: return "review pairs";
        case Action::DecideLinks: return "decide about pairs";
        case Action::ManageRecovery: return "make and try recovery sheets";
        case Action::Rotate: return "rotate keys";
    }
    return "";
}

bool allows(const Roles& roles, Action action) {
    return std::ranges::any_of(kTable, [&](const Row& row) { return roles.contains(row.role) && may(row, action); });
}

std::optional<std::pair<Role, Role>> conflictIn(const Roles& roles) {
    if (roles.size() == kRoles.size()) return std::nullopt;
    constexpr std::array<std::pair<Role, Role>, 7> kConflicts = {{
        {Role::LinkReviewer, Role::Analyst},
        {Role::LinkReviewer, Role::DataSteward},
        {Role::GovernanceAuditor, Role::Analyst},
        {Role::GovernanceAuditor, Role::LinkReviewer},
        {Role::GovernanceAuditor, Role::DataSteward},
        {Role::GovernanceAuditor, Role::KeyOfficer},
        {Role::KeyOfficer, Role::DataSteward},
    }};
    const auto* const found = std::ranges::find_if(
        kConflicts, [&](const auto& pair) { return roles.contains(pair.first) && roles.contains(pair.second); });
    return found == kConflicts.end() ? std::nullopt : std::optional(*found);
}

}  // namespace fairlead::access
