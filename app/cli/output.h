// What every sub-command says in the same way: errors, exit codes, JSON, questions without echo.

#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::cli {

// What the program gives back to the shell.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kCancelled = 130;

/// Prints "LEAD: what. meaning. remedy." and the technical detail to stderr and gives the exit code that fits.
int explainFailure(std::string_view lead, const Error& error);

/// Ends a sub-command: throws what CLI11 turns into the exit code, unless it is kDone.
void finish(int exitCode);

/// Prints a JSON document to stdout, indented.
void printJson(const boost::json::value& document);

/// "1 pupil", "2 pupils".
template <std::integral Number>
std::string counted(Number count, std::string_view noun) {
    return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

/// "2026-07-01 12:34 UTC" of milliseconds since 1970.
std::string utcTime(std::int64_t ms);

/// The first line of a file, or of the terminal without echo (asked for twice when `isNew`).
/// `file` empty: FAIRLEAD_PASSPHRASE_FILE, then the terminal. Errors: NotFound, Io; InvalidArgument (empty, the two
/// do not agree, or no terminal to ask at); Cancelled.
Result<crypto::Secret> readPassphrase(const std::filesystem::path& file, std::string_view question, bool isNew);

/// As readPassphrase, of the terminal alone.
Result<crypto::Secret> askPassphrase(std::string_view question, bool isNew);

/// Where indicators, fonts and the rest are: the option, FAIRLEAD_RESOURCES, beside the executable, the source tree.
/// Errors: NotFound.
Result<std::filesystem::path> findResources(const std::filesystem::path& option);

}  // namespace fairlead::cli
