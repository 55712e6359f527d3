#include "core/access/recovery.h"

#include <algorithm>

#include "tests/core/access/team.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::access;
using fairlead::crypto::Secret;
using fairlead::test::codeOf;
using fairlead::test::passphraseOf;
using fairlead::test::valueOf;

namespace {

const auto kTests = test::kCheapKdf;

/// A workspace of one, who adds an officer and a steward.
struct Team : test::Team {
    Team() {
        for (const auto& [name, role] : {std::pair("Olive", Role::KeyOfficer), {"Stan", Role::DataSteward}})
            header = valueOf(added("Founder", "Founder", name, {role}));
    }
    [[nodiscard]] RecoveryMade made(std::string_view officer, std::string_view holder) const {
        const Keyring first = open(officer), second = open(holder);
        return valueOf(makeRecovery(header, {first, second}));
    }
};

Secret otherThan(const Secret& sheet) {
    Secret changed = sheet.clone();
    changed.data()[7] ^= 1U;
    return changed;
}

}  // namespace

TEST_CASE("both sheets give the keys that the two held, and one sheet gives nothing", "[access]") {
    const Team team;
    const RecoveryMade made = team.made("Olive", "Stan");
    CHECK(made.keys == std::vector{FileKey::Core, FileKey::Identity, FileKey::Audit, FileKey::Officer});
    const RecoveredKeys recovered = valueOf(openRecovery(made.file, team.header, made.sheets));
    CHECK(recovered.keys.core.view() == team.keys.core.view());
    CHECK(recovered.keys.identity.view() == team.keys.identity.view());
    CHECK(recovered.keys.audit.view() == team.keys.audit.view());
    CHECK(recovered.keys.auditRead.isEmpty());
    for (const auto& wrong :
         {RecoverySheets{made.sheets.first.clone(), Secret(32)}, RecoverySheets{Secret(32), made.sheets.second.clone()},
          RecoverySheets{otherThan(made.sheets.first), made.sheets.second.clone()},
          RecoverySheets{made.sheets.first.clone(), made.sheets.first.clone()}})
        CHECK(codeOf(openRecovery(made.file, team.header, wrong)) == ErrorCode::WrongKey);
    // New sheets make the old ones worthless.
    const RecoveryMade newer = team.made("Olive", "Stan");
    CHECK(codeOf(openRecovery(newer.file, team.header, made.sheets)) == ErrorCode::WrongKey);
    CHECK(openRecovery(newer.file, team.header, newer.sheets).has_value());
    // One person with every role has every key.
    CHECK(team.made("Founder", "Founder").keys.size() == kFileKeys.size());
}

TEST_CASE("sheets are made by an officer and one who holds the keys", "[access]") {
    const Team team;
    for (const auto& [officer, holder] : {std::pair("Olive", "Olive"), {"Stan", "Stan"}, {"Stan", "Olive"}}) {
        INFO(officer << " and " << holder);
        const Keyring first = team.open(officer), second = team.open(holder);
        CHECK(codeOf(makeRecovery(team.header, {first, second})) == ErrorCode::Denied);
    }
}

TEST_CASE("a changed recovery file, or one of another workspace, is refused", "[access]") {
    const Team team, other;
    const RecoveryMade made = team.made("Olive", "Stan");
    CHECK(codeOf(openRecovery(made.file, other.header, made.sheets)) == ErrorCode::Corrupt);
    for (std::size_t i = 0; i < made.file.size(); i += 3) {
        std::string changed = made.file;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        INFO(i);
        const auto opened = openRecovery(changed, team.header, made.sheets);
        CHECK_FALSE(opened.has_value());
    }
    for (std::size_t size = 0; size < made.file.size(); size += 17)
        CHECK(codeOf(openRecovery(made.file.substr(0, size), team.header, made.sheets)) == ErrorCode::Corrupt);
}

TEST_CASE("a user of the sheets opens the workspace with their passphrase and holds their role's keys", "[access]") {
    const Team team;
    const RecoveryMade made = team.made("Olive", "Stan");
    const RecoveredKeys recovered = valueOf(openRecovery(made.file, team.header, made.sheets));
    const auto added = [&](std::string_view name, const Roles& roles) {
        return recoverUser(
            team.header, recovered,
            {.name = name, .roles = roles, .passphrase = passphraseOf(name), .cost = KdfPolicy::testCost()}, kTests);
    };
    const RecoveredUser steward = valueOf(added("Nora", {Role::DataSteward}));
    const Keyring nora = valueOf(unlock(steward.header, {passphraseOf("Nora"), "Nora"}, kTests));
    CHECK(nora.keys.core.view() == team.keys.core.view());
    CHECK(nora.keys.identity.view() == team.keys.identity.view());
    CHECK(nora.principal.id == steward.id);
    CHECK(nora.generation == team.open("Stan").generation + 1);
    // Everybody else is as before.
    CHECK(valueOf(unlock(steward.header, {passphraseOf("Stan"), "Stan"}, kTests)).keys.core.view() ==
          team.keys.core.view());
    // An officer of the sheets signs for others.
    const RecoveredUser officer = valueOf(added("Otto", {Role::KeyOfficer}));
    const Keyring otto = valueOf(unlock(officer.header, {passphraseOf("Otto"), "Otto"}, kTests));
    CHECK(retireUser(officer.header, otto, "Founder").has_value() == false);  // the only auditor
    CHECK(retireUser(officer.header, otto, "Olive").has_value());
    CHECK(codeOf(added("Gwen", {Role::GovernanceAuditor})) == ErrorCode::Denied);
    CHECK(codeOf(added("Stan", {Role::DataSteward})) == ErrorCode::AlreadyExists);
    CHECK(codeOf(added("Both", {Role::DataSteward, Role::KeyOfficer})) == ErrorCode::InvalidArgument);
}

TEST_CASE("a printed sheet is read back, and a slip of the pen is found at its line", "[access]") {
    for (int round = 0; round < 20; ++round) {
        const Secret sheet = Secret::random(32);
        const std::string printed(printSheet(sheet, 1).view());
        CHECK(valueOf(readSheet(printed, 1)).view() == sheet.view());
        std::string typed = "Fairlead, sheet 1 of 2\nkeep it apart\n" + printed + "end\n";
        std::ranges::transform(typed, typed.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        CHECK(valueOf(readSheet(typed, 1)).view() == sheet.view());
        const auto other = readSheet(printed, 2);
        REQUIRE_FALSE(other.has_value());
        CHECK(other.error().detail == "line 1 is of the other sheet");
        // Every letter, changed to another one, and two neighbours swapped.
        int missed = 0;
        for (std::size_t i = 0; i + 1 < printed.size(); ++i) {
            if (!std::isupper(static_cast<unsigned char>(printed[i])) && !(printed[i] >= '2' && printed[i] <= '7'))
                continue;
            if (printed[i + 1] == ' ') continue;  // the number of the line
            std::string slip = printed;
            slip[i] = slip[i] == 'Q' ? 'X' : 'Q';
            const auto read = readSheet(slip, 1);
            if (read)
                ++missed;
            else
                CHECK(read.error().code == ErrorCode::InvalidArgument);
        }
        // 15 bits a line check it: of 1,280 slips in all rounds hardly one may pass.
        CHECK(missed <= 1);
    }
    CHECK(codeOf(readSheet("", 1)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(readSheet("1  ABCD-ABCD-ABCD-ABCD\n", 1)) == ErrorCode::InvalidArgument);
}
