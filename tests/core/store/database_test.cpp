#include "core/store/database.h"

#include <thread>

#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::store;
using fairlead::crypto::Secret;
using fairlead::test::bytesOf;
using fairlead::test::codeOf;
using fairlead::test::TempFolder;
using fairlead::test::valueOf;

namespace {

std::string textOf(Database& database, std::string_view sql) {
    auto statement = valueOf(database.prepare(sql));
    REQUIRE(valueOf(statement.next()));
    return std::string(statement.text(0));
}

std::int64_t countOf(Database& database, std::string_view table) {
    return std::stoll(textOf(database, "SELECT count(*) FROM " + std::string(table)));
}

}  // namespace

TEST_CASE("a new database holds what was written, under its key", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    {
        auto database = valueOf(Database::create(folder / "core.db", key));
        valueOf(database.execute("CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB, e TEXT)"));
        valueOf(database.setUserVersion(7));
        auto insert = valueOf(database.prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)"));
        insert.bind(1, std::int64_t{-5})
            .bind(2, 2.5)
            .bind(3, "text")
            .bindBlob(4, std::string_view("\0x", 2))
            .bindNull(5);
        valueOf(insert.run());
        insert.bind(1, 6).bind(2, 0.5).bind(3, "").bindBlob(4, "").bind(5, std::optional<std::int64_t>());
        valueOf(insert.run());
        CHECK(database.lastInsertId() == 2);
        CHECK(database.changes() == 1);
    }
    auto database = valueOf(Database::open(folder / "core.db", key));
    CHECK(valueOf(database.userVersion()) == 7);
    auto rows = valueOf(database.prepare("SELECT * FROM t ORDER BY rowid"));
    REQUIRE(valueOf(rows.next()));
    CHECK(rows.integer(0) == -5);
    CHECK(rows.real(1) == 2.5);
    CHECK(rows.text(2) == "text");
    CHECK(rows.blob(3) == std::string_view("\0x", 2));
    CHECK(rows.isNull(4));
    REQUIRE(valueOf(rows.next()));
    CHECK(rows.storageClass(2) == SQLITE_TEXT);
    CHECK(rows.storageClass(3) == SQLITE_BLOB);
    CHECK(rows.isNull(4));
    CHECK_FALSE(valueOf(rows.next()));
    CHECK_FALSE(valueOf(rows.next()));
    rows.reset();
    CHECK(valueOf(rows.next()));
    valueOf(database.check());
}

TEST_CASE("every safety setting of our own files is in force", "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    valueOf(Database::create(folder / "core.db", key));
    auto database = valueOf(Database::open(folder / "core.db", key));
    for (const auto& [pragma, value] : std::map<std::string, std::string>{{"journal_mode", "delete"},
                                                                          {"synchronous", "3"},
                                                                          {"secure_delete", "1"},
                                                                          {"auto_vacuum", "0"},
                                                                          {"foreign_keys", "1"},
                                                                          {"temp_store", "2"},
                                                                          {"trusted_schema", "0"},
                                                                          {"cell_size_check", "1"},
                                                                          {"cipher_memory_security", "1"}}) {
        INFO(pragma);
        CHECK(textOf(database, "PRAGMA " + pragma) == value);
    }
    for (const int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE}) {
        int found = -1;
        sqlite3_db_config(database.handle(), option, -1, &found);
        CHECK(found == 1);
    }
}

TEST_CASE("a new file is readable by its owner only and its folder need not be special", "[store]") {
    const TempFolder folder;
    ::umask(0);
    valueOf(Database::create(folder / "core.db", Database::newKey()));
    ::umask(022);
    struct stat found{};
    REQUIRE(::stat((folder / "core.db").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777U) == 0600U);
}

