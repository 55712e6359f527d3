// What `fairlead-cli link` prints and writes.

#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "app/cli/link_csv.h"
#include "app/cli/metrics_output.h"
#include "app/cli/output_files.h"
#include "app/cli/running_task.h"
#include "core/splink/export.h"

namespace fairlead::cli {

/// Where results go; empty: not written.
struct LinkFiles {
    std::filesystem::path pairs, clusters, model, report;
    std::filesystem::path splinkTables;  ///< A folder that is there.
};

/// One parameter of the model that was used.
struct UsedParameter {
    std::string comparison, level, label;
    std::optional<double> m, u, relative;  ///< Nothing where the model has none.
    std::string mSource, uSource;
};

/// A finished job, in the same form whatever kind of model scored it.
struct LinkOutcome {
    CsvJob job;               ///< Without its input.
    link::LinkResult result;  ///< `model` only says thresholds and prior where another kind of model scored.
    std::vector<std::string> comparisons;
    /// The level that a link (its position, itself) reached in a comparison (by position), in words.
    std::function<std::string_view(std::size_t, const link::ScoredLink&, std::size_t)> levelOf;
    std::vector<UsedParameter> parameters;
    std::string modelText;                       ///< For --save-model.
    std::optional<link::Evaluation> evaluation;  ///< Where the truth is known.
    std::optional<splink::Export> forSplink;     ///< For --splink-tables.
};

/// The outcome of our own kind of model.
LinkOutcome outcomeOf(CsvJob job, link::LinkResult result);

/// Prints which column is taken as what, with the format where there is one, and which take no part.
void printLayout(const CsvJob& job);
/// Prints counts, rules, notes and, where the truth is known, how good the result is.
void printOutcome(const LinkOutcome& outcome);

/// Writes what was asked for into `files`, not published yet: links (ids, weight, probability, what became of them, the
/// level of each comparison in words), each row's person, the model, the tables for Splink, and the report as JSON.
/// Error: Cancelled; those of a file come from OutputFiles::publish.
Status writeLinkFiles(const LinkFiles& wanted, const LinkOutcome& outcome, RunningTask& running, OutputFiles& files);

}  // namespace fairlead::cli
