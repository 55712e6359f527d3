// For core/worker alone: the seccomp filter.

#pragma once

namespace fairlead::worker {

/// Refuses (EPERM) every system call but those that reading a file, memory and a pipe need. False where the kernel or
/// the machine has no such filter. REQUIRES: no new privileges.
bool restrictSystemCalls();

}  // namespace fairlead::worker
