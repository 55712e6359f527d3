// Keys, nonces and salts that are the same in every run, so that a state or a failing call can be played again byte for
// byte, and states that are the same can be seen to be.

#pragma once

#include <cstdint>

namespace fairlead::crash {

/// From now on libsodium, SQLCipher and SQLite draw from the same numbers for the same seed.
void drawFrom(std::uint64_t seed);

}  // namespace fairlead::crash
