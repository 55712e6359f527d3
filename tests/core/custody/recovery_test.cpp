#include "core/custody/recovery.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/base/file.h"
#include "core/custody/recovery_standing.h"
#include "core/workspace/schools.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::FileKey;
using access::Role;
using workspace::Workspace;

namespace {

custody::SheetsMade madeBy(Unit& unit, std::string_view second) {
    const Seconder other(second);
    return valueOf(custody::makeSheets(unit.open("Olive"), other.person));
}

custody::SheetTexts textsOf(const custody::SheetsMade& made) { return {made.first.view(), made.second.view()}; }

custody::SheetsUse useOf(const custody::SheetsMade& made, std::string_view name, Role role,
                         const crypto::Secret& passphrase) {
    return {
        .sheets = textsOf(made),
        .firstBearer = "Head of unit",
        .secondBearer = "Records lead",
        .user = {.name = name, .roles = {role}, .passphrase = passphrase.view(), .cost = access::KdfPolicy::testCost()},
        .policy = access::KdfPolicy::forTests()};
}

}  // namespace

TEST_CASE("Sheets are made by the key officer and one who holds the keys, and by nobody else", "[custody]") {
    Unit unit;
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        const Seconder stan(name == "Stan" ? "Gwen" : "Stan");
        const auto made = custody::makeSheets(unit.open(name), stan.person);
        CHECK(isDenied(made) == !access::allows({role}, access::Action::ManageRecovery));
        const auto tried = custody::drillSheets(*unit.fixture.workspace, {"", ""});
        CHECK(isDenied(tried) == !access::allows({role}, access::Action::ManageRecovery));
    }
    for (const std::string_view second : {"Olive", "Ana", "Lin", "Rita"}) {
        INFO(second);
        const Seconder other(second);
        CHECK(codeOf(custody::makeSheets(unit.open("Olive"), other.person)) == ErrorCode::Denied);
    }
    CHECK(codeOf(custody::makeSheets(unit.open("Olive"), {})) == ErrorCode::Denied);
    CHECK(madeBy(unit, "Gwen").keys == std::vector{FileKey::Audit, FileKey::AuditRead, FileKey::Officer});
    CHECK(madeBy(unit, "Stan").keys == std::vector{FileKey::Core, FileKey::Identity, FileKey::Audit, FileKey::Officer});
}

TEST_CASE("A drill shows that the sheets open the files, and changes nothing but the log", "[custody]") {
    Unit unit;
    const auto made = madeBy(unit, "Stan");
    const auto bytes = [&](const char* file) { return valueOf(readFile(unit.fixture.path / file)); };
    const std::string core = bytes("core.db"), identity = bytes("identity.db"), header = bytes("header"),
                      recovery = bytes("recovery");
    Workspace& olive = *unit.fixture.workspace;
    const std::uint64_t entries = olive.audit().head().size;
    const auto report = valueOf(custody::drillSheets(olive, textsOf(made)));
    CHECK(report.opened == made.keys);
    CHECK(report.stale.empty());
    CHECK(codeOf(custody::drillSheets(olive, {made.second.view(), made.first.view()})) == ErrorCode::InvalidArgument);
    CHECK(bytes("core.db") == core);
    CHECK(bytes("identity.db") == identity);
    CHECK(bytes("header") == header);
    CHECK(bytes("recovery") == recovery);
    CHECK(olive.audit().head().size == entries + 2);
    // Older sheets fail, and that is on record too.
    madeBy(unit, "Stan");
    CHECK(codeOf(custody::drillSheets(*unit.fixture.workspace, textsOf(made))) == ErrorCode::WrongKey);
    CHECK(auditOf(*unit.fixture.workspace).back().entry.marks.at("reason") == "wrong_key");
}

