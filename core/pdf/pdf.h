// A briefing's Document as a tagged A4 PDF: headings, table headers, alternative text, language, marking top and
// bottom, DRAFT in the header and as a watermark that assistive technology skips. Pango and cairo draw it, qpdf
// finishes it (language, titles); no text of the document is read as markup.

#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/briefing/document.h"

namespace fairlead::pdf {

/// What came out.
struct Rendered {
    std::string bytes;  ///< The PDF file.
    int pages = 0;
};

/// Draws the document. `fontsFolder` (may be empty) holds TrueType files that ship with the program; without them
/// and without an installed sans-serif font the result would be boxes, so that is an error.
/// Errors: Cancelled, NotFound (no usable font), Internal (what cairo or qpdf said).
Result<Rendered> render(const briefing::Document& document, const std::filesystem::path& fontsFolder,
                        TaskContext& task);

}  // namespace fairlead::pdf
