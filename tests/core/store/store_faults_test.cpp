#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/database.h"
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

/// A file of some twenty pages: a table, its index, text enough for leaves and inner pages.
void makeFile(const std::filesystem::path& path, const Secret& key, int rows = 1500) {
    auto database = valueOf(Database::create(path, key));
    valueOf(database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX ia ON t(a)"));
    auto transaction = valueOf(Transaction::begin(database));
    auto insert = valueOf(database.prepare("INSERT INTO t(a) VALUES(?1)"));
    for (int i = 0; i < rows; ++i) valueOf(insert.bind(1, "row number " + std::to_string(i * 7919 % rows)).run());
    valueOf(transaction.commit());
}

/// Opens and reads everything: what an analyst would meet.
Status readAll(const std::filesystem::path& path, const Secret& key) {
    FAIRLEAD_TRY(auto database, Database::open(path, key));
    FAIRLEAD_TRY(auto rows, database.prepare("SELECT id, a FROM t NOT INDEXED"));
    for (;;) {
        FAIRLEAD_TRY(const bool more, rows.next());
        if (!more) break;
    }
    FAIRLEAD_TRY(auto sorted, database.prepare("SELECT a FROM t INDEXED BY ia ORDER BY a"));
    for (;;) {
        FAIRLEAD_TRY(const bool more, sorted.next());
        if (!more) break;
    }
    return database.check();
}

/// Acts as a user without root's rights while it lives.
class OrdinaryUser {
public:
    OrdinaryUser() {
        if (::geteuid() == 0) m_switched = ::seteuid(65534) == 0;
    }
    ~OrdinaryUser() {
        if (m_switched && ::seteuid(0) != 0) std::abort();
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    bool m_switched = false;
};

}  // namespace

TEST_CASE("another key does not open the file, and neither does half of the right one", "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    CHECK(codeOf(Database::open(folder / "a.db", Database::newKey())) == ErrorCode::WrongKey);
    CHECK(codeOf(Database::openReadOnly(folder / "a.db", Database::newKey())) == ErrorCode::WrongKey);
    auto nearly = key.clone();
    nearly.data()[31] ^= 1;
    CHECK(codeOf(Database::open(folder / "a.db", nearly)) == ErrorCode::WrongKey);
    CHECK(codeOf(Database::open(folder / "a.db", Secret::copyOf(key.view().substr(0, 32)))) ==
          ErrorCode::InvalidArgument);
    valueOf(readAll(folder / "a.db", key));
}

TEST_CASE("a file that is not there is not made by opening it", "[store]") {
    const TempFolder folder;
    CHECK(codeOf(Database::open(folder / "a.db", Database::newKey())) == ErrorCode::NotFound);
    CHECK(codeOf(Database::openReadOnly(folder / "a.db", Database::newKey())) == ErrorCode::NotFound);
    CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST_CASE("an empty file, a plaintext database and a symbolic link are not opened", "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    writeBytes(folder / "empty.db", "");
    CHECK(codeOf(Database::open(folder / "empty.db", key)) == ErrorCode::Corrupt);
    writeBytes(folder / "plain.db", std::string("SQLite format 3\0", 16) + std::string(2 * kPage - 16, '\0'));
    CHECK(codeOf(Database::open(folder / "plain.db", key)) == ErrorCode::WrongKey);
    makeFile(folder / "a.db", key, 10);
    std::filesystem::create_symlink(folder / "a.db", folder / "link.db");
    CHECK(codeOf(Database::open(folder / "link.db", key)) == ErrorCode::Io);
}

TEST_CASE("a file whose folder is reached through a link opens", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    std::filesystem::create_directory(folder / "real");
    makeFile(folder / "real" / "a.db", key, 10);
    std::filesystem::create_directory_symlink(folder / "real", folder / "link");
    valueOf(readAll(folder / "link" / "a.db", key));
}

TEST_CASE("a file cut anywhere is never read as whole", "[store][T-X5]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key);
    const auto whole = bytesOf(folder / "a.db");
    REQUIRE(whole.size() > 15 * kPage);
    for (std::size_t size = 0; size < whole.size(); size += kPage / 2) {
        INFO(size);
        writeBytes(folder / "cut.db", std::string_view(whole).substr(0, size));
        const auto code = codeOf(readAll(folder / "cut.db", key));
        CHECK((code == ErrorCode::Corrupt || (size < kPage && code == ErrorCode::WrongKey)));
    }
}

TEST_CASE("a flipped byte in any page is found as damage, never as lack of memory", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key);
    const auto whole = bytesOf(folder / "a.db");
    for (std::size_t page = 0; page < whole.size() / kPage; ++page) {
        for (const std::size_t offset : {std::size_t{20}, kPage / 2, kPage - 1}) {
            auto bytes = whole;
            bytes[page * kPage + offset] = static_cast<char>(bytes[page * kPage + offset] ^ 0x40);
            writeBytes(folder / "bad.db", bytes);
            const auto result = readAll(folder / "bad.db", key);
            INFO(page << " " << offset);
            // Nothing tells a damaged first page from a wrong key.
            CHECK(codeOf(result) == (page == 0 ? ErrorCode::WrongKey : ErrorCode::Corrupt));
            CHECK_FALSE(result.error().detail.contains("memory"));
        }
    }
}

TEST_CASE("a connection that met a damaged page answers nothing more", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key);
    auto bytes = bytesOf(folder / "a.db");
    for (std::size_t i = 3 * kPage + 100; i < bytes.size(); i += kPage) bytes[i] = static_cast<char>(bytes[i] ^ 1);
    writeBytes(folder / "a.db", bytes);
    auto database = valueOf(Database::open(folder / "a.db", key));
    auto earlier = valueOf(database.prepare("SELECT 1"));
    auto rows = valueOf(database.prepare("SELECT sum(length(a)) FROM t"));
    CHECK(codeOf(rows.next()) == ErrorCode::Corrupt);
    CHECK(codeOf(database.prepare("SELECT 1")) == ErrorCode::Corrupt);
    CHECK(codeOf(database.execute("SELECT 1")) == ErrorCode::Corrupt);
    CHECK(codeOf(earlier.next()) == ErrorCode::Corrupt);
    CHECK(codeOf(Transaction::begin(database)) == ErrorCode::Corrupt);
    CHECK(codeOf(database.check()) == ErrorCode::Corrupt);
}

