#include "core/audit/composer.h"

#include <algorithm>

#include "core/audit/note.h"

namespace fairlead::audit {

Result<Composed> Composer::composed(const Entry& entry, std::string certificate) const {
    Composed next{.record = {.sequence = m_chain.entries() + 1,
                             .wallMs = std::max<std::int64_t>(0, m_clock->nowMs()),
                             .maxSeenMs = 0,
                             .session = m_session,
                             .entry = entry,
                             .sealedDetails = {},
                             .sealedMarks = {},
                             .previousLeaf = m_chain.lastLeaf(),
                             .certificate = std::move(certificate)},
                  .leaf = {},
                  .frame = {}};
    Record& record = next.record;
    record.maxSeenMs = std::max(m_chain.maxSeenMs(), record.wallMs);
    // Nothing but the leaf binds a sealed box to its place: anybody can make one.
    if (!entry.details.empty())
        record.sealedDetails = crypto::seal(record.previousLeaf + encodeDetails(entry.details), m_reader);
    if (!entry.marks.empty())
        record.sealedMarks = crypto::encrypt(encodeDetails(entry.marks), record.previousLeaf, m_keys->marks);
    const auto bytes = encode(record);
    // What could not be read again must not be written.
    if (auto readBack = decode(bytes); !readBack)
        return fail(ErrorCode::InvalidArgument, "audit log", readBack.error().detail);
    if (entry.about >= record.sequence) return fail(ErrorCode::InvalidArgument, "audit log", "ends what has not begun");
    next.leaf = leafHash(bytes);
    next.frame = frameOf(bytes, next.leaf, *m_keys);
    return next;
}

Result<Composed> Composer::composeKeyChange(const crypto::SignPublicKey& next,
                                            const crypto::SignKeyPair& signer) const {
    const auto origin = m_chain.keys().empty() ? originOf(next) : m_chain.origin();
    return composed({.verb = Verb::KeyChange, .state = State::Note},
                    certificateOf(origin, m_chain.checkpoint(), next, signer));
}

Status Composer::take(const Composed& written) {
    if (auto problem = m_chain.add(written.record, written.leaf))
        return fail(ErrorCode::Internal, "audit log", std::move(*problem));
    return {};
}

}  // namespace fairlead::audit
