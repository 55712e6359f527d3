#include "tests/crash/chance.h"

#include <cstring>
#include <mutex>
#include <random>

#include <sodium.h>
#include <sqlite3.h>

namespace fairlead::crash {

namespace {

struct Numbers {
    std::mutex mutex;
    std::mt19937_64 engine;
};

/// Never destroyed: keys are drawn until the end of the process.
Numbers& numbers() {
    static Numbers* const all = new Numbers;
    return *all;
}

void fill(void* to, std::size_t size) {
    Numbers& all = numbers();
    const std::scoped_lock lock(all.mutex);
    auto* bytes = static_cast<unsigned char*>(to);
    while (size > 0) {
        const std::uint64_t number = all.engine();
        const std::size_t count = size < sizeof number ? size : sizeof number;
        std::memcpy(bytes, &number, count);
        bytes += count;
        size -= count;
    }
}

std::uint32_t one() {
    std::uint32_t number = 0;
    fill(&number, sizeof number);
    return number;
}

}  // namespace

void drawFrom(std::uint64_t seed) {
    static randombytes_implementation ours{.implementation_name = [] { return "numbers of a seed"; },
                                           .random = one,
                                           .stir = nullptr,
                                           .uniform = nullptr,
                                           .buf = fill,
                                           .close = nullptr};
    randombytes_set_implementation(&ours);
    {
        const std::scoped_lock lock(numbers().mutex);
        numbers().engine.seed(seed);
    }
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed % 1'000'000) + 1, nullptr);
    sqlite3_randomness(0, nullptr);
}

}  // namespace fairlead::crash

// What SQLCipher draws its salts and vectors from.
extern "C" int RAND_bytes(unsigned char* to, int size) {  // NOLINT(readability-identifier-naming)
    fairlead::crash::fill(to, static_cast<std::size_t>(size));
    return 1;
}