TEST_CASE("With both sheets and no passphrase a new steward opens everything, and that is on record", "[custody]") {
    Unit unit;
    const auto made = madeBy(unit, "Stan");
    const auto passphrase = passphraseOf("Nora");
    const auto use = useOf(made, "Nora", Role::DataSteward, passphrase);
    CHECK(codeOf(custody::useSheets(unit.fixture.path, use, *unit.fixture.clock)) == ErrorCode::Busy);
    unit.fixture.workspace.reset();
    auto alone = use;
    alone.secondBearer = "head of unit";
    CHECK(codeOf(custody::useSheets(unit.fixture.path, alone, *unit.fixture.clock)) == ErrorCode::InvalidArgument);
    auto oneSheet = use;
    oneSheet.sheets.second = made.first.view();
    CHECK(codeOf(custody::useSheets(unit.fixture.path, oneSheet, *unit.fixture.clock)) == ErrorCode::InvalidArgument);
    const std::string header = valueOf(readFile(unit.fixture.path / "header"));
    valueOf(custody::useSheets(unit.fixture.path, use, *unit.fixture.clock));
    CHECK(valueOf(readFile(unit.fixture.path / "header")) != header);
    Workspace& nora = unit.open("Nora");
    CHECK(nora.holds(FileKey::Core));
    CHECK(nora.holds(FileKey::Identity));
    CHECK_FALSE(nora.holds(FileKey::Officer));
    CHECK(valueOf(workspace::schools(nora)).size() == 2);
    const auto id = nora.principal();
    const auto records = auditOf(unit.open("Gwen"));
    const auto done = std::ranges::find_if(records, [](const audit::Record& record) {
        return record.entry.role == "recovery" && record.entry.state == audit::State::Done;
    });
    REQUIRE(done != records.end());
    CHECK(done->entry.actor == id);
    const auto& intent = records.at(done->entry.about - 1);
    CHECK(intent.entry.state == audit::State::Intent);
    CHECK(intent.entry.details.at("first_bearer") == "Head of unit");
    CHECK(intent.entry.details.at("second_bearer") == "Records lead");
}

