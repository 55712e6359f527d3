// Clock: the one seam through which the time of day comes in.

#pragma once

#include <cstdint>

#include "core/base/date.h"

namespace fairlead {

/// The time of day. Engines never ask it: dates come in as arguments.
class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 00:00 UTC.
    [[nodiscard]] virtual std::int64_t nowMs() const = 0;
    /// Today's civil date, UTC.
    [[nodiscard]] Date today() const { return Date{static_cast<std::int32_t>(nowMs() / 86'400'000)}; }
};

/// The computer's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t nowMs() const override;
};

/// Milliseconds of UTC to those that a clock on this computer's wall shows; as they are where that is not known.
std::int64_t localMs(std::int64_t utcMs);

/// A clock that stands still: tests and the demo.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Date day) : m_nowMs(static_cast<std::int64_t>(day.days) * 86'400'000) {}
    [[nodiscard]] std::int64_t nowMs() const override { return m_nowMs; }

private:
    std::int64_t m_nowMs;
};

}  // namespace fairlead
