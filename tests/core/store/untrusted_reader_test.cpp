#include "core/store/untrusted_reader.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::store;
using fairlead::crypto::Secret;
using fairlead::test::bytesOf;
using fairlead::test::codeOf;
using fairlead::test::TempFolder;
using fairlead::test::valueOf;
using fairlead::test::writeBytes;

namespace {

constexpr std::size_t kPage = 4096;
constexpr auto kSchema = "CREATE TABLE person(ref TEXT NOT NULL, born TEXT, n INTEGER, PRIMARY KEY(ref)) STRICT;";

UntrustedExpectation expected() { return {.tables = {"person"}, .applicationId = 0x464c5831, .userVersion = 3}; }

/// What an agency that follows the contract would write, and then `extra`, with SQLite's own hands: no authorizer.
void makeExtract(const std::filesystem::path& path, const Secret& key, const std::string& extra = {}, int rows = 800) {
    auto database = valueOf(Database::create(path, key));
    sqlite3_set_authorizer(database.handle(), nullptr, nullptr);
    valueOf(database.execute(kSchema));
    valueOf(database.execute("PRAGMA application_id = 0x464c5831; PRAGMA user_version = 3"));
    auto transaction = valueOf(Transaction::begin(database));
    auto insert = valueOf(database.prepare("INSERT INTO person VALUES(?1, '2015-04-01', ?2)"));
    for (int i = 0; i < rows; ++i) valueOf(insert.bind(1, fmt::format("R{:06}", i)).bind(2, i).run());
    valueOf(transaction.commit());
    if (!extra.empty()) valueOf(database.execute(extra));
}

/// The result of opening such a file.
Result<UntrustedReader> reopened(const std::string& extra, const UntrustedExpectation& expectation = expected(),
                                 int rows = 20) {
    static TaskContext task;
    const TempFolder folder;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key, extra, rows);
    return UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expectation, task);
}

}  // namespace

TEST_CASE("a sound file of others opens and gives its rows", "[store]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "odd name %41?#.fxt", key, "CREATE INDEX born ON person(born)");
    auto reader =
        valueOf(UntrustedReader::open(folder / "odd name %41?#.fxt", UntrustedKey::raw(key), expected(), task));
    auto rows = valueOf(reader.select("SELECT rowid, ref, typeof(n), length(born), substr(ref, 1, 1) FROM person"));
    int count = 0;
    while (valueOf(rows.next())) ++count;
    CHECK(count == 800);
    auto total = valueOf(reader.select("SELECT count(*) FROM person WHERE n >= ?1"));
    total.bind(1, 700);
    REQUIRE(valueOf(total.next()));
    CHECK(total.integer(0) == 100);
}

TEST_CASE("the schema of a file of others is there to be judged", "[store]") {
    const auto reader =
        valueOf(reopened("CREATE INDEX born ON person(born); CREATE TABLE other(a INTEGER PRIMARY KEY, b BLOB, "
                         "UNIQUE(b)) WITHOUT ROWID"));
    std::map<std::string, SchemaObject> byName;
    for (const auto& object : reader.schema()) byName[object.name] = object;
    REQUIRE(byName.size() == 5);
    const auto& person = byName.at("person");
    CHECK(person.type == "table");
    CHECK(person.strict);
    CHECK_FALSE(person.withoutRowid);
    CHECK(person.sql.starts_with("CREATE TABLE person"));
    REQUIRE(person.columns.size() == 3);
    CHECK(person.columns[0].name == "ref");
    CHECK(person.columns[0].declaredType == "TEXT");
    CHECK(person.columns[0].notNull);
    CHECK(person.columns[0].primaryKeyPosition == 1);
    CHECK(person.columns[2].declaredType == "INTEGER");
    CHECK(person.columns[2].primaryKeyPosition == 0);
    CHECK(person.columns[2].hidden == 0);
    CHECK(byName.at("born").tableName == "person");
    CHECK_FALSE(byName.at("born").indexIsUnique);
    CHECK(byName.at("sqlite_autoindex_person_1").indexIsUnique);
    CHECK(byName.at("sqlite_autoindex_person_1").sql.empty());
    CHECK(byName.at("other").withoutRowid);
    CHECK_FALSE(byName.at("other").strict);
}

TEST_CASE("a file of others sealed with a passphrase opens with it only", "[store]") {
    const TempFolder folder;
    TaskContext task;
    const auto passphrase = Secret::copyOf("six words of the dice book");
    {
        auto database = valueOf(Database::createWithPassphrase(folder / "a.fxt", passphrase));
        valueOf(database.execute(kSchema));
        valueOf(database.execute("PRAGMA application_id = 0x464c5831; PRAGMA user_version = 3"));
    }
    const auto openWith = [&](const Secret& text) {
        return UntrustedReader::open(folder / "a.fxt", UntrustedKey::passphrase(text), expected(), task);
    };
    valueOf(openWith(passphrase));
    CHECK(codeOf(openWith(Secret::copyOf("six words of the dice bool"))) == ErrorCode::WrongKey);
    CHECK(codeOf(openWith(Secret())) == ErrorCode::InvalidArgument);
    CHECK(codeOf(openWith(Secret::copyOf("x'" + std::string(96, '0') + "'"))) == ErrorCode::InvalidArgument);
}

