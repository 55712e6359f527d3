#include "core/store/untrusted_process.h"

#include <array>

#include <sqlite3.h>

#include "core/store/connection.h"
#include "core/store/database.h"

namespace fairlead::store {

Status prepareUntrustedProcess(std::int64_t mostHeapBytes) {
    Connection connection("cipher library");
    FAIRLEAD_OK(openHandle(connection, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    FAIRLEAD_OK(setKey(connection, Database::newKey(), true));
    std::array<char, 16> unused{};
    sqlite3_randomness(static_cast<int>(unused.size()), unused.data());
    sqlite3_hard_heap_limit64(mostHeapBytes);
    if (sqlite3_hard_heap_limit64(-1) != mostHeapBytes) return fail(ErrorCode::Internal, "heap limit", "does not hold");
    return {};
}

}  // namespace fairlead::store
