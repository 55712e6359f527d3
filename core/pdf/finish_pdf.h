// What cairo cannot write, added with qpdf. A plain C++17 interface: Debian 12's qpdf headers hold a vector of an
// incomplete type, which clang refuses from C++20 on, so that finish_pdf.cpp alone is compiled as C++17.

#pragma once

#include <string>
#include <vector>

namespace fairlead::pdf {

/// The finished file, or why there is none.
struct FinishedPdf {
    std::string bytes;
    std::string failure;  ///< Empty when all went well.
};

/// Adds language, one Document element, the figures' alternative texts (in drawing order) and "show the title".
FinishedPdf finishPdf(const std::string& drawn, const std::vector<std::string>& alternatives);

}  // namespace fairlead::pdf
