// Words for what core reports in codes: one explanation for every ErrorCode, one phrase for every Phase.
// Free of Qt, so that the command line uses the same words. English is the source language; the screens
// pass a translation in. Thread-safety: pure functions.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/task_context.h"

/// Marks an English text for lupdate (run with -tr-function-alias QT_TRANSLATE_NOOP=FAIRLEAD_TEXT); the value is
/// the text itself.
#define FAIRLEAD_TEXT(context, english) english

namespace fairlead::text {

/// Turns a marked English text into the reader's language.
using Translate = std::function<std::string(const char* english)>;

/// What a person is told when something could not be done.
struct Explanation {
    std::string what;     ///< What happened, one sentence; names the file or the table.
    std::string meaning;  ///< What it means for the figures, one sentence.
    std::string remedy;   ///< What to do, one sentence.
};

/// The explanation of an error. Its technical detail is left to the caller, who may show it below.
Explanation explain(const Error& error, const Translate& translate = {});

/// The three sentences in a row.
std::string paragraph(const Explanation& explanation);

/// "Comparing records": what the work is at, for a progress line.
std::string phrase(Phase phase, const Translate& translate = {});

}  // namespace fairlead::text
