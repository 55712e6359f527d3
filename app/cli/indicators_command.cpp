// indicators list, show, check, test: definition files without a workspace.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/folder.h"
#include "core/indicator/case_file.h"
#include "core/indicator/definition.h"
#include "core/indicator/rule_text.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using indicator::Definition;

Result<std::vector<std::filesystem::path>> filesOf(const std::filesystem::path& folder, std::string_view ending) {
    FAIRLEAD_TRY(const auto names, namesIn(folder));
    std::vector<std::filesystem::path> paths;
    for (const std::string& name : names)
        if (name.ends_with(ending)) paths.push_back(folder / name);
    if (paths.empty())
        return fail(ErrorCode::NotFound, folder.filename().string(), fmt::format("no {} file in it", ending));
    return paths;
}

Result<Definition> readDefinition(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const std::string text, readFile(path));
    return indicator::parseDefinition(text, path.filename().string());
}

Result<std::vector<Definition>> readDefinitions(const std::filesystem::path& resources) {
    FAIRLEAD_TRY(const auto found, findResources(resources));
    std::vector<Definition> definitions;
    FAIRLEAD_TRY(const auto paths, filesOf(found / "indicators", ".toml"));
    for (const auto& path : paths) {
        FAIRLEAD_TRY(auto definition, readDefinition(path));
        definitions.push_back(std::move(definition));
    }
    return indicator::orderedDefinitions(std::move(definitions));
}

