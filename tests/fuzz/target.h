// What a fuzz target is: a name and a function over bytes that must never crash, hang or read where it may not.

#pragma once

#include <string_view>
#include <vector>

namespace fairlead::fuzz {

/// A target. A target's file defines one object of this class, which puts itself on the list.
struct Target {
    std::string_view name;          ///< Folder of its corpus.
    void (*run)(std::string_view);  ///< Aborts when something is wrong; gives nothing back.

    Target(std::string_view targetName, void (*body)(std::string_view));
};

/// All targets of the program.
const std::vector<Target>& targets();
/// The target of a name; null when there is none.
const Target* findTarget(std::string_view name);

}  // namespace fairlead::fuzz
