#include "ui/help/loaded_libraries.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <array>

#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("help", english); }

// Beginnings of names of libraries that open connections: for the web, mail, remote shells, queues, databases.
constexpr std::array kNetworkLibraries{"libQt6Network", "libQt6WebSockets", "libQt6WebEngine", "libQt6HttpServer",
                                       "libcurl",       "libsoup",          "libnghttp",       "libssh",
                                       "libzmq",        "libmosquitto",     "libpq.",          "libmariadb",
                                       "libldap",       "libsmbclient"};
// They encrypt what others send and are here for their ciphers (the library that finishes PDF files brings one).
constexpr std::array kCipherLibraries{"libgnutls", "libssl"};

template <std::size_t N>
QStringList startingWith(const QStringList& names, const std::array<const char*, N>& beginnings) {
    QStringList found;
    for (const QString& name : names) {
        if (std::ranges::any_of(beginnings, [&](const char* known) { return name.startsWith(QLatin1String(known)); })) {
            found << name;
        }
    }
    return found;
}

}  // namespace

QStringList loadedLibraries() {
    QStringList names;
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly)) {
        return names;
    }
    for (const QByteArray& line : maps.readAll().split('\n')) {
        const auto slash = line.lastIndexOf('/');
        if (slash >= 0 && line.indexOf(".so", slash) > 0) {
            names << QString::fromUtf8(line.mid(slash + 1));
        }
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

QStringList networkLibraries(const QStringList& libraries) { return startingWith(libraries, kNetworkLibraries); }

QString networkStatement(const QStringList& libraries) {
    if (libraries.isEmpty()) {
        return tr(
            "This system does not say which libraries are loaded; whether one of them can reach a network is not "
            "known.");
    }
    QStringList sentences{tr("%1 libraries are loaded in this program now.").arg(number(libraries.size()))};
    const QStringList found = networkLibraries(libraries);
    sentences << (found.isEmpty() ? tr("None of them is a network library.")
                                  : tr("These can reach a network: %1. Tell whoever looks after this computer.")
                                        .arg(found.join(QStringLiteral(", "))));
    for (const QString& name : startingWith(libraries, kCipherLibraries)) {
        sentences << tr("%1 encrypts for others and opens no connection of its own.").arg(name);
    }
    return sentences.join(QLatin1Char(' '));
}

}  // namespace fairlead::ui
