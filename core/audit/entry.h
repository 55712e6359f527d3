// Entry: one line of the audit log. Who did what to how many and why; never a name.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::audit {

/// What was done. The first six are the logging duties of the Data Protection Act 2018, section 62; the numbers are
/// written to disk and never change their meaning.
enum class Verb : std::uint8_t {
    Collection = 1,
    Alteration = 2,
    Consultation = 3,
    Disclosure = 4,
    Combination = 5,
    Erasure = 6,
    Approval = 7,
    Release = 8,
    Denied = 9,
    TailCut = 10,    ///< The log itself: an entry that a crash left incomplete was cut off.
    KeyChange = 11,  ///< The log itself: from here on another key signs its checkpoints.
};

/// How far it got. An intent is durable before the act; done or failed follows and names it.
enum class State : std::uint8_t { Intent = 1, Done = 2, Failed = 3, Note = 4 };

/// "collection" ... "key_change"; "intent", "done", "failed", "note".
std::string_view name(Verb verb);
std::string_view name(State state);

/// What the caller says. Digests are 32 raw bytes of SHA-256, or empty.
struct Entry {
    Verb verb = Verb::Consultation;
    State state = State::Intent;
    std::string actor{};        ///< Principal id.
    std::string secondActor{};  ///< The other person of a two-person act; empty otherwise.
    std::string role{};
    std::uint64_t about = 0;      ///< Sequence of the intent that this ends; 0 = none.
    std::string purposeSha256{};  ///< Of the purpose as it was typed.
    std::string objectSha256{};   ///< Of the extract, briefing, batch or model.
    std::uint64_t subjectCount = 0;
    std::string subjectsSha256{};  ///< Of the sorted pseudonymous person keys.
    /// Key and value texts, sealed to who reads the log: purpose, filter, counts, parameters. No names.
    std::map<std::string, std::string> details{};
    /// The same for what the program itself must read again, encrypted with the log's key: digests of rows, codes of
    /// errors, deliveries that were turned away.
    std::map<std::string, std::string> marks{};
    friend bool operator==(const Entry&, const Entry&) = default;
};

/// An entry as it stands in the log.
struct Record {
    std::uint64_t sequence = 0;  ///< 1, 2, 3 ...
    std::int64_t wallMs = 0;     ///< Of the computer's clock, milliseconds since 1970, UTC.
    std::int64_t maxSeenMs =
        0;                  ///< The latest time that any entry so far has seen: wallMs < maxSeenMs = clock set back.
    std::string session{};  ///< 16 random bytes, one for each opening of the log.
    Entry entry;            ///< `details` and `marks` only where their keys were at hand.
    std::string sealedDetails{};  ///< As in the file.
    std::string sealedMarks{};    ///< As in the file.
    std::string previousLeaf{};   ///< 32 bytes; zeros for the first.
    std::string certificate{};    ///< Of a key change: certificateOf() in core/audit/note.h. Empty otherwise.
};

/// The bytes that the log hashes: deterministic CBOR, RFC 8949 section 4.2.1, integer keys ascending.
std::string encode(const Record& record);
/// Reads what encode() writes and nothing else: the bytes are encoded again and compared.
/// Errors: Corrupt (also for the formats before the first release), NewerFormat.
Result<Record> decode(std::string_view bytes);

/// Details or marks as deterministic CBOR, before they are encrypted.
std::string encodeDetails(const std::map<std::string, std::string>& details);
/// Errors: Corrupt.
Result<std::map<std::string, std::string>> decodeDetails(std::string_view bytes);

}  // namespace fairlead::audit
