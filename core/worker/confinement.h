// What a process gives up before it touches what somebody else wrote. Every step is tried; what the system does not
// have is left out and reported, so that nobody claims it.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::worker {

/// One thing that a process can give up.
enum class Restriction : std::uint8_t {
    Memory,        ///< Address space bounded (RLIMIT_AS).
    Processor,     ///< Seconds of processor time bounded (RLIMIT_CPU).
    Writing,       ///< No file may grow (RLIMIT_FSIZE 0).
    OpenFiles,     ///< Number of open files bounded (RLIMIT_NOFILE).
    Dumps,         ///< No core dump; its memory is not open to other programs of the user (PR_SET_DUMPABLE 0).
    Privileges,    ///< No privilege can be gained (PR_SET_NO_NEW_PRIVS).
    OneFile,       ///< Landlock: no file but one can be opened, and that for reading.
    SystemCalls,   ///< Seccomp: a list of calls; no socket, no program, no process, nothing opened for writing.
    DiesWithOwner  ///< Killed when the process that started it ends (PR_SET_PDEATHSIG).
};
inline constexpr unsigned kRestrictions = 9;

/// The restrictions in force.
class Confinement {
public:
    /// It is in force.
    void add(Restriction restriction) { m_bits |= bit(restriction); }
    /// Whether it is in force.
    [[nodiscard]] bool has(Restriction restriction) const { return (m_bits & bit(restriction)) != 0; }
    /// As a number, for the wire; bits that mean nothing are dropped.
    [[nodiscard]] std::uint32_t bits() const { return m_bits; }
    static Confinement fromBits(std::uint32_t bits);
    /// In the order of the enumeration: "memory", "processor time" ... for the log and for people.
    [[nodiscard]] std::vector<std::string_view> words() const;

private:
    static constexpr std::uint32_t bit(Restriction restriction) { return 1U << static_cast<unsigned>(restriction); }
    std::uint32_t m_bits = 0;
};

/// The bounds.
struct Bounds {
    std::uint64_t addressSpaceBytes = 2ULL << 30U;
    std::chrono::seconds processorTime = std::chrono::minutes(10);
    unsigned openFiles = 32;
};

/// Gives up everything but reading `onlyFile`, for good. Library state that is read from other files must be there
/// before. Call with one thread only.
Confinement confine(const Bounds& bounds, const std::filesystem::path& onlyFile);

/// Of the restrictions by files and by system calls, those that this kernel has; nothing is given up.
Confinement confinementOfThisKernel();

}  // namespace fairlead::worker
