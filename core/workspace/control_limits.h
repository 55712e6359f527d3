// Limits of what is usual for a series of counts.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace fairlead::workspace {

/// Between `lower` and `upper` a count is nothing out of the ordinary.
struct Limits {
    double centre = 0;
    double lower = 0;
    double upper = 0;

    /// True between the limits and on them.
    [[nodiscard]] bool holds(double value) const { return value >= lower && value <= upper; }
    friend bool operator==(const Limits&, const Limits&) = default;
};

/// The fewest counts that limits are set from.
inline constexpr std::size_t kFewestForLimits = 8;

/// Median +- 3 spreads, not below 0. The spread is 1.4826 times the median absolute deviation (Rousseeuw and Croux,
/// Journal of the American Statistical Association 88, 1993, 1273-1283: it estimates a standard deviation and one wild
/// month does not move it), but at least the square root of the median, as on a c-chart (Montgomery, Introduction to
/// Statistical Quality Control: 3 sqrt(c)), so that a run of equal counts does not make every other count unusual.
/// Nothing for fewer than kFewestForLimits counts, or a median of 0.
std::optional<Limits> controlLimits(std::span<const std::int64_t> counts);

}  // namespace fairlead::workspace
