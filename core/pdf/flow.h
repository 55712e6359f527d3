// Flow: puts a document's blocks on pages, one after the other, and frames every page. Internal to core/pdf.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/briefing/document.h"
#include "core/pdf/canvas.h"

namespace fairlead::pdf {

/// How a row of a table is set.
enum class RowKind : std::uint8_t { Header, Total, Plain };

/// One run over the document. Run it once with totalPages 0 to count the pages, then again to print "page x of y".
class Flow {
public:
    Flow(Canvas& canvas, const briefing::Document& document, int totalPages);

    /// Draws everything; afterwards pages() and figureAlternatives() are complete.
    void run();
    [[nodiscard]] int pages() const { return m_page; }
    /// The alternative text of each figure, in drawing order: qpdf puts them into the structure tree.
    [[nodiscard]] const std::vector<std::string>& figureAlternatives() const { return m_alternatives; }

private:
    void startPage();
    void endPage();
    void watermark();
    /// Starts a new page unless `height` points are left on this one.
    void need(double height);
    void titleBlock();
    void heading(std::size_t number, const briefing::Section& section);
    void block(const briefing::Block& block);
    void paragraph(std::string_view text, const TextStyle& style, double x, double width, double after);
    void bullets(const briefing::Bullets& bullets);
    void table(const briefing::Table& table);
    double rowHeight(const briefing::Table& table, const std::vector<std::string>& cells, RowKind kind);
    void row(const briefing::Table& table, const std::vector<std::string>& cells, RowKind kind);
    void chart(const briefing::Chart& chart);

    Canvas& m_canvas;
    const briefing::Document& m_document;
    int m_totalPages;
    int m_page = 0;
    double m_y = 0;
    std::vector<std::string> m_alternatives;
};

}  // namespace fairlead::pdf
