#include "app/cli/second_person.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"

namespace fairlead::cli {

void addSecondOptions(CLI::App& command, SecondOptions& options) {
    command.add_option("--second", options.name, "The second person, where roles are separated");
    command.add_option("--second-passphrase-file", options.passphraseFile,
                       "File with the second person's passphrase in its first line; else asked for");
}

void addFurtherOptions(CLI::App& command, SecondOptions& options) {
    command.add_option("--further", options.name, "A third person, whose keys go with those of the other two");
    command.add_option("--further-passphrase-file", options.passphraseFile,
                       "File with the third person's passphrase in its first line; else asked for");
}

Result<std::unique_ptr<SecondAtHand>> readSecond(const SecondOptions& options) {
    auto second = std::make_unique<SecondAtHand>();
    if (options.name.empty()) return second;
    FAIRLEAD_TRY(second->passphrase,
                 readPassphrase(options.passphraseFile, fmt::format("Passphrase of {}", options.name), false));
    second->person.credentials.emplace(second->passphrase, options.name);
    return second;
}

}  // namespace fairlead::cli
