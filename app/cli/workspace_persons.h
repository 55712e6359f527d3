// `workspace persons`.

#pragma once

namespace CLI {
class App;
}

namespace fairlead::cli {

/// Adds `persons` to the `workspace` command.
void addPersonsCommand(CLI::App& parent);

}  // namespace fairlead::cli
