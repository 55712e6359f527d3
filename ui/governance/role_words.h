// Roles and actions in words.

#pragma once

#include <QString>

#include "core/access/roles.h"

namespace fairlead::ui {

/// "Data steward".
QString roleInWords(access::Role role);
/// What somebody with the role does, and what they cannot read: a sentence.
QString dutyInWords(access::Role role);
/// "Data steward, Analyst"; "every role".
QString rolesInWords(const access::Roles& roles);
/// "Load deliveries".
QString actionInWords(access::Action action);

}  // namespace fairlead::ui
