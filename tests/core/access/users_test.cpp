#include "core/access/users.h"

#include "core/access/sealing.h"
#include "tests/core/access/team.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::access;
using fairlead::crypto::Secret;
using fairlead::test::codeOf;
using fairlead::test::passphraseOf;
using fairlead::test::Team;
using fairlead::test::valueOf;

namespace {

const auto kTests = test::kCheapKdf;

/// Four people, one role each; the founder has left.
Team separatedTeam() {
    Team team;
    const std::pair<std::string_view, Role> people[] = {{"Olive", Role::KeyOfficer},
                                                        {"Stan", Role::DataSteward},
                                                        {"Gwen", Role::GovernanceAuditor},
                                                        {"Ana", Role::Analyst}};
    for (const auto& [name, role] : people) team.header = valueOf(team.added("Founder", "Founder", name, {role}));
    CHECK_FALSE(team.rolesSeparated());
    team.header = valueOf(team.retired("Olive", "Founder"));
    CHECK(team.rolesSeparated());
    return team;
}

}  // namespace

TEST_CASE("each role holds its keys and no other", "[access]") {
    const Team team = separatedTeam();
    const std::pair<std::string_view, Role> people[] = {{"Olive", Role::KeyOfficer},
                                                        {"Stan", Role::DataSteward},
                                                        {"Gwen", Role::GovernanceAuditor},
                                                        {"Ana", Role::Analyst}};
    for (const auto& [name, role] : people) {
        const Keyring ring = team.open(name);
        INFO(name);
        CHECK(ring.principal.roles == Roles{role});
        CHECK(ring.rolesSeparated);
        for (const FileKey key : kFileKeys) CHECK(ring.keys.of(key).isEmpty() != holds({role}, key));
        CHECK(ring.keys.audit.view() == team.keys.audit.view());
    }
    CHECK(team.open("Ana").keys.core.view() == team.keys.core.view());
    CHECK(team.open("Ana").keys.identity.isEmpty());
    CHECK(team.open("Olive").keys.core.isEmpty());
    CHECK(team.open("Stan").keys.core.view() == team.keys.core.view());
}

TEST_CASE("a passphrase opens its own slot, by name or without", "[access]") {
    const Team team = separatedTeam();
    CHECK(valueOf(unlock(team.header, {passphraseOf("Ana"), {}}, kTests)).principal.name == "Ana");
    CHECK(codeOf(unlock(team.header, {passphraseOf("Ana"), "Stan"}, kTests)) == ErrorCode::WrongKey);
    CHECK(codeOf(unlock(team.header, {passphraseOf("Ana"), "Nobody"}, kTests)) == ErrorCode::WrongKey);
    CHECK(codeOf(unlock(team.header, {passphraseOf("Founder"), "Founder"}, kTests)) == ErrorCode::WrongKey);
}

TEST_CASE("a user is added by an officer and one who holds the keys, and by nobody alone", "[access]") {
    const Team team = separatedTeam();
    CHECK(team.added("Olive", "Stan", "Bea", {Role::Analyst}).has_value());
    CHECK(team.added("Olive", "Gwen", "Bea", {Role::GovernanceAuditor}).has_value());
    CHECK(team.added("Olive", "Stan", "Bea", {Role::KeyOfficer}).has_value());
    for (const auto& [officer, holder] : {std::pair("Olive", "Olive"),
                                          {"Stan", "Stan"},
                                          {"Stan", "Olive"},
                                          {"Ana", "Stan"},
                                          {"Gwen", "Stan"},
                                          {"Olive", "Ana"}}) {
        INFO(officer << " and " << holder);
        CHECK(codeOf(team.added(officer, holder, "Bea", {Role::Analyst})) == ErrorCode::Denied);
    }
    // The steward holds no auditor's key, the auditor no data key.
    CHECK(codeOf(team.added("Olive", "Stan", "Bea", {Role::GovernanceAuditor})) == ErrorCode::Denied);
    CHECK(codeOf(team.added("Olive", "Gwen", "Bea", {Role::Analyst})) == ErrorCode::Denied);
}

TEST_CASE("roles that keep each other in check are not given to one person", "[access]") {
    const Team team = separatedTeam();
    for (const Roles& roles : {Roles{Role::Analyst, Role::LinkReviewer}, Roles{Role::DataSteward, Role::KeyOfficer},
                               Roles{Role::GovernanceAuditor, Role::Analyst}, Roles{}}) {
        CHECK(codeOf(team.added("Olive", "Stan", "Bea", roles)) == ErrorCode::InvalidArgument);
        CHECK(codeOf(team.changed("Olive", "Stan", "Ana", roles)) == ErrorCode::InvalidArgument);
    }
    CHECK(team.added("Olive", "Stan", "Bea", {Role::Analyst, Role::KeyOfficer}).has_value());
    CHECK(team.added("Olive", "Stan", "Bea", {Role::LinkReviewer}).has_value());
    CHECK(team.added("Olive", "Stan", "Bea", {Role::AggregateReader}).has_value());
    CHECK(codeOf(team.added("Olive", "Stan", "Ana", {Role::Analyst})) == ErrorCode::AlreadyExists);
    CHECK(codeOf(team.added("Olive", "Stan", "", {Role::Analyst})) == ErrorCode::InvalidArgument);
}

