#include "core/indicator/count.h"

namespace fairlead::indicator {

std::string shorthand(const Count& count) {
    switch (count.kind) {
        case Count::Kind::Value: return std::to_string(count.value);
        case Count::Kind::NotApplicable: return "-";
        case Count::Kind::Suppressed: return "[c]";
        case Count::Kind::NotSupplied: return "[x]";
        case Count::Kind::Purged: return "[x] purged on " + count.purgedOn().uk();
    }
    return {};
}

Count difference(const Count& a, const Count& b) {
    if (a.isValue() && b.isValue()) return Count::of(a.value - b.value);
    return a.isValue() ? b : a;
}

}  // namespace fairlead::indicator
