// Whether words are left in the memory of a process or in the files of a folder. The words that are looked for, and
// what is read while looking, are only ever held masked: a search does not find itself.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "core/base/sanitizer.h"

namespace fairlead::test {

/// True in builds whose allocator keeps freed memory as it was, on purpose: nothing can be said about what is left.
inline constexpr bool kKeepsFreedMemory = FAIRLEAD_SANITIZED == 1;

/// A word that stands nowhere else, kept masked: sixteen letters that depend on its number alone.
class Marker {
public:
    explicit Marker(std::uint64_t number);
    /// The word itself, the first letter a capital. It is in the memory of whoever calls this from then on: prepare
    /// what holds markers in a process of its own (inChild()).
    [[nodiscard]] std::string word() const;
    /// "marker 3", for messages.
    [[nodiscard]] std::string label() const;

    static constexpr std::size_t kLetters = 16;
    /// Its lower-case letters, each masked.
    [[nodiscard]] const std::array<char, kLetters>& masked() const { return m_masked; }

private:
    std::uint64_t m_number;
    std::array<char, kLetters> m_masked{};
};

/// A place where a marker is, letters of either case, as UTF-8 or UTF-16.
struct Found {
    std::string marker;         ///< Its label.
    std::string where;          ///< The region: "[heap]", "[anon]", or the file.
    std::uint64_t address = 0;  ///< In the memory, or in the file.
    std::string around;         ///< What stands before and after it, without it: who holds it.
};

/// For messages: one line a place, at most twenty.
std::string describe(const std::vector<Found>& found);

/// Looks through every writable region of a process: its heap, stacks, what it mapped. Needs the right to look into it,
/// as a process has it for itself. Fails the test when it cannot be read at all.
std::vector<Found> scanMemory(const std::vector<Marker>& markers, pid_t process);
/// The same of this process.
std::vector<Found> scanMemory(const std::vector<Marker>& markers);

/// Looks through every file of a folder, its names too.
std::vector<Found> scanFiles(const std::vector<Marker>& markers, const std::filesystem::path& folder);

/// Runs `work` in a copy of this process and waits for it: what it held in its memory goes with it. Only where no other
/// thread runs. Fails the test unless it returns true.
template <typename Work>
void inChild(Work work);
/// The two halves of inChild(): zero in the copy.
pid_t beginChild();
[[noreturn]] void endChild(bool ok);
void waitForChild(pid_t child);

template <typename Work>
void inChild(Work work) {
    const pid_t child = beginChild();
    if (child == 0) endChild(work());
    waitForChild(child);
}

}  // namespace fairlead::test
