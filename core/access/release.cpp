#include "core/access/release.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::size_t kKeyBytes = 32;

std::string meaningOf(const ReleaseTerms& terms, std::int64_t record) {
    return fmt::format("fairlead envelope 1\n{}\n{}\n{}\n{}\n", terms.workspaceId, terms.number, terms.recipient,
                       record);
}

std::unexpected<Error> notTheKey() { return fail(ErrorCode::WrongKey, "release"); }

}  // namespace

Envelope enclose(const ReleaseTerms& terms, std::int64_t record, std::string_view name,
                 const crypto::SealPublicKey& recipient) {
    const auto key = crypto::Secret::random(kKeyBytes);
    const std::string meaning = meaningOf(terms, record);
    // The meaning goes into the box of the key too, so that it cannot be passed off as another envelope's.
    crypto::Secret plain(meaning.size() + kKeyBytes);
    std::ranges::copy(key.view(), std::ranges::copy(meaning, plain.data()).out);
    return {.record = record,
            .box = crypto::encrypt(name, meaning, key),
            .sealedKey = crypto::seal(plain.view(), recipient)};
}

Result<crypto::Secret> openEnvelope(const ReleaseTerms& terms, const Envelope& envelope,
                                    const crypto::SealKeyPair& recipient) {
    FAIRLEAD_TRY(const auto plain, crypto::unseal(envelope.sealedKey, recipient));
    const std::string meaning = meaningOf(terms, envelope.record);
    if (plain.size() != meaning.size() + kKeyBytes || !plain.view().starts_with(meaning)) return notTheKey();
    return crypto::decrypt(envelope.box, meaning, crypto::Secret::copyOf(plain.view().substr(meaning.size())));
}

std::string releaseText(const Release& release) {
    const ReleaseTerms& terms = release.terms;
    std::string text = fmt::format(
        "fairlead release 1\nworkspace {}\nrelease {}\nrecipient {}\nreleased by {}\nseconded by {}\nat {}\nuntil "
        "{}\ninvolvements {}\n",
        terms.workspaceId, terms.number, terms.recipient, terms.releasedBy, terms.secondedBy, terms.atMs,
        terms.until.iso(), fmt::join(terms.involvements, " "));
    if (terms.budget > 0) text += fmt::format("budget {}\n", terms.budget);
    for (const Envelope& envelope : release.envelopes)
        text += fmt::format("record {} {} {}\n", envelope.record, hex(crypto::sha256(envelope.box)),
                            hex(crypto::sha256(envelope.sealedKey)));
    return text;
}

std::string releaseDigest(const Release& release) { return crypto::sha256(releaseText(release)); }

Status signRelease(Release& release, const ReleaseSigners& signers) {
    const ReleaseTerms& terms = release.terms;
    const std::string &first = signers.releasedBy.principal.id, &second = signers.secondedBy.principal.id;
    const bool isAlone = first == second;
    if (terms.releasedBy != first || terms.secondedBy != second ||
        !std::ranges::is_sorted(release.envelopes, {}, &Envelope::record))
        return fail(ErrorCode::InvalidArgument, "release");
    if (!isAlone && (terms.recipient == terms.releasedBy || terms.recipient == terms.secondedBy))
        return fail(ErrorCode::InvalidArgument, "recipient of a release", "signs it too");
    const std::string text = releaseText(release);
    release.signature = crypto::sign(text, signers.releasedBy.sign);
    release.secondSignature = crypto::sign(text, signers.secondedBy.sign);
    return {};
}

Status checkRelease(const Release& release, std::string_view header, const Keyring& reader) {
    const std::string text = releaseText(release);
    FAIRLEAD_TRY(const PublicKeys first, publicKeysOf(header, reader, release.terms.releasedBy));
    FAIRLEAD_TRY(const PublicKeys second, publicKeysOf(header, reader, release.terms.secondedBy));
    if (crypto::verify(text, release.signature, first.sign) &&
        crypto::verify(text, release.secondSignature, second.sign))
        return {};
    return fail(ErrorCode::Corrupt, "release", "signature");
}

}  // namespace fairlead::access
