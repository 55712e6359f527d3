// Preferences: how the program looks on this computer. Nothing of a workspace is in them: no names, no schools, no
// folders, nothing that somebody typed.

#pragma once

#include <QMap>
#include <QSize>
#include <QString>
#include <QStringList>

#include "ui/style/look.h"

namespace fairlead::ui {

/// What is kept from one start to the next.
struct Preferences {
    Theme theme = Theme::Light;
    int textPercent = 100;
    QSize window = {1366, 768};
    int lockMinutes = 5;                            ///< Without use, until the workspace is closed.
    QString yearGroup = {};                         ///< By which the overview was narrowed; empty = all.
    bool evidence = true;                           ///< What stands behind a pupil's record is shown beside it.
    QStringList learnt = {};                        ///< Steps of the learning modules that are done: "2.1".
    QString figure = {};                            ///< Id of an indicator or group; empty = all.
    QMap<QString, QStringList> hiddenColumns = {};  ///< By table: the titles of columns that are hidden.
};

/// Reads them; what is missing or makes no sense is as at the first start. An empty name reads nothing.
Preferences readPreferences(const QString& file);
/// Writes them; a file that cannot be written is passed over: the look is not worth a message. An empty name writes
/// nothing.
void writePreferences(const QString& file, const Preferences& preferences);

}  // namespace fairlead::ui
