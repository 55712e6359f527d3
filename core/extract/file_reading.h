// Steps 5 to 14 of opening on the side that touches the file: the bytes that somebody else wrote go through SQLCipher
// and SQLite here and nowhere else. In the program this runs in a process of its own (reader_process.h).

#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/extract/row_binding.h"

namespace fairlead::extract {

/// What to read, and what it must be.
struct ReadOrder {
    std::filesystem::path copy;  ///< Our private copy.
    bool rawKey = true;          ///< False: the secret is a passphrase.
    std::chrono::milliseconds deadline = std::chrono::minutes(10);
    std::string agency;
    std::vector<std::size_t> tables;  ///< Positions in contractTables(), ascending: those of the manifest.
};

/// Texts longer than this are cut before anybody checks them: the contract has none, so that they are refused anyway.
inline constexpr std::size_t kMostTextSent = 4096;

/// Takes one row. The cells are valid until it returns; an error stops the reading.
using TakeRow = std::function<Status(std::size_t table, std::int64_t rowId, std::span<const Cell> cells)>;

/// Opens the file and gives every row of every table. Values are not checked here. Errors: those of
/// store::UntrustedReader and checkSchema (the subject is the copy's name), and of `take`.
Status readFile(const ReadOrder& order, const crypto::Secret& secret, const TakeRow& take, TaskContext& task);

}  // namespace fairlead::extract
