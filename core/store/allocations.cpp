#include "core/store/allocations.h"

#include <mutex>
#include <string_view>

#include <sqlite3.h>

namespace fairlead::store {

namespace {

thread_local constinit bool isRefused = false;

/// Of everything that SQLite writes into its log, the two lines of its allocator.
void onLog(void*, int code, const char* text) {
    const std::string_view line(text == nullptr ? "" : text);
    if (code == SQLITE_NOMEM && (line.starts_with("failed to allocate") || line.starts_with("failed memory resize")))
        isRefused = true;
}

}  // namespace

void watchAllocations() {
    static std::once_flag isDone;
    std::call_once(isDone, [] { sqlite3_config(SQLITE_CONFIG_LOG, onLog, nullptr); });
}

bool wasRefusedMemory() { return std::exchange(isRefused, false); }

}  // namespace fairlead::store
