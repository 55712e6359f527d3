#include <cstdlib>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include "app/cli/commands.h"
#include "app/cli/extract_build.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "core/base/clock.h"
#include "core/extract/extract.h"
#include "core/extract/gateway_register.h"
#include "core/extract/reader_process.h"
#include "core/workspace/intake_keys.h"

namespace fairlead::cli {

namespace {

struct CheckOptions {
    std::filesystem::path file;
    std::filesystem::path keys;
    std::filesystem::path passphraseFile;
    std::filesystem::path resources;
    bool allowUnsigned = false;
};

/// A private folder for the copy that is checked; gone with everything in it when this goes.
class StagingFolder {
public:
    StagingFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "fairlead-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) m_path = name;
    }
    ~StagingFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    StagingFolder(const StagingFolder&) = delete;
    StagingFolder& operator=(const StagingFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

void print(const extract::Manifest& manifest) {
    fmt::print("{}\n", manifest.label());
    fmt::print("  period         {} to {} (data as at {}, extracted {})\n", manifest.periodFrom.uk(),
               manifest.periodUntil.uk(), manifest.dataAsAt.uk(), manifest.extractedOn.uk());
    fmt::print("  to be kept     until {}\n", manifest.retainUntil.uk());
    fmt::print("  purpose        {} ({})\n", manifest.purpose, manifest.regime);
    fmt::print("  gateways       {}\n", fmt::join(manifest.gateways, ", "));
    fmt::print("  agreement      {}, impact assessment {}\n", manifest.agreementRef, manifest.dpiaRef);
    fmt::print("  lawful basis   {}\n  contact        {}\n", manifest.lawfulBasis, manifest.contact);
    if (!manifest.knownGaps.empty()) fmt::print("  known gaps     {}\n", manifest.knownGaps);
    fmt::print("  signed by      {}\n", manifest.signerFingerprint.empty() ? "nobody" : manifest.signerFingerprint);
    for (const auto& [table, digest] : manifest.tables) fmt::print("  {:<14} {} rows\n", table, digest.rows);
}

/// What both commands check against.
struct CheckContext {
    workspace::IntakeKeys keys;
    crypto::Secret passphrase;
    StagingFolder staging;
    extract::OpenOptions options;
};

Status prepare(const CheckOptions& options, CheckContext& context) {
    FAIRLEAD_TRY(context.keys, workspace::readKeysFolder(options.keys));
    FAIRLEAD_TRY(const auto resources, findResources(options.resources));
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(resources / "gateways"));
    context.options.today = SystemClock().today();
    context.options.staging = context.staging.path();
    context.options.unit = context.keys.unit ? &*context.keys.unit : nullptr;
    context.options.trusted = context.keys.agencies;
    context.options.reader = extract::thisProgram();
    context.options.allowUnsigned = options.allowUnsigned;
    context.options.gatewaysInForce = gateways.inForceOn(context.options.today);
    if (!options.passphraseFile.empty()) {
        FAIRLEAD_TRY(context.passphrase, readPassphrase(options.passphraseFile, "Passphrase of the extract", false));
        context.options.passphrase = &context.passphrase;
    }
    return {};
}

int inspect(const CheckOptions& options) {
    CheckContext context;
    if (auto ready = prepare(options, context); !ready) return explainFailure("Not read", ready.error());
    const auto manifest = extract::readManifest(options.file, context.options);
    if (!manifest) return explainFailure("Not accepted", manifest.error());
    print(*manifest);
    return kDone;
}

int verify(const CheckOptions& options) {
    CheckContext context;
    if (auto ready = prepare(options, context); !ready) return explainFailure("Not read", ready.error());
    RunningTask task("Checking");
    const auto extract = extract::open(options.file, context.options, task.context());
    if (!extract) return explainFailure("Not accepted", extract.error());
    print(extract->manifest);
    fmt::print("  every check passed{}\n",
               extract->authenticated ? "" : "; not authenticated: nobody that we trust signed it");
    if (extract->reader)
        fmt::print("  read by a process of its own, with: {}\n", fmt::join(extract->reader->words(), ", "));
    return kDone;
}

void addCheck(CLI::App& parent, const std::string& name, const std::string& about, int (*run)(const CheckOptions&)) {
    CLI::App* command = parent.add_subcommand(name, about);
    const auto options = std::make_shared<CheckOptions>();
    command->add_option("FILE", options->file, "NAME.fxt, with NAME.fxm beside it")->required();
    command->add_option("--keys", options->keys, "Folder with unit.key and the agencies' NAME.pub");
    command->add_option("--passphrase-file", options->passphraseFile, "For an extract that was not sealed to a key");
    command->add_option("--resources", options->resources, "Folder with gateways");
    command->add_flag("--allow-unsigned", options->allowUnsigned, "Accept a manifest that nobody signed");
    command->callback([options, run] { finish(run(*options)); });
}

}  // namespace

void addExtractCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("extract", "Builds, reads and checks sealed extracts");
    parent->require_subcommand(1);
    addExtractBuild(*parent);
    addCheck(*parent, "inspect", "Shows what the manifest says; opens no data", inspect);
    addCheck(*parent, "verify", "Every check that loading makes", verify);
}

}  // namespace fairlead::cli
