// libFuzzer's side: FAIRLEAD_FUZZ_TARGET=manifest fairlead_fuzz tests/fuzz/corpus/manifest

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fairlead::fuzz::Target* target = [] {
        const char* name = std::getenv("FAIRLEAD_FUZZ_TARGET");
        const auto* found = fairlead::fuzz::findTarget(name == nullptr ? "" : name);
        if (found == nullptr) {
            std::fputs("FAIRLEAD_FUZZ_TARGET must be one of:", stderr);
            for (const auto& each : fairlead::fuzz::targets())
                std::fprintf(stderr, " %.*s", static_cast<int>(each.name.size()), each.name.data());
            std::fputs("\n", stderr);
            std::exit(2);
        }
        return found;
    }();
    target->run({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
