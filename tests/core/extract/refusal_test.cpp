// The known-bad set: each case says what was done to a good extract, and which refusal it must meet.
// ExtractFixture::refusal() also checks that nothing is left in staging.

#include <filesystem>

#include <catch2/catch_all.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fairlead::extract {

namespace {

using test::bytesOf;
using test::execute;
using test::ExtractFixture;
using test::valueOf;
using test::writeBytes;

constexpr std::size_t kPage = 4096;

/// Runs one schema statement on a good file: a supplier who signs what does not follow the contract.
Error refusedAfter(const std::string& sql) {
    ExtractFixture fixture;
    fixture.build();
    fixture.alterFile(sql);
    return fixture.refusedWith();
}

/// Rewrites the stored text of the schema, which no CREATE statement would let through.
void rewriteSchema(sqlite3* database, const std::string& change) {
    execute(database, "PRAGMA writable_schema = ON");
    execute(database, change);
    execute(database, "PRAGMA writable_schema = OFF");
}

}  // namespace

TEST_CASE("an extract is refused when the unit's key is another one", "[extract][refusal][T-X8]") {
    ExtractFixture fixture;
    fixture.build();
    // The box says it is for this unit, but was sealed to somebody else.
    const auto other = crypto::SealKeyPair::generate();
    const auto fingerprint = crypto::fingerprint(fixture.unit.publicKey);
    fixture.alterManifest([&](Manifest& manifest) {
        manifest.sealedKeys[fingerprint] = crypto::base64(crypto::seal(std::string(100, 'k'), other.publicKey));
    });
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
}

TEST_CASE("an extract is refused when its sealed key belongs to another delivery", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    // The next delivery's manifest carries the key of this one.
    fixture.alterManifest([](Manifest& manifest) { manifest.sequence = 2; });
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
}

TEST_CASE("a plaintext database is refused", "[extract][refusal][T-X7]") {
    ExtractFixture fixture;
    fixture.build();
    // The first page of an unencrypted database in place of ours, manifest mended and signed.
    auto bytes = bytesOf(fixture.path);
    bytes.replace(0, 16, std::string("SQLite format 3\0", 16));
    writeBytes(fixture.path, bytes);
    fixture.mendManifest();
    CHECK(fixture.refusal() == ErrorCode::ExtractPlaintext);
}

TEST_CASE("an extract that lost its last page is refused by size and hash, and by its pages alone",
          "[extract][refusal][T-X5]") {
    ExtractFixture fixture;
    fixture.build(400);
    const auto bytes = bytesOf(fixture.path);
    writeBytes(fixture.path, std::string_view(bytes).substr(0, bytes.size() - kPage));
    CHECK(fixture.refusal() == ErrorCode::HashMismatch);
    // The same, by somebody who can sign.
    fixture.mendManifest();
    CHECK(fixture.refusal() == ErrorCode::ExtractDamaged);
}

TEST_CASE("an extract that lost half a page is refused by its size", "[extract][refusal][T-X5]") {
    ExtractFixture fixture;
    fixture.build();
    const auto bytes = bytesOf(fixture.path);
    writeBytes(fixture.path, std::string_view(bytes).substr(0, bytes.size() - kPage / 2));
    CHECK(fixture.refusal() == ErrorCode::ExtractSize);
}

TEST_CASE("one flipped bit anywhere is refused by the hash, and by the page's own check", "[extract][refusal][T-X5]") {
    ExtractFixture fixture;
    fixture.build(400);
    const auto good = bytesOf(fixture.path);
    // The first 16 bytes are the salt, which travels with the key too: only the hash looks at them.
    for (const std::size_t at : {std::size_t{20}, kPage - 5, kPage * 2 + 100, good.size() - 1}) {
        CAPTURE(at);
        auto bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        writeBytes(fixture.path, bytes);
        const auto honest = fixture.manifest;
        CHECK(fixture.refusal() == ErrorCode::HashMismatch);
        fixture.mendManifest();
        const auto code = fixture.refusal();
        // In page 1 a wrong key and a damaged page look the same.
        CHECK((at < kPage ? code == ErrorCode::WrongKey || code == ErrorCode::ExtractDamaged
                          : code == ErrorCode::ExtractDamaged));
        fixture.alterManifest([&](Manifest& manifest) { manifest = honest; });
    }
}

