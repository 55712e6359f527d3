#include "core/splink/functions.h"

#include <unordered_map>
#include <vector>

namespace fairlead::splink {
namespace {

struct Registry {
    std::vector<Function> all;
    std::unordered_map<std::string_view, std::uint32_t> numbers;

    Registry() {
        for (const auto group : {textFunctions(), numberFunctions(), dateFunctions(), listFunctions()})
            all.insert(all.end(), group.begin(), group.end());
        for (std::uint32_t i = 0; i < all.size(); ++i) numbers.emplace(all[i].name, i);
    }
};

const Registry& registry() {
    static const Registry one;
    return one;
}

}  // namespace

std::optional<std::uint32_t> functionNumber(std::string_view lowerName) {
    const auto found = registry().numbers.find(lowerName);
    return found == registry().numbers.end() ? std::nullopt : std::optional(found->second);
}

const Function& functionAt(std::uint32_t number) { return registry().all[number]; }

}  // namespace fairlead::splink
