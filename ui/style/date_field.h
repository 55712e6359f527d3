// The as-at date, as every page that has one shows it.

#pragma once

class QDateEdit;

namespace fairlead::ui {

/// A day as dd/MM/yyyy with a calendar; says a change when it is complete. The caller owns it.
QDateEdit* dateField();

}  // namespace fairlead::ui
