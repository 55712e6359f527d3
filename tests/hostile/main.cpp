// fairlead-hostile: what a supplier who means harm could deliver, and whether it is refused.
//   known-bad FOLDER            writes the known-bad set and opens every file of it
//   mutate [--cases N] [--seed S] [--first K] [--every-in-worker M]

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/extract/reader_process.h"
#include "tests/hostile/known_bad.h"

namespace {

using namespace fairlead::hostile;

constexpr std::size_t kLeastKnownBad = 500;
constexpr std::size_t kEveryInWorker = 20;

int knownBad(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    Supplier supplier(folder);
    const auto written = writeKnownBad(supplier);
    const auto result = checkKnownBad(folder, supplier.options(), kEveryInWorker);
    fmt::print("{} files written, {} of {} refused as their names say\n", written, result.right, result.all);
    return result.all == written && result.right == result.all && written >= kLeastKnownBad ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (const auto code = fairlead::extract::readerMain(argc, argv)) return *code;
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command == "known-bad" && argc == 3) return knownBad(argv[2]);
    std::fputs("fairlead-hostile known-bad FOLDER\n", stderr);
    return 2;
}
