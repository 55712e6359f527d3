// A step that goes on beside others, on a thread of its own.

#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/stack.h"

namespace fairlead {

/// Runs a step beside what follows; it ends with this object at the latest. What the step borrows must outlive the
/// object, and nobody else may change what the step uses.
template <typename T>
class Beside {
public:
    /// Begins it; at once and here where the system has no thread for it.
    template <typename Step>
    explicit Beside(Step step) {
        const auto run = [this, kept = std::make_shared<Step>(std::move(step))] {
            try {
                m_result = (*kept)();
            } catch (...) {
                m_thrown = std::current_exception();
            }
        };
        try {
            m_thread = std::jthread([run] {
                run();
                wipeUnusedStack();
            });
        } catch (const std::system_error&) {
            run();
        }
    }
    // The step knows where this object is.
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    /// What came of it; waits for it. Throws what the step threw, which is std::bad_alloc alone.
    [[nodiscard]] T& value() {
        if (m_thread.joinable()) m_thread.join();
        if (m_thrown) std::rethrow_exception(m_thrown);
        return *m_result;
    }
    /// The same, handed over.
    [[nodiscard]] T take() { return std::move(value()); }

private:
    std::optional<T> m_result;
    std::exception_ptr m_thrown;
    std::jthread m_thread;
};

}  // namespace fairlead
