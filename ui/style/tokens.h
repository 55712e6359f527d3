// Tokens: every colour that a screen may use, light and dark. The contrast of each text on its ground was computed
// when they were chosen and is tested. Red, amber and green say nothing about people: red is for faults only.

#pragma once

#include <QColor>

namespace fairlead::ui {

/// The colours of one theme.
struct Tokens {
    bool dark;
    QColor window;
    QColor card;
    QColor text;
    QColor secondaryText;
    QColor accent;         ///< Primary button, bars, lines of charts.
    QColor onAccent;       ///< Text on the accent.
    QColor controlBorder;  ///< Borders of controls: at least 3:1.
    QColor disabledText;   ///< Of controls that cannot be used now; at least 3:1.
    QColor hairline;       ///< Decorative lines.
    QColor selectedRow;
    QColor focusOuter;
    QColor focusInner;
    QColor draftText;
    QColor draftGround;
    QColor markingText;
    QColor markingGround;
    QColor error;
    QColor success;
};

/// The light tokens.
const Tokens& lightTokens();
/// The dark tokens.
const Tokens& darkTokens();
/// White and yellow on black, with lines as bright as text.
const Tokens& highContrastTokens();

/// WCAG contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, definitions of contrast ratio and relative luminance).
double contrast(const QColor& a, const QColor& b);

}  // namespace fairlead::ui
