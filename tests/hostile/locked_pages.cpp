// SQLCipher locks each block of memory into RAM, and for that the kernel waits for every processor: half the time of
// two hundred thousand short readings. What is read here is made up and may be swapped out.

#include <cstddef>

extern "C" {
int mlock(const void* /*address*/, std::size_t /*bytes*/) noexcept { return 0; }
int munlock(const void* /*address*/, std::size_t /*bytes*/) noexcept { return 0; }
}
