// Whom family edges leave out, in words and as JSON; and `workspace families`.

#pragma once

#include <string>

#include <boost/json/fwd.hpp>

#include "core/family/derive_edges.h"

namespace CLI {
class App;
}

namespace fairlead::cli {

/// "left out: 12 communal places ...; former homes: 340; chains would connect up to 25 people".
std::string leftOutWords(const family::DeriveReport& report);

/// Counts, and every place and family number that was left out, by pseudonymous number.
boost::json::object leftOutJson(const family::DeriveReport& report);

/// Adds `families` to the `workspace` command.
void addFamiliesCommand(CLI::App& parent);

}  // namespace fairlead::cli
