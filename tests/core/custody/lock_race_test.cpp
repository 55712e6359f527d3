// One writer: many processes that start at once, and holders that are killed.

#include <atomic>
#include <csignal>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/access/lock_file.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

constexpr int kProcesses = 8;
constexpr int kStarts = 125;  // of each: 1,000 in all

/// Seen by all processes.
struct Shared {
    std::atomic<int> holders{0};
    std::atomic<int> most{0};
    std::atomic<int> acquired{0};
    std::atomic<int> busy{0};
    std::atomic<int> otherErrors{0};
};

class SharedMemory {
public:
    SharedMemory()
        : m_memory(::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        REQUIRE(m_memory != MAP_FAILED);
        new (m_memory) Shared();
    }
    ~SharedMemory() { ::munmap(m_memory, sizeof(Shared)); }
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;
    Shared& operator*() const { return *static_cast<Shared*>(m_memory); }
    Shared* operator->() const { return static_cast<Shared*>(m_memory); }

private:
    void* m_memory;
};

/// One start: takes the lock when it is free, holds it for a moment.
void start(const std::filesystem::path& file, Shared& shared) {
    const SystemClock clock;
    const auto lock = access::LockFile::acquire(file, clock);
    if (!lock) {
        ++(lock.error().code == ErrorCode::Busy ? shared.busy : shared.otherErrors);
        return;
    }
    const int now = ++shared.holders;
    for (int most = shared.most; now > most && !shared.most.compare_exchange_weak(most, now);) {
    }
    ++shared.acquired;
    ::usleep(200);
    --shared.holders;
}

}  // namespace

TEST_CASE("Of a thousand starts no two hold the lock at once, and it is free afterwards", "[custody][T-R1]") {
    const TempFolder folder;
    const auto file = folder / "lock";
    const SharedMemory shared;
    std::vector<pid_t> children;
    for (int process = 0; process < kProcesses; ++process) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            for (int at = 0; at < kStarts; ++at) start(file, *shared);
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = -1;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    CHECK(shared->most == 1);
    CHECK(shared->acquired + shared->busy == kProcesses * kStarts);
    CHECK(shared->otherErrors == 0);
    CHECK(shared->acquired > 0);
    CHECK(shared->busy > 0);
    CHECK(access::LockFile::acquire(file, SystemClock()).has_value());
}

TEST_CASE("The lock of a holder that was killed is free at once, and says nothing of it", "[custody][T-R1]") {
    const TempFolder folder;
    const auto file = folder / "lock";
    for (int round = 0; round < 20; ++round) {
        const SharedMemory shared;
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            const SystemClock clock;
            const auto lock = access::LockFile::acquire(file, clock);
            shared->acquired = lock ? 1 : -1;
            while (true) ::pause();
        }
        while (shared->acquired == 0) ::usleep(100);
        CHECK(shared->acquired == 1);
        const auto holder = access::LockFile::holder(file);
        REQUIRE(holder.has_value());
        CHECK(holder->pid == child);
        CHECK(codeOf(access::LockFile::acquire(file, SystemClock())) == ErrorCode::Busy);
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK_FALSE(access::LockFile::holder(file).has_value());
        CHECK(access::LockFile::acquire(file, SystemClock()).has_value());
    }
}
