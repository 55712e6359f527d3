// Every call failing, once and for good: EIO, ENOSPC, EROFS, a short write, a failed sync.
//
//   FAIRLEAD_FAULT_STRIDE=17       every 17th call alone

#include <cerrno>
#include <cstdlib>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/base/text.h"
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

/// Calls of the opening fail in a story without acts; in all others those that follow it do.
Outcome tried(const Story& story, Stage& stage, const std::string& passphrase, Outcome outcome, Faults& faults) {
    if (story.acts.empty()) faults.begin();
    auto opened = stage.open(passphrase);
    if (!opened) return outcome;
    auto workspace = std::move(*opened);
    outcome.audit = workspace->audit().head();
    faults.begin();
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
    std::uint64_t runs = 0, judged = 0, faults = 0;
};

/// Every failing call of a story.
class Trial {
public:
    Trial(const Story& story, Stage& stage) : m_story(story), m_stage(stage), m_start(prepared(story, stage)) {
        drawFrom(kSeed);
        m_moments = play(story, stage, [] { return std::size_t{0}; });
        lay(m_start, stage.folder());
        m_head = test::valueOf(logOf(stage));
    }

    Tally run(std::uint64_t stride) {
        for (const Kind& kind : kKinds)
            for (const bool isForGood : {false, true})
                for (std::uint64_t at = 1; isHit(kind, {kind.calls, kind.error, at, isForGood});) at += stride;
        return m_tally;
    }

private:
    /// False when there was no such call any more.
    bool isHit(const Kind& kind, const Fault& fault) {
        lay(m_start, m_stage.folder());
        Outcome outcome{.audit = m_head};
        bool wasHit = false;
        {
            drawFrom(kSeed);
            Faults faults(m_stage.folder(), fault);
            outcome = tried(m_story, m_stage, m_moments.front().passphrase, outcome, faults);
            wasHit = faults.wereHit();
        }
        ++m_tally.runs;
        const std::string left = fault.isForGood ? std::string() : leftBehind(m_story, m_stage, outcome);
        const std::string found = left + faultOf(outcome);
        if (!found.empty() && ++m_tally.faults <= 5)
            UNSCOPED_INFO(fmt::format("{}: {} {} at call {}: {}", m_story.name, kind.name,
                                      fault.isForGood ? "for good" : "once", fault.at, found));
        return wasHit;
    }

    /// The same files after the same answers have the same verdict.
    std::string faultOf(const Outcome& outcome) {
        const std::pair state(hashOf(imageOf(m_stage.folder())),
                              fmt::format("{} {}", outcome.done, hex(outcome.audit.root)));
        const auto known = m_verdicts.find(state);
        if (known != m_verdicts.end()) return known->second;
        ++m_tally.judged;
        return m_verdicts.emplace(state, faultAfter(m_stage, m_moments, outcome)).first->second;
    }

    const Story& m_story;
    Stage& m_stage;
    Image m_start;
    std::vector<Moment> m_moments;
    audit::Checkpoint m_head;
    std::map<std::pair<std::uint64_t, std::string>, std::string> m_verdicts;
    Tally m_tally;
};

}  // namespace

TEST_CASE("Whatever call fails, a workspace opens later and is as the answers said", "[faults][T-A3][T-R2]") {
    skipSyncs();
    const char* const text = std::getenv("FAIRLEAD_FAULT_STRIDE");
    const std::uint64_t stride = text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
    auto all = stories();
    all.push_back({.name = "opening"});
    for (const Story& story : all) {
        if (story.creates) continue;
        DYNAMIC_SECTION(story.name) {
            test::WorkspaceFixture fixture(fewResources());
            Stage stage(fixture);
            stage.comparesRowsAlone();
            const Tally tally = Trial(story, stage).run(stride);
            fmt::print("{}: {} runs, {} different ends, {} faults\n", story.name, tally.runs, tally.judged,
                       tally.faults);
            CHECK(tally.faults == 0);
        }
    }
}
