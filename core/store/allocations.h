// For core/store alone: whether SQLite was refused memory. SQLCipher reports a page that it cannot authenticate as want
// of memory, and the two must not be taken for each other.

#pragma once

namespace fairlead::store {

/// From now on SQLite says when it is refused memory. For every opening; what is there already stays.
void watchAllocations();

/// True when SQLite was refused memory on this thread since the last time that somebody asked.
bool wasRefusedMemory();

/// While it lives, small pieces that SQLite is refused on this thread come from memory that was set aside at the start:
/// for the calls in which SQLCipher 4.6 does not look whether it got what it asked for, and crashes. One at a time on a
/// thread.
class SpareMemory {
public:
    SpareMemory();
    ~SpareMemory();
    SpareMemory(const SpareMemory&) = delete;
    SpareMemory& operator=(const SpareMemory&) = delete;
};

}  // namespace fairlead::store
