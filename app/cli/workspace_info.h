// `workspace info`.

#pragma once

namespace CLI {
class App;
}

namespace fairlead::cli {

/// Adds `info` to the `workspace` command.
void addInfoCommand(CLI::App& parent);

}  // namespace fairlead::cli
