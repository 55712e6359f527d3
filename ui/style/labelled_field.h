// A label above its field, for forms.

#pragma once

#include <QWidget>

class QPushButton;

namespace fairlead::ui {

/// The label, the field below it and a button beside the field, as one widget that can be hidden. The label's mnemonic
/// leads to the field.
QWidget* labelledField(const QString& label, QWidget* field, QPushButton* beside = nullptr);

}  // namespace fairlead::ui
