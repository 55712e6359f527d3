// Want of memory where nobody can answer it with an error: one plain sentence and an exit code.

#pragma once

#include <string_view>

namespace fairlead {

/// What a program ends with.
inline constexpr int kNoMemoryExit = 1;
/// What it says then. The files are left as by any other end, for which they are made.
inline constexpr std::string_view kNoMemorySentence =
    "There is not enough memory to go on. What was acknowledged is kept, and nothing is half done. Close other "
    "programs and start this one again.\n";

/// For main(), before anything else: std::bad_alloc that nobody catches, and a thread that cannot be started, end the
/// program with the sentence on stderr and the code, in whatever thread they are met. Every other exception that nobody
/// catches ends it as ever.
void endPlainlyWithoutMemory();

/// Says the sentence; needs no memory.
void sayNoMemory();

}  // namespace fairlead
