// The search for what is left in memory and files finds what is there, and not itself.

#include "tests/support/memory_scan.h"

#include <cctype>
#include <cstring>

#include <catch2/catch_all.hpp>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/sanitizer.h"
#include "tests/support/temp_folder.h"

using namespace fairlead::test;

// A sanitizer's own memory is gigabytes of what the program did.
#if !FAIRLEAD_SANITIZED

TEST_CASE("A search of the memory finds a word while it is there, in either case, and never itself", "[base]") {
    const std::vector<Marker> markers{Marker(1), Marker(2)};
    CHECK(scanMemory(markers).empty());
    std::string word = markers[1].word();
    const auto found = scanMemory(markers);
    INFO(describe(found));
    REQUIRE(found.size() == 1);
    CHECK(found.front().marker == "marker 2");
    CHECK(found.front().address == reinterpret_cast<std::uintptr_t>(word.data()));
    for (char& letter : word) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    CHECK(scanMemory(markers).size() == 1);

    std::u16string wide(word.begin(), word.end());
    CHECK(scanMemory(markers).size() == 2);
    ::explicit_bzero(word.data(), word.size());
    CHECK(scanMemory(markers).front().marker == "marker 2 as UTF-16");
    ::explicit_bzero(wide.data(), wide.size() * sizeof(char16_t));
    CHECK(scanMemory(markers).empty());
}

TEST_CASE("A search of the memory sees every word of a stretch that is longer than its pieces, once", "[base]") {
    const std::vector<Marker> markers{Marker(3)};
    std::string word = markers.front().word();
    constexpr std::size_t kWords = 200'000, kApart = 17;
    // A mapping of its own: in the heap, what the search keeps of each place could be searched as well.
    void* const mapped = ::mmap(nullptr, kWords * kApart, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(mapped != MAP_FAILED);
    auto* const room = static_cast<char*>(mapped);
    for (std::size_t at = 0; at < kWords; ++at) std::memcpy(room + at * kApart, word.data(), word.size());
    const auto found = scanMemory(markers).size();
    ::munmap(mapped, kWords * kApart);
    CHECK(found == kWords + 1);
}

#endif

TEST_CASE("What a child process held goes with it, and files and their names are searched", "[base]") {
    const TempFolder folder;
    const std::vector<Marker> markers{Marker(4), Marker(5)};
    inChild([&] {
        writeBytes(folder / "plain", std::string(3'000'000, ' ') + markers[0].word() + " and more");
        writeBytes(folder / ("named " + markers[1].word()), "nothing");
        return true;
    });
    const auto found = scanFiles(markers, folder.path());
    INFO(describe(found));
    REQUIRE(found.size() == 2);
    if constexpr (!kKeepsFreedMemory) CHECK(scanMemory({markers[0]}).empty());
    const auto plain = std::ranges::find(found, "marker 4", &Found::marker);
    REQUIRE(plain != found.end());
    CHECK(plain->where == "plain");
    CHECK(plain->address == 3'000'000);
    CHECK(plain->around.ends_with("<it> and more"));
}
