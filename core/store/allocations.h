// For core/store alone: whether SQLite was refused memory. SQLCipher reports a page that it cannot authenticate as want
// of memory, and the two must not be taken for each other.

#pragma once

namespace fairlead::store {

/// From now on SQLite says when it is refused memory. For every opening; what is there already stays.
void watchAllocations();

/// True when SQLite was refused memory on this thread since the last time that somebody asked.
bool wasRefusedMemory();

}  // namespace fairlead::store
