// How fast the audit log is written and verified.

#pragma once

#include <cstdint>

#include "core/base/result.h"

namespace fairlead::bench {

/// Composes so many entries into segment files, without waiting for the disk after each, and verifies them without and
/// with the key. Prints the figures. Errors: those of the files; Internal when the log is not found to be intact.
Status measureAudit(std::uint64_t entries);

}  // namespace fairlead::bench
