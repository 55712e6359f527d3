// Plain CSV files as a linkage job, without a workspace: what `link` and `explain` share.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/csv_detect.h"
#include "core/link/csv_layout.h"
#include "core/link/csv_reading.h"
#include "core/link/engine.h"
#include "core/link/evaluate.h"

namespace CLI {
class App;
}

namespace fairlead::cli {

/// What to link and how; empty or unset = detected or default.
struct CsvJobOptions {
    std::vector<std::filesystem::path> files;
    std::string idColumn;
    std::vector<std::string> columns;  ///< "forename=given_name", "dob=date_of_birth:YYYYMMDD", "text=suburb".
    std::string mode;                  ///< "dedupe", "link", "link-and-dedupe"; empty: by the number of files.
    std::string truthColumn;
    std::string truthIdPattern;
    std::string groupColumn;  ///< --by; needs a truth.
    std::filesystem::path modelFile;
    std::optional<double> acceptBits;
    std::optional<double> reviewBits;
    unsigned threads = 0;
    std::filesystem::path nicknamesFile;           ///< Empty: the shipped table where it is found, else none.
    std::optional<std::uint64_t> compareAllBelow;  ///< Compare every pair up to this many; above, by rules.
    bool uniqueRows = false;                       ///< Each file holds a person once (one-to-one between files).
};

/// The files read, and everything that linking them needs.
struct CsvJob {
    link::CsvLayout layout;
    std::vector<link::LeftOutColumn> leftOut;  ///< Columns that were looked at and take no part.
    link::EncodedInput input;                  ///< For link(), which takes it; records are numbered by position.
    link::RowTexts ids;
    std::vector<std::string> files;       ///< By dataset.
    std::vector<std::uint16_t> datasets;  ///< Per record.
    link::PairScope scope = link::PairScope::Everything;
    std::vector<std::uint32_t> truth;     ///< Per record; empty when none was asked for.
    std::vector<std::uint32_t> groups;    ///< Per record; empty without --by.
    std::vector<std::string> groupNames;  ///< By number, ascending; "" for no value.
    link::Model model;
    link::LinkOptions link;
    std::vector<std::string> notes;  ///< Plain sentences about the files.

    /// The file that a record comes from.
    [[nodiscard]] const std::string& fileOf(std::size_t record) const { return files[datasets[record]]; }
    /// What evaluation needs; the job outlives it. REQUIRES: truth is not empty.
    [[nodiscard]] link::Truth truthView() const { return {truth, {}, datasets, scope, groups}; }
};

/// Adds the options that say what is linked and how; FILES is the first of them.
void addCsvJobOptions(CLI::App& command, CsvJobOptions& options);

/// Reads the files and settles columns, model and thresholds. Errors: those of the files and options, each with the
/// file, the line or the option that it is about; Cancelled.
Result<CsvJob> readCsvJob(const CsvJobOptions& options, TaskContext& task);

// What readCsvJob is made of, for a job that another kind of model scores.

/// Which pairs --mode asks for; by default between several files, and everything in one. Errors: InvalidArgument.
Result<link::PairScope> scopeOf(const CsvJobOptions& options);
/// Sets --accept and --review. Errors: InvalidArgument (no number, the wrong way round).
Status setThresholds(const CsvJobOptions& options, link::Model& model);
/// The person in each id, by the first group of the pattern, numbered. Errors: InvalidArgument.
Result<std::vector<std::uint32_t>> personsInIds(const std::string& expression, const link::RowTexts& ids);
/// Sets the job's groups, numbered by value: `groups` points into `values`, `none` is no value.
/// Errors: InvalidArgument when the job has no truth.
Status numberGroups(std::span<const std::uint32_t> groups, std::uint32_t none, std::span<const std::string> values,
                    CsvJob& job);

/// Prints "COMMAND: what is wrong" to stderr in one sentence and gives the exit code that fits.
int explainCsvFailure(std::string_view command, const Error& error);

}  // namespace fairlead::cli
