// What functions that have returned left on the stack of their thread.

#pragma once

namespace fairlead {

/// Overwrites half a megabyte of this thread's stack below whoever calls: short texts lie there until other calls come
/// over them, and the C library keeps the stacks of threads that have ended. Needs as much stack.
void wipeUnusedStack();

}  // namespace fairlead