TEST_CASE("reading a file of others changes nothing and leaves nothing beside it", "[store]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key);
    const auto before = bytesOf(folder / "a.fxt");
    {
        auto reader = valueOf(UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expected(), task));
        CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    }
    CHECK(bytesOf(folder / "a.fxt") == before);
}

TEST_CASE("wrong key, missing file, link and plaintext each have their own refusal", "[store]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key);
    const auto openAt = [&](std::string_view name, const Secret& with) {
        return codeOf(UntrustedReader::open(folder / name, UntrustedKey::raw(with), expected(), task));
    };
    CHECK(openAt("a.fxt", Database::newKey()) == ErrorCode::WrongKey);
    CHECK(openAt("a.fxt", Secret::random(32)) == ErrorCode::InvalidArgument);
    CHECK(openAt("b.fxt", key) == ErrorCode::NotFound);
    std::filesystem::create_symlink(folder / "a.fxt", folder / "link.fxt");
    CHECK(openAt("link.fxt", key) == ErrorCode::ExtractNotRegularFile);
    writeBytes(folder / "plain.fxt", std::string("SQLite format 3\0", 16) + std::string(2 * kPage - 16, '\0'));
    CHECK(openAt("plain.fxt", key) == ErrorCode::ExtractPlaintext);
}

TEST_CASE("a changed byte anywhere in a file of others is a refusal", "[store][T-X5]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key);
    const auto whole = bytesOf(folder / "a.fxt");
    REQUIRE(whole.size() >= 6 * kPage);
    // The first sixteen bytes are the salt of a passphrase; with a raw key nothing rests on them but the form.
    for (std::size_t at = 16; at < whole.size(); at += 397) {
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        writeBytes(folder / "bad.fxt", bytes);
        const auto code = codeOf(UntrustedReader::open(folder / "bad.fxt", UntrustedKey::raw(key), expected(), task));
        INFO(at);
        CHECK(code == (at < kPage ? ErrorCode::WrongKey : ErrorCode::ExtractDamaged));
    }
}

TEST_CASE("a file of others cut or lengthened by whole pages is a refusal", "[store][T-X5]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key);
    const auto whole = bytesOf(folder / "a.fxt");
    const auto codeOfBytes = [&](std::string_view bytes) {
        writeBytes(folder / "bad.fxt", bytes);
        return codeOf(UntrustedReader::open(folder / "bad.fxt", UntrustedKey::raw(key), expected(), task));
    };
    for (std::size_t size = kPage; size < whole.size(); size += kPage) {
        CHECK(codeOfBytes(std::string_view(whole).substr(0, size)) == ErrorCode::ExtractDamaged);
    }
    CHECK(codeOfBytes(whole + std::string(kPage, '\0')) == ErrorCode::ExtractDamaged);
    CHECK(codeOfBytes(whole + whole.substr(kPage, kPage)) == ErrorCode::ExtractDamaged);
    auto swapped = whole.substr(0, 2 * kPage) + whole.substr(3 * kPage, kPage) + whole.substr(2 * kPage, kPage);
    CHECK(codeOfBytes(swapped + whole.substr(4 * kPage)) == ErrorCode::ExtractDamaged);
}

TEST_CASE("a schema that could run something is a refusal", "[store][T-X2]") {
    for (const char* extra : {
             "CREATE VIEW v AS SELECT ref FROM person",
             "CREATE TRIGGER tr AFTER INSERT ON person BEGIN SELECT 1; END",
             "CREATE TABLE g(a INTEGER, b AS (printf('%1000d', a)))",
             "CREATE TABLE g(a INTEGER, b AS (a + 1) STORED)",
             "CREATE INDEX e ON person(length(born))",
             "CREATE INDEX p ON person(born) WHERE n > 4",
             "CREATE TABLE \"a\x01 b\"(a)",
         }) {
        INFO(extra);
        CHECK(codeOf(reopened(extra)) == ErrorCode::ExtractSchema);
    }
}

