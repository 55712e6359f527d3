// The clipboard, as far as this program puts something there: never names, out of the history of clipboard managers,
// and gone when the workspace is locked or the program ends.

#pragma once

#include <QImage>
#include <QString>

namespace fairlead::ui {

/// Puts a text on the clipboard. Clipboard managers that know the KDE hint keep no history of it. Never call it with
/// names of persons in it.
void copyText(const QString& text);
/// The same for a picture.
void copyPicture(const QImage& picture);
/// Empties the clipboard and the selection of the middle mouse button where what they hold came from this program.
void forgetCopies();

}  // namespace fairlead::ui
