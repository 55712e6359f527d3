#include "ui/style/date_field.h"

#include <QCoreApplication>
#include <QDateEdit>

namespace fairlead::ui {

QDateEdit* dateField() {
    auto* field = new QDateEdit;
    field->setCalendarPopup(true);
    field->setDisplayFormat(QStringLiteral("dd/MM/yyyy"));
    field->setKeyboardTracking(false);
    field->setAccessibleName(QCoreApplication::translate("style", "As at date"));
    field->setToolTip(QCoreApplication::translate("style", "What was true on this day (Ctrl+D)"));
    return field;
}

}  // namespace fairlead::ui
