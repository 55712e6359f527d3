#include "ui/tile/reading.h"

#include <QCoreApplication>

#include "ui/style/look.h"

namespace fairlead::ui {

QString nameOf(const PupilNames& names, record::PersonKey pupil) {
    const auto found = names.find(pupil);
    return found == names.end() ? QCoreApplication::translate("words", "Pupil") : text(found->second);
}

QVariant nameSortKey(const QString& name) {
    const bool pseudonym = name.startsWith(QLatin1String("Pupil "));
    return pseudonym ? QStringLiteral("%1 %2").arg(name.size(), 4, 10, QLatin1Char('0')).arg(name) : name;
}

}  // namespace fairlead::ui
