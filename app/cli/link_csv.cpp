#include "app/cli/link_csv.h"

#include <algorithm>
#include <cstdio>
#include <regex>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/link_csv_output.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "core/base/file.h"
#include "core/link/csv_source.h"
#include "core/link/engine.h"
#include "core/link/evaluate.h"

namespace fairlead::cli {
namespace {

constexpr int kDoneCode = 0, kFailedCode = 1, kBadInputCode = 2, kCancelledCode = 130;

int explain(const Error& error) {
    if (error.code == ErrorCode::Cancelled) {
        fmt::print(stderr, "link: stopped; nothing was written.\n");
        return kCancelledCode;
    }
    const std::string what = error.subject.empty() ? std::string() : error.subject + ": ";
    switch (error.code) {
        case ErrorCode::NotFound: fmt::print(stderr, "link: {}there is no such file. {}\n", what, error.detail); break;
        case ErrorCode::UnknownColumn:
            fmt::print(stderr, "link: {}there is no column {}.\n", what, error.detail);
            break;
        case ErrorCode::Encoding:
            fmt::print(stderr, "link: {}the text is not UTF-8 ({}); save it as UTF-8 and try again.\n", what,
                       error.detail);
            break;
        case ErrorCode::MissingColumn:
            fmt::print(stderr, "link: {}the first line does not name columns. {}\n", what, error.detail);
            break;
        default:
            fmt::print(stderr, "link: {}{}.\n", what,
                       error.detail.empty() ? std::string(name(error.code)) : error.detail);
    }
    return error.code == ErrorCode::Io || error.code == ErrorCode::DiskFull || error.code == ErrorCode::Internal
               ? kFailedCode
               : kBadInputCode;
}

Result<std::vector<link::CsvFile>> readFiles(const LinkCsvOptions& options) {
    std::vector<link::CsvFile> files;
    for (const std::filesystem::path& path : options.files) {
        FAIRLEAD_TRY(const std::string text, readFile(path, std::uintmax_t{4} << 30U));
        const std::string file = path.filename().string();
        if (text.find('\0') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, file, "the file holds NUL bytes: it is no text");
        FAIRLEAD_TRY(CsvTable table, parseCsv(text, file));
        files.push_back({file, std::move(table)});
    }
    return files;
}

Result<link::CsvLayout> layoutOf(const LinkCsvOptions& options, const std::vector<link::CsvFile>& files) {
    link::CsvLayout layout;
    const std::vector<std::string>& header = files.front().table.header;
    layout.idColumn = options.idColumn.empty() ? link::detectIdColumn(header) : options.idColumn;
    layout.truthColumn = options.truthColumn;
    if (options.columns.empty()) {
        layout.columns = link::detectColumns(header);
        std::erase_if(layout.columns, [&](const link::CsvColumn& column) {
            return column.column == layout.truthColumn || column.column == layout.idColumn ||
                   std::ranges::any_of(files, [&](const link::CsvFile& file) {
                       return file.table.column(column.column) == CsvTable::npos;
                   });
        });
    } else {
        FAIRLEAD_TRY(layout.columns, link::parseColumnChoices(options.columns));
    }
    for (const link::CsvColumn& column : layout.columns) {
        if (column.column == layout.truthColumn)
            return fail(ErrorCode::InvalidArgument, column.column, "the truth cannot be compared");
    }
    if (layout.columns.empty()) {
        return fail(ErrorCode::InvalidArgument, files.front().name,
                    "no column has a name known here; name them with --columns role=column");
    }
    return layout;
}

Result<link::PairScope> scopeOf(const LinkCsvOptions& options) {
    const bool several = options.files.size() > 1;
    if (options.mode.empty()) return several ? link::PairScope::BetweenDatasets : link::PairScope::Everything;
    if (options.mode == "dedupe") return several ? link::PairScope::WithinDatasets : link::PairScope::Everything;
    if (options.mode == "link-and-dedupe") return link::PairScope::Everything;
    if (options.mode == "link") {
        if (several) return link::PairScope::BetweenDatasets;
        return fail(ErrorCode::InvalidArgument, "--mode", "link needs two files or more; one file is deduplicated");
    }
    return fail(ErrorCode::InvalidArgument, "--mode", "is one of dedupe, link, link-and-dedupe");
}

// The truth as numbers, one per record; empty when none was asked for.
Result<std::vector<std::uint32_t>> truthOf(const LinkCsvOptions& options, const link::CsvInput& csv) {
    std::vector<std::string> names = csv.truth;
    if (!options.truthIdPattern.empty()) {
        std::regex pattern;
        try {
            pattern.assign(options.truthIdPattern, std::regex::ECMAScript);
        } catch (const std::regex_error&) {
            return fail(ErrorCode::InvalidArgument, "--truth-id-pattern", "is no regular expression");
        }
        names.clear();
        for (const std::string& id : csv.ids) {
            // The expression is matched by recursion: a very long id would be too deep for it.
            constexpr std::size_t kLongestId = 1000;
            if (id.size() > kLongestId)
                return fail(ErrorCode::InvalidArgument, "--truth-id-pattern", "an id is longer than 1000 characters");
            std::smatch match;
            if (!std::regex_match(id, match, pattern) || match.size() < 2) {
                return fail(ErrorCode::InvalidArgument, "--truth-id-pattern",
                            fmt::format("does not fit the id {}", id));
            }
            names.push_back(match[1].str());
        }
    }
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> truth;
    for (const std::string& name : names)
        truth.push_back(numbers.emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second);
    return truth;
}

Result<link::Model> modelOf(const LinkCsvOptions& options, const link::CsvLayout& layout) {
    link::Model model = link::modelFor(layout.columns);
    if (!options.modelFile.empty()) {
        FAIRLEAD_TRY(const std::string text, readFile(options.modelFile));
        FAIRLEAD_TRY(model, link::parseModel(text, options.modelFile.filename().string()));
    }
    if (model.comparisons.empty())
        return fail(ErrorCode::InvalidArgument, "--columns", "name a column that can be compared");
    if (options.acceptBits) model.acceptBits = *options.acceptBits;
    if (options.reviewBits) model.reviewBits = *options.reviewBits;
    if (!options.reviewBits && options.acceptBits) model.reviewBits = std::min(model.reviewBits, model.acceptBits);
    if (model.reviewBits > model.acceptBits) return fail(ErrorCode::InvalidArgument, "--review", "is above --accept");
    return model;
}

// Nicknames are of use but not needed: without the shipped table their level is never reached. A table that was
// asked for must be there.
Result<link::NameVariants> variantsOf(const LinkCsvOptions& options) {
    std::filesystem::path path = options.nicknamesFile;
    if (path.empty()) {
        const auto resources = findResources({});
        if (!resources || !std::filesystem::exists(*resources / "linkage" / "nicknames.csv"))
            return link::NameVariants{};
        path = *resources / "linkage" / "nicknames.csv";
    }
    FAIRLEAD_TRY(const std::string text, readFile(path));
    return link::parseNameVariants(text, path.filename().string());
}

Status run(const LinkCsvOptions& options) {
    if (options.files.empty()) return fail(ErrorCode::InvalidArgument, "", "name at least one CSV file");
    RunningTask running("link");
    FAIRLEAD_TRY(const std::vector<link::CsvFile> files, readFiles(options));
    FAIRLEAD_TRY(const link::CsvLayout layout, layoutOf(options, files));
    FAIRLEAD_TRY(link::CsvInput csv, link::buildCsvInput(files, layout));
    FAIRLEAD_TRY(csv.input.scope, scopeOf(options));
    for (link::DatasetTraits& traits : csv.input.datasets) traits.onePersonPerRow = options.uniqueRows;
    FAIRLEAD_TRY(const std::vector<std::uint32_t> truth, truthOf(options, csv));
    FAIRLEAD_TRY(const link::Model model, modelOf(options, layout));
    printLayout(layout);
    link::LinkOptions linkOptions;
    linkOptions.threads = options.threads;
    linkOptions.estimate = options.modelFile.empty();
    if (options.compareAllBelow) linkOptions.fullProductPairs = *options.compareAllBelow;
    FAIRLEAD_TRY(linkOptions.variants, variantsOf(options));
    const double readSeconds = running.seconds();
    FAIRLEAD_TRY(link::LinkResult result, link::link(csv.input, model, {}, linkOptions, running.context()));
    result.report.stages.insert(result.report.stages.begin(), {"read", readSeconds});
    std::optional<link::Evaluation> evaluation;
    if (!truth.empty()) evaluation = link::evaluate(csv.input, result, truth);
    printResult(result, evaluation);
    FAIRLEAD_OK(writePairs(options.pairsFile, csv, result));
    FAIRLEAD_OK(writeClusters(options.clustersFile, csv, result));
    return writeReport(options.reportFile, result, evaluation, running.seconds());
}

}  // namespace

int runLinkCsv(const LinkCsvOptions& options) {
    const Status status = run(options);
    return status ? kDoneCode : explain(status.error());
}

}  // namespace fairlead::cli

