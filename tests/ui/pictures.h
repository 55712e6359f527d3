// Pictures of what a test has on the screen, for whoever looks at them.
//
//   FAIRLEAD_PICTURES=DIR   keeps a picture of every state there

#pragma once

#include <QString>
#include <QWidget>

namespace fairlead::ui {

/// Keeps "state-NAME-light-100.png" and so on, of a window or a dialog, light and dark, at both ends of the text sizes;
/// nothing where no pictures are wanted.
void keepPictures(QWidget& window, const QString& state);

}  // namespace fairlead::ui
