// Canvas: one cairo PDF surface with pages, tags and plain text set by Pango. Internal to core/pdf.

#pragma once

#include <string>
#include <string_view>

#include <cairo-pdf.h>
#include <pango/pango.h>

namespace fairlead::pdf {

/// A4 in PostScript points, and the room that text may take.
struct PageSize {
    static constexpr double kWidth = 595.276;
    static constexpr double kHeight = 841.89;
    static constexpr double kMargin = 45;
    static constexpr double kTop = 74;
    static constexpr double kBottom = 60;
    static constexpr double kTextWidth = kWidth - 2 * kMargin;
    static constexpr double kTextEnd = kHeight - kBottom;
};

/// How a piece of text is set.
struct TextStyle {
    double sizePt = 9;
    bool isBold = false;
    bool isRight = false;
    bool isCentred = false;
    double red = 0.043, green = 0.047, blue = 0.047;
};

/// Draws on the current page and writes the PDF's bytes into a string. Not copyable.
class Canvas {
public:
    Canvas();
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Height in points of the text when set in this width; always plain text.
    double heightOf(std::string_view text, double width, const TextStyle& style);
    /// Sets the text with its top left corner at (x, y) and returns its height.
    double text(std::string_view text, double x, double y, double width, const TextStyle& style);
    void fill(double x, double y, double width, double height, double red, double green, double blue);
    void line(double x1, double y1, double x2, double y2, double widthPt, double grey);
    /// Opens a structure element ("H1", "P", "TR"); `attributes` in cairo's syntax, never from data.
    void openTag(const char* tag, const std::string& attributes = {});
    void closeTag(const char* tag);
    void newPage();
    void setProperty(cairo_pdf_metadata_t property, const std::string& value);
    /// Ends the document. Empty when cairo failed; then failure() says why.
    std::string finish();
    [[nodiscard]] std::string failure() const;
    [[nodiscard]] cairo_t* context() const { return m_cairo; }

private:
    PangoLayout* layoutOf(std::string_view text, double width, const TextStyle& style);

    std::string m_bytes;
    cairo_surface_t* m_surface = nullptr;
    cairo_t* m_cairo = nullptr;
    PangoLayout* m_layout = nullptr;
};

}  // namespace fairlead::pdf
