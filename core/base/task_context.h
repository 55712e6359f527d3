// TaskContext: how long work reports progress and learns that it should stop.
// Thread-safety: the worker writes, any other thread may read the progress and request the stop.

#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>

namespace fairlead {

/// What the work is at just now: ui/text has a phrase for each.
enum class Phase : std::uint8_t {
    Preparing,
    Checking,
    Copying,
    Reading,
    Writing,
    Blocking,
    Comparing,
    Resolving,
    Computing,
    Drawing
};

/// Passed last to every long operation. Work looks at cancelled() at least every 50 ms.
class TaskContext {
public:
    TaskContext() = default;
    explicit TaskContext(std::stop_token token) : m_token(std::move(token)) {}

    /// True once somebody asked the work to stop; return fail(ErrorCode::Cancelled) then.
    [[nodiscard]] bool cancelled() const { return m_token.stop_requested(); }
    /// For a part of the work that counts its own progress and stops with the whole.
    [[nodiscard]] std::stop_token token() const { return m_token; }
    /// Starts a phase of `total` steps (0 when not known).
    void begin(Phase phase, std::uint64_t total) {
        m_done.store(0, std::memory_order_relaxed);
        m_total.store(total, std::memory_order_relaxed);
        m_phase.store(phase, std::memory_order_relaxed);
    }
    /// `steps` more are done.
    void advance(std::uint64_t steps) { m_done.fetch_add(steps, std::memory_order_relaxed); }

    [[nodiscard]] Phase phase() const { return m_phase.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t done() const { return m_done.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t total() const { return m_total.load(std::memory_order_relaxed); }

private:
    std::stop_token m_token;
    std::atomic<Phase> m_phase{Phase::Preparing};
    std::atomic<std::uint64_t> m_done{0};
    std::atomic<std::uint64_t> m_total{0};
};

}  // namespace fairlead
