#include "core/base/clock.h"

#include <chrono>
#include <ctime>

namespace fairlead {

std::int64_t SystemClock::nowMs() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t localMs(std::int64_t utcMs) {
    constexpr std::int64_t kSecond = 1000;
    const std::time_t seconds = utcMs / kSecond;
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr) return utcMs;
    return utcMs + local.tm_gmtoff * kSecond;
}

}  // namespace fairlead