TEST_CASE("a schema beyond the limits is a refusal that does not speak of memory", "[store][T-X2]") {
    std::string wide = "CREATE TABLE w(c0";
    for (int i = 1; i < 300; ++i) wide += fmt::format(",c{}", i);
    const std::string commented = "CREATE TABLE w(a /*" + std::string(20'000, 'x') + "*/)";
    for (const auto& extra : {wide + ")", commented}) {
        const auto result = reopened(extra);
        CHECK(codeOf(result) == ErrorCode::ExtractSchema);
        CHECK_FALSE(result.error().detail.contains("memory"));
    }
    std::string many;
    for (int i = 0; i < 501; ++i) many += fmt::format("CREATE TABLE t{}(a);", i);
    CHECK(codeOf(reopened("BEGIN;" + many + "COMMIT")) == ErrorCode::ExtractSchema);
}

TEST_CASE("a file that is not of the expected kind is a refusal", "[store]") {
    CHECK(codeOf(reopened("PRAGMA application_id = 5")) == ErrorCode::ExtractSchema);
    CHECK(codeOf(reopened("PRAGMA user_version = 4")) == ErrorCode::ExtractSchema);
    CHECK(codeOf(reopened("PRAGMA auto_vacuum = FULL; VACUUM")) == ErrorCode::ExtractSchema);
}

TEST_CASE("a log or journal beside the file is a refusal", "[store]") {
    const TempFolder folder;
    TaskContext task;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key, {}, 20);
    for (const char* sidecar : {"a.fxt-wal", "a.fxt-journal", "a.fxt-shm"}) {
        writeBytes(folder / sidecar, "");
        CHECK(codeOf(UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expected(), task)) ==
              ErrorCode::ExtractSidecar);
        std::filesystem::remove(folder / sidecar);
    }
    valueOf(UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expected(), task));
    CHECK(codeOf(reopened("PRAGMA journal_mode = WAL; INSERT INTO person VALUES('late', NULL, 1)")) ==
          ErrorCode::ExtractSidecar);
}

TEST_CASE("only plain reading of the expected tables is possible", "[store][T-X3]") {
    auto reader = valueOf(reopened("CREATE TABLE other(a)"));
    for (const char* sql : {
             "SELECT * FROM other",
             "SELECT * FROM sqlite_schema",
             "SELECT hex(ref) FROM person",
             "SELECT printf('%d', n) FROM person",
             "SELECT replace(ref, 'R', 'Q') FROM person",
             "SELECT sqlcipher_export('main')",
             "SELECT * FROM pragma_table_info('person')",
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
             "PRAGMA application_id",
             "PRAGMA query_only = OFF",
             "PRAGMA cipher_log = 'x'",
             "ATTACH ':memory:' AS m",
             "CREATE TEMP TABLE t(a)",
             "INSERT INTO person VALUES('x', 'y', 1)",
             "DELETE FROM person",
             "BEGIN",
             "SELECT nothing FROM person",
             "not SQL",
         }) {
        INFO(sql);
        CHECK(codeOf(reader.select(sql)) == ErrorCode::ExtractSchema);
    }
    // VACUUM attaches when it runs, not when it is prepared.
    CHECK(codeOf(valueOf(reader.select("VACUUM INTO 'copy.db'")).next()) == ErrorCode::ExtractSchema);
    CHECK_FALSE(std::filesystem::exists("copy.db"));
    CHECK(valueOf(valueOf(reader.select("SELECT count(*) FROM person")).next()));
}

TEST_CASE("a value over a mebibyte is a refusal of its value", "[store][T-X4]") {
    auto reader = valueOf(reopened("UPDATE person SET born = hex(zeroblob(600000)) WHERE n = 3"));
    auto rows = valueOf(reader.select("SELECT born FROM person WHERE n = 3"));
    CHECK(codeOf(rows.next()) == ErrorCode::ExtractValue);
}

TEST_CASE("a CHECK of the file is never run", "[store]") {
    // SQLite keeps no CHECK constraints for a file that is opened for reading only: they cannot do harm, nor prove
    // much.
    auto reader =
        valueOf(reopened("CREATE TABLE other(a CHECK(a > 0)); PRAGMA ignore_check_constraints = ON; "
                         "INSERT INTO other VALUES(-1)",
                         {.tables = {"other"}, .applicationId = 0x464c5831, .userVersion = 3}));
    auto rows = valueOf(reader.select("SELECT a FROM other"));
    REQUIRE(valueOf(rows.next()));
    CHECK(rows.integer(0) == -1);
}

TEST_CASE("a cancelled task stops the opening", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key, {}, 20);
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    CHECK(codeOf(UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expected(), task)) ==
          ErrorCode::Cancelled);
}

TEST_CASE("a task cancelled while rows are read stops the reading", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeExtract(folder / "a.fxt", key, {}, 3000);
    std::stop_source stop;
    TaskContext task(stop.get_token());
    auto reader = valueOf(UntrustedReader::open(folder / "a.fxt", UntrustedKey::raw(key), expected(), task));
    auto rows = valueOf(reader.select("SELECT count(*) FROM person a, person b WHERE a.n + b.n = ?1"));
    stop.request_stop();
    CHECK(codeOf(rows.bind(1, 7).next()) == ErrorCode::Cancelled);
}

TEST_CASE("reading that takes longer than allowed is a refusal", "[store][T-X4]") {
    auto expectation = expected();
    expectation.deadline = std::chrono::milliseconds(-1);
    const auto result = reopened({}, expectation, 3000);
    CHECK(codeOf(result) == ErrorCode::ExtractDamaged);
    CHECK(result.error().detail == "reading it took longer than allowed");
}
