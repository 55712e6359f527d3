// For core/crypto alone: libsodium, ready to be used.

#pragma once

#include <string_view>

#include <sodium.h>

namespace fairlead::crypto {

/// Initialises libsodium once; every entry point of the folder calls it first.
void initialise();

/// The bytes as libsodium wants them.
inline const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace fairlead::crypto
