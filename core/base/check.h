// FAIRLEAD_CHECK: a broken precondition is a bug in the program, never a reaction to input.

#pragma once

namespace fairlead {

/// Prints file, line and the condition to stderr and aborts. Called by FAIRLEAD_CHECK only.
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

}  // namespace fairlead

/// Aborts, in every build, when `condition` is false. Not for input: input errors are Results.
#define FAIRLEAD_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::fairlead::checkFailed(#condition, __FILE__, __LINE__))