TEST_CASE("nothing in the file or its journal can be read without the key", "[store][T-E1]") {
    const TempFolder folder;
    const std::string marker = "MARKERQZ41";
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    valueOf(database.execute("CREATE TABLE " + marker + "(name TEXT)"));
    auto insert = valueOf(database.prepare("INSERT INTO " + marker + " VALUES(?1)"));
    {
        auto first = valueOf(Transaction::begin(database));
        for (int i = 0; i < 2000; ++i) valueOf(insert.bind(1, marker + std::to_string(i)).run());
        valueOf(first.commit());
    }
    auto transaction = valueOf(Transaction::begin(database));
    valueOf(database.execute("UPDATE " + marker + " SET name = name || '" + marker + "'"));
    valueOf(database.execute("PRAGMA cache_size = 2"));
    valueOf(database.execute("UPDATE " + marker + " SET name = name || name"));
    const auto file = bytesOf(folder / "core.db");
    const auto journal = bytesOf(folder / "core.db-journal");
    CHECK(file.size() > 20'000);
    CHECK(journal.size() > 20'000);
    CHECK_FALSE(file.contains(marker));
    CHECK_FALSE(journal.contains(marker));
    CHECK_FALSE(file.starts_with("SQLite format 3"));
    valueOf(transaction.commit());
    CHECK_FALSE(bytesOf(folder / "core.db").contains(marker));
    CHECK_FALSE(std::filesystem::exists(folder / "core.db-journal"));
}

TEST_CASE("a database is not created over a file that is there", "[store]") {
    const TempFolder folder;
    test::writeBytes(folder / "core.db", "something");
    CHECK(codeOf(Database::create(folder / "core.db", Database::newKey())) == ErrorCode::AlreadyExists);
    CHECK(bytesOf(folder / "core.db") == "something");
    CHECK(codeOf(Database::create(folder / "nowhere" / "core.db", Database::newKey())) == ErrorCode::NotFound);
}

TEST_CASE("a key that is not 48 bytes is refused and leaves no file", "[store]") {
    const TempFolder folder;
    CHECK(codeOf(Database::create(folder / "core.db", Secret::random(32))) == ErrorCode::InvalidArgument);
    CHECK(codeOf(Database::create(folder / "core.db", Secret())) == ErrorCode::InvalidArgument);
    CHECK_FALSE(std::filesystem::exists(folder / "core.db"));
}

TEST_CASE("a passphrase that means no encryption or a raw key is refused", "[store][T-E1]") {
    const TempFolder folder;
    for (const std::string& bad :
         {std::string(), "x'" + std::string(64, 'a') + "'", "X'" + std::string(96, '0') + "'"}) {
        const auto passphrase = Secret::copyOf(bad);
        CHECK(codeOf(Database::createWithPassphrase(folder / "a.fxt", passphrase)) == ErrorCode::InvalidArgument);
        CHECK_FALSE(std::filesystem::exists(folder / "a.fxt"));
    }
    auto database =
        valueOf(Database::createWithPassphrase(folder / "a.fxt", Secret::copyOf("six words of the dice book")));
    valueOf(database.execute("CREATE TABLE t(a)"));
    CHECK_FALSE(bytesOf(folder / "a.fxt").contains("CREATE"));
}

TEST_CASE("a transaction that is not committed leaves no trace", "[store]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    valueOf(database.execute("CREATE TABLE t(a)"));
    {
        auto transaction = valueOf(Transaction::begin(database));
        valueOf(database.execute("INSERT INTO t VALUES(1)"));
        CHECK(codeOf(Transaction::begin(database)) == ErrorCode::Internal);
    }
    CHECK(countOf(database, "t") == 0);
    {
        auto transaction = valueOf(Transaction::begin(database));
        valueOf(database.execute("INSERT INTO t VALUES(1)"));
        auto moved = std::move(transaction);
        valueOf(moved.commit());
        CHECK(codeOf(moved.commit()) == ErrorCode::Internal);
    }
    CHECK(countOf(database, "t") == 1);
}

TEST_CASE("a broken rule of the schema says which kind it is", "[store]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    valueOf(database.execute(
        "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(a TEXT UNIQUE, b INTEGER REFERENCES p CHECK(b > 0))"));
    auto insert = valueOf(database.prepare("INSERT INTO t VALUES(?1, ?2)"));
    valueOf(database.execute("INSERT INTO p VALUES(1)"));
    valueOf(insert.bind(1, "x").bind(2, 1).run());
    CHECK(codeOf(insert.bind(1, "x").bind(2, 1).run()) == ErrorCode::AlreadyExists);
    CHECK(codeOf(insert.bind(1, "y").bind(2, 9).run()) == ErrorCode::InvalidArgument);
    CHECK(codeOf(insert.bind(1, "y").bind(2, -1).run()) == ErrorCode::InvalidArgument);
    CHECK(codeOf(insert.bind(1, "y").bind(3, 1).run()) == ErrorCode::InvalidArgument);
    valueOf(insert.bind(1, "z").bind(2, 1).run());
    CHECK(countOf(database, "t") == 2);
}

