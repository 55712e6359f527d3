// Facts about the program that the build knows.

#pragma once

#include <string_view>

namespace fairlead::workspace {

/// The project's version, "0.1.0".
std::string_view programVersion();

}  // namespace fairlead::workspace
