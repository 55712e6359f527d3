// The pages of a SQLCipher 4 file in the clear, and sealed again: what somebody can do who has a file's key. Written
// from the published format, beside the library and not with it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/keys.h"

namespace fairlead::hostile {

inline constexpr std::size_t kPageBytes = 4096;
/// At the end of every page: 16 bytes of initialisation vector, 64 of HMAC-SHA512.
inline constexpr std::size_t kReserveBytes = 80;
inline constexpr std::size_t kUsableBytes = kPageBytes - kReserveBytes;
/// At the start of page 1: the salt, where an unencrypted file has its magic text.
inline constexpr std::size_t kSaltBytes = 16;

/// A file as pages; their reserved ends mean nothing in the clear.
using Pages = std::vector<std::string>;

/// Opens and seals pages under one key.
class PageCipher {
public:
    /// 32 bytes of key, 16 of salt.
    explicit PageCipher(std::string_view keyAndSalt);
    /// Every page in the clear. REQUIRES: whole pages, sealed under this key.
    [[nodiscard]] Pages opened(std::string_view file) const;
    /// One page as it lies in the file; `number` counts from 1.
    [[nodiscard]] std::string sealed(std::string_view page, std::size_t number) const;
    /// All of them.
    [[nodiscard]] std::string sealed(const Pages& pages) const;

private:
    std::string m_key;
    std::string m_salt;
    std::string m_macKey;
};

}  // namespace fairlead::hostile
