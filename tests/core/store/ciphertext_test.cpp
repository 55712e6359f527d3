// What lies on the disk is ciphertext: shown of every page, by its bytes alone, and by opening it beside the library.

#include <sqlite3.h>

#include "core/store/database.h"
#include "core/store/untrusted_reader.h"
#include "tests/hostile/sealed_pages.h"
#include "tests/support/page_statistic.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::store;
using namespace fairlead::test;

namespace {

constexpr std::string_view kMarker = "Pemberthy-Quill";
constexpr int kRows = 3000;
constexpr std::string_view kFill =
    "CREATE TABLE person(name TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
    "INSERT INTO person SELECT 'Pemberthy-Quill ' || i FROM n";

/// A file with rows, closed.
std::string fileUnder(const crypto::Secret& key, const std::filesystem::path& path) {
    auto database = valueOf(Database::create(path, key));
    valueOf(database.execute(kFill));
    return bytesOf(path);
}

std::string textOf(Database& database, std::string_view sql) {
    auto rows = valueOf(database.prepare(sql));
    std::string all;
    while (valueOf(rows.next())) all += std::string(rows.text(0)) + "\n";
    return all;
}

/// The same rows where nothing is encrypted: what a program gives that forgets its key.
std::string plainFile(const std::filesystem::path& path) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database, std::string(kFill).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_close(database) == SQLITE_OK);
    return bytesOf(path);
}

}  // namespace

TEST_CASE("every page of a database looks like chance on the disk, and holds the rows in the clear only for its key",
          "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    const auto file = fileUnder(key, folder / "core.db");
    CHECK(file.size() > 20 * kDatabasePageBytes);
    CHECK(ordinaryPagesOf(file).empty());
    CHECK_FALSE(file.contains(kMarker));
    CHECK_FALSE(file.starts_with("SQLite format 3"));
    // The file begins with the salt, which is no secret; nothing else of the key is in it.
    CHECK(file.starts_with(key.view().substr(32)));
    CHECK_FALSE(file.contains(key.view().substr(0, 8)));
    // The same pages, opened from the published format by other code: rows, and nothing like chance.
    std::size_t named = 0;
    for (const std::string& page : hostile::PageCipher(key.view()).opened(file)) {
        if (!page.contains(kMarker)) continue;
        ++named;
        CHECK_FALSE(looksRandom(page));
    }
    CHECK(named >= 20);
    // A file that somebody forgot to encrypt does not pass.
    const auto plain = plainFile(folder / "plain.db");
    CHECK(plain.contains(kMarker));
    CHECK_FALSE(looksRandom(std::string_view(plain).substr(0, kDatabasePageBytes)));
    CHECK_FALSE(ordinaryPagesOf(plain).empty());
}

TEST_CASE("the cipher's settings are read back from the open file", "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    fileUnder(key, folder / "core.db");
    auto database = valueOf(Database::open(folder / "core.db", key));
    // Versions before 4.9 have no cipher_status; the settings stand where there is a key, and nowhere else.
    const auto status = textOf(database, "PRAGMA cipher_status");
    CHECK((status.empty() || status == "1\n"));
    const auto settings = textOf(database, "PRAGMA cipher_settings");
    for (const char* line :
         {"kdf_iter = 256000", "cipher_page_size = 4096", "cipher_use_hmac = 1", "cipher_plaintext_header_size = 0",
          "cipher_hmac_algorithm = HMAC_SHA512", "cipher_kdf_algorithm = PBKDF2_HMAC_SHA512"}) {
        INFO(line << " in\n" << settings);
        CHECK(settings.contains(line));
    }
    CHECK(textOf(database, "SELECT count(*) FROM person") == std::to_string(kRows) + "\n");
}

TEST_CASE("a key that differs in any bit of its secret half opens nothing, and no file is opened without one",
          "[store][T-E1]") {
    const TempFolder folder;
    const auto key = Database::newKey();
    const auto file = fileUnder(key, folder / "core.db");
    for (std::size_t bit = 0; bit < 256; ++bit) {
        auto bytes = std::string(key.view());
        bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << (bit % 8)));
        CHECK(codeOf(Database::open(folder / "core.db", crypto::Secret::copyOf(bytes))) == ErrorCode::WrongKey);
    }
    CHECK(codeOf(Database::open(folder / "core.db", crypto::Secret())) == ErrorCode::InvalidArgument);
    CHECK(bytesOf(folder / "core.db") == file);
    // A plaintext file in its place is not read, under any key.
    plainFile(folder / "plain.db");
    CHECK_FALSE(Database::open(folder / "plain.db", key).has_value());
}

TEST_CASE("a file sealed with a passphrase and fewer rounds than ours is not opened", "[store][T-X7]") {
    const TempFolder folder;
    const std::string passphrase = "six words of the dice book";
    for (const bool isOurs : {true, false}) {
        const auto path = folder / (isOurs ? "ours.fxt" : "cheap.fxt");
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
        REQUIRE(sqlite3_key(database, passphrase.data(), static_cast<int>(passphrase.size())) == SQLITE_OK);
        const std::string sql = isOurs ? "CREATE TABLE a(b)" : "PRAGMA kdf_iter = 4000; CREATE TABLE a(b)";
        REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        REQUIRE(sqlite3_close(database) == SQLITE_OK);
        TaskContext task;
        const auto secret = crypto::Secret::copyOf(passphrase);
        const auto opened = UntrustedReader::open(path, UntrustedKey::passphrase(secret), {.tables = {"a"}}, task);
        CHECK(opened.has_value() == isOurs);
        if (!isOurs) CHECK(codeOf(opened) == ErrorCode::WrongKey);
    }
}
