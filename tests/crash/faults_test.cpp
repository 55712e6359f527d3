// Every call failing, once and for good: EIO, ENOSPC, EROFS, a short write, a failed sync.
//
//   FAIRLEAD_FAULT_STRIDE=17       every 17th call alone

#include <cerrno>
#include <cstdlib>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "tests/crash/story.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::crash;

namespace {

struct Kind {
    const char* name;
    Calls calls;
    int error;
};

constexpr Kind kKinds[] = {{"EIO", Calls::Any, EIO},
                           {"ENOSPC", Calls::Changing, ENOSPC},
                           {"EROFS", Calls::Changing, EROFS},
                           {"short write", Calls::Writing, 0},
                           {"failed sync", Calls::Syncing, EIO}};

/// How far somebody came who was told of each error.
struct Outcome {
    std::size_t done = 0;  ///< Acts that said so.
    audit::Checkpoint audit;
};

Outcome tried(const Story& story, Stage& stage, const std::string& passphrase, Outcome outcome) {
    auto workspace = stage.open(passphrase);
    if (!workspace) return outcome;
    outcome.audit = (*workspace)->audit().head();
    for (const Act& act : story.acts) {
        if (!act(**workspace, stage)) break;
        ++outcome.done;
        outcome.audit = (*workspace)->audit().head();
    }
    return outcome;
}

/// Empty when the files are as somebody who heard these answers may expect.
std::string faultAfter(Stage& stage, const std::vector<Moment>& moments, const Outcome& outcome) {
    const bool isUnderWay = outcome.done + 1 < moments.size();
    Moment before = moments[outcome.done];
    before.audit = outcome.audit;
    return faultIn(stage, {.before = &before, .after = isUnderWay ? &moments[outcome.done + 1] : nullptr});
}

struct Tally {
    std::uint64_t runs = 0, faults = 0;
};

void tryFaults(const Story& story, Stage& stage, const Image& start, const std::vector<Moment>& moments,
               std::uint64_t stride, Tally& tally) {
    lay(start, stage.folder());
    const audit::Checkpoint head = test::valueOf(audit::AuditLog::verify(stage.path() / "audit")).head;
    for (const Kind& kind : kKinds) {
        for (const bool isForGood : {false, true}) {
            for (std::uint64_t at = 1;; at += stride) {
                lay(start, stage.folder());
                Outcome outcome{.audit = head};
                bool wasHit = false;
                {
                    const Faults faults(stage.folder(), {kind.calls, kind.error, at, isForGood});
                    outcome = tried(story, stage, moments.front().passphrase, outcome);
                    wasHit = faults.wereHit();
                }
                ++tally.runs;
                const std::string fault = faultAfter(stage, moments, outcome);
                if (!fault.empty() && ++tally.faults <= 5)
                    UNSCOPED_INFO(fmt::format("{}: {} {} at call {}: {}", story.name, kind.name,
                                              isForGood ? "for good" : "once", at, fault));
                if (!wasHit) break;
            }
        }
    }
}

}  // namespace

TEST_CASE("Whatever call fails, a workspace opens later and is as the answers said", "[faults]") {
    skipSyncs();
    const char* const text = std::getenv("FAIRLEAD_FAULT_STRIDE");
    for (const Story& story : stories()) {
        if (story.creates) continue;
        DYNAMIC_SECTION(story.name) {
            test::WorkspaceFixture fixture;
            Stage stage(fixture);
            stage.comparesRowsAlone();
            const Image start = prepared(story, stage);
            const auto moments = play(story, stage, [] { return std::size_t{0}; });
            Tally tally;
            tryFaults(story, stage, start, moments, text == nullptr ? 1 : std::strtoull(text, nullptr, 10), tally);
            fmt::print("{}: {} runs, {} faults\n", story.name, tally.runs, tally.faults);
            CHECK(tally.faults == 0);
        }
    }
}
