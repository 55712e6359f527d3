#include "core/workspace/control_limits.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fairlead::workspace {

namespace {

double medianOf(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

std::optional<Limits> controlLimits(std::span<const std::int64_t> counts) {
    constexpr double kToDeviation = 1.4826;
    constexpr double kSpreads = 3;
    if (counts.size() < kFewestForLimits) return std::nullopt;
    std::vector<double> values(counts.begin(), counts.end());
    const double centre = medianOf(values);
    if (centre <= 0) return std::nullopt;
    for (double& value : values) value = std::abs(value - centre);
    const double spread = std::max(kToDeviation * medianOf(std::move(values)), std::sqrt(centre));
    return Limits{centre, std::max(0.0, centre - kSpreads * spread), centre + kSpreads * spread};
}

}  // namespace fairlead::workspace
