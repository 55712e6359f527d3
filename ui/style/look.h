// The look of the program: theme, text size, fonts. One state for the whole process, changed from View only;
// widgets hear of a change through the application's palette and font events. GUI thread only.

#pragma once

#include <QFont>
#include <QObject>
#include <QString>
#include <string>

#include "ui/style/tokens.h"

class QApplication;
class QWidget;

namespace fairlead::ui {

/// Which tokens are used.
enum class Theme { FollowSystem, Light, Dark, HighContrast };

/// What a text is for; its size and weight follow from it.
enum class TextRole {
    Body,
    BodyStrong,
    Table,
    Note,
    NoteStrong,
    TileName,
    TileNameStrong,
    CardTitle,
    Title,
    Figure,
    GroupFigure
};

/// Says that theme or text size changed. Widgets with fonts or colours of their own listen to it: Qt tells only those
/// that inherit theirs.
class LookChanges final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

signals:
    /// tokens() and font() give other values now.
    void changed();
};

/// The one notifier.
LookChanges& lookChanges();

/// Loads the bundled fonts and sets style, palette and font. Call once, before the first widget.
void installLook(QApplication& application);

/// Chooses the theme for every window.
void setTheme(Theme theme);
/// The theme chosen.
Theme theme();
/// The colours in use now.
const Tokens& tokens();

constexpr int kSmallestTextPercent = 100;
constexpr int kLargestTextPercent = 200;

/// Sets the size of all text in per cent, limited to 100-200.
void setTextPercent(int percent);
/// The size of text now, in per cent.
int textPercent();

/// The font for a role at the present text size.
QFont font(TextRole role);

/// A distance given for 100 % text in pixels, at the present text size.
int scaled(int pixels);

/// Marks a push button as the one main action of its page.
void setPrimary(QWidget& button);

/// A UTF-8 text of core as a QString.
inline QString text(const std::string& utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

}  // namespace fairlead::ui
