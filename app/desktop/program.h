// The desktop program without its main(): tests start the same program and drive it.

#pragma once

#include <functional>

#include "ui/shell/main_window.h"

namespace fairlead::desktop {

/// What a test adds to the program; the program itself leaves them empty.
struct Hooks {
    std::function<void(ui::MainWindow&)> started;  ///< The window is on the screen.
    bool traceable = false;                        ///< As worker::OwnExceptions has it.
};

/// Limits its own process, reads the options, makes the sessions' makers and the window, and runs. The exit code.
int runProgram(int argc, char** argv, const Hooks& hooks = {});

}  // namespace fairlead::desktop
