#include "core/pdf/pdf.h"

#include <fontconfig/fontconfig.h>

#include "core/base/folder.h"
#include "core/pdf/canvas.h"
#include "core/pdf/finish_pdf.h"
#include "core/pdf/flow.h"

namespace fairlead::pdf {

namespace {

/// Makes the shipped fonts known to this process, and sees that some sans-serif font with Latin letters exists.
Status useFonts(const std::filesystem::path& folder) {
    if (!folder.empty() && std::filesystem::is_directory(folder)) {
        // File by file: of a folder fontconfig keeps a cache in the home folder.
        FAIRLEAD_TRY(const auto names, namesIn(folder));
        for (const std::string& name : names)
            FcConfigAppFontAddFile(nullptr, reinterpret_cast<const FcChar8*>((folder / name).c_str()));
    }
    FcPattern* wanted = FcPatternCreate();
    FcCharSet* letters = FcCharSetCreate();
    FcCharSetAddChar(letters, 'A');
    FcPatternAddCharSet(wanted, FC_CHARSET, letters);
    FcObjectSet* properties = FcObjectSetBuild(FC_FAMILY, nullptr);
    FcFontSet* found = FcFontList(nullptr, wanted, properties);
    const bool isUsable = found != nullptr && found->nfont > 0;
    if (found != nullptr) FcFontSetDestroy(found);
    FcObjectSetDestroy(properties);
    FcCharSetDestroy(letters);
    FcPatternDestroy(wanted);
    if (!isUsable) return fail(ErrorCode::NotFound, "font", "no font with Latin letters is installed");
    return {};
}

int countPages(const briefing::Document& document) {
    Canvas canvas;
    Flow flow(canvas, document, 0);
    flow.run();
    return flow.pages();
}

}  // namespace

Result<Rendered> render(const briefing::Document& document, const std::filesystem::path& fontsFolder,
                        TaskContext& task) {
    FAIRLEAD_OK(useFonts(fontsFolder));
    task.begin(Phase::Drawing, 2);
    const int pages = countPages(document);
    task.advance(1);
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    Canvas canvas;
    canvas.setProperty(CAIRO_PDF_METADATA_TITLE, document.title + " (DRAFT)");
    canvas.setProperty(CAIRO_PDF_METADATA_SUBJECT, document.marking);
    canvas.setProperty(CAIRO_PDF_METADATA_CREATOR, "Fairlead");
    canvas.setProperty(CAIRO_PDF_METADATA_CREATE_DATE, document.createdIso + "T00:00:00Z");
    Flow flow(canvas, document, pages);
    flow.run();
    const auto drawn = canvas.finish();
    if (drawn.empty()) return fail(ErrorCode::Internal, "pdf", canvas.failure());
    auto finished = finishPdf(drawn, flow.figureAlternatives());
    if (!finished.failure.empty()) return fail(ErrorCode::Internal, "pdf", std::move(finished.failure));
    task.advance(1);
    return Rendered{std::move(finished.bytes), flow.pages()};
}

}  // namespace fairlead::pdf
