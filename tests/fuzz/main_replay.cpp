// The corpus as an ordinary test: every file as it is, and changed a little in ways that do not depend on chance.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

constexpr int kChangesPerFile = 400;

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);  // the folder's own order is not the same everywhere
    return files;
}

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Signs that mean something to the formats read here.
constexpr std::array<char, 16> kSigns = {'\0', '"', '\'', '\n', '\r', ',',  '{',    '}',
                                         '[',  ']', '(',  ')',  '=',  '\\', '\x80', '\xff'};

std::string changed(std::string text, std::mt19937_64& random) {
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    for (std::size_t change = 0, changes = 1 + below(3); change < changes && !text.empty(); ++change) {
        const std::size_t at = below(text.size());
        switch (below(5)) {
            case 0: text[at] = static_cast<char>(text[at] ^ (1 << below(8))); break;
            case 1: text.insert(at, 1, kSigns[below(kSigns.size())]); break;
            case 2: text.erase(at, 1 + below(8)); break;
            case 3: text.resize(at); break;
            default: text.insert(at, text.substr(below(text.size()), 1 + below(40)));
        }
    }
    return text;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("fairlead_fuzz TARGET CORPUS-FOLDER\n", stderr);
        return 2;
    }
    const auto* target = fairlead::fuzz::findTarget(arguments[1]);
    if (target == nullptr) {
        std::fprintf(stderr, "no fuzz target is called %s\n", arguments[1]);
        return 2;
    }
    std::size_t runs = 0;
    std::mt19937_64 random(1);
    for (const auto& path : filesOf(arguments[2])) {
        const std::string text = bytesOf(path);
        target->run(text);
        for (int change = 0; change < kChangesPerFile; ++change) target->run(changed(text, random));
        runs += 1 + kChangesPerFile;
    }
    std::printf("%s: %zu inputs\n", arguments[1], runs);
    return runs > 0 ? 0 : 1;
}
