#include "app/cli/extract_build.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/convert/convert.h"
#include "core/extract/extract.h"
#include "core/extract/key_files.h"

namespace fairlead::cli {

namespace {

struct BuildOptions {
    std::string mapping;
    std::vector<std::filesystem::path> inputs;
    std::string agency;
    std::string dataset;
    std::filesystem::path out;
    std::vector<std::string> schools;
    std::filesystem::path signer;
    std::filesystem::path unit;
    std::filesystem::path passphraseFile;
    std::filesystem::path qualityReport;
    std::filesystem::path resources;
    std::filesystem::path previous;
    std::int64_t sequence = 1;
    std::vector<std::string> period;
    std::string dataAsAt;
    std::string retainUntil;
    std::string purpose = "safeguarding_review";
    std::string regime = "uk_gdpr";
    std::vector<std::string> gateways;
    std::string agreement;
    std::string dpia;
    std::string lawfulBasis;
    std::string contact;
    std::string knownGaps;
};

Result<Date> dateOption(std::string_view option, const std::string& text) {
    if (const auto date = Date::fromIso(text)) return *date;
    return fail(ErrorCode::InvalidArgument, std::string(option), "write the date as YYYY-MM-DD");
}

/// "S7=107654" -> S7 -> 107654; a number alone stands for the file's only school.
Result<std::map<std::string, std::int64_t>> schoolsOf(const BuildOptions& options) {
    std::map<std::string, std::int64_t> schools;
    for (const std::string& text : options.schools) {
        const auto equals = text.find('=');
        const auto urn =
            equals == std::string::npos ? std::nullopt : parseInteger(std::string_view(text).substr(equals + 1));
        if (!urn) return fail(ErrorCode::InvalidArgument, "--school", "write ID=URN");
        schools[text.substr(0, equals)] = *urn;
    }
    return schools;
}

Result<extract::Manifest> draftOf(const BuildOptions& options, const convert::Mapping& mapping) {
    extract::Manifest draft;
    draft.agency = options.agency.empty() ? mapping.agency : options.agency;
    draft.dataset = options.dataset.empty() ? mapping.dataset : options.dataset;
    draft.onePersonPerRow = mapping.onePersonPerRow;
    draft.sequence = options.sequence;
    FAIRLEAD_TRY(draft.periodFrom, dateOption("--period", options.period[0]));
    FAIRLEAD_TRY(draft.periodUntil, dateOption("--period", options.period[1]));
    draft.dataAsAt = draft.periodUntil - 1;
    if (!options.dataAsAt.empty()) {
        FAIRLEAD_TRY(draft.dataAsAt, dateOption("--data-as-at", options.dataAsAt));
    }
    draft.extractedOn = SystemClock().today();
    constexpr int kKeptDays = 35;  // Until the next month's delivery is there.
    draft.retainUntil = draft.extractedOn + kKeptDays;
    if (!options.retainUntil.empty()) {
        FAIRLEAD_TRY(draft.retainUntil, dateOption("--retain-until", options.retainUntil));
    }
    draft.purpose = options.purpose;
    draft.regime = options.regime;
    draft.gateways = options.gateways;
    draft.agreementRef = options.agreement;
    draft.dpiaRef = options.dpia;
    draft.lawfulBasis = options.lawfulBasis;
    draft.contact = options.contact;
    draft.knownGaps = options.knownGaps;
    if (!options.previous.empty()) {
        FAIRLEAD_TRY(const std::string before, readFile(options.previous));
        // The manifest is the first line; the signature is the second.
        FAIRLEAD_TRY(const auto manifest, extract::parseManifest(std::string_view(before).substr(0, before.find('\n')),
                                                                 options.previous.filename().string()));
        draft.previousManifestSha256 = extract::manifestSha256(manifest);
    }
    return draft;
}

Result<convert::Converted> convertFiles(const BuildOptions& options, const convert::Mapping& mapping,
                                        const extract::Manifest& draft, TaskContext& task) {
    std::vector<convert::InputFile> files;
    for (const auto& path : options.inputs) {
        FAIRLEAD_TRY(std::string text, readFile(path));
        files.push_back({path.filename().string(), std::move(text)});
    }
    convert::ConvertOptions wanted;
    wanted.periodFrom = draft.periodFrom;
    wanted.periodUntil = draft.periodUntil;
    FAIRLEAD_TRY(wanted.schools, schoolsOf(options));
    return convert::convert(mapping, std::move(files), wanted, task);
}

/// Keys in hand while the extract is sealed.
struct SealingKeys {
    extract::KeyPairs signer;
    crypto::Secret passphrase;
    extract::Sealing sealing;
};

Status readSealing(const BuildOptions& options, SealingKeys& keys) {
    if (!options.signer.empty()) {
        FAIRLEAD_TRY(keys.signer, extract::readKeyPairs(options.signer));
        if (!keys.signer.sign)
            return fail(ErrorCode::InvalidArgument, options.signer.filename().string(), "it holds no signing key");
        keys.sealing.signer = &*keys.signer.sign;
    }
    if (!options.unit.empty()) {
        FAIRLEAD_TRY(const auto unit, extract::readPublicKeys(options.unit));
        if (!unit.seal)
            return fail(ErrorCode::InvalidArgument, options.unit.filename().string(), "it holds no key to seal to");
        keys.sealing.units.push_back(*unit.seal);
        return {};
    }
    FAIRLEAD_TRY(keys.passphrase, readPassphrase(options.passphraseFile, "Passphrase for the extract", true));
    keys.sealing.passphrase = &keys.passphrase;
    return {};
}

Result<extract::Manifest> build(const BuildOptions& options, TaskContext& task) {
    std::filesystem::path mappingFile = options.mapping;
    if (!std::filesystem::exists(mappingFile)) {
        FAIRLEAD_TRY(const auto resources, findResources(options.resources));
        mappingFile = resources / "mappings" / (options.mapping + ".toml");
    }
    FAIRLEAD_TRY(const auto mapping, convert::loadMapping(mappingFile));
    FAIRLEAD_TRY(const auto draft, draftOf(options, mapping));
    SealingKeys keys;
    FAIRLEAD_OK(readSealing(options, keys));
    FAIRLEAD_TRY(const auto converted, convertFiles(options, mapping, draft, task));
    if (!options.qualityReport.empty()) {
        const bool asJson = options.qualityReport.extension() == ".json";
        FAIRLEAD_OK(writeFileAtomically(options.qualityReport,
                                        asJson ? convert::json(converted.report) : convert::text(converted.report)));
    }
    FAIRLEAD_TRY(auto manifest, extract::build(converted.rows, draft, keys.sealing, options.out, task));
    std::size_t findings = 0;
    for (const convert::Finding& finding : converted.report.findings()) findings += finding.total;
    fmt::print("{} findings in the source files{}\n", findings,
               options.qualityReport.empty() ? "; --quality-report FILE lists them" : "");
    return manifest;
}

int run(const BuildOptions& options) {
    RunningTask task("Building");
    const auto manifest = build(options, task.context());
    if (!manifest) return explainFailure("Not built", manifest.error());
    fmt::print("{}: {}\n", options.out.string(), manifest->label());
    for (const auto& [table, digest] : manifest->tables) fmt::print("  {:<14} {} rows\n", table, digest.rows);
    return kDone;
}

void addManifestOptions(CLI::App& command, BuildOptions& options) {
    command.add_option("--sequence", options.sequence, "Number of the delivery: 1, 2, 3 ...");
    command.add_option("--previous", options.previous, "Manifest (NAME.fxm) of the delivery before it");
    command.add_option("--period", options.period, "FROM UNTIL: the facts cover the days from FROM to before UNTIL")
        ->expected(2)
        ->required();
    command.add_option("--data-as-at", options.dataAsAt,
                       "Open statuses are known to hold until here; else the last day of the period");
    command.add_option("--retain-until", options.retainUntil, "May be kept up to this day; else for 35 days");
    command.add_option("--purpose", options.purpose, "Purpose of the disclosure");
    command.add_option("--regime", options.regime, "uk_gdpr or dpa_part_3");
    command.add_option("--gateway", options.gateways, "Id of a legal gateway; may be repeated")
        ->required()
        ->allow_extra_args(false);  // else the files that follow it would be taken for gateways
    command.add_option("--agreement", options.agreement, "Data sharing agreement")->required();
    command.add_option("--dpia", options.dpia, "Data protection impact assessment")->required();
    command.add_option("--lawful-basis", options.lawfulBasis, "Lawful basis and condition")->required();
    command.add_option("--contact", options.contact, "Whom to ask at the agency")->required();
    command.add_option("--known-gaps", options.knownGaps, "What is known to be missing");
}

}  // namespace

void addExtractBuild(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("build", "Turns files of a real format into a sealed extract");
    const auto options = std::make_shared<BuildOptions>();
    command->add_option("INPUT", options->inputs, "The files of one delivery")->required()->check(CLI::ExistingFile);
    command->add_option("--mapping", options->mapping, "school-census, ssda903, or a mapping document")->required();
    command->add_option("--agency", options->agency, "Agency; else the mapping's");
    command->add_option("--dataset", options->dataset, "Dataset; else the mapping's");
    command->add_option("--out", options->out, "NAME.fxt; NAME.fxm is written beside it")->required();
    command
        ->add_option("--school", options->schools,
                     "ID=URN: the number of a school that the files name by ID; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--sign", options->signer, "The agency's NAME.key");
    command->add_option("--unit", options->unit,
                        "NAME.pub of the unit it is sealed to; else a passphrase is asked for");
    command->add_option("--passphrase-file", options->passphraseFile, "File with the extract's passphrase");
    command->add_option("--quality-report", options->qualityReport, "What is wrong in the files (.json or text)");
    command->add_option("--resources", options->resources, "Folder with mappings");
    addManifestOptions(*command, *options);
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
