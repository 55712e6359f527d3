#include "core/pdf/flow.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "core/pdf/line_chart.h"

namespace fairlead::pdf {

namespace {

constexpr TextStyle kBody{.sizePt = 8.7};
constexpr TextStyle kNote{.sizePt = 7.6, .red = 0.31, .green = 0.35, .blue = 0.37};
constexpr TextStyle kCell{.sizePt = 8.2};
constexpr double kCellPadX = 4;
constexpr double kCellPadY = 1.6;
constexpr double kChartHeight = 82;

std::vector<std::string> titlesOf(const briefing::Table& table) {
    std::vector<std::string> titles;
    titles.reserve(table.columns.size());
    for (const auto& column : table.columns) titles.push_back(column.title);
    return titles;
}

double shareSum(const briefing::Table& table) {
    double sum = 0;
    for (const auto& column : table.columns) sum += column.share;
    return sum;
}

}  // namespace

Flow::Flow(Canvas& canvas, const briefing::Document& document, int totalPages)
    : m_canvas(canvas), m_document(document), m_totalPages(totalPages) {}

void Flow::run() {
    startPage();
    titleBlock();
    std::size_t number = 0;
    for (const auto& section : m_document.sections) {
        heading(++number, section);
        for (const auto& part : section.blocks) block(part);
        m_y += 3;
    }
    endPage();
}

void Flow::startPage() {
    if (m_page > 0) m_canvas.newPage();
    ++m_page;
    watermark();
    // What frames the page is drawn outside every structure element, so that a screen reader passes over it.
    m_canvas.fill(0, 0, PageSize::kWidth, 26, 0.071, 0.263, 0.427);
    const TextStyle marking{.sizePt = 9, .isBold = true, .isCentred = true, .red = 1, .green = 1, .blue = 1};
    m_canvas.text(m_document.marking, PageSize::kMargin, 7, PageSize::kTextWidth, marking);
    const TextStyle draft{.sizePt = 9, .isBold = true};
    m_canvas.text(m_document.draftLine, PageSize::kMargin, 36, PageSize::kTextWidth * 0.6, draft);
    TextStyle reference = kNote;
    reference.isRight = true;
    m_canvas.text(m_document.reference, PageSize::kMargin + PageSize::kTextWidth * 0.5, 37, PageSize::kTextWidth * 0.5,
                  reference);
    m_canvas.line(PageSize::kMargin, 54, PageSize::kMargin + PageSize::kTextWidth, 54, 0.6, 0.6);
    const double foot = PageSize::kHeight - 44;
    const auto pageText = m_totalPages > 0 ? fmt::format("Page {} of {}", m_page, m_totalPages) : std::string();
    m_canvas.text(fmt::format("{} · {} · {}", pageText, m_document.reference, m_document.auditLine), PageSize::kMargin,
                  foot, PageSize::kTextWidth, kNote);
    m_canvas.fill(0, PageSize::kHeight - 24, PageSize::kWidth, 24, 0.071, 0.263, 0.427);
    m_canvas.text(m_document.marking, PageSize::kMargin, PageSize::kHeight - 18, PageSize::kTextWidth, marking);
    m_y = PageSize::kTop - 10;
    m_canvas.openTag("Sect");
}

void Flow::endPage() { m_canvas.closeTag("Sect"); }

void Flow::watermark() {
    // Drawn as outlines, not as text: it neither gets into copied text nor is it read out.
    cairo_t* cairo = m_canvas.context();
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoFontDescription* font = pango_font_description_from_string("Open Sans, Noto Sans, DejaVu Sans Bold");
    pango_font_description_set_absolute_size(font, 150.0 * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, "DRAFT", -1);
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout, &width, &height);
    cairo_save(cairo);
    cairo_translate(cairo, PageSize::kWidth / 2, PageSize::kHeight / 2);
    cairo_rotate(cairo, -std::atan2(PageSize::kHeight, PageSize::kWidth));
    cairo_move_to(cairo, -static_cast<double>(width) / PANGO_SCALE / 2, -static_cast<double>(height) / PANGO_SCALE / 2);
    pango_cairo_layout_path(cairo, layout);
    cairo_set_source_rgb(cairo, 0.945, 0.945, 0.945);
    cairo_fill(cairo);
    cairo_restore(cairo);
    g_object_unref(layout);
}

void Flow::need(double height) {
    if (m_y + height <= PageSize::kTextEnd) return;
    endPage();
    startPage();
}

void Flow::titleBlock() {
    m_canvas.openTag("H1");
    m_y +=
        m_canvas.text(m_document.title, PageSize::kMargin, m_y, PageSize::kTextWidth, {.sizePt = 17, .isBold = true});
    m_canvas.closeTag("H1");
    m_y += 2;
    for (const auto& line : m_document.subtitle) paragraph(line, kBody, PageSize::kMargin, PageSize::kTextWidth, 1);
    m_y += 4;
}

void Flow::heading(std::size_t number, const briefing::Section& section) {
    // A heading never stands alone at the foot of a page: it wants room for something below it.
    need(52);
    m_y += 4;
    m_canvas.openTag("H2");
    m_y += m_canvas.text(fmt::format("{}  {}", number, section.title), PageSize::kMargin, m_y, PageSize::kTextWidth,
                         {.sizePt = 10.5, .isBold = true, .red = 0.071, .green = 0.263, .blue = 0.427});
    m_canvas.closeTag("H2");
    m_y += 2;
}

