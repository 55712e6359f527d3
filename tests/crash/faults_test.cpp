// Every call failing, once and for good: EIO, ENOSPC, EROFS, a short write, a failed sync.
//
//   FAIRLEAD_FAULT_STRIDE=17       every 17th call alone

#include <cerrno>
#include <cstdlib>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "tests/crash/chance.h"
#include "tests/crash/story.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::crash;

namespace {

constexpr std::uint64_t kSeed = 20261122;

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
    auto opened = stage.open(passphrase);
    if (!opened) return outcome;
    auto workspace = std::move(*opened);
    outcome.audit = workspace->audit().head();
    for (const Act& act : story.acts) {
        if (!act.deed(workspace, stage)) break;
        ++outcome.done;
        if (workspace) {
            outcome.audit = workspace->audit().head();
        } else if (const auto log = logOf(stage)) {
            outcome.audit = *log;
        }
        if (&act == &story.acts.back()) break;
        if (!workspace) opened = stage.open(passphrase);
        if (!opened) break;
        if (!workspace) workspace = std::move(*opened);
    }
    return outcome;
}

/// A rotation that was refused leaves nothing, where the calls that clear up are not refused as well.
std::string leftBehind(const Story& story, const Stage& stage, const Outcome& outcome) {
    const bool isLeft = outcome.done < story.acts.size() && std::filesystem::exists(stage.folder() / kRotated);
    return isLeft ? "a folder of a rotation that was refused" : std::string();
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
    const audit::Checkpoint head = test::valueOf(logOf(stage));
    for (const Kind& kind : kKinds) {
        for (const bool isForGood : {false, true}) {
            for (std::uint64_t at = 1;; at += stride) {
                lay(start, stage.folder());
                Outcome outcome{.audit = head};
                bool wasHit = false;
                {
                    drawFrom(kSeed);
                    const Faults faults(stage.folder(), {kind.calls, kind.error, at, isForGood});
                    outcome = tried(story, stage, moments.front().passphrase, outcome);
                    wasHit = faults.wereHit();
                }
                ++tally.runs;
                std::string fault = isForGood ? std::string() : leftBehind(story, stage, outcome);
                fault += faultAfter(stage, moments, outcome);
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
            test::WorkspaceFixture fixture(fewResources());
            Stage stage(fixture);
            stage.comparesRowsAlone();
            const Image start = prepared(story, stage);
            drawFrom(kSeed);
            const auto moments = play(story, stage, [] { return std::size_t{0}; });
            Tally tally;
            tryFaults(story, stage, start, moments, text == nullptr ? 1 : std::strtoull(text, nullptr, 10), tally);
            fmt::print("{}: {} runs, {} faults\n", story.name, tally.runs, tally.faults);
            CHECK(tally.faults == 0);
        }
    }
}
