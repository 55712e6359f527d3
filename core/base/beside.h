// A step that goes on beside others, on a thread of its own.

#pragma once

#include <optional>
#include <thread>
#include <utility>

#include "core/base/stack.h"

namespace fairlead {

/// Runs a step beside what follows; it ends with this object at the latest. What the step borrows must outlive the
/// object, and nobody else may change what the step uses.
template <typename T>
class Beside {
public:
    /// Begins it. The step must not throw.
    template <typename Step>
    explicit Beside(Step step)
        : m_thread([this, step = std::move(step)] {
              m_result = step();
              wipeUnusedStack();
          }) {}
    // The step knows where this object is.
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    /// What came of it; waits for it.
    [[nodiscard]] T& value() {
        if (m_thread.joinable()) m_thread.join();
        return *m_result;
    }
    /// The same, handed over.
    [[nodiscard]] T take() { return std::move(value()); }

private:
    std::optional<T> m_result;
    std::jthread m_thread;
};

}  // namespace fairlead
