// What the running program has loaded, so that "no network code" is a finding and not a promise.

#pragma once

#include <QString>
#include <QStringList>

namespace fairlead::ui {

/// File names of the libraries that are mapped into this process, sorted; empty where the system does not say.
QStringList loadedLibraries();
/// Those of them that open connections to other computers.
QStringList networkLibraries(const QStringList& libraries);
/// The statement for About: what was looked at and what was found.
QString networkStatement(const QStringList& libraries);

}  // namespace fairlead::ui
