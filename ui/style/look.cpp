#include "ui/style/look.h"

#include <QApplication>
#include <QComboBox>
#include <QFontDatabase>
#include <QPalette>
#include <QWidget>
#include <QtGlobal>
#include <algorithm>
#include <cmath>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

#include "ui/style/fairlead_style.h"

static void initialiseResources() {
    Q_INIT_RESOURCE(fairlead_fonts);
    Q_INIT_RESOURCE(fairlead_icons);
}

namespace fairlead::ui {

namespace {

// The one mutable state of the look; only the setters below write it.
struct State {
    Theme theme = Theme::Light;
    int percent = 100;
    bool systemIsDark = false;
};

State& state() {
    static State one;
    return one;
}

bool systemIsDark() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown) {
        return scheme == Qt::ColorScheme::Dark;
    }
#endif
    // Qt 6.4 has no such hint: what the platform gave before our palette was set.
    return state().systemIsDark;
}

QPalette paletteOf(const Tokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.card);
    palette.setColor(QPalette::AlternateBase, t.card);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::Button, t.card);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.text);
    palette.setColor(QPalette::Highlight, t.selectedRow);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::PlaceholderText, t.secondaryText);
    palette.setColor(QPalette::ToolTipBase, t.card);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, t.accent);
#endif
    palette.setColor(QPalette::Light, t.card);
    palette.setColor(QPalette::Midlight, t.window);
    palette.setColor(QPalette::Mid, t.hairline);
    palette.setColor(QPalette::Dark, t.controlBorder);
    palette.setColor(QPalette::Shadow, t.controlBorder);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, t.disabledText);
    }
    return palette;
}

struct Type {
    double pixels;
    QFont::Weight weight;
};

// Sizes at 96 dpi and 100 %.
Type typeOf(TextRole role) {
    switch (role) {
        case TextRole::Body: return {13, QFont::Normal};
        case TextRole::BodyStrong: return {13, QFont::DemiBold};
        case TextRole::Table: return {12, QFont::Normal};
        case TextRole::Note: return {11.5, QFont::Normal};
        case TextRole::NoteStrong: return {11.5, QFont::DemiBold};
        case TextRole::TileName: return {12, QFont::Normal};
        case TextRole::TileNameStrong: return {12, QFont::DemiBold};
        case TextRole::CardTitle: return {13.5, QFont::DemiBold};
        case TextRole::Title: return {16, QFont::DemiBold};
        case TextRole::Figure: return {24, QFont::DemiBold};
        case TextRole::GroupFigure: return {30, QFont::DemiBold};
    }
    return {13, QFont::Normal};
}

/// A combo box forgets its smallest size when its style changes, not when its font does: it would stay as high as the
/// largest text that it ever had.
void forgetSizesOfLists() {
    for (QWidget* widget : QApplication::allWidgets()) {
        if (qobject_cast<QComboBox*>(widget) != nullptr) {
            QEvent restyled(QEvent::StyleChange);
            QApplication::sendEvent(widget, &restyled);
        }
    }
}

}  // namespace

void installLook(QApplication& application) {
    initialiseResources();
    for (const auto* file :
         {":/fonts/OpenSans-Regular.ttf", ":/fonts/OpenSans-Semibold.ttf", ":/fonts/OpenSans-Bold.ttf"}) {
        QFontDatabase::addApplicationFont(QString::fromLatin1(file));
    }
    state().systemIsDark = application.palette().color(QPalette::Window).lightness() < 128;
    QApplication::setStyle(new FairleadStyle);
    QApplication::setFont(font(TextRole::Body));
    setTheme(state().theme);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &lookChanges(), [] {
        if (state().theme == Theme::FollowSystem) {
            setTheme(Theme::FollowSystem);
        }
    });
#endif
}

LookChanges& lookChanges() {
    static LookChanges one;
    return one;
}

void setTheme(Theme theme) {
    state().theme = theme;
    QApplication::setPalette(paletteOf(tokens()));
    emit lookChanges().changed();
}

Theme theme() { return state().theme; }

const Tokens& tokens() {
    const Theme chosen = state().theme;
    if (chosen == Theme::HighContrast) {
        return highContrastTokens();
    }
    const bool dark = chosen == Theme::Dark || (chosen == Theme::FollowSystem && systemIsDark());
    return dark ? darkTokens() : lightTokens();
}

void setTextPercent(int percent) {
    state().percent = std::clamp(percent, kSmallestTextPercent, kLargestTextPercent);
    QApplication::setFont(font(TextRole::Body));
    forgetSizesOfLists();
    emit lookChanges().changed();
}

int textPercent() { return state().percent; }

QFont font(TextRole role) {
    const Type type = typeOf(role);
    QFont result(QStringLiteral("Open Sans"));
    result.setStyleHint(QFont::SansSerif);
    // Points, so that the desktop's own resolution still counts: 96 pixels are 72 points.
    result.setPointSizeF(type.pixels * 0.75 * state().percent / 100.0);
    result.setWeight(type.weight);
    return result;
}

int scaled(int pixels) { return static_cast<int>(std::lround(pixels * state().percent / 100.0)); }

void setPrimary(QWidget& button) { button.setProperty(FairleadStyle::kPrimaryProperty, true); }

}  // namespace fairlead::ui
