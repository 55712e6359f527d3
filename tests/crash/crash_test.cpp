// Crash states: every place in a story's calls where the program or the computer may stop.
//
//   FAIRLEAD_CRASH_SEED=7          another seed
//   FAIRLEAD_CRASH_VARIANTS=400    so many states for each place
//   FAIRLEAD_CRASH_STATE=1234      that state alone, of the stories that have one of that number

#include <cstdlib>
#include <unordered_set>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "tests/crash/chance.h"
#include "tests/crash/story.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::crash;

namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr std::uint64_t kVariants = 23;

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Recorded {
    Image start;
    std::vector<Operation> operations;
    std::vector<Moment> moments;
};

Recorded recorded(const Story& story, Stage& stage) {
    Recorded all{.start = prepared(story, stage), .operations = {}, .moments = {}};
    // Opening changes no row: before it all is as after it, but for what it adds to the log.
    Moment first;
    if (!story.creates) first.audit = test::valueOf(logOf(stage));
    Tape tape(stage.folder());
    all.moments = play(story, stage, [&] { return tape.count(); });
    all.operations = tape.take();
    first.passphrase = all.moments.front().passphrase;
    if (!story.creates) first.content = all.moments.front().content;
    all.moments.insert(all.moments.begin(), first);
    return all;
}

/// What holds when so many operations were done.
Judge judgeAt(const Recorded& story, std::size_t operations) {
    Judge judge;
    for (const Moment& moment : story.moments) {
        if (moment.operations <= operations) {
            judge.before = &moment;
        } else if (judge.after == nullptr) {
            judge.after = &moment;
        }
    }
    return judge;
}

Image stateOf(const Platter& platter, std::uint64_t variant, std::uint64_t number) {
    if (variant == 0) return platter.killed();
    if (variant == 1) return platter.dropped();
    std::mt19937_64 random(fromEnvironment("FAIRLEAD_CRASH_SEED", kSeed) * 1'000'003 + number);
    return platter.torn(random);
}

struct Tally {
    std::uint64_t states = 0, different = 0, faults = 0;
};

Tally tryStates(const Story& story, const Recorded& all, Stage& stage, std::uint64_t variants) {
    const auto only = fromEnvironment("FAIRLEAD_CRASH_STATE", ~0ULL);
    Platter platter(all.start);
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    Tally tally;
    for (std::size_t done = 0; done <= all.operations.size(); ++done) {
        if (done > 0) platter.take(all.operations[done - 1]);
        const Judge judge = judgeAt(all, done);
        for (std::uint64_t variant = 0; variant < variants; ++variant) {
            const std::uint64_t number = done * variants + variant;
            if (only != ~0ULL && only != number) continue;
            const Image image = stateOf(platter, variant, number);
            ++tally.states;
            // The same files judged in the same way have the same verdict.
            const auto moment = static_cast<std::uint64_t>(judge.before - all.moments.data());
            if (!seen.insert({hashOf(image), moment}).second) continue;
            ++tally.different;
            lay(image, stage.folder());
            const std::string fault = faultIn(stage, judge);
            if (fault.empty()) continue;
            if (++tally.faults <= 5)
                UNSCOPED_INFO(fmt::format("{} state {} (operation {} of {}): {}", story.name, number, done,
                                          all.operations.size(), fault));
        }
    }
    return tally;
}

/// Which stories stop which act.
constexpr std::pair<std::string_view, std::string_view> kActs[] = {
    {"import", "load"},
    {"link run", "link"},
    {"decision about a pair", "decision"},
    {"approval of a definition", "approval"},
    {"release of names", "release"},
    {"involvement recorded", "release"},
    {"release withdrawn", "withdrawal"},
    {"involvement withdrawn", "withdrawal"},
    {"readers' pack made and replaced", "pack"},
    {"purge", "purge"},
    {"rotation", "rotation"},
    {"recovery sheets made and used", "recovery"},
    {"header write", "header"},
    {"audit append", "audit"},
    {"briefing export", "briefing"},
    {"backup and restore", "backup"},
    {"creation", "creation"},
};

}  // namespace

TEST_CASE("Every act that changes a workspace has a story that is stopped everywhere", "[crash]") {
    for (const auto& [act, story] : kActs) {
        fmt::print("{:<34} {}\n", act, story);
        INFO(act);
        CHECK(std::ranges::count(stories(), story, &Story::name) == 1);
    }
    for (const Story& story : stories()) {
        INFO(story.name);
        CHECK(std::ranges::count(kActs, story.name, [](const auto& shown) { return shown.second; }) > 0);
    }
}

TEST_CASE("After a crash anywhere a workspace opens, holds what was acknowledged and nothing half done",
          "[crash][T-R3]") {
    skipSyncs();
    for (const Story& story : stories()) {
        DYNAMIC_SECTION(story.name) {
            drawFrom(kSeed);
            test::WorkspaceFixture fixture(fewResources());
            Stage stage(fixture);
            const Recorded all = recorded(story, stage);
            const auto variants = fromEnvironment("FAIRLEAD_CRASH_VARIANTS", kVariants);
            const Tally tally = tryStates(story, all, stage, variants);
            fmt::print("{}: {} operations, {} states, {} of them different, {} faults\n", story.name,
                       all.operations.size(), tally.states, tally.different, tally.faults);
            CHECK(tally.faults == 0);
        }
    }
}

TEST_CASE("The same check finds faults where syncs do nothing", "[crash][T-R3]") {
    skipSyncs();
    const Story& story = stories().front();
    test::WorkspaceFixture fixture(fewResources());
    Stage stage(fixture);
    Recorded all = recorded(story, stage);
    // In their place nothing happens, so that every moment stays where it was.
    for (Operation& operation : all.operations) {
        const bool isSync = operation.kind == Operation::Kind::Sync || operation.kind == Operation::Kind::SyncFolder;
        if (isSync) operation = {.kind = Operation::Kind::SyncFolder, .path = "no such folder"};
    }
    CHECK(tryStates(story, all, stage, 3).faults > 0);
}
