#include "core/base/stack.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <thread>

#include <catch2/catch_all.hpp>
#include <unistd.h>

#include "core/base/sanitizer.h"

namespace fairlead {

#if !FAIRLEAD_SANITIZED

namespace {

/// Leaves marks on the stack, and gives the place of one: as a number, because it belongs to nobody any more.
[[gnu::noinline]] std::uintptr_t leaveMarks() {
    std::array<unsigned char, 4096> marks;
    std::memset(marks.data(), 0xA7, marks.size());
    std::uintptr_t place = reinterpret_cast<std::uintptr_t>(marks.data()) + marks.size() / 2;
    asm volatile("" : "+r"(place) : "r"(marks.data()) : "memory");
    return place;
}

/// The byte at a place, as the system reads it.
int byteAt(std::uintptr_t place) {
    std::array<int, 2> ends{};
    unsigned char byte = 0;
    const bool read = ::pipe(ends.data()) == 0 && ::write(ends[1], reinterpret_cast<const void*>(place), 1) == 1 &&
                      ::read(ends[0], &byte, 1) == 1;
    ::close(ends[0]);
    ::close(ends[1]);
    return read ? byte : -1;
}

}  // namespace

TEST_CASE("what a function left on the stack is gone after a wipe", "[base]") {
    int before = 0;
    int after = 0;
    std::thread([&] {
        const std::uintptr_t place = leaveMarks();
        before = byteAt(place);
        wipeUnusedStack();
        after = byteAt(place);
    }).join();
    CHECK(before == 0xA7);
    CHECK(after == 0);
}

#endif

}  // namespace fairlead
