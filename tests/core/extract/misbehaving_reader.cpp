#include "tests/core/extract/misbehaving_reader.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <random>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/extract/contract.h"
#include "core/extract/reader_wire.h"
#include "core/store/untrusted_process.h"

namespace fairlead::test {

namespace {

using extract::Answer;
using extract::Cell;

constexpr std::string_view kArgument = "--misbehave-";
constexpr std::string_view kNonsense = "answered nonsense";
constexpr std::array kWays = {
    Misbehaviour{"crash", "ended by signal 11"},
    Misbehaviour{"crash-half-way", "ended by signal 6"},
    Misbehaviour{"leave", "ended with code 3"},
    Misbehaviour{"hang", "took longer than allowed"},
    Misbehaviour{"hang-half-way", "took longer than allowed"},
    Misbehaviour{"spin", "used up its processor time"},
    Misbehaviour{"hunger", "the process that read it ended"},
    Misbehaviour{"noise", kNonsense},
    Misbehaviour{"long-frame", kNonsense},
    Misbehaviour{"rows-before-ready", kNonsense},
    Misbehaviour{"ready-twice", kNonsense},
    Misbehaviour{"unknown-kind", kNonsense},
    Misbehaviour{"unknown-table", kNonsense},
    Misbehaviour{"unknown-cell", kNonsense},
    Misbehaviour{"text-beyond-frame", kNonsense},
    Misbehaviour{"unpromised-table", "the manifest does not list"},
    Misbehaviour{"tables-backwards", "an order that no file has"},
    Misbehaviour{"strange-refusal", "it could not be read within the limits: ????"},
    Misbehaviour{"nothing-but-done", "0 rows, the manifest says"},
    Misbehaviour{"other-values", "values are not allowed"},
};

void say(Answer kind, std::string_view payload) {
    (void)worker::answer(worker::framed({static_cast<std::uint8_t>(kind), payload}));
}

void sayReady() { (void)worker::answer(extract::readyFrame({})); }

/// A row of persons whose cells are all this one.
void sayRow(std::size_t table, const Cell& cell) {
    extract::RowBatch batch;
    const std::vector<Cell> cells(extract::contractTables()[table].columns.size(), cell);
    batch.add(table, 1, cells);
    (void)worker::answer(batch.take());
}

void sayPayload(const std::vector<unsigned char>& bytes) {
    sayReady();
    say(Answer::Rows, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void waitForEver() {
    while (true) ::pause();
}

void spin() {
    worker::Bounds bounds;
    bounds.processorTime = std::chrono::seconds(1);
    worker::confine(bounds, "/dev/null");
    for (std::atomic<unsigned> turns = 0;; ++turns) {
    }
}

/// Takes memory until there is no more; without a bound (sanitizers) it stops by itself.
void hunger() {
    worker::Bounds bounds;
    bounds.addressSpaceBytes = 512ULL << 20U;
    worker::confine(bounds, "/dev/null");
    std::vector<std::string> taken;
    while (taken.size() < 64) taken.emplace_back(std::size_t{16} << 20U, 'x');
    std::abort();
}

void noise() {
    std::mt19937 random(7);
    std::string bytes(100'000, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    (void)worker::answer(bytes);
    waitForEver();
}

void crash() {
    ::signal(SIGSEGV, SIG_DFL);  // a sanitizer's own would only tell of it
    (void)::raise(SIGSEGV);
}

/// What the conversation itself can get wrong.
void talk(std::string_view way) {
    const Cell nothing;
    if (way == "long-frame") (void)worker::answer("\xff\xff\xff\x7f\x02");
    if (way == "rows-before-ready") sayRow(0, nothing);
    if (way == "ready-twice") sayReady(), sayReady();
    if (way == "unknown-kind") sayReady(), say(static_cast<Answer>(9), "");
    if (way == "unknown-table") sayPayload({200, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    if (way == "unknown-cell") sayPayload({0, 1, 0, 0, 0, 0, 0, 0, 0, 77});
    if (way == "text-beyond-frame") sayPayload({0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 255, 255, 0, 0, 'x'});
    if (way == "unpromised-table") sayReady(), sayRow(4, nothing);
    if (way == "tables-backwards") sayReady(), sayRow(2, nothing), sayRow(0, nothing);
    if (way == "strange-refusal") sayReady(), say(Answer::Refused, std::string_view("\xfe\x04\0\0\0\x01\xff\n\t", 9));
    if (way == "nothing-but-done") sayReady(), (void)worker::answer(extract::doneFrame());
    if (way == "other-values") {
        sayReady();
        sayRow(0, nothing);
        (void)worker::answer(extract::doneFrame());
    }
}

/// Tries what a process that was taken over would like to do; names what was not refused.
std::string whatIsPossible(const std::filesystem::path& copy) {
    std::string possible;
    const auto note = [&](const char* what, bool done) {
        if (done) possible += std::string(possible.empty() ? "" : " ") + what;
    };
    note("write", ::open(copy.c_str(), O_WRONLY) >= 0);
    note("create", ::open((copy.string() + "-new").c_str(), O_WRONLY | O_CREAT, 0600) >= 0);
    note("remove", ::unlink(copy.c_str()) == 0);
    note("other-file", ::open("/etc/passwd", O_RDONLY) >= 0);
    note("folder", ::open(copy.parent_path().c_str(), O_RDONLY | O_DIRECTORY) >= 0);
    note("network", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
    note("socket", ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    std::array<char, 5> program{"true"};
    const std::array<char*, 2> arguments = {program.data(), nullptr};
    ::execv("/bin/true", arguments.data());  // comes back only when it is refused
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    note("process", child > 0);
    note("signal", ::kill(::getppid(), 0) == 0);
    note("read", ::open(copy.c_str(), O_RDONLY) >= 0);  // the one thing that must be
    return possible;
}

/// Says as a refusal what a process of ours could still do.
void tryEverything() {
    const auto order = extract::orderFrom(*worker::readOrder());
    (void)store::prepareUntrustedProcess(64 << 20);
    const auto confinement = worker::confine({}, order->copy);
    (void)worker::answer(extract::readyFrame(confinement));
    const auto possible = whatIsPossible(order->copy);
    (void)worker::answer(extract::refusedFrame({ErrorCode::ExtractValue, {}, possible}));
}

void misbehave(std::string_view way) {
    if (way == "crash") crash();
    if (way == "crash-half-way") sayReady(), std::abort();
    if (way == "hang") waitForEver();
    if (way == "hang-half-way") sayReady(), waitForEver();
    if (way == "spin") spin();
    if (way == "hunger") hunger();
    if (way == "noise") noise();
    if (way == "everything") tryEverything();
    talk(way);
}

}  // namespace

std::span<const Misbehaviour> misbehaviours() { return kWays; }

worker::WorkerProgram misbehavingProgram(std::string_view name) {
    return {"/proc/self/exe", std::string(kArgument) + std::string(name)};
}

std::optional<int> misbehavingMain(int argc, const char* const* argv) {
    if (argc != 2 || !std::string_view(argv[1]).starts_with(kArgument)) return std::nullopt;
    misbehave(std::string_view(argv[1]).substr(kArgument.size()));
    return 3;
}

}  // namespace fairlead::test