void Flow::block(const briefing::Block& block) {
    if (const auto* text = std::get_if<briefing::Paragraph>(&block)) {
        paragraph(text->text, text->isNote ? kNote : kBody, PageSize::kMargin, PageSize::kTextWidth, 2.5);
    } else if (const auto* list = std::get_if<briefing::Bullets>(&block)) {
        bullets(*list);
    } else if (const auto* cells = std::get_if<briefing::Table>(&block)) {
        table(*cells);
    } else if (const auto* points = std::get_if<briefing::Chart>(&block)) {
        chart(*points);
    }
}

void Flow::paragraph(std::string_view text, const TextStyle& style, double x, double width, double after) {
    need(m_canvas.heightOf(text, width, style));
    m_canvas.openTag("P");
    m_y += m_canvas.text(text, x, m_y, width, style) + after;
    m_canvas.closeTag("P");
}

void Flow::bullets(const briefing::Bullets& bullets) {
    constexpr double kIndent = 10;
    for (const auto& item : bullets.items) {
        need(m_canvas.heightOf(item, PageSize::kTextWidth - kIndent, kBody));
        m_canvas.openTag("P");
        m_canvas.text("•", PageSize::kMargin + 1, m_y, kIndent, kBody);
        m_y += m_canvas.text(item, PageSize::kMargin + kIndent, m_y, PageSize::kTextWidth - kIndent, kBody) + 1.2;
        m_canvas.closeTag("P");
    }
    m_y += 1.5;
}

double Flow::rowHeight(const briefing::Table& table, const std::vector<std::string>& cells, RowKind kind) {
    const double total = shareSum(table);
    double height = 0;
    for (std::size_t i = 0; i < cells.size() && i < table.columns.size(); ++i) {
        TextStyle style = kCell;
        style.isBold = kind != RowKind::Plain;
        const double width = PageSize::kTextWidth * table.columns[i].share / total - 2 * kCellPadX;
        height = std::max(height, m_canvas.heightOf(cells[i], width, style));
    }
    return height + 2 * kCellPadY;
}

void Flow::row(const briefing::Table& table, const std::vector<std::string>& cells, RowKind kind) {
    const double total = shareSum(table);
    const double height = rowHeight(table, cells, kind);
    double x = PageSize::kMargin;
    m_canvas.openTag("TR");
    for (std::size_t i = 0; i < cells.size() && i < table.columns.size(); ++i) {
        TextStyle style = kCell;
        style.isBold = kind != RowKind::Plain;
        style.isRight = table.columns[i].align == briefing::Align::Right;
        const double width = PageSize::kTextWidth * table.columns[i].share / total;
        const char* tag = kind == RowKind::Header || i == 0 ? "TH" : "TD";
        m_canvas.openTag(tag);
        m_canvas.text(cells[i], x + kCellPadX, m_y + kCellPadY, width - 2 * kCellPadX, style);
        m_canvas.closeTag(tag);
        x += width;
    }
    m_canvas.closeTag("TR");
    m_y += height;
    m_canvas.line(PageSize::kMargin, m_y, PageSize::kMargin + PageSize::kTextWidth, m_y,
                  kind == RowKind::Header ? 0.9 : 0.35, kind == RowKind::Header ? 0.2 : 0.75);
}

void Flow::table(const briefing::Table& table) {
    if (table.rows.empty()) {
        paragraph(table.whenEmpty, kBody, PageSize::kMargin, PageSize::kTextWidth, 2.5);
        return;
    }
    const auto titles = titlesOf(table);
    const double headerHeight = rowHeight(table, titles, RowKind::Header);
    need(headerHeight + rowHeight(table, table.rows.front(), RowKind::Plain));
    m_canvas.openTag("Table");
    row(table, titles, RowKind::Header);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& cells = table.rows[i];
        const bool isTotal = std::ranges::find(table.totals, i) != table.totals.end();
        const auto kind = isTotal ? RowKind::Total : RowKind::Plain;
        const double height = rowHeight(table, cells, kind);
        if (m_y + height > PageSize::kTextEnd) {
            m_canvas.closeTag("Table");
            need(PageSize::kHeight);
            m_canvas.openTag("Table");
            row(table, titles, RowKind::Header);
        }
        row(table, cells, kind);
    }
    m_canvas.closeTag("Table");
    m_y += 4;
}

void Flow::chart(const briefing::Chart& chart) {
    need(kChartHeight + 30);
    paragraph(chart.title, {.sizePt = 8.7, .isBold = true}, PageSize::kMargin, PageSize::kTextWidth, 2);
    m_canvas.openTag("Figure");
    drawLineChart(m_canvas, chart, PageSize::kMargin, m_y, PageSize::kTextWidth, kChartHeight);
    m_canvas.closeTag("Figure");
    m_alternatives.push_back(chart.words);
    m_y += kChartHeight + 2;
    paragraph(fmt::format("In words: {}", chart.words), kNote, PageSize::kMargin, PageSize::kTextWidth, 3);
}

}  // namespace fairlead::pdf
