// For a process that does nothing but read one file of others (core/extract/reader_process.h).

#pragma once

#include <cstdint>

#include "core/base/result.h"

namespace fairlead::store {

/// Bounds what the database library may allocate, for good, and has the cipher library read now what it reads from
/// disk at its first use (its configuration), so that the process can give up opening files afterwards.
/// Errors: Internal.
Status prepareUntrustedProcess(std::int64_t mostHeapBytes);

}  // namespace fairlead::store
