// AuditLog: an append-only log that shows any change made without its key. No audit, no act.
//
//   audit/segment-000001.log    magic line, then frames: length, check of it, entry, MAC, check of both
//   audit/checkpoint            size and root over all entries, signed: shows a log that was cut at the end
//   audit/signing-key           the secret that signs, encrypted; another one with every opening and every
//                               kEntriesPerKey entries
//
// resources/docs/audit.md gives every byte, for those who write a verifier of their own.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/entry.h"
#include "core/audit/merkle.h"
#include "core/audit/note.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// After so many entries under one signing key the next one takes over. Its secret half is destroyed then: who takes
/// the key of today cannot sign what should have been signed before.
inline constexpr std::uint64_t kEntriesPerKey = 256;

/// What verify() compares with besides the log itself.
struct VerifyOptions {
    const crypto::Secret* key = nullptr;  ///< With it MACs are checked too; without it all the rest.
    std::vector<Witness> witnesses{};     ///< Kept elsewhere, e.g. copied from a printed briefing.
};

/// What verify() found. `intact` is all a caller needs; the rest says why.
struct VerifyReport {
    bool intact = false;
    std::optional<std::uint64_t> firstBad;  ///< Sequence of the first entry that is changed, missing or out of
                                            ///< place; empty when a checkpoint is what is bad or disagrees.
    std::string problem{};                  ///< English fragment; empty when intact.
    std::uint64_t entries = 0;              ///< Sound entries before the first bad one.
    Checkpoint head;                        ///< Over those.
    std::string origin{};                   ///< The log's name.
    std::uint64_t keys = 0;                 ///< That signed, one after the other.
    std::uint64_t tornBytes = 0;            ///< An incomplete last entry, as a crash leaves it: no sign of tampering.
    std::vector<std::uint64_t> unfinished;  ///< Intents without an end.
};

/// What opens a log for writing. Points to the caller's secret.
struct LogAccess {
    const crypto::Secret& key;     ///< 32 bytes or more: appends and checks.
    crypto::SealPublicKey reader;  ///< Details are sealed to it: not even who wrote them can read them again.
};

/// What opens the parts of entries; whatever is null stays sealed.
struct ReadKeys {
    const crypto::Secret* key = nullptr;          ///< The log's: checks MACs, opens marks.
    const crypto::SealKeyPair* reader = nullptr;  ///< The auditor's: opens details.
};

/// The log of one workspace, open for appending. One process at a time; thread-safe.
/// It proves that nothing was changed without the key. Whoever takes the key can go on from where the log stands, or
/// write another log under another name: only a checkpoint kept elsewhere shows that.
class AuditLog {
public:
    /// Opens the log, or begins one, under a new signing key. Checks every entry. A last entry that a crash left
    /// incomplete is cut off and noted. `clock` must outlive the log; `seen`: what was seen of it before. Errors:
    /// Corrupt (with the first bad entry), WrongKey, NewerFormat, Busy, Io, DiskFull.
    static Result<AuditLog> open(const std::filesystem::path& folder, const LogAccess& access, const Clock& clock,
                                 const std::vector<Witness>& seen = {});
    ~AuditLog();
    AuditLog(AuditLog&&) noexcept;
    AuditLog& operator=(AuditLog&&) noexcept;

    /// Durable on disk when it returns. Gives the entry's sequence. After an error nothing more is appended: a failed
    /// sync must never look like success. Errors: Io, DiskFull, InvalidArgument (a digest that is none).
    Result<std::uint64_t> append(const Entry& entry);
    /// Size and root now.
    [[nodiscard]] Checkpoint head() const;
    /// The latest time that any entry has seen, milliseconds since 1970, UTC; 0 in an empty log. What must not begin
    /// again when somebody sets the clock back goes by the later of this and the clock.
    [[nodiscard]] std::int64_t latestMs() const;
    /// Intents of earlier openings that nothing ended: what was interrupted.
    [[nodiscard]] std::vector<std::uint64_t> unfinished() const;
    /// Ends each of them as failed ("interrupted"), once the caller has looked whether the act took place.
    Status closeUnfinished();

    /// Size, root and signature now.
    [[nodiscard]] Note signedHead() const;

    /// Checks a log without opening it for writing, also while another process writes it.
    /// Errors: Io, NotFound; a bad log is a report, not an error.
    static Result<VerifyReport> verify(const std::filesystem::path& folder, const VerifyOptions& options = {});
    /// All records. Errors: as open(); Corrupt also for details that are not sealed to the reader.
    static Result<std::vector<Record>> read(const std::filesystem::path& folder, const ReadKeys& keys);
    /// The leaf hashes, for consistencyProof(). Errors: as open().
    static Result<std::vector<std::string>> leaves(const std::filesystem::path& folder);

private:
    struct Writer;
    explicit AuditLog(std::unique_ptr<Writer> writer);
    std::unique_ptr<Writer> m_writer;
};

}  // namespace fairlead::audit
