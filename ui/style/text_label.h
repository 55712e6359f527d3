// TextLabel: the one label class. Plain text always (data is never markup), font by role, colour by token.

#pragma once

#include <QLabel>
#include <initializer_list>

#include "ui/style/look.h"

namespace fairlead::ui {

/// Which token colours a text.
enum class Ink { Text, Secondary, Error };

/// `text` as a tool tip that shows it as it is written: tool tips read as markup, pictures from the disk included, what
/// looks like it.
QString plainToolTip(const QString& text);

/// A label that follows theme and text size.
class TextLabel final : public QLabel {
    Q_OBJECT

public:
    /// A label for `text`, not wrapped.
    TextLabel(const QString& text, TextRole role, Ink ink = Ink::Text, QWidget* parent = nullptr);
    /// Wraps at words; for sentences.
    void wrap();
    /// One line that may be longer than its room: it ends in an ellipsis there, and the whole is its tool tip.
    void elide();
    /// Changes the colour.
    void setInk(Ink ink);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    TextRole m_role;
    Ink m_ink;
    bool m_elides = false;
};

/// The DRAFT chip. There is no way to switch it off.
class DraftChip final : public QWidget {
    Q_OBJECT

public:
    explicit DraftChip(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A white (dark: slate) box with a hairline border that groups a title and its contents.
class Card : public QWidget {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A card with these one below the other; all but labels share the room that is left.
Card* cardOf(std::initializer_list<QWidget*> parts);

}  // namespace fairlead::ui