TEST_CASE("a second writer is told that the file is busy", "[store][T-R1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    auto first = valueOf(Database::open(folder / "a.db", key));
    auto second = valueOf(Database::open(folder / "a.db", key));
    auto transaction = valueOf(Transaction::begin(first));
    CHECK(codeOf(Transaction::begin(second)) == ErrorCode::Busy);
    CHECK(codeOf(second.execute("INSERT INTO t(a) VALUES('x')")) == ErrorCode::Busy);
    valueOf(first.execute("INSERT INTO t(a) VALUES('y')"));
    valueOf(transaction.commit());
    valueOf(second.execute("INSERT INTO t(a) VALUES('x')"));
}

TEST_CASE("a commit that a reader holds up is undone and says busy", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    auto writer = valueOf(Database::open(folder / "a.db", key));
    auto reader = valueOf(Database::openReadOnly(folder / "a.db", key));
    auto rows = valueOf(reader.prepare("SELECT * FROM t"));
    REQUIRE(valueOf(rows.next()));
    auto transaction = valueOf(Transaction::begin(writer));
    valueOf(writer.execute("INSERT INTO t(a) VALUES('y')"));
    CHECK(codeOf(transaction.commit()) == ErrorCode::Busy);
    rows.reset();
    auto again = valueOf(Transaction::begin(writer));
    valueOf(again.commit());
    auto count = valueOf(writer.prepare("SELECT count(*) FROM t"));
    REQUIRE(valueOf(count.next()));
    CHECK(count.integer(0) == 10);
}

TEST_CASE("a reader cannot write", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    const auto before = bytesOf(folder / "a.db");
    auto reader = valueOf(Database::openReadOnly(folder / "a.db", key));
    CHECK(codeOf(reader.execute("DELETE FROM t")) == ErrorCode::Io);
    CHECK(codeOf(reader.execute("PRAGMA query_only = OFF")) == ErrorCode::Internal);
    CHECK(bytesOf(folder / "a.db") == before);
}

TEST_CASE("a folder that may not be written gives an error and no half change", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    std::filesystem::create_directory(folder / "w");
    makeFile(folder / "w" / "a.db", key, 10);
    ::chmod(folder.path().c_str(), 0755);
    ::chmod((folder / "w" / "a.db").c_str(), 0666);
    ::chmod((folder / "w").c_str(), 0555);
    {
        const OrdinaryUser user;
        CHECK(codeOf(Database::create(folder / "w" / "b.db", key)) == ErrorCode::Io);
        auto database = valueOf(Database::open(folder / "w" / "a.db", key));
        CHECK(codeOf(database.execute("INSERT INTO t(a) VALUES('x')")) == ErrorCode::Io);
        auto reader = valueOf(Database::openReadOnly(folder / "w" / "a.db", key));
        auto count = valueOf(reader.prepare("SELECT count(*) FROM t"));
        REQUIRE(valueOf(count.next()));
        CHECK(count.integer(0) == 10);
    }
    ::chmod((folder / "w").c_str(), 0755);
}

TEST_CASE("a file that may only be read is not opened for writing", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    ::chmod(folder.path().c_str(), 0755);
    ::chmod((folder / "a.db").c_str(), 0444);
    const OrdinaryUser user;
    CHECK(codeOf(Database::open(folder / "a.db", key)) == ErrorCode::Io);
}

TEST_CASE("a journal that cannot be made stops the change", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key, 10);
    auto database = valueOf(Database::open(folder / "a.db", key));
    std::filesystem::create_directory(folder / "a.db-journal");
    CHECK(codeOf(database.execute("INSERT INTO t(a) VALUES('x')")) == ErrorCode::Io);
    std::filesystem::remove(folder / "a.db-journal");
    auto again = valueOf(Database::open(folder / "a.db", key));
    valueOf(again.check());
}

TEST_CASE("a change that a crash interrupted is rolled back at the next opening", "[store]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    makeFile(folder / "a.db", key);
    {
        auto database = valueOf(Database::open(folder / "a.db", key));
        valueOf(database.execute("PRAGMA cache_size = 5"));
        auto transaction = valueOf(Transaction::begin(database));
        valueOf(database.execute("UPDATE t SET a = 'half done'"));
        // What a killed process leaves: changed pages in the file, the old ones in the journal.
        std::filesystem::copy(folder / "a.db", folder / "crash.db");
        std::filesystem::copy(folder / "a.db-journal", folder / "crash.db-journal");
    }
    REQUIRE(bytesOf(folder / "crash.db") != bytesOf(folder / "a.db"));
    auto database = valueOf(Database::open(folder / "crash.db", key));
    auto count = valueOf(database.prepare("SELECT count(*) FROM t WHERE a = 'half done'"));
    REQUIRE(valueOf(count.next()));
    CHECK(count.integer(0) == 0);
    valueOf(database.check());
}