TEST_CASE("Sheets that a steward and an auditor sign make every role, an auditor too", "[custody]") {
    Unit unit;
    const Seconder stan("Stan"), gwen("Gwen"), olive("Olive"), ana("Ana");
    Workspace& opened = unit.open("Olive");
    CHECK(codeOf(custody::makeSheets(opened, stan.person, stan.person)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(custody::makeSheets(opened, stan.person, olive.person)) == ErrorCode::InvalidArgument);
    CHECK(isDenied(custody::makeSheets(opened, stan.person, ana.person)));
    const auto made = valueOf(custody::makeSheets(opened, stan.person, gwen.person));
    CHECK(made.keys == std::vector<FileKey>{access::kFileKeys.begin(), access::kFileKeys.end()});
    const auto report = valueOf(custody::drillSheets(opened, textsOf(made)));
    CHECK(report.opened == made.keys);
    unit.fixture.workspace.reset();
    const auto passphrase = passphraseOf("Nora");
    valueOf(custody::useSheets(unit.fixture.path, useOf(made, "Nora", Role::GovernanceAuditor, passphrase),
                               *unit.fixture.clock));
    // What was written before she came opens to her, as to any auditor.
    Workspace& nora = unit.open("Nora");
    CHECK(nora.holds(FileKey::AuditRead));
    CHECK_FALSE(nora.holds(FileKey::Core));
    const auto records = auditOf(nora);
    const auto sheets = std::ranges::find_if(records, [](const audit::Record& record) {
        const auto what = record.entry.details.find("what");
        return what != record.entry.details.end() && what->second == "recovery sheets made" &&
               record.entry.state == audit::State::Intent;
    });
    REQUIRE(sheets != records.end());
    CHECK(sheets->entry.details.contains("further"));
    // Without the third signature the file opens nothing.
    std::string file = valueOf(readFile(unit.fixture.path / custody::kRecoveryFile));
    const auto at = file.find("further_signature");
    REQUIRE(at != std::string::npos);
    file[at + 22] = file[at + 22] == 'A' ? 'B' : 'A';
    valueOf(writeFileAtomically(unit.fixture.path / custody::kRecoveryFile, file));
    CHECK(codeOf(custody::drillSheets(unit.open("Olive"), textsOf(made))) == ErrorCode::Corrupt);
}

TEST_CASE("Sheets of officer and steward make no auditor, and none opens without a file", "[custody]") {
    Unit unit;
    const auto passphrase = passphraseOf("Nora");
    const auto made = madeBy(unit, "Stan");
    unit.fixture.workspace.reset();
    CHECK(codeOf(custody::useSheets(unit.fixture.path, useOf(made, "Nora", Role::GovernanceAuditor, passphrase),
                                    *unit.fixture.clock)) == ErrorCode::Denied);
    std::filesystem::remove(unit.fixture.path / custody::kRecoveryFile);
    CHECK(codeOf(custody::useSheets(unit.fixture.path, useOf(made, "Nora", Role::DataSteward, passphrase),
                                    *unit.fixture.clock)) == ErrorCode::NotFound);
}

TEST_CASE("How the sheets stand is told without them: what they open, when they were made, tried and used",
          "[custody]") {
    using Outcome = custody::SheetsTried::Outcome;
    Unit unit;
    const auto standing = [&] { return valueOf(custody::sheetsStanding(unit.open("Olive"))); };
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        CHECK(isDenied(custody::sheetsStanding(unit.open(name))) ==
              !access::allows({role}, access::Action::ManageRecovery));
    }
    CHECK_FALSE(standing().has_value());
    CHECK(codeOf(custody::drillSheets(*unit.fixture.workspace, {"", ""})) == ErrorCode::InvalidArgument);
    CHECK_FALSE(standing().has_value());
    const auto made = madeBy(unit, "Stan");
    const std::int64_t madeMs = unit.fixture.clock->nowMs();
    auto now = standing().value();
    const std::string olive = unit.fixture.workspace->principal();
    CHECK(now.face.keys == made.keys);
    CHECK(now.face.officer == olive);
    CHECK_FALSE(now.face.holder.empty());
    CHECK(now.face.further.empty());
    CHECK(now.madeMs == madeMs);
    CHECK_FALSE(now.tried.has_value());
    CHECK_FALSE(now.usedMs.has_value());
    valueOf(custody::drillSheets(*unit.fixture.workspace, textsOf(made)));
    now = standing().value();
    REQUIRE(now.tried.has_value());
    CHECK(now.tried->outcome == Outcome::Opened);
    CHECK(now.tried->by == olive);
    CHECK(now.tried->atMs >= madeMs);
    std::string slip(made.first.view());
    const auto third = slip.find("\n3  ") + 4;
    slip[third] = slip[third] == 'A' ? 'B' : 'A';
    const auto refused = custody::drillSheets(*unit.fixture.workspace, {slip, made.second.view()});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().subject == "sheet 1");
    CHECK(refused.error().detail == "line 3 is mistyped");
    CHECK(standing().value().tried->outcome == Outcome::NotOpened);
    unit.fixture.workspace.reset();
    const auto passphrase = passphraseOf("Nora");
    valueOf(
        custody::useSheets(unit.fixture.path, useOf(made, "Nora", Role::DataSteward, passphrase), *unit.fixture.clock));
    CHECK(standing().value().usedMs.has_value());
    // New sheets were neither tried nor used.
    madeBy(unit, "Gwen");
    now = standing().value();
    CHECK(now.face.keys == std::vector{FileKey::Audit, FileKey::AuditRead, FileKey::Officer});
    CHECK_FALSE(now.tried.has_value());
    CHECK_FALSE(now.usedMs.has_value());
    // A file that somebody changed is no standing.
    std::string file = valueOf(readFile(unit.fixture.path / custody::kRecoveryFile));
    file[file.find("holder_signature") + 22] ^= 1;
    valueOf(writeFileAtomically(unit.fixture.path / custody::kRecoveryFile, file));
    CHECK(codeOf(custody::sheetsStanding(unit.open("Olive"))) == ErrorCode::Corrupt);
}

TEST_CASE("A sheet becomes a file where somebody says, for nobody else to read, and that is on record", "[custody]") {
    Unit unit;
    const auto made = madeBy(unit, "Stan");
    const auto page = custody::sheetPage(made.second, 2);
    CHECK(page.view().starts_with("FAIRLEAD RECOVERY SHEET 2 OF 2\n"));
    CHECK(page.view().contains(made.second.view()));
    const auto file = unit.fixture.folder / "second.txt";
    valueOf(custody::keepSheet(*unit.fixture.workspace, page, file));
    CHECK(valueOf(readFile(file)) == page.view());
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    const auto failed = custody::keepSheet(*unit.fixture.workspace, page, unit.fixture.folder / "none" / "second.txt");
    CHECK_FALSE(failed.has_value());
    CHECK(isDenied(custody::keepSheet(unit.open("Stan"), page, unit.fixture.folder / "third.txt")));
    CHECK_FALSE(std::filesystem::exists(unit.fixture.folder / "third.txt"));
    const auto records = auditOf(unit.open("Gwen"));
    CHECK(std::ranges::count_if(records, [](const audit::Record& record) {
              return record.entry.verb == audit::Verb::Disclosure && record.entry.state == audit::State::Done;
          }) == 1);
}
