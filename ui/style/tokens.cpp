#include "ui/style/tokens.h"

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

const Tokens& lightTokens() {
    static const Tokens light{.dark = false,
                              .window = QColor(0xF3, 0xF5, 0xF6),
                              .card = QColor(0xFF, 0xFF, 0xFF),
                              .text = QColor(0x0B, 0x0C, 0x0C),
                              .secondaryText = QColor(0x50, 0x5A, 0x5F),
                              .accent = QColor(0x12, 0x43, 0x6D),
                              .onAccent = QColor(0xFF, 0xFF, 0xFF),
                              .controlBorder = QColor(0x6F, 0x77, 0x7B),
                              .disabledText = QColor(0x6F, 0x77, 0x7B),
                              .hairline = QColor(0xCB, 0xD2, 0xD6),
                              .selectedRow = QColor(0xDC, 0xE8, 0xF2),
                              .focusOuter = QColor(0xFF, 0xDD, 0x00),
                              .focusInner = QColor(0x0B, 0x0C, 0x0C),
                              .draftText = QColor(0x0B, 0x0C, 0x0C),
                              .draftGround = QColor(0xFF, 0xF7, 0xBF),
                              .markingText = QColor(0xFF, 0xFF, 0xFF),
                              .markingGround = QColor(0x12, 0x43, 0x6D),
                              .error = QColor(0xB1, 0x0E, 0x1E),
                              .success = QColor(0x0F, 0x7A, 0x52)};
    return light;
}

const Tokens& darkTokens() {
    static const Tokens dark{.dark = true,
                             .window = QColor(0x16, 0x19, 0x1D),
                             .card = QColor(0x1E, 0x22, 0x26),
                             .text = QColor(0xE6, 0xE8, 0xEA),
                             .secondaryText = QColor(0xA9, 0xB1, 0xB7),
                             .accent = QColor(0x6B, 0xAC, 0xE6),
                             .onAccent = QColor(0x0B, 0x0C, 0x0C),
                             .controlBorder = QColor(0x7C, 0x86, 0x8D),
                             .disabledText = QColor(0x7C, 0x86, 0x8D),
                             .hairline = QColor(0x3A, 0x42, 0x49),
                             .selectedRow = QColor(0x24, 0x43, 0x5E),
                             .focusOuter = QColor(0xFF, 0xDD, 0x00),
                             .focusInner = QColor(0x0B, 0x0C, 0x0C),
                             .draftText = QColor(0xFF, 0xF2, 0xA8),
                             .draftGround = QColor(0x4A, 0x42, 0x12),
                             .markingText = QColor(0xFF, 0xFF, 0xFF),
                             .markingGround = QColor(0x0E, 0x33, 0x53),
                             .error = QColor(0xFF, 0x8A, 0x80),
                             .success = QColor(0x5C, 0xC9, 0xBF)};
    return dark;
}

const Tokens& highContrastTokens() {
    static const QColor black(0x00, 0x00, 0x00);
    static const QColor white(0xFF, 0xFF, 0xFF);
    static const QColor yellow(0xFF, 0xDD, 0x00);
    static const Tokens high{.dark = true,
                             .window = black,
                             .card = black,
                             .text = white,
                             .secondaryText = white,
                             .accent = yellow,
                             .onAccent = black,
                             .controlBorder = white,
                             .disabledText = QColor(0x8A, 0x8A, 0x8A),
                             .hairline = white,
                             .selectedRow = QColor(0x00, 0x3A, 0x70),
                             .focusOuter = yellow,
                             .focusInner = black,
                             .draftText = black,
                             .draftGround = yellow,
                             .markingText = white,
                             .markingGround = black,
                             .error = QColor(0xFF, 0xB3, 0xAB),
                             .success = QColor(0x7C, 0xFC, 0x9A)};
    return high;
}

namespace {

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace fairlead::ui
