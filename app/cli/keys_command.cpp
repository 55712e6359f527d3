#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/extract/key_files.h"

namespace fairlead::cli {

namespace {

struct KeysOptions {
    std::string kind;
    std::string name;
    std::filesystem::path folder = ".";
};

int generate(const KeysOptions& options) {
    // A unit receives extracts and an agency signs them; the other half of neither exists.
    extract::KeyPairs pairs;
    if (options.kind == "unit")
        pairs.seal = crypto::SealKeyPair::generate();
    else
        pairs.sign = crypto::SignKeyPair::generate();
    const auto secretFile = options.folder / (options.name + ".key");
    const auto publicFile = options.folder / (options.name + ".pub");
    std::error_code ignored;
    std::filesystem::create_directories(options.folder, ignored);
    if (auto done = extract::writeKeyPairs(secretFile, pairs); !done) return explainFailure("Not made", done.error());
    if (auto done = extract::writePublicKeys(publicFile, pairs.publicKeys()); !done)
        return explainFailure("Not made", done.error());
    const std::string fingerprint =
        pairs.seal ? crypto::fingerprint(pairs.seal->publicKey) : crypto::fingerprint(pairs.sign->publicKey);
    fmt::print("{}: keep it secret\n{}: hand it out\nfingerprint {}\n", secretFile.string(), publicFile.string(),
               fingerprint);
    return kDone;
}

}  // namespace

void addKeysCommand(CLI::App& app) {
    CLI::App* keys =
        app.add_subcommand("keys", "Keys of agencies (they sign extracts) and units (extracts are sealed to them)");
    keys->require_subcommand(1);
    CLI::App* command = keys->add_subcommand("generate", "Makes NAME.key (secret) and NAME.pub (public)");
    const auto options = std::make_shared<KeysOptions>();
    command->add_option("KIND", options->kind, "agency or unit")->required()->check(CLI::IsMember({"agency", "unit"}));
    command
        ->add_option("NAME", options->name,
                     "Name of the two files; for an agency its id: police, social_care, early_help, education, health")
        ->required();
    command->add_option("--dir", options->folder, "Folder for the two files");
    command->callback([options] { finish(generate(*options)); });
}

}  // namespace fairlead::cli
