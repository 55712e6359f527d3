// Work shared out to threads unit by unit. Results are kept per unit, so that they do not depend on the threads.

#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "core/base/stack.h"

namespace fairlead::link {

/// As many threads as asked for; for 0 as many as the computer has; never more than there are units.
inline unsigned threadCount(unsigned asked, std::size_t units) {
    const unsigned have = asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min<std::size_t>(have, std::max<std::size_t>(1, units)));
}

/// Calls `work(thread, unit)` for every unit below `units`, on `threads` threads, or on fewer where the system has not
/// so many; returns when all are done. Throws what `work` threw first, which is std::bad_alloc alone: further units are
/// not begun then.
template <typename Work>
void forEachUnit(std::size_t units, unsigned threads, Work work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr thrown;
    std::once_flag isThrown;
    const auto run = [&](unsigned thread) {
        try {
            for (std::size_t unit = next.fetch_add(1); unit < units; unit = next.fetch_add(1)) work(thread, unit);
        } catch (...) {
            next.store(units);
            std::call_once(isThrown, [&thrown] { thrown = std::current_exception(); });
        }
    };
    const auto runAndWipe = [&run](unsigned thread) {
        run(thread);
        wipeUnusedStack();  // Names were compared on it.
    };
    {
        std::vector<std::jthread> others;
        try {
            for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(runAndWipe, thread);
        } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch): those that there are do it all
        }
        run(0);
    }
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace fairlead::link
