// For core/audit alone: what is said becomes the bytes of the next entry.

#pragma once

#include <string>

#include "core/audit/chain.h"
#include "core/audit/entry.h"
#include "core/audit/frames.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// An entry that is ready to be written.
struct Composed {
    Record record;
    std::string leaf;
    std::string frame;
};

/// Composes entries in their order. Touches no file: take() follows when the bytes are safe.
class Composer {
public:
    /// `keys` and `clock` outlive it. Details are sealed to `reader`.
    Composer(const LogKeys& keys, const crypto::SealPublicKey& reader, const Clock& clock, Chain chain)
        : m_keys(&keys),
          m_reader(reader),
          m_clock(&clock),
          m_session(crypto::randomBytes(16)),
          m_chain(std::move(chain)) {}

    [[nodiscard]] const Chain& chain() const { return m_chain; }
    /// The next entry. Errors: InvalidArgument (a digest that is none, an end of nothing).
    [[nodiscard]] Result<Composed> compose(const Entry& entry) const { return composed(entry, {}); }
    /// The next entry, which hands signing over. The first of a log is signed by the key that it names.
    [[nodiscard]] Result<Composed> composeKeyChange(const crypto::SignPublicKey& next,
                                                    const crypto::SignKeyPair& signer) const;
    /// It is written. Errors: Internal when it is not the next one.
    Status take(const Composed& written);
    /// An intent that the caller has ended.
    void forget(std::uint64_t intent) { m_chain.forget(intent); }

private:
    [[nodiscard]] Result<Composed> composed(const Entry& entry, std::string certificate) const;

    const LogKeys* m_keys;
    crypto::SealPublicKey m_reader;
    const Clock* m_clock;
    std::string m_session;
    Chain m_chain;
};

}  // namespace fairlead::audit