TEST_CASE("a page of an older version under the same key is found by the row digest alone",
          "[extract][refusal][T-X6]") {
    ExtractFixture fixture;
    fixture.build(400);
    const auto older = bytesOf(fixture.path);
    // Every fact is cancelled: same key, same pages, later content. The manifest then tells of the later content.
    fixture.alterFile("UPDATE fact SET cancelled = 1 - cancelled");
    const auto newer = bytesOf(fixture.path);
    REQUIRE(newer.size() == older.size());
    CHECK(fixture.refusal() == ErrorCode::HashMismatch);  // digests are still those of the older rows
    // The other way round: the older manifest's digests hold for the older file; one page is put back.
    std::size_t splices = 0;
    for (std::size_t page = kPage; page < older.size(); page += kPage) {
        if (older.compare(page, kPage, newer, page, kPage) == 0) continue;
        auto spliced = older;
        spliced.replace(page, kPage, newer, page, kPage);
        writeBytes(fixture.path, spliced);
        fixture.mendManifest();
        const auto error = fixture.refusedWith();
        CHECK(error.code == ErrorCode::HashMismatch);
        CHECK(error.detail == "rows of table fact");
        if (++splices == 3) break;
    }
    CHECK(splices == 3);
    // The control: without the splice the file opens again.
    writeBytes(fixture.path, older);
    fixture.mendManifest();
    CHECK(fixture.open().has_value());
}

TEST_CASE("an extract with a journal or write-ahead log beside it is refused", "[extract][refusal][T-X5]") {
    for (const char* ending : {"-wal", "-shm", "-journal"}) {
        ExtractFixture fixture;
        fixture.build();
        writeBytes(fixture.path.string() + ending, "");
        CAPTURE(ending);
        CHECK(fixture.refusal() == ErrorCode::ExtractSidecar);
    }
}

TEST_CASE("a trigger, a view, an index, another table or another version is refused", "[extract][refusal][T-X2]") {
    CHECK(refusedAfter("CREATE TRIGGER later AFTER INSERT ON person BEGIN DELETE FROM fact; END").code ==
          ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE VIEW everybody AS SELECT * FROM person").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE INDEX by_name ON person (surname)").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE INDEX by_length ON person (length(surname))").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE INDEX some_names ON person (surname) WHERE sex = 'F'").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE TABLE notes (row_id INTEGER PRIMARY KEY, text TEXT) STRICT").code ==
          ErrorCode::ExtractSchema);
    CHECK(refusedAfter("CREATE TABLE roll (row_id INTEGER PRIMARY KEY) STRICT").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("DROP TABLE address").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("PRAGMA user_version = 2").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("PRAGMA application_id = 7").code == ErrorCode::ExtractSchema);
}

TEST_CASE("a virtual table is refused", "[extract][refusal][T-X2]") {
    ExtractFixture fixture;
    fixture.build();
    // No module for one is compiled in: the schema is written by hand.
    fixture.alterFile([](sqlite3* database) {
        rewriteSchema(database,
                      "INSERT INTO sqlite_schema VALUES ('table', 'search', 'search', 0, "
                      "'CREATE VIRTUAL TABLE search USING fts5(surname)')");
    });
    const auto code = fixture.refusal();
    CHECK(code == ErrorCode::ExtractSchema);
}

TEST_CASE("a generated, an extra, a missing, a renamed or a retyped column is refused", "[extract][refusal][T-X2]") {
    CHECK(refusedAfter("ALTER TABLE person ADD COLUMN shout TEXT AS (upper(surname)) VIRTUAL").code ==
          ErrorCode::ExtractSchema);
    CHECK(refusedAfter("ALTER TABLE person ADD COLUMN religion TEXT").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("ALTER TABLE person DROP COLUMN sex").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter("ALTER TABLE person RENAME COLUMN sex TO gender").code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter(
              "DROP TABLE identifier; CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, "
              "kind TEXT NOT NULL, value INTEGER NOT NULL) STRICT")
              .code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter(
              "DROP TABLE identifier; CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, "
              "kind TEXT NOT NULL, value TEXT NOT NULL)")
              .code == ErrorCode::ExtractSchema);
    CHECK(refusedAfter(
              "DROP TABLE identifier; CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, "
              "kind TEXT NOT NULL DEFAULT 'upn', value TEXT NOT NULL) STRICT")
              .code == ErrorCode::ExtractSchema);
}

