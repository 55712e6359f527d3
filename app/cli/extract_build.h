// `extract build`.

#pragma once

namespace CLI {
class App;
}

namespace fairlead::cli {

/// Adds `build` to the `extract` command.
void addExtractBuild(CLI::App& parent);

}  // namespace fairlead::cli
