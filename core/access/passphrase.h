// What may be a passphrase, and what it costs to try one.

#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::access {

/// Fine, or WeakPassphrase: shorter than 12 characters, or trivially repetitive ("aaaaaaaaaaaa", "passpasspass",
/// "abcdefghijkl", "123456781234"). InvalidArgument: not UTF-8, control characters, or over 1,024 bytes.
Status checkPassphrase(std::string_view text);

/// How cheap a key derivation may be. Slots below it are refused, so that a changed header cannot make guessing cheap.
class KdfPolicy {
public:
    /// 256 MiB and 3 passes at least.
    static KdfPolicy normal() { return KdfPolicy(false); }
    /// Any cost: for tests, which create hundreds of headers. Never in an executable of ours.
    static KdfPolicy forTests() { return KdfPolicy(true); }
    [[nodiscard]] bool allows(const crypto::KdfCost& cost) const;
    [[nodiscard]] bool isForTests() const { return m_weak; }
    /// The cheapest cost that libsodium computes.
    static crypto::KdfCost testCost() { return {.passes = 1, .memoryBytes = 8192}; }

private:
    explicit KdfPolicy(bool weak) : m_weak(weak) {}
    bool m_weak;
};

}  // namespace fairlead::access
