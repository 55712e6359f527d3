// A process that was told to read an extract and does something else, as one would that the file has taken over.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/worker/child_process.h"

namespace fairlead::test {

/// One way not to behave, and the words of the refusal that it must meet.
struct Misbehaviour {
    std::string_view name;
    std::string_view refusal;  ///< Part of the detail.
};
std::span<const Misbehaviour> misbehaviours();

/// The tests' own program, told to misbehave like that.
worker::WorkerProgram misbehavingProgram(std::string_view name);

/// For main(): the exit code when the program was started to misbehave, or nothing.
std::optional<int> misbehavingMain(int argc, const char* const* argv);

}  // namespace fairlead::test