void addLinkCommand(CLI::App& app) {
    auto options = std::make_shared<fairlead::cli::LinkCsvOptions>();
    CLI::App* command = app.add_subcommand("link", "Links or dedupes plain CSV files; needs no workspace.");
    command->add_option("files", options->files, "One CSV file to dedupe, or several to link")->required();
    command->add_option("--id", options->idColumn, "Column with the row's id");
    command
        ->add_option("--columns", options->columns,
                     "role=column, e.g. forename=given_name,dob=date_of_birth:YYYYMMDD,text=suburb")
        ->delimiter(',');
    command->add_option("--mode", options->mode, "dedupe, link or link-and-dedupe");
    command->add_option("--model", options->modelFile,
                        "Model file; without one the parameters are estimated from the data");
    command->add_option("--truth", options->truthColumn,
                        "Column that says who is who: measured against, never compared");
    command->add_option("--truth-id-pattern", options->truthIdPattern,
                        "Regular expression whose first group is the person, e.g. 'rec-(\\d+)-.*'");
    command->add_option("--accept", options->acceptBits, "Match weight in bits from which a link is accepted");
    command->add_option("--review", options->reviewBits, "Match weight in bits from which a link is kept for review");
    command->add_option("--threads", options->threads, "Threads; 0 = all. The result is the same");
    command->add_option("--pairs", options->pairsFile, "Write the links with weight, probability and levels");
    command->add_option("--clusters", options->clustersFile, "Write each row's person");
    command->add_option("--report", options->reportFile, "Write what was done and how good it is, as JSON");
    command->add_option("--nicknames", options->nicknamesFile, "Table of names that stand for each other");
    command->add_option("--compare-all-below", options->compareAllBelow,
                        "Compare every pair when there are no more than this many; else by rules");
    command->add_flag("--unique-rows", options->uniqueRows, "Each file holds a person once");
    command->callback([options] {
        const int code = fairlead::cli::runLinkCsv(*options);
        if (code != 0) throw CLI::RuntimeError(code);
    });
}