json::array textsOf(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object jsonOf(const Definition& definition) {
    return {{"id", definition.id},
            {"version", definition.version},
            {"title", definition.title},
            {"group", indicator::entry(definition.group).id},
            {"status", indicator::name(definition.status)},
            {"rule", definition.rule},
            {"new_rule", indicator::plainNewRule(definition)},
            {"datasets", textsOf(definition.datasets)},
            {"purposes", textsOf(definition.purposes)},
            {"gateways", textsOf(definition.gateways)},
            {"outcome", definition.outcome},
            {"review_by", definition.reviewBy.iso()}};
}

void print(std::string_view title, const std::vector<std::string>& lines) {
    fmt::print("\n{}\n", title);
    for (const std::string& line : lines) fmt::print("  {}\n", line);
}

void print(const Definition& definition) {
    fmt::print("{} ({} version {}, {})\n{}\n{}\n", definition.title, definition.id, definition.version,
               indicator::name(definition.status), definition.rule, indicator::plainNewRule(definition));
    if (definition.combination == indicator::Combination::Points) {
        fmt::print("\nPoints, {} or more\n", definition.threshold);
        for (const indicator::Criterion& line : definition.criteria) fmt::print("  {}  {}\n", line.points, line.label);
    }
    print("Why", {definition.rationale});
    print("Wrong when", definition.falsePositives);
    print("Equality", {definition.equalityNote});
    print("To challenge it", {definition.challenge});
    print("Datasets", definition.datasets);
    print("Gateways", definition.gateways);
    fmt::print("\nOutcome: {}. Owner: {}. Review by {}.\n", definition.outcome, definition.owner,
               definition.reviewBy.uk());
}

struct IndicatorsOptions {
    std::filesystem::path resources;
    std::filesystem::path path;
    std::string id;
    bool json = false;
};

int runList(const IndicatorsOptions& options) {
    const auto definitions = readDefinitions(options.resources);
    if (!definitions) return explainFailure("Not listed", definitions.error());
    json::array list;
    for (const Definition& definition : *definitions) {
        if (options.json)
            list.push_back(jsonOf(definition));
        else
            fmt::print("{:<24} v{:<3} {:<9} {:<18} {}\n", definition.id, definition.version,
                       indicator::name(definition.status), indicator::entry(definition.group).id, definition.title);
    }
    if (options.json) printJson(list);
    return kDone;
}

int runShow(const IndicatorsOptions& options) {
    const auto definitions = readDefinitions(options.resources);
    if (!definitions) return explainFailure("Not shown", definitions.error());
    const auto at = indicator::findDefinition(*definitions, options.id);
    if (!at) return explainFailure("Not shown", {ErrorCode::NotFound, options.id, "no indicator has this id"});
    if (options.json)
        printJson(jsonOf((*definitions)[*at]));
    else
        print((*definitions)[*at]);
    return kDone;
}

int runCheck(const IndicatorsOptions& options) {
    const auto definition = readDefinition(options.path);
    if (!definition) return explainFailure("Refused", definition.error());
    fmt::print("{} version {} can be used.\n", definition->id, definition->version);
    return kDone;
}

struct CaseTally {
    std::size_t cases = 0, wrong = 0;
};

void print(const std::string& file, const CaseTally& tally) {
    fmt::print("{}: {} of {} cases right\n", file, tally.cases - tally.wrong, tally.cases);
}

/// The cases of a file; prints each that is wrong.
Result<CaseTally> testFile(const std::filesystem::path& path, const std::vector<Definition>& definitions) {
    FAIRLEAD_TRY(const std::string text, readFile(path));
    const std::string file = path.filename().string();
    FAIRLEAD_TRY(const auto cases, indicator::parseCases(text, file));
    const auto at = indicator::findDefinition(definitions, cases.indicator);
    if (!at) return fail(ErrorCode::NotFound, cases.indicator, file + " names an indicator that there is not");
    CaseTally tally{cases.cases.size(), 0};
    for (const indicator::WorkedCase& one : cases.cases) {
        const indicator::CaseOutcome outcome = indicator::runCase(definitions[*at], one);
        if (outcome.isRight) continue;
        ++tally.wrong;
        fmt::print("{}:{}: {}\n  gives: {}\n", file, one.line, one.name, outcome.found);
    }
    print(file, tally);
    return tally;
}

/// A .case file, or all of a folder.
Result<CaseTally> testAll(const IndicatorsOptions& options) {
    FAIRLEAD_TRY(const auto definitions, readDefinitions(options.resources));
    if (!std::filesystem::is_directory(options.path)) return testFile(options.path, definitions);
    FAIRLEAD_TRY(const auto files, filesOf(options.path, ".case"));
    CaseTally sum;
    for (const auto& file : files) {
        FAIRLEAD_TRY(const CaseTally tally, testFile(file, definitions));
        sum.cases += tally.cases;
        sum.wrong += tally.wrong;
    }
    print(fmt::format("{} files", files.size()), sum);
    return sum;
}

int runTest(const IndicatorsOptions& options) {
    const auto tally = testAll(options);
    if (!tally) return explainFailure("Not tested", tally.error());
    return tally->wrong == 0 ? kDone : kRefused;
}

}  // namespace

void addIndicatorsCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("indicators", "Indicator definitions and their worked cases");
    command->require_subcommand(1);
    const auto options = std::make_shared<IndicatorsOptions>();
    command->add_option("--resources", options->resources, "Folder with indicators/; else the one that ships");
    CLI::App* list = command->add_subcommand("list", "Every definition");
    list->add_flag("--json", options->json, "As JSON");
    list->callback([options] { finish(runList(*options)); });
    CLI::App* show = command->add_subcommand("show", "One definition in words");
    show->add_option("ID", options->id, "Id of the indicator")->required();
    show->add_flag("--json", options->json, "As JSON");
    show->callback([options] { finish(runShow(*options)); });
    CLI::App* check = command->add_subcommand("check", "Says whether a definition file can be used, and why not");
    check->add_option("FILE", options->path, "A .toml file")->required()->check(CLI::ExistingFile);
    check->callback([options] { finish(runCheck(*options)); });
    CLI::App* test = command->add_subcommand("test", "Runs worked cases");
    test->add_option("CASES", options->path, "A .case file, or a folder of them")->required()->check(CLI::ExistingPath);
    test->callback([options] { finish(runTest(*options)); });
}

}  // namespace fairlead::cli
