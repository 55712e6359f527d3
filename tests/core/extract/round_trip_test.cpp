#include <catch2/catch_all.hpp>

#include "core/extract/contract.h"
#include "core/extract/row_binding.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fairlead::extract {

namespace {

using test::codeOf;
using test::ExtractFixture;
using test::valueOf;

/// Every cell of every table, as one text.
std::string allCells(const record::ExtractRows& rows) {
    std::string text;
    CellRow cells;
    for (const auto& table : contractTables()) {
        for (std::size_t i = 0; i < rowCount(rows, table); ++i) {
            cellsOf(rows, table, i, cells);
            text += table.name;
            for (const auto& cell : cells.cells()) {
                text += '|';
                if (cell.storage == Cell::Storage::Integer) text += std::to_string(cell.integer);
                if (cell.storage == Cell::Storage::Text) text += cell.text;
            }
            text += '\n';
        }
    }
    return text;
}

record::ExtractRows educationRows() {
    record::ExtractRows rows;
    rows.persons.push_back({"E1", "Ada", "Lovelace", Date::fromIso("2012-02-29"), "F", "current"});
    rows.persons.push_back({"E1", "", "", std::nullopt, "", "alias"});
    rows.relationships.push_back({"E1", "E2", "sibling_of", Date::fromIso("2020-01-01"), std::nullopt});
    rows.roll.push_back({"E1", 137'333, "7", "C", Date::fromIso("2024-09-01"), std::nullopt});
    rows.schools.push_back(
        {137'333, "Example School", "secondary", "801", std::nullopt, Date::fromIso("2026-08-31"), 149'999});
    record::FactRow attendance;
    attendance.factRef = "att:E1:2026-01";
    attendance.personRef = "E1";
    attendance.kind = record::FactKind::AttendanceTerm;
    attendance.from = Date::fromIso("2026-01-05");
    attendance.until = Date::fromIso("2026-04-01");
    attendance.code = "128";
    attendance.value = 0;
    rows.facts.push_back(attendance);
    return rows;
}

Manifest educationDraft() {
    auto draft = test::policeDraft();
    draft.agency = "education";
    draft.dataset = "school_roll";
    draft.regime = "uk_gdpr";
    return draft;
}

}  // namespace

TEST_CASE("an extract comes out as it went in, with the row id of every row", "[extract]") {
    ExtractFixture fixture;
    fixture.build(250);
    const auto opened = valueOf(fixture.open());
    CHECK(allCells(opened.rows) == allCells(test::policeRows(250)));
    CHECK(opened.authenticated);
    CHECK(opened.manifestSha256 == manifestSha256(fixture.manifest));
    CHECK(canonicalJson(opened.manifest) == canonicalJson(fixture.manifest));
    REQUIRE(opened.rowIds.at("fact").size() == 250);
    CHECK(opened.rowIds.at("fact").front() == 1);
    CHECK(opened.rowIds.at("fact").back() == 250);
    CHECK(std::filesystem::is_empty(fixture.staging));
    CHECK_FALSE(test::bytesOf(fixture.path).contains("Surname"));
}

TEST_CASE("roll, schools, relationships and attendance come out as they went in", "[extract]") {
    ExtractFixture fixture;
    Sealing sealing;
    sealing.units = {fixture.unit.publicKey};
    sealing.signer = &fixture.signer;
    const auto path = fixture.folder / "education.fxt";
    valueOf(build(educationRows(), educationDraft(), sealing, path, fixture.task));
    fixture.options.trusted.begin()->second.agency = "education";
    const auto opened = valueOf(open(path, fixture.options, fixture.task));
    CHECK(allCells(opened.rows) == allCells(educationRows()));
    CHECK(opened.rows.facts.at(0).value == 0);
    CHECK(opened.rows.roll.at(0).until == std::nullopt);
}

TEST_CASE("an extract without a single row opens", "[extract]") {
    ExtractFixture fixture;
    fixture.build(0);
    const auto opened = valueOf(fixture.open());
    CHECK(opened.rows.persons.empty());
    CHECK(opened.manifest.tables.size() == 1);
}

TEST_CASE("every unit that an extract is sealed for opens it, another does not", "[extract]") {
    ExtractFixture fixture;
    const auto second = crypto::SealKeyPair::generate();
    Sealing sealing;
    sealing.units = {fixture.unit.publicKey, second.publicKey};
    sealing.signer = &fixture.signer;
    valueOf(build(test::policeRows(3), test::policeDraft(), sealing, fixture.path, fixture.task));
    CHECK(fixture.open().has_value());
    fixture.options.unit = &second;
    CHECK(fixture.open().has_value());
    const auto third = crypto::SealKeyPair::generate();
    fixture.options.unit = &third;
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
    fixture.options.unit = nullptr;
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
}

TEST_CASE("an extract with a passphrase opens with it and with no other", "[extract]") {
    ExtractFixture fixture;
    const auto passphrase = crypto::Secret::copyOf("six words are needed for this one");
    Sealing sealing;
    sealing.signer = &fixture.signer;
    sealing.passphrase = &passphrase;
    valueOf(build(test::policeRows(3), test::policeDraft(), sealing, fixture.path, fixture.task));
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
    fixture.options.passphrase = &passphrase;
    CHECK(valueOf(fixture.open()).rows.persons.size() == 3);
    const auto wrong = crypto::Secret::copyOf("six other words are no use at all");
    fixture.options.passphrase = &wrong;
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
}

TEST_CASE("an unsigned extract opens only where policy allows it, and is not authenticated", "[extract]") {
    ExtractFixture fixture;
    Sealing sealing;
    sealing.units = {fixture.unit.publicKey};
    valueOf(build(test::policeRows(3), test::policeDraft(), sealing, fixture.path, fixture.task));
    CHECK(fixture.refusal() == ErrorCode::ManifestUnsigned);
    fixture.options.allowUnsigned = true;
    CHECK_FALSE(valueOf(fixture.open()).authenticated);
}

TEST_CASE("building refuses what the contract does not allow, and leaves nothing behind", "[extract]") {
    ExtractFixture fixture;
    Sealing sealing;
    sealing.units = {fixture.unit.publicKey};
    const auto refusal = [&](const record::ExtractRows& rows, const Manifest& draft) {
        const auto built = build(rows, draft, sealing, fixture.path, fixture.task);
        CHECK_FALSE(std::filesystem::exists(fixture.path));
        CHECK(std::distance(std::filesystem::directory_iterator(fixture.folder.path()), {}) == 1);  // staging
        REQUIRE_FALSE(built.has_value());
        CHECK(built.error().code == ErrorCode::InvalidArgument);
        return built.error().detail;
    };
    auto rows = test::policeRows(3);
    rows.persons[1].sex = "female";
    rows.facts[2].role = record::Role::Subject;
    CHECK(refusal(rows, test::policeDraft()) ==
          "2 values are not allowed: table person, row 2, column sex: unknown code; "
          "table fact, row 3, column role: an incident says victim, suspect, witness or linked");
    auto draft = test::policeDraft();
    draft.gateways.clear();
    CHECK(refusal(test::policeRows(1), draft) == "manifest: key gateways: a value that the contract does not allow");
    CHECK(refusal(educationRows(), test::policeDraft()) == "agency police does not supply table roll");
}

TEST_CASE("building wants one way of sealing, a good passphrase, the right ending and a free name", "[extract]") {
    ExtractFixture fixture;
    const auto rows = test::policeRows(1);
    const auto weak = crypto::Secret::copyOf("hunter2");
    Sealing sealing;
    CHECK(codeOf(build(rows, test::policeDraft(), sealing, fixture.path, fixture.task)) == ErrorCode::InvalidArgument);
    sealing.passphrase = &weak;
    CHECK(codeOf(build(rows, test::policeDraft(), sealing, fixture.path, fixture.task)) == ErrorCode::WeakPassphrase);
    sealing.units = {fixture.unit.publicKey};
    CHECK(codeOf(build(rows, test::policeDraft(), sealing, fixture.path, fixture.task)) == ErrorCode::InvalidArgument);
    sealing.passphrase = nullptr;
    CHECK(codeOf(build(rows, test::policeDraft(), sealing, fixture.folder / "police.db", fixture.task)) ==
          ErrorCode::InvalidArgument);
    test::writeBytes(manifestPath(fixture.path), "somebody else's");
    CHECK(codeOf(build(rows, test::policeDraft(), sealing, fixture.path, fixture.task)) == ErrorCode::AlreadyExists);
}

TEST_CASE("building and opening stop when they are cancelled, and leave nothing behind", "[extract]") {
    ExtractFixture fixture;
    fixture.build(2000);
    std::stop_source stop;
    stop.request_stop();
    TaskContext cancelled(stop.get_token());
    CHECK(codeOf(open(fixture.path, fixture.options, cancelled)) == ErrorCode::Cancelled);
    CHECK(std::filesystem::is_empty(fixture.staging));
    Sealing sealing;
    sealing.units = {fixture.unit.publicKey};
    const auto path = fixture.folder / "second.fxt";
    CHECK(codeOf(build(test::policeRows(10), test::policeDraft(), sealing, path, cancelled)) == ErrorCode::Cancelled);
    CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace fairlead::extract
