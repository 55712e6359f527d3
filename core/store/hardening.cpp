// The switches and the key: the same for our own files and for those of others.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/store/allocations.h"
#include "core/store/connection.h"

namespace fairlead::store {

namespace {

struct Switch {
    int option;
    int value;
};

// Triggers and views are switched off in files of others only: our own schema may have them.
constexpr std::array kEverywhere = {
    Switch{SQLITE_DBCONFIG_DEFENSIVE, 1},
    Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    Switch{SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    Switch{SQLITE_DBCONFIG_DQS_DML, 0},
    Switch{SQLITE_DBCONFIG_DQS_DDL, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    Switch{SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 0},
    Switch{SQLITE_DBCONFIG_LEGACY_FILE_FORMAT, 0},
    Switch{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    Switch{SQLITE_DBCONFIG_RESET_DATABASE, 0},
#ifdef SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE  // SQLite 3.49
    Switch{SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, 0},
#endif
};
constexpr std::array kFilesOfOthers = {
    Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_FKEY, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_QPSG, 1},
};

Status setSwitch(Connection& connection, const Switch& wanted) {
    int found = -1;
    int code = sqlite3_db_config(connection.handle, wanted.option, wanted.value, nullptr);
    if (code == SQLITE_OK) code = sqlite3_db_config(connection.handle, wanted.option, -1, &found);
    if (code != SQLITE_OK || found != wanted.value) {
        return fail(ErrorCode::Internal, connection.subject, fmt::format("switch {} cannot be set", wanted.option));
    }
    return {};
}

constexpr std::size_t kRawKeyBytes = 48;  // 32 of key, 16 of salt

/// x'<96 hex digits>' in locked memory: the form that SQLCipher takes without deriving anything from it.
crypto::Secret rawKeyText(const crypto::Secret& key) {
    const auto digits = crypto::hexOf(key);
    crypto::Secret text(digits.size() + 3);
    text.data()[0] = 'x';
    text.data()[1] = '\'';
    std::ranges::copy(digits.view(), text.data() + 2);
    text.data()[text.size() - 1] = '\'';
    return text;
}

/// Small pieces of memory come from one block that is locked once and wiped when the connection closes. Without it
/// every step of a statement locks, wipes and unlocks a page of its own: half of the time of reading a school.
Status setAsideMemory(Connection& connection) {
    constexpr int kPieceBytes = 1200, kPieces = 500;
    const int code = sqlite3_db_config(connection.handle, SQLITE_DBCONFIG_LOOKASIDE, nullptr, kPieceBytes, kPieces);
    if (code != SQLITE_OK) return fail(ErrorCode::Internal, connection.subject, "memory cannot be set aside");
    return {};
}

/// A passphrase of this form would be taken for a raw key.
bool looksRaw(std::string_view passphrase) {
    return passphrase.size() > 2 && (passphrase[0] == 'x' || passphrase[0] == 'X') && passphrase[1] == '\'';
}

/// What SQLCipher 4 has by default, and what we accept nothing else than.
constexpr std::array<std::string_view, 6> kSettings = {
    "PRAGMA kdf_iter = 256000;",
    "PRAGMA cipher_page_size = 4096;",
    "PRAGMA cipher_use_hmac = 1;",
    "PRAGMA cipher_plaintext_header_size = 0;",
    "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;",
    "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;",
};

Status requireCipher(Connection& connection) {
    // SQLCipher 4.6 has no cipher_status and answers with no row. There the settings, which only a connection with a
    // key in force gives, are the proof.
    FAIRLEAD_TRY(const auto status, connection.rows("PRAGMA cipher_status"));
    if (!status.empty() && status.front() != std::vector<std::string>{"1"}) {
        return fail(ErrorCode::Internal, connection.subject, "the file would not be encrypted");
    }
    FAIRLEAD_TRY(const auto settings, connection.rows("PRAGMA cipher_settings"));
    const bool same = std::ranges::equal(settings, kSettings, [](const auto& row, std::string_view line) {
        return row.size() == 1 && row.front() == line;
    });
    if (!same) return fail(ErrorCode::Internal, connection.subject, "cipher settings");
    return {};
}

}  // namespace

Status setSwitches(Connection& connection) {
    for (const auto& wanted : kEverywhere) FAIRLEAD_OK(setSwitch(connection, wanted));
    if (!connection.untrusted) return {};
    for (const auto& wanted : kFilesOfOthers) FAIRLEAD_OK(setSwitch(connection, wanted));
    return {};
}

Status setKey(Connection& connection, const crypto::Secret& key, bool raw) {
    if (raw && key.size() != kRawKeyBytes) return fail(ErrorCode::InvalidArgument, connection.subject, "key size");
    // An empty passphrase would mean no encryption at all.
    if (!raw && (key.isEmpty() || looksRaw(key.view()))) {
        return fail(ErrorCode::InvalidArgument, connection.subject, "passphrase cannot be used");
    }
    // Before the first key of the process: otherwise rows stay in freed memory (reference/security.md, 0.9).
    FAIRLEAD_OK(connection.require("cipher_memory_security = ON", "cipher_memory_security", "1"));
    FAIRLEAD_OK(setAsideMemory(connection));
    // From here to the first page SQLCipher makes the contexts of the key.
    const SpareMemory spare;
    int code = SQLITE_OK;
    if (raw) {
        const auto text = rawKeyText(key);
        code = sqlite3_key_v2(connection.handle, "main", text.data(), static_cast<int>(text.size()));
    } else {
        code = sqlite3_key_v2(connection.handle, "main", key.data(), static_cast<int>(key.size()));
    }
    if (code != SQLITE_OK) return fail(ErrorCode::Internal, connection.subject, "the key cannot be set");
    FAIRLEAD_OK(requireCipher(connection));
    // Nothing has been read yet: the first page tells whether the key is right.
    if (auto read = connection.rows("SELECT count(*) FROM sqlite_master"); !read) return fail(std::move(read).error());
    FAIRLEAD_OK(requireCipher(connection));
    connection.keyProven = true;
    return {};
}

}  // namespace fairlead::store
