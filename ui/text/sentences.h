// The table behind explain(): English sentences by code. Private to ui/text and its tests.

#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

namespace fairlead::text {

/// The sentences of one code. `what` holds one `{}` for the subject, or none.
struct Sentences {
    const char* noun;  ///< Stands for the subject when an error names none.
    const char* what;
    const char* meaning;
    const char* remedy;
};

/// The sentences of a code.
const Sentences& sentencesFor(ErrorCode code);
/// The sentences of an error: those of its code, but for the few whose subject says more: nothing is loaded, a release
/// or a decision is refused, two people are one.
const Sentences& sentencesFor(const Error& error);

/// The phrase of a phase.
const char* phraseFor(Phase phase);

}  // namespace fairlead::text
