#include "core/pdf/finish_pdf.h"

#include <exception>
#include <memory>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace fairlead::pdf {

namespace {

/// Gives the figures their alternative texts, in drawing order, wherever they stand in the tree.
void describeFigures(QPDFObjectHandle element, const std::vector<std::string>& texts, std::size_t& next) {
    if (!element.isDictionary()) return;
    auto kind = element.getKey("/S");
    if (kind.isName() && kind.getName() == "/Figure" && next < texts.size()) {
        element.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(texts[next++]));
    }
    auto kids = element.getKey("/K");
    if (kids.isArray()) {
        for (int i = 0; i < kids.getArrayNItems(); ++i) describeFigures(kids.getArrayItem(i), texts, next);
    } else {
        describeFigures(kids, texts, next);
    }
}

/// cairo writes one Sect a page at the root; readers expect a single Document above them.
void wrapInDocument(QPDF& file, QPDFObjectHandle root) {
    auto kids = root.getKey("/K");
    auto list = kids.isArray() ? kids : QPDFObjectHandle::newArray(std::vector<QPDFObjectHandle>{kids});
    auto document = file.makeIndirectObject(QPDFObjectHandle::newDictionary());
    document.replaceKey("/Type", QPDFObjectHandle::newName("/StructElem"));
    document.replaceKey("/S", QPDFObjectHandle::newName("/Document"));
    document.replaceKey("/P", root);
    document.replaceKey("/K", list);
    for (int i = 0; i < list.getArrayNItems(); ++i) list.getArrayItem(i).replaceKey("/P", document);
    root.replaceKey("/K", document);
}

}  // namespace

FinishedPdf finishPdf(const std::string& drawn, const std::vector<std::string>& alternatives) {
    try {
        QPDF file;
        file.processMemoryFile("briefing", drawn.data(), drawn.size());
        auto catalog = file.getRoot();
        catalog.replaceKey("/Lang", QPDFObjectHandle::newString("en-GB"));
        auto preferences = QPDFObjectHandle::newDictionary();
        preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
        catalog.replaceKey("/ViewerPreferences", preferences);
        auto tree = catalog.getKey("/StructTreeRoot");
        if (!tree.isDictionary()) return {{}, "no structure tree was written"};
        wrapInDocument(file, tree);
        std::size_t next = 0;
        describeFigures(tree.getKey("/K"), alternatives, next);
        QPDFWriter writer(file);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
        return {std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()), {}};
    } catch (const std::exception& problem) {  // qpdf throws; nothing of it leaves this file
        return {{}, problem.what()};
    }
}

}  // namespace fairlead::pdf
