// An upgrade that is stopped anywhere: the old workspace is there byte for byte, and a new one whole or not at all.

#include "core/custody/upgrade.h"

#include <set>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/workspace/freshness.h"
#include "tests/crash/chance.h"
#include "tests/crash/story.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::crash;
using test::valueOf;

namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr std::uint64_t kVariants = 12;
constexpr std::string_view kNew = "new.fairlead";

Result<custody::Upgrade> upgraded(Stage& stage) {
    return custody::upgrade({.folder = stage.path(),
                             .to = stage.folder() / kNew,
                             .credentials = {stage.fixture.passphrase},
                             .resources = stage.fixture.resources,
                             .policy = access::KdfPolicy::forTests()},
                            stage.fixture.clock, stage.fixture.task);
}

/// Files of the old workspace, but for its lock.
std::map<std::string, std::string> oldFiles(const Image& image) {
    std::map<std::string, std::string> files;
    for (const auto& [name, bytes] : image.files)
        if (name.starts_with("w.fairlead/") && !name.ends_with("/lock")) files[name] = bytes;
    return files;
}

/// Digests of every table of the new workspace; the error where it does not open.
std::string newContent(Stage& stage) {
    const auto opened =
        workspace::Workspace::open(stage.folder() / kNew, {stage.fixture.passphrase}, stage.fixture.resources,
                                   stage.fixture.clock, access::KdfPolicy::forTests());
    if (!opened) return fmt::format("{} {}", name(opened.error().code), opened.error().detail);
    std::string content;
    for (const auto& [table, digest] :
         valueOf(workspace::batchDigests((*opened)->core(), (*opened)->identity(), stage.fixture.task)))
        content += fmt::format("{} {}\n", table, digest);
    return content;
}

/// Empty when all is well.
std::string faultIn(Stage& stage, const Image& image, const std::map<std::string, std::string>& old,
                    const std::string& content) {
    if (oldFiles(image) != old) return "the old workspace has changed";
    if (!image.folders.contains(std::string(kNew))) return {};
    const std::string now = newContent(stage);
    return now == content ? std::string() : "the new workspace: " + now;
}

}  // namespace

TEST_CASE("After a crash anywhere in an upgrade the old workspace is untouched and a new one whole or not there",
          "[crash][T-R6]") {
    skipSyncs();
    drawFrom(kSeed);
    test::WorkspaceFixture fixture(fewResources());
    Stage stage(fixture);
    const Image start = prepared({.name = "upgrade", .prepare = [](auto& town) { town.becomeOld(); }}, stage);
    const auto old = oldFiles(start);
    Tape tape(stage.folder());
    valueOf(upgraded(stage));
    const std::vector<Operation> operations = tape.take();
    const std::string content = newContent(stage);
    REQUIRE(content.contains("core.fact"));

    Platter platter(start);
    std::set<std::uint64_t> seen;
    std::uint64_t states = 0, different = 0, withNew = 0;
    for (std::size_t done = 0; done <= operations.size(); ++done) {
        if (done > 0) platter.take(operations[done - 1]);
        for (std::uint64_t variant = 0; variant < kVariants; ++variant) {
            std::mt19937_64 random(kSeed * 1'000'003 + done * kVariants + variant);
            const Image image = variant == 0   ? platter.killed()
                                : variant == 1 ? platter.dropped()
                                               : platter.torn(random);
            ++states;
            if (done == operations.size()) CHECK(image.folders.contains(std::string(kNew)));  // It was acknowledged.
            if (!seen.insert(hashOf(image)).second) continue;
            ++different;
            withNew += image.folders.contains(std::string(kNew)) ? 1 : 0;
            lay(image, stage.folder());
            INFO(fmt::format("operation {} of {}, variant {}", done, operations.size(), variant));
            CHECK(faultIn(stage, image, old, content) == std::string());
            // It can be done over from every hundredth of them.
            if (different % 100 == 1 && !image.folders.contains(std::string(kNew))) {
                valueOf(upgraded(stage));
                CHECK(newContent(stage) == content);
            }
        }
    }
    fmt::print("upgrade: {} operations, {} states, {} of them different, {} with the new workspace\n",
               operations.size(), states, different, withNew);
    CHECK(withNew > 0);
}
