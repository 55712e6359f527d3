// zipOf: a ZIP archive in memory. Nothing that is packed touches a disk before the whole of it is written.

#pragma once

#include <QByteArray>
#include <vector>

namespace fairlead::ui {

/// A file of an archive.
struct ZipEntry {
    QByteArray name;  ///< Plain ASCII, with "/" between folders.
    QByteArray bytes;
};

/// An archive of these files in this order, compressed (PKWARE APPNOTE 6.3, method 8). The same files give the same
/// bytes: every time stamp is 01/01/1980. REQUIRES: fewer than 65,535 files, less than 4 GiB in all.
QByteArray zipOf(const std::vector<ZipEntry>& entries);

}  // namespace fairlead::ui
