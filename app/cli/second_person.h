// The second person of an act of two, on the command line.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/workspace/users.h"

namespace CLI {
class App;
}

namespace fairlead::cli {

/// As typed; an empty name: nobody.
struct SecondOptions {
    std::string name;
    std::filesystem::path passphraseFile;
};

/// --second, --second-passphrase-file.
void addSecondOptions(CLI::App& command, SecondOptions& options);

/// --further, --further-passphrase-file: a third person, whose keys go with the others'.
void addFurtherOptions(CLI::App& command, SecondOptions& options);

/// The person with the passphrase that the credentials point to.
struct SecondAtHand {
    crypto::Secret passphrase;
    workspace::SecondPerson person;
};

/// Asks for the passphrase when somebody is named. Errors: those of readPassphrase.
Result<std::unique_ptr<SecondAtHand>> readSecond(const SecondOptions& options);

}  // namespace fairlead::cli
