// Who may do what: roles, the file keys that each holds, and the table of role and action.
//
// A role is first of all keys: what a role may not see is encrypted with a key that it does not have. The table says
// the same for the program, so that a refusal is a sentence and not a failed reading.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace fairlead::access {

/// Design: access.md. The order is that of the header's texts.
enum class Role : std::uint8_t { AggregateReader, Analyst, LinkReviewer, DataSteward, GovernanceAuditor, KeyOfficer };
inline constexpr std::array kRoles = {Role::AggregateReader, Role::Analyst,           Role::LinkReviewer,
                                      Role::DataSteward,     Role::GovernanceAuditor, Role::KeyOfficer};
using Roles = std::set<Role>;

/// "aggregate_reader" ... "key_officer": as the header and the command line write it.
std::string_view name(Role role);
/// Nothing when there is no such role.
std::optional<Role> roleNamed(std::string_view text);
/// Every role: one person alone.
Roles allRoles();

/// The keys that a header hands out.
enum class FileKey : std::uint8_t {
    Core,       ///< Of core.db.
    Identity,   ///< Of identity.db.
    Audit,      ///< Appends to the audit log and checks it. Everybody who opens the workspace holds it.
    AuditRead,  ///< Opens the details of the audit log.
    Officer,    ///< Signs the header.
};
inline constexpr std::array kFileKeys = {FileKey::Core, FileKey::Identity, FileKey::Audit, FileKey::AuditRead,
                                         FileKey::Officer};
/// "core", "identity", "audit", "audit_read", "officer".
std::string_view name(FileKey key);
/// True when a person with these roles holds the key.
bool holds(const Roles& roles, FileKey key);

/// What a use case does, as far as it matters who may.
enum class Action : std::uint8_t {
    ReadFigures,         ///< Overview, drill-down, families, dates compared, sources: under pseudonyms.
    ExportBriefing,      ///< A DRAFT briefing without names.
    RevealNames,         ///< Names, on screen or in a briefing.
    ReadQuality,         ///< How good the supplied records are: reads names and addresses, shows counts.
    LoadDeliveries,      ///< Also what a delivery would bring.
    LinkRecords,         ///< A linkage run, an estimation, a measurement against a truth.
    ReviewLinks,         ///< Identifying fields and weights of two records.
    ManageModels,        ///< Linkage models: add, approve, use, retire.
    ApproveDefinitions,  ///< Definitions of indicators: approve, retire.
    ReadAudit,           ///< Who did what and why.
    VerifyAudit,         ///< Whether the log is sound.
    VerifyRows,          ///< Whether the rows of both files are those that the log knows.
    ManageUsers,         ///< Add, change and retire users.
    HandOverKeys,        ///< Seal a file key to another user: the second person of that act.
    ChangePassphrase,    ///< One's own.
    OpenReleased,        ///< Names as far as one may: those released to one, or all with RevealNames.
    ReadReleases,        ///< Involvements and releases, without names.
    ReleaseNames,        ///< Record involvements, release names for them, withdraw.
    SecondRelease,       ///< Be the second person of a release.
    ReadRetention,       ///< When deliveries end, certificates.
    PurgeDeliveries,     ///< Remove the rows of deliveries, and hand over the new keys of both files.
    BackUp,              ///< A verified copy of the workspace.
    MakePack,            ///< The aggregate readers' pack.
    ReadPack,            ///< Read it.
    ReviewPairs,         ///< Identifying fields and weights of pairs that wait, out of identity.db alone.
    DecideLinks,         ///< Say of two records whether they are one person, and take it back.
    ManageRecovery,      ///< Recovery sheets: make them, try them.
    Rotate,              ///< Everything into new files under new keys.
};
inline constexpr std::array kActions = {
    Action::ReadFigures,        Action::ExportBriefing, Action::RevealNames,      Action::ReadQuality,
    Action::LoadDeliveries,     Action::LinkRecords,    Action::ReviewLinks,      Action::ManageModels,
    Action::ApproveDefinitions, Action::ReadAudit,      Action::VerifyAudit,      Action::VerifyRows,
    Action::ManageUsers,        Action::HandOverKeys,   Action::ChangePassphrase, Action::OpenReleased,
    Action::ReadReleases,       Action::ReleaseNames,   Action::SecondRelease,    Action::ReadRetention,
    Action::PurgeDeliveries,    Action::BackUp,         Action::MakePack,         Action::ReadPack,
    Action::ReviewPairs,        Action::DecideLinks,    Action::ManageRecovery,   Action::Rotate};
/// "read figures" ... "change passphrase".
std::string_view name(Action action);
/// The table: true when one of the roles may do it.
bool allows(const Roles& roles, Action action);

/// Two roles that one person must not have where roles are separated: facts with names but for a steward, records of
/// what was done with the doing, handing out with having. Nothing when there are none, or when all roles are there.
std::optional<std::pair<Role, Role>> conflictIn(const Roles& roles);

}  // namespace fairlead::access
