// Result: what a function gives that can fail for a reason outside the code.
// The code is what a caller branches on; ui/text turns code, subject and detail into a sentence.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace fairlead {

/// Why something could not be done. Add one only when a sentence or a caller treats it differently;
/// every code has its sentence (what happened, what it means for the figures, what to do) in ui/text.
enum class ErrorCode : std::uint8_t {
    // general
    Cancelled,
    InvalidArgument,
    NotFound,
    AlreadyExists,
    Io,
    DiskFull,
    Internal,
    // keys, encrypted files, workspace
    WrongKey,
    Corrupt,
    Busy,
    NewerFormat,
    OlderFormat,
    Denied,
    WeakPassphrase,
    // opening an extract (one code per reason: each has its own sentence)
    ExtractNotRegularFile,
    ExtractSize,
    ExtractPlaintext,
    ExtractSidecar,
    ExtractDamaged,
    ExtractSchema,
    ExtractValue,
    ManifestMissing,
    ManifestInvalid,
    ManifestUnsigned,
    SignerUnknown,
    SignatureInvalid,
    HashMismatch,
    RowCountMismatch,
    RetentionExpired,
    GatewayNotInForce,
    PeriodInvalid,
    AlreadyLoaded,
    SequenceReplay,
    // documents and files of other formats
    ParseError,
    UnknownKey,
    UnknownColumn,
    MissingColumn,
    Encoding,
};

/// A failure: a code to branch on, what it is about, and one technical detail for log and audit.
/// Neither text ever holds personal data.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string subject;  ///< File name, table or key that it is about; may be empty.
    std::string detail;   ///< English fragment, e.g. "table person, column birth_date: stored as INTEGER".
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// The unexpected value to return: `return fail(ErrorCode::NotFound, path);`
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string subject = {}, std::string detail = {}) {
    return std::unexpected<Error>(Error{code, std::move(subject), std::move(detail)});
}

/// Passes on a failure of another Result.
[[nodiscard]] inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

/// The stable lower_snake_case name of a code, for logs, JSON and tests: "wrong_key".
std::string_view name(ErrorCode code);

}  // namespace fairlead

#define FAIRLEAD_JOIN2(a, b) a##b
#define FAIRLEAD_JOIN(a, b) FAIRLEAD_JOIN2(a, b)
#define FAIRLEAD_TRY_AS(temporary, declaration, expression)                \
    auto temporary = (expression);                                         \
    if (!temporary) return ::fairlead::fail(std::move(temporary).error()); \
    declaration = std::move(*temporary)  // NOLINT(bugprone-macro-parentheses): a declaration

/// `FAIRLEAD_TRY(auto rows, readRows(path));` declares rows, or returns the error of the expression.
#define FAIRLEAD_TRY(declaration, expression) \
    FAIRLEAD_TRY_AS(FAIRLEAD_JOIN(tryResult, __LINE__), declaration, expression)

/// `FAIRLEAD_OK(save());` returns the error of a Status, or goes on.
#define FAIRLEAD_OK(expression) \
    if (auto okStatus = (expression); !okStatus) return ::fairlead::fail(std::move(okStatus).error())
