// What the program gives back to the heap is overwritten first: names and reasons that were on the screen, and every
// copy that Qt or Pango made of them, are gone once they are freed. free() and realloc() of the whole process are
// these (the libraries' too); the C library's own do the work. glibc's names for them are for this purpose.
//
// Not under a sanitizer: it brings an allocator of its own.

#include "core/base/sanitizer.h"

#if !FAIRLEAD_SANITIZED

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <malloc.h>

extern "C" {

void __libc_free(void* memory);          // NOLINT(bugprone-reserved-identifier)
void* __libc_malloc(std::size_t bytes);  // NOLINT(bugprone-reserved-identifier)

__attribute__((visibility("default"), used)) void free(void* memory) {
    if (memory != nullptr) {
        ::explicit_bzero(memory, ::malloc_usable_size(memory));
        __libc_free(memory);
    }
}

__attribute__((visibility("default"), used)) void* realloc(void* memory, std::size_t bytes) {
    if (memory == nullptr) return __libc_malloc(bytes);
    const std::size_t before = ::malloc_usable_size(memory);
    // Shrunk to less than half it moves; what it leaves behind must not lie in the part that is given back.
    if (bytes != 0 && bytes <= before && bytes >= before / 2) return memory;
    if (bytes == 0) {
        free(memory);
        return nullptr;
    }
    void* moved = __libc_malloc(bytes);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, memory, std::min(before, bytes));
    free(memory);
    return moved;
}
}

#endif
