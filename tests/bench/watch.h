// Time of a stretch of work.

#pragma once

#include <chrono>

#include <sys/resource.h>

namespace fairlead::bench {

/// Wall and processor time since it was made.
class Watch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }
    [[nodiscard]] double cpuSeconds() const { return cpuNow() - m_cpu; }

private:
    static double cpuNow() {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto of = [](timeval t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
        return of(usage.ru_utime) + of(usage.ru_stime);
    }
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    double m_cpu = cpuNow();
};

}  // namespace fairlead::bench