TEST_CASE("another role brings its keys and takes the old ones away", "[access]") {
    Team team = separatedTeam();
    team.header = valueOf(team.changed("Olive", "Stan", "Ana", {Role::DataSteward}));
    CHECK(team.open("Ana").keys.identity.view() == team.keys.identity.view());
    team.header = valueOf(team.changed("Olive", "Stan", "Ana", {Role::KeyOfficer}));
    CHECK(team.open("Ana").keys.core.isEmpty());
    CHECK(team.open("Ana").keys.identity.isEmpty());
    CHECK_FALSE(team.open("Ana").keys.officer.isEmpty());
    CHECK(codeOf(team.changed("Olive", "Stan", "Nobody", {Role::Analyst})) == ErrorCode::NotFound);
}

TEST_CASE("who leaves opens nothing, and the workspace keeps the roles it needs", "[access]") {
    Team team = separatedTeam();
    CHECK(codeOf(team.retired("Olive", "Olive")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(team.retired("Olive", "Stan")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(team.retired("Olive", "Gwen")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(team.changed("Olive", "Stan", "Olive", {Role::Analyst})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(team.retired("Stan", "Ana")) == ErrorCode::Denied);
    team.header = valueOf(team.retired("Olive", "Ana"));
    CHECK(codeOf(unlock(team.header, {passphraseOf("Ana"), {}}, kTests)) == ErrorCode::WrongKey);
    const auto face = valueOf(inspect(team.header));
    CHECK(face.principals.size() == 5);
    CHECK(std::ranges::count_if(face.principals, &Principal::active) == 3);
    CHECK_FALSE(team.header.contains("Ana walks"));
    // The name is free again.
    CHECK(team.added("Olive", "Stan", "Ana", {Role::Analyst}).has_value());
}

TEST_CASE("an officer who has left signs nothing any more", "[access]") {
    Team team = separatedTeam();
    team.header = valueOf(team.added("Olive", "Stan", "Otto", {Role::KeyOfficer}));
    const Keyring olive = team.open("Olive"), stan = team.open("Stan");
    team.header = valueOf(team.retired("Otto", "Olive"));
    CHECK(codeOf(retireUser(team.header, olive, "Ana")) == ErrorCode::Denied);
    CHECK(codeOf(changeRoles(team.header, {olive, stan}, "Ana", {Role::KeyOfficer})) == ErrorCode::Denied);
}

TEST_CASE("one user changes nothing of another's slot", "[access]") {
    const Team team = separatedTeam();
    const Keyring ana = team.open("Ana");
    auto document = valueOf(parseDocument(team.header));
    // With the MAC key in hand: a weaker cost, another's box, a slot thrown out and put back under the own name.
    for (Slot& slot : document.slots)
        if (slot.principal != ana.principal.id) slot.cost.passes = 2;
    CHECK(codeOf(inspect(finishHeader(document, ana.headerKey))) == ErrorCode::Corrupt);
    document = valueOf(parseDocument(team.header));
    for (PrincipalEntry& entry : document.charter.principals)
        if (entry.principal.id == ana.principal.id) entry.principal.roles = allRoles();
    CHECK(codeOf(inspect(finishHeader(document, ana.headerKey))) == ErrorCode::Corrupt);
    // A change of the own passphrase needs no officer.
    const auto changed = valueOf(changePassphrase(
        team.header, {{passphraseOf("Ana"), "Ana"}, "a quite different sentence"}, KdfPolicy::testCost(), kTests));
    CHECK(valueOf(unlock(changed, {"a quite different sentence", "Ana"}, kTests)).keys.core.view() ==
          team.keys.core.view());
    CHECK(valueOf(unlock(changed, {passphraseOf("Stan"), "Stan"}, kTests)).generation ==
          team.open("Stan").generation + 1);
}

TEST_CASE("every action has a role that may do it, and no role but a steward's joins names to facts", "[access]") {
    for (const Action action : kActions) {
        INFO(name(action));
        CHECK(allows(allRoles(), action));
        CHECK_FALSE(allows({}, action));
    }
    for (const Role role : kRoles) {
        INFO(name(role));
        CHECK(roleNamed(name(role)) == role);
        const bool both = holds({role}, FileKey::Core) && holds({role}, FileKey::Identity);
        CHECK(both == (role == Role::DataSteward));
        // The table never promises what the keys do not open.
        if (allows({role}, Action::ReadFigures) || allows({role}, Action::ExportBriefing))
            CHECK(holds({role}, FileKey::Core));
        if (allows({role}, Action::RevealNames) || allows({role}, Action::ReviewLinks) ||
            allows({role}, Action::ReviewPairs))
            CHECK(holds({role}, FileKey::Identity));
        if (allows({role}, Action::ReadAudit)) CHECK(holds({role}, FileKey::AuditRead));
        if (allows({role}, Action::ManageUsers)) CHECK(holds({role}, FileKey::Officer));
    }
    CHECK_FALSE(roleNamed("administrator"));
    CHECK_FALSE(conflictIn(allRoles()));
}