TEST_CASE("parameters of one row never leak into the next", "[store]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    valueOf(database.execute("CREATE TABLE t(a, b)"));
    auto insert = valueOf(database.prepare("INSERT INTO t VALUES(?1, ?2)"));
    valueOf(insert.bind(1, 1).bind(2, "name").run());
    valueOf(insert.bind(1, 2).run());
    CHECK(textOf(database, "SELECT b IS NULL FROM t WHERE a = 2") == "1");
}

TEST_CASE("SQL that would leave the encrypted file or loosen a switch is refused", "[store][T-E1]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    const auto other = (folder / "plain.db").string();
    for (const std::string& sql :
         {"ATTACH '" + other + "' AS o", "ATTACH '" + other + "' AS o KEY ''", "VACUUM INTO '" + other + "'",
          std::string("PRAGMA rekey = 'x'"), std::string("PRAGMA key = 'x'"), std::string("PRAGMA journal_mode = OFF"),
          std::string("PRAGMA synchronous = OFF"), std::string("PRAGMA secure_delete = OFF"),
          std::string("PRAGMA writable_schema = ON"), std::string("PRAGMA temp_store = FILE"),
          std::string("PRAGMA cipher_log = 'log.txt'"), std::string("PRAGMA cipher_plaintext_header_size = 32"),
          std::string("SELECT sqlcipher_export('main')"), std::string("SELECT load_extension('x')"),
          std::string("this is no SQL")}) {
        INFO(sql);
        CHECK(codeOf(database.execute(sql)) == ErrorCode::Internal);
    }
    CHECK_FALSE(std::filesystem::exists(other));
    valueOf(database.execute("CREATE TABLE t(a); VACUUM"));
}

TEST_CASE("a running statement stops soon after its task is cancelled", "[store]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    std::stop_source stop;
    const TaskContext task(stop.get_token());
    database.watch(&task);
    constexpr auto kEndless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    auto statement = valueOf(database.prepare(kEndless));
    std::jthread canceller([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        stop.request_stop();
    });
    const auto result = statement.next();
    CHECK(codeOf(result) == ErrorCode::Cancelled);
    database.watch(nullptr);
    CHECK(textOf(database, "SELECT 41 + 1") == "42");
}

TEST_CASE("a transaction whose statement was cancelled does not pass as done", "[store]") {
    const TempFolder folder;
    auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
    valueOf(database.execute("CREATE TABLE t(a)"));
    std::stop_source stop;
    const TaskContext task(stop.get_token());
    auto transaction = valueOf(Transaction::begin(database));
    valueOf(database.execute("INSERT INTO t VALUES(1)"));
    database.watch(&task);
    stop.request_stop();
    CHECK(codeOf(database.execute("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                  "LIMIT 100000) SELECT i FROM n")) == ErrorCode::Cancelled);
    CHECK(codeOf(transaction.commit()) == ErrorCode::Cancelled);
    database.watch(nullptr);
    CHECK(countOf(database, "t") == 0);
}

TEST_CASE("a statement may outlive its database object", "[store]") {
    const TempFolder folder;
    std::optional<Statement> statement;
    {
        auto database = valueOf(Database::create(folder / "core.db", Database::newKey()));
        statement.emplace(valueOf(database.prepare("SELECT 5")));
    }
    REQUIRE(valueOf(statement->next()));
    CHECK(statement->integer(0) == 5);
}
