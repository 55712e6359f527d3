#include "app/cli/link_csv.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <regex>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/splink/export.h"

namespace fairlead::cli {
namespace {

Result<std::vector<link::CsvText>> readFiles(const CsvJobOptions& options, TaskContext& task) {
    std::vector<link::CsvText> files;
    for (const std::filesystem::path& path : options.files) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(std::string bytes, readFile(path, std::uintmax_t{4} << 30U));
        FAIRLEAD_TRY(link::CsvText file, link::openCsv(path.filename().string(), std::move(bytes)));
        files.push_back(std::move(file));
    }
    return files;
}

Status settleLayout(const CsvJobOptions& options, const std::vector<link::CsvText>& files, CsvJob& job) {
    link::CsvLayout& layout = job.layout;
    layout.truthColumn = options.truthColumn;
    layout.groupColumn = options.groupColumn;
    std::vector<std::string> reserved;
    // Not the group column: figures by it must not change what is compared.
    for (const std::string& column : {options.truthColumn, options.idColumn})
        if (!column.empty()) reserved.push_back(column);
    link::CsvDetection found = link::detectLayout(files, options.idColumn, reserved);
    layout.idColumn = options.idColumn.empty() ? found.idColumn : options.idColumn;
    if (options.columns.empty()) {
        layout.columns = std::move(found.columns);
        job.leftOut = std::move(found.leftOut);
        job.notes = std::move(found.notes);
    } else {
        FAIRLEAD_TRY(layout.columns, link::parseColumnChoices(options.columns));
        job.notes = link::findDateFormats(files, layout.columns);
    }
    for (const link::CsvColumn& column : layout.columns) {
        if (column.column == layout.truthColumn)
            return fail(ErrorCode::InvalidArgument, column.column, "the truth cannot be compared");
    }
    if (!layout.columns.empty()) return {};
    return fail(ErrorCode::InvalidArgument, files.front().name,
                "no column has a name known here; name them with --columns role=column");
}

Status takeRecords(const CsvJobOptions& options, link::CsvRecords records, CsvJob& job) {
    job.truth = std::move(records.truth);
    if (!options.truthIdPattern.empty()) {
        FAIRLEAD_TRY(job.truth, personsInIds(options.truthIdPattern, records.ids));
    }
    job.ids = std::move(records.ids);
    if (!options.groupColumn.empty()) {
        std::vector<std::string> values;
        for (std::uint32_t group = 0; group < records.groups.size(); ++group)
            values.emplace_back(records.groups.text(group));
        FAIRLEAD_OK(numberGroups(records.group, link::kNoValue, values, job));
    }
    job.notes.insert(job.notes.end(), records.notes.begin(), records.notes.end());
    job.input = std::move(records.encoded);
    job.input.setup.scope = job.scope;
    for (link::DatasetTraits& traits : job.input.setup.datasets) {
        traits.onePersonPerRow = options.uniqueRows;
        job.files.push_back(traits.name);
    }
    job.datasets = job.input.columns.datasets;
    return {};
}

Result<link::Model> modelOf(const CsvJobOptions& options, const link::CsvLayout& layout) {
    link::Model model = link::modelFor(layout.columns);
    if (!options.modelFile.empty()) {
        FAIRLEAD_TRY(const std::string text, readFile(options.modelFile));
        FAIRLEAD_TRY(auto ours, splink::ownModelIn(text, options.modelFile.filename().string()));
        if (!ours)
            return fail(ErrorCode::InvalidArgument, "--model",
                        "is a model of Splink, and only `link` and `explain` take one");
        model = std::move(*ours);
    }
    if (model.comparisons.empty())
        return fail(ErrorCode::InvalidArgument, "--columns", "name a column that can be compared");
    FAIRLEAD_OK(setThresholds(options, model));
    return model;
}

// Nicknames are of use but not needed: without the shipped table their level is never reached. A table that was
// asked for must be there.
Result<link::NameVariants> variantsOf(const CsvJobOptions& options) {
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

}  // namespace

Result<link::PairScope> scopeOf(const CsvJobOptions& options) {
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

Status setThresholds(const CsvJobOptions& options, link::Model& model) {
    for (const auto& [option, bits] : {std::pair("--accept", options.acceptBits), {"--review", options.reviewBits}}) {
        if (bits && !std::isfinite(*bits)) return fail(ErrorCode::InvalidArgument, option, "is a number of bits");
    }
    if (options.acceptBits) model.acceptBits = *options.acceptBits;
    if (options.reviewBits) model.reviewBits = *options.reviewBits;
    if (!options.reviewBits && options.acceptBits) model.reviewBits = std::min(model.reviewBits, model.acceptBits);
    if (model.reviewBits > model.acceptBits)
        return fail(ErrorCode::InvalidArgument, "--review",
                    fmt::format("{} bits is above --accept {} bits: what needs a reader lies below what is accepted",
                                model.reviewBits, model.acceptBits));
    return {};
}

Result<std::vector<std::uint32_t>> personsInIds(const std::string& expression, const link::RowTexts& ids) {
    std::regex pattern;
    try {
        pattern.assign(expression, std::regex::ECMAScript);
    } catch (const std::regex_error&) {
        return fail(ErrorCode::InvalidArgument, "--truth-id-pattern", "is no regular expression");
    }
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> persons;
    persons.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
        // The expression is matched by recursion: a very long id would be too deep for it.
        constexpr std::size_t kLongestId = 1000;
        const std::string_view id = ids[row];
        if (id.size() > kLongestId)
            return fail(ErrorCode::InvalidArgument, "--truth-id-pattern", "an id is longer than 1000 characters");
        std::cmatch match;
        if (!std::regex_match(id.data(), id.data() + id.size(), match, pattern) || match.size() < 2)
            return fail(ErrorCode::InvalidArgument, "--truth-id-pattern", fmt::format("does not fit the id {}", id));
        persons.push_back(numbers.emplace(match[1].str(), static_cast<std::uint32_t>(numbers.size())).first->second);
    }
    return persons;
}

Status numberGroups(std::span<const std::uint32_t> groups, std::uint32_t none, std::span<const std::string> values,
                    CsvJob& job) {
    if (job.truth.empty() && job.ids.size() > 0)
        return fail(ErrorCode::InvalidArgument, "--by",
                    "needs --truth or --truth-id-pattern: without a truth nothing is known to be right or wrong");
    std::map<std::string, std::uint32_t, std::less<>> numbers;
    for (const std::string& value : values) numbers.emplace(value, 0);
    if (std::ranges::find(groups, none) != groups.end()) numbers.emplace("", 0);
    for (auto& [value, number] : numbers) {
        number = static_cast<std::uint32_t>(job.groupNames.size());
        job.groupNames.push_back(value);
    }
    job.groups.reserve(groups.size());
    for (const std::uint32_t group : groups)
        job.groups.push_back(
            numbers.find(group == none ? std::string_view() : std::string_view(values[group]))->second);
    return {};
}

Result<CsvJob> readCsvJob(const CsvJobOptions& options, TaskContext& task) {
    CsvJob job;
    task.begin(Phase::Reading, 0);
    FAIRLEAD_TRY(std::vector<link::CsvText> files, readFiles(options, task));
    FAIRLEAD_OK(settleLayout(options, files, job));
    FAIRLEAD_TRY(job.scope, scopeOf(options));
    FAIRLEAD_TRY(job.model, modelOf(options, job.layout));
    FAIRLEAD_TRY(job.link.variants, variantsOf(options));
    job.link.threads = options.threads;
    job.link.estimate = options.modelFile.empty();
    if (options.compareAllBelow) job.link.fullProductPairs = *options.compareAllBelow;
    FAIRLEAD_TRY(link::CsvRecords records,
                 link::readCsv(std::move(files), job.layout, job.link.variants, options.threads, task));
    FAIRLEAD_OK(takeRecords(options, std::move(records), job));
    return job;
}

void addCsvJobOptions(CLI::App& command, CsvJobOptions& options) {
    command.add_option("FILES", options.files, "One CSV file to dedupe, or several to link")->required();
    command.add_option("--id", options.idColumn, "Column with the row's id");
    command
        .add_option("--columns", options.columns,
                    "role=column, e.g. forename=given_name,dob=date_of_birth:YYYYMMDD,text=suburb")
        ->delimiter(',');
    command.add_option("--mode", options.mode, "dedupe, link or link-and-dedupe");
    command.add_option("--model", options.modelFile,
                       "Model file; without one the parameters are estimated from the data");
    command.add_option("--accept", options.acceptBits, "Match weight in bits from which a link is accepted");
    command.add_option("--review", options.reviewBits, "Match weight in bits from which a link is kept for review");
    command.add_option("--threads", options.threads, "Threads; 0 = all. The result is the same");
    command.add_option("--nicknames", options.nicknamesFile, "Table of names that stand for each other");
    command.add_option("--compare-all-below", options.compareAllBelow,
                       "Compare every pair when there are no more than this many; else by rules");
    command.add_flag("--unique-rows", options.uniqueRows, "Each file holds a person once");
}

int explainCsvFailure(std::string_view command, const Error& error) {
    const std::string what = error.subject.empty() ? std::string() : error.subject + ": ";
    const auto say = [&](const std::string& sentence) { fmt::print(stderr, "{}: {}{}\n", command, what, sentence); };
    switch (error.code) {
        case ErrorCode::Cancelled: say("stopped; nothing was written."); return kCancelled;
        case ErrorCode::NotFound: say(fmt::format("there is no such file or folder. {}", error.detail)); break;
        case ErrorCode::UnknownColumn: say(fmt::format("there is no column {}.", error.detail)); break;
        case ErrorCode::Encoding:
            say(fmt::format("the text is not UTF-8 ({}); save it as UTF-8 and try again.", error.detail));
            break;
        case ErrorCode::MissingColumn: say(fmt::format("columns are missing: {}.", error.detail)); break;
        default: say((error.detail.empty() ? std::string(name(error.code)) : error.detail) + ".");
    }
    const bool ours =
        error.code == ErrorCode::Io || error.code == ErrorCode::DiskFull || error.code == ErrorCode::Internal;
    return ours ? kRefused : kUsage;
}

}  // namespace fairlead::cli
