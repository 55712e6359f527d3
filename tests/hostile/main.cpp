// fairlead-hostile: what a supplier who means harm could deliver, and whether it is refused.
//
// known-bad [FOLDER]: writes the known-bad set, kept in FOLDER when that is new or empty, and opens every file of it.
//
// mutate [--cases N] [--seed S] [--first K] [--every-in-worker M]: mutated files, one after the other.
//
// seeds FOLDER: first files for tests/fuzz/corpus.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/extract/reader_process.h"
#include "tests/hostile/known_bad.h"
#include "tests/hostile/mutate.h"
#include "tests/hostile/seeds.h"
#include "tests/support/scratch_place.h"

namespace {

using namespace fairlead::hostile;

constexpr std::size_t kLeastKnownBad = 500;
constexpr std::size_t kEveryInWorker = 20;

/// A folder of its own, removed at the end.
struct ScratchFolder {
    std::string path = (fairlead::test::scratchPlace() / "fairlead-hostile-XXXXXX").string();

    ScratchFolder() { require(::mkdtemp(path.data()) != nullptr, "no folder to work in"); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

int knownBad(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    // A pipe of an earlier run would wait for ever to be written to.
    require(std::filesystem::is_empty(folder), "the folder is not empty");
    Supplier supplier(folder);
    const auto written = writeKnownBad(supplier);
    const auto result = checkKnownBad(folder, supplier.options(), kEveryInWorker);
    fmt::print("{} files written, {} of {} refused as their names say\n", written, result.right, result.all);
    return result.all == written && result.right == result.all && written >= kLeastKnownBad ? 0 : 1;
}

/// The numbers of --name VALUE pairs; false when one is not known.
bool readPlan(int argc, char** argv, MutationPlan& plan) {
    for (int i = 2; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        const auto value = std::strtoull(argv[i + 1], nullptr, 10);
        if (option == "--cases")
            plan.cases = value;
        else if (option == "--seed")
            plan.seed = value;
        else if (option == "--first")
            plan.first = value;
        else if (option == "--every-in-worker")
            plan.everyInWorker = std::max<std::size_t>(value, 1);
        else
            return false;
    }
    return argc % 2 == 0;
}

int seeds(const std::filesystem::path& folder) {
    const ScratchFolder scratch;
    Supplier supplier(scratch.path);
    writeSeeds(supplier, folder);
    return 0;
}

int mutate(const MutationPlan& plan) {
    const ScratchFolder folder;
    Supplier supplier(folder.path);
    return runMutations(supplier, plan) == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (const auto code = fairlead::extract::readerMain(argc, argv)) return *code;
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command == "known-bad" && argc == 3) return knownBad(argv[2]);
    if (command == "known-bad" && argc == 2) {
        const ScratchFolder scratch;  // a temporary's path would be moved from, and the folder left behind
        return knownBad(scratch.path);
    }
    if (command == "seeds" && argc == 3) return seeds(argv[2]);
    MutationPlan plan;
    if (command == "mutate" && readPlan(argc, argv, plan)) return mutate(plan);
    std::fputs(
        "fairlead-hostile known-bad [FOLDER] | seeds FOLDER | mutate [--cases N] [--seed S] [--first K] "
        "[--every-in-worker M]\n",
        stderr);
    return 2;
}
