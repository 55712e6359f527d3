#include "core/audit/note.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::audit {

namespace {

constexpr std::string_view kOrigin = "fairlead.local/";
constexpr std::string_view kDash = "\u2014 ";  // begins a signature's line
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kRootBytes = 32;
constexpr std::size_t kShortRootBytes = 10;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

std::unexpected<Error> unreadable(std::string_view what) {
    return fail(ErrorCode::ParseError, "checkpoint", std::string(what));
}

std::string bodyOf(const std::string& origin, const Checkpoint& checkpoint) {
    return fmt::format("{}\n{}\n{}\n", origin, checkpoint.size, crypto::base64(checkpoint.root));
}

/// C2SP signed-note: the first bytes of SHA-256 over name, line end, the algorithm's number and the key.
std::string keyIdOf(const std::string& origin, const crypto::SignPublicKey& key) {
    return crypto::sha256(fmt::format("{}\n\x01{}", origin, key.view())).substr(0, kKeyIdBytes);
}

std::string nextKeyLine(const crypto::SignPublicKey& next) {
    return fmt::format("next-key {}\n", crypto::base64(next.view()));
}

std::optional<std::uint64_t> sizeIn(std::string_view text) {
    const auto size = parseInteger(text);
    if (!size || *size < 0 || std::to_string(*size) != text) return std::nullopt;
    return static_cast<std::uint64_t>(*size);
}

/// One of the ways in which a root is written.
std::optional<std::string> fromHex(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (text.size() != 2 * kRootBytes) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = kDigits.find(text[i]);
        const auto low = kDigits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high << 4U | low);
    }
    return bytes;
}

/// "ABCD-EFGH-IJKL-MNOP", as Checkpoint::shortRoot() writes it; small letters and missing dashes are forgiven.
std::optional<std::string> fromShortRoot(std::string_view text) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        if (c == '-') continue;
        const auto value = kLetters.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 5U | static_cast<std::uint32_t>(value);
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xffU);
        }
    }
    if (bytes.size() != kShortRootBytes || count != 0) return std::nullopt;
    return bytes;
}

std::optional<std::string> rootIn(std::string_view text) {
    if (auto root = fromHex(text)) return root;
    if (auto root = fromShortRoot(text)) return root;
    if (auto root = crypto::fromBase64(text); root && root->size() == kRootBytes) return *root;
    return std::nullopt;
}

}  // namespace

std::string originOf(const crypto::SignPublicKey& firstKey) {
    return std::string(kOrigin) + crypto::fingerprint(firstKey);
}

Note signNote(const std::string& origin, const Checkpoint& checkpoint, const crypto::SignKeyPair& key) {
    return {.origin = origin,
            .checkpoint = checkpoint,
            .keyId = keyIdOf(origin, key.publicKey),
            .signature = crypto::sign(bodyOf(origin, checkpoint), key)};
}

bool isSignedBy(const Note& note, const crypto::SignPublicKey& key) {
    return note.keyId == keyIdOf(note.origin, key) &&
           crypto::verify(bodyOf(note.origin, note.checkpoint), note.signature, key);
}

std::string noteText(const Note& note) {
    return fmt::format("{}\n{}{} {}\n", bodyOf(note.origin, note.checkpoint), kDash, note.origin,
                       crypto::base64(note.keyId + note.signature));
}

Result<Note> parseNote(std::string_view text) {
    constexpr std::size_t kLeastParts = 6;  // origin, size, root, empty, signature, nothing after the last line end
    const auto lines = split(text, '\n');
    if (lines.size() < kLeastParts || !lines.back().empty() || !lines[3].empty()) return unreadable("not a checkpoint");
    Note note;
    note.origin = lines[0];
    const auto size = sizeIn(lines[1]);
    const auto root = crypto::fromBase64(lines[2]);
    if (!note.origin.starts_with(kOrigin) || !size || !root || root->size() != kRootBytes)
        return unreadable("not a checkpoint");
    note.checkpoint = {*size, *root};
    const std::string ours = fmt::format("{}{} ", kDash, note.origin);
    for (std::size_t i = 4; i + 1 < lines.size(); ++i) {
        if (!lines[i].starts_with(kDash)) return unreadable("not a checkpoint");
        if (!lines[i].starts_with(ours)) continue;
        const auto bytes = crypto::fromBase64(lines[i].substr(ours.size()));
        if (!bytes || bytes->size() != kKeyIdBytes + kSignatureBytes || !note.keyId.empty())
            return unreadable("its signature cannot be read");
        note.keyId = bytes->substr(0, kKeyIdBytes);
        note.signature = bytes->substr(kKeyIdBytes);
    }
    if (note.keyId.empty()) return unreadable("it is not signed");
    return note;
}

Result<Witness> parseWitness(std::string_view text) {
    if (text.contains('\n') && text.starts_with(kOrigin)) {
        FAIRLEAD_TRY(Note note, parseNote(text));
        return Witness{note.checkpoint, std::move(note)};
    }
    const auto words = split(trimmed(text), ' ');
    const auto size = words.size() == 2 ? sizeIn(words[0]) : std::nullopt;
    const auto root = words.size() == 2 ? rootIn(words[1]) : std::nullopt;
    if (!size || !root) return unreadable("write a checkpoint's file, or its size and root");
    return Witness{.checkpoint = {*size, *root}};
}

std::string certificateOf(const std::string& origin, const Checkpoint& before, const crypto::SignPublicKey& next,
                          const crypto::SignKeyPair& signer) {
    return std::string(next.view()) + crypto::sign(bodyOf(origin, before) + nextKeyLine(next), signer);
}

std::optional<crypto::SignPublicKey> certifiedKey(std::string_view certificate, const std::string& origin,
                                                  const Checkpoint& before, const crypto::SignPublicKey& signer) {
    if (certificate.size() != kKeyBytes + kSignatureBytes) return std::nullopt;
    const auto next = crypto::SignPublicKey::fromBytes(certificate.substr(0, kKeyBytes));
    if (!next) return std::nullopt;
    if (!crypto::verify(bodyOf(origin, before) + nextKeyLine(*next), certificate.substr(kKeyBytes), signer))
        return std::nullopt;
    return *next;
}

}  // namespace fairlead::audit
