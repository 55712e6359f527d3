// For core/worker alone: the seccomp filters.

#pragma once

namespace fairlead::worker {

/// Refuses (EPERM) every system call but those that reading a file, memory and a pipe need. False where the kernel or
/// the machine has no such filter. REQUIRES: no new privileges.
bool restrictSystemCalls();

/// Refuses (EAFNOSUPPORT) a socket of any family but AF_UNIX, and (EPERM) rings of system calls, which could make one.
/// False as above. REQUIRES: no new privileges; one thread.
bool refuseNetwork();

/// Whether the kernel has such filters.
bool hasSystemCallFilter();

}  // namespace fairlead::worker
