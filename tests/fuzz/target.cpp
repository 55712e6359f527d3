#include "tests/fuzz/target.h"

namespace fairlead::fuzz {
namespace {

// A function's object: targets put themselves here before main, in no known order of files.
std::vector<Target>& list() {
    static std::vector<Target> all;
    return all;
}

}  // namespace

Target::Target(std::string_view targetName, void (*body)(std::string_view)) : name(targetName), run(body) {
    list().push_back(*this);
}

const std::vector<Target>& targets() { return list(); }

const Target* findTarget(std::string_view name) {
    for (const Target& target : list()) {
        if (target.name == name) return &target;
    }
    return nullptr;
}

}  // namespace fairlead::fuzz
