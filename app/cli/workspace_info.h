// `workspace info` and `workspace verify`.

#pragma once

namespace CLI {
class App;
}

namespace fairlead::cli {

/// Adds `info` to the `workspace` command.
void addInfoCommand(CLI::App& parent);
/// Adds `verify` to the `workspace` command.
void addVerifyCommand(CLI::App& parent);
/// Adds `upgrade` to the `workspace` command.
void addUpgradeCommand(CLI::App& parent);

}  // namespace fairlead::cli
