#include "core/pdf/canvas.h"

#include <pango/pangocairo.h>

namespace fairlead::pdf {

namespace {

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Canvas::Canvas()
    : m_surface(cairo_pdf_surface_create_for_stream(append, &m_bytes, PageSize::kWidth, PageSize::kHeight)),
      m_cairo(cairo_create(m_surface)),
      m_layout(pango_cairo_create_layout(m_cairo)) {
    cairo_pdf_surface_restrict_to_version(m_surface, CAIRO_PDF_VERSION_1_5);
}

Canvas::~Canvas() {
    g_object_unref(m_layout);
    cairo_destroy(m_cairo);
    // finish() first: the surface writes into m_bytes when it goes.
    cairo_surface_finish(m_surface);
    cairo_surface_destroy(m_surface);
}

PangoLayout* Canvas::layoutOf(std::string_view text, double width, const TextStyle& style) {
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, "Open Sans, Noto Sans, DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font, style.sizePt * PANGO_SCALE);
    pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(m_layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(m_layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(m_layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(m_layout, style.isRight     ? PANGO_ALIGN_RIGHT
                                         : style.isCentred ? PANGO_ALIGN_CENTER
                                                           : PANGO_ALIGN_LEFT);
    // set_text, never set_markup: a name with <b> in it is printed as it stands.
    pango_layout_set_text(m_layout, text.data(), static_cast<int>(text.size()));
    return m_layout;
}

double Canvas::heightOf(std::string_view text, double width, const TextStyle& style) {
    int height = 0;
    pango_layout_get_size(layoutOf(text, width, style), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

double Canvas::text(std::string_view text, double x, double y, double width, const TextStyle& style) {
    PangoLayout* layout = layoutOf(text, width, style);
    cairo_set_source_rgb(m_cairo, style.red, style.green, style.blue);
    cairo_move_to(m_cairo, x, y);
    pango_cairo_show_layout(m_cairo, layout);
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

void Canvas::fill(double x, double y, double width, double height, double red, double green, double blue) {
    cairo_set_source_rgb(m_cairo, red, green, blue);
    cairo_rectangle(m_cairo, x, y, width, height);
    cairo_fill(m_cairo);
}

void Canvas::line(double x1, double y1, double x2, double y2, double widthPt, double grey) {
    cairo_set_source_rgb(m_cairo, grey, grey, grey);
    cairo_set_line_width(m_cairo, widthPt);
    cairo_move_to(m_cairo, x1, y1);
    cairo_line_to(m_cairo, x2, y2);
    cairo_stroke(m_cairo);
}

void Canvas::openTag(const char* tag, const std::string& attributes) {
    cairo_tag_begin(m_cairo, tag, attributes.c_str());
}

void Canvas::closeTag(const char* tag) { cairo_tag_end(m_cairo, tag); }

void Canvas::newPage() { cairo_show_page(m_cairo); }

void Canvas::setProperty(cairo_pdf_metadata_t property, const std::string& value) {
    cairo_pdf_surface_set_metadata(m_surface, property, value.c_str());
}

std::string Canvas::finish() {
    cairo_surface_finish(m_surface);
    return failure().empty() ? m_bytes : std::string();
}

std::string Canvas::failure() const {
    for (const auto status : {cairo_status(m_cairo), cairo_surface_status(m_surface)}) {
        if (status != CAIRO_STATUS_SUCCESS) return cairo_status_to_string(status);
    }
    return {};
}

}  // namespace fairlead::pdf