TEST_CASE("SQL in the name of a table, column or index is a name, and is refused", "[extract][refusal][T-X3]") {
    const std::string names[] = {R"("x""; DROP TABLE person; --")", R"("person""; DELETE FROM fact; --")",
                                 R"("' OR 1=1; --")", R"("fact) UNION SELECT * FROM person --")"};
    for (const auto& name : names) {
        INFO(name);
        for (const auto& sql : {"CREATE TABLE " + name + " (a TEXT) STRICT", "ALTER TABLE identifier RENAME TO " + name,
                                "ALTER TABLE identifier ADD COLUMN " + name + " TEXT",
                                "ALTER TABLE identifier RENAME COLUMN value TO " + name,
                                "CREATE INDEX " + name + " ON person (surname)"}) {
            ExtractFixture fixture;
            fixture.build(5);
            fixture.alterFile(sql);
            const auto before = bytesOf(fixture.path);
            CHECK(fixture.refusal() == ErrorCode::ExtractSchema);
            CHECK(bytesOf(fixture.path) == before);
        }
    }
}

TEST_CASE("the spelling of a table's definition does not matter", "[extract]") {
    ExtractFixture fixture;
    fixture.build(0);
    fixture.alterFile([](sqlite3* database) {
        execute(database, "DROP TABLE person");
        execute(
            database,
            "create table person (\n  row_id integer primary key,\n  person_ref text not null ,\n  forenames text,\n"
            "  surname text, birth_date text, sex text,\n\tname_kind text not null\n) strict");
    });
    CHECK(fixture.open().has_value());
}

TEST_CASE("a number where the contract has text is refused", "[extract][refusal][T-X2]") {
    ExtractFixture fixture;
    fixture.build();
    // STRICT tables turn a number into text; a table that became STRICT afterwards still holds the number.
    fixture.alterFile([](sqlite3* database) {
        const std::string ours =
            "CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, kind TEXT NOT NULL, value "
            "TEXT NOT NULL) STRICT";
        execute(database, "DROP TABLE identifier");
        execute(
            database,
            "CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref NOT NULL, kind NOT NULL, value NOT NULL)");
        execute(database, "INSERT INTO identifier VALUES (1, 'P000001', 'pnc', 17)");
        rewriteSchema(database, "UPDATE sqlite_schema SET sql = '" + ours + "' WHERE name = 'identifier'");
    });
    const auto code = fixture.refusal();
    CHECK((code == ErrorCode::ExtractDamaged || code == ErrorCode::ExtractValue));
}

TEST_CASE("values that the contract does not allow are refused by table, row and column, never shown",
          "[extract][refusal]") {
    const auto detailAfter = [](const std::string& sql) {
        const auto error = refusedAfter(sql);
        CHECK(error.code == ErrorCode::ExtractValue);
        return error.detail;
    };
    const std::string row7 = "1 value is not allowed: table person, row 7, column ";
    CHECK(detailAfter("UPDATE person SET surname = printf('%.*c', 121, 'Q') WHERE row_id = 7") ==
          row7 + "surname: longer than the contract allows");
    CHECK(detailAfter("UPDATE person SET surname = 'Q' || char(10) WHERE row_id = 7") ==
          row7 + "surname: control or direction character");
    CHECK(detailAfter("UPDATE person SET surname = 'Q' || char(0) || 'Q' WHERE row_id = 7") ==
          row7 + "surname: control or direction character");
    CHECK(detailAfter("UPDATE person SET surname = 'Q' || char(8238) WHERE row_id = 7") ==
          row7 + "surname: control or direction character");
    CHECK(detailAfter("UPDATE person SET surname = 'Q' || char(8203) WHERE row_id = 7") ==
          row7 + "surname: control or direction character");
    CHECK(detailAfter("UPDATE person SET surname = CAST(x'51FF' AS TEXT) WHERE row_id = 7") ==
          row7 + "surname: not UTF-8");
    CHECK(detailAfter("UPDATE person SET surname = '' WHERE row_id = 7") ==
          row7 + "surname: empty text (not supplied is NULL)");
    CHECK(detailAfter("UPDATE person SET sex = 'Q' WHERE row_id = 7") == row7 + "sex: unknown code");
    CHECK(detailAfter("UPDATE person SET birth_date = '2010-02-30' WHERE row_id = 7") ==
          row7 + "birth_date: not a date YYYY-MM-DD");
    CHECK(detailAfter("UPDATE person SET birth_date = '1899-12-31' WHERE row_id = 7") ==
          row7 + "birth_date: date before 1900 or after 2100");
    CHECK(detailAfter("UPDATE fact SET cancelled = 2 WHERE row_id = 7") ==
          "1 value is not allowed: table fact, row 7, column cancelled: number out of range");
    CHECK(detailAfter("UPDATE fact SET code = 'Q' WHERE row_id = 7") ==
          "1 value is not allowed: table fact, row 7, column code: unknown code for this kind of fact");
    const auto many = detailAfter("UPDATE person SET sex = 'Q'");
    CHECK(many.starts_with("40 values are not allowed: table person, row 1, column sex: unknown code; "));
    CHECK(many.ends_with("; and 35 more"));
}

TEST_CASE("a value of more than a megabyte is refused before it is read", "[extract][refusal][T-X4]") {
    CHECK(refusedAfter("UPDATE person SET surname = printf('%.*c', 2000000, 'Q') WHERE row_id = 7").code ==
          ErrorCode::ExtractValue);
}

TEST_CASE("an extract without a manifest, or with one that is not in order, is refused", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    const auto path = manifestPath(fixture.path);
    const auto good = bytesOf(path);
    std::filesystem::remove(path);
    CHECK(fixture.refusal() == ErrorCode::ManifestMissing);
    writeBytes(path, "");
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
    writeBytes(path, "{}\n");
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
    writeBytes(path, std::string((1U << 20U) + 1, ' '));
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
    writeBytes(path, good + good);
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
    std::filesystem::remove(path);
    writeBytes(fixture.folder / "elsewhere", good);
    std::filesystem::create_symlink(fixture.folder / "elsewhere", path);
    CHECK(fixture.refusal() == ErrorCode::ManifestInvalid);
}

TEST_CASE("an extract is used until the day its retention ends, and not a day longer", "[extract][refusal][T-X8]") {
    ExtractFixture fixture;
    fixture.build();
    fixture.options.today = fixture.manifest.retainUntil;
    CHECK(fixture.open().has_value());
    fixture.options.today = fixture.manifest.retainUntil + 1;
    CHECK(fixture.refusal() == ErrorCode::RetentionExpired);
}

TEST_CASE("an extract is refused when one of its gateways is not in force", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    fixture.alterManifest([](Manifest& manifest) { manifest.gateways.emplace_back("welfare_reform_act_2012_s13"); });
    const auto error = fixture.refusedWith();
    CHECK(error.code == ErrorCode::GatewayNotInForce);
    CHECK(error.detail == "welfare_reform_act_2012_s13");
}

TEST_CASE("an extract is refused when the manifest counts its rows otherwise", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    fixture.alterManifest([](Manifest& manifest) { manifest.tables["fact"].rows += 1; });
    CHECK(fixture.refusal() == ErrorCode::RowCountMismatch);
}

TEST_CASE("an extract is refused when the manifest digests its rows otherwise", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    fixture.alterManifest(
        [](Manifest& manifest) { manifest.tables["fact"].sha256 = manifest.tables["person"].sha256; });
    CHECK(fixture.refusedWith().detail == "rows of table fact");
}

TEST_CASE("an extract is refused when its signer is unknown, its signature wrong or taken off",
          "[extract][refusal][T-X8]") {
    ExtractFixture fixture;
    fixture.build();
    const auto path = manifestPath(fixture.path);
    const auto good = bytesOf(path);
    const auto trusted = fixture.options.trusted;
    fixture.options.trusted.clear();
    CHECK(fixture.refusal() == ErrorCode::SignerUnknown);
    // A key that we trust, but as another agency's.
    fixture.options.trusted = trusted;
    fixture.options.trusted.begin()->second.agency = "education";
    CHECK(fixture.refusal() == ErrorCode::SignerUnknown);
    fixture.options.trusted = trusted;
    // One character of the signed text, here the name of the agreement.
    auto edited = good;
    edited.replace(edited.find("DSA 12"), 6, "DSA 13");
    writeBytes(path, edited);
    CHECK(fixture.refusal() == ErrorCode::SignatureInvalid);
    // The signature line is cut off: also where unsigned extracts are allowed.
    writeBytes(path, std::string_view(good).substr(0, good.find('\n') + 1));
    CHECK(fixture.refusal() == ErrorCode::SignatureInvalid);
    fixture.options.allowUnsigned = true;
    CHECK(fixture.refusal() == ErrorCode::SignatureInvalid);
}

TEST_CASE("a link, a pipe, a folder, an empty file or nothing at all is refused", "[extract][refusal][T-X9]") {
    ExtractFixture fixture;
    fixture.build();
    const auto aside = fixture.folder / "aside.fxt";
    std::filesystem::rename(fixture.path, aside);
    CHECK(fixture.refusal() == ErrorCode::NotFound);
    std::filesystem::create_symlink(aside, fixture.path);
    CHECK(fixture.refusal() == ErrorCode::ExtractNotRegularFile);
    std::filesystem::remove(fixture.path);
    REQUIRE(::mkfifo(fixture.path.c_str(), 0600) == 0);
    CHECK(fixture.refusal() == ErrorCode::ExtractNotRegularFile);
    std::filesystem::remove(fixture.path);
    std::filesystem::create_directory(fixture.path);
    CHECK(fixture.refusal() == ErrorCode::ExtractNotRegularFile);
    std::filesystem::remove(fixture.path);
    writeBytes(fixture.path, "");
    CHECK(fixture.refusal() == ErrorCode::ExtractSize);
}

TEST_CASE("a file whose key is another one is refused as such or as damaged, never read", "[extract][refusal]") {
    ExtractFixture fixture;
    fixture.build();
    ExtractFixture other;
    other.build();
    // Another file under this manifest: its pages do not open with this key.
    writeBytes(fixture.path, bytesOf(other.path));
    fixture.mendManifest();
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
}

}  // namespace fairlead::extract
