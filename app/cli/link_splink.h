// `link` and `explain` with a model in Splink's own format: scored as Splink scores it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "app/cli/link_csv_output.h"
#include "core/link/explain.h"
#include "core/splink/model.h"
#include "core/splink/score.h"
#include "core/splink/table.h"

namespace fairlead::cli {

/// Files scored with a model of Splink.
struct SplinkLinked {
    CsvJob job;  ///< Without its input.
    splink::Model model;
    splink::Table table;
    splink::ScoreOptions scoring;
    splink::ScoreResult scored;
    link::LinkResult result;  ///< Persons made; its model only says thresholds and prior.
};

/// Reads the files, scores them with the model of this text and makes persons.
/// Errors: those of the files, of the model (a condition outside the language, columns that the files lack, by name),
/// Cancelled.
Result<SplinkLinked> scoreWithSplinkModel(const CsvJobOptions& options, std::string_view text,
                                          const RunningTask& running, TaskContext& task);

/// Prints the columns that the model needs.
void printColumns(const SplinkLinked& linked);

/// The same as the outcome of `link`; prints the columns. Errors: as scoreWithSplinkModel.
Result<LinkOutcome> linkWithSplinkModel(const CsvJobOptions& options, std::string_view text, const RunningTask& running,
                                        TaskContext& task);

/// The waterfall of two rows: the prior, then each comparison with its level, its bits and its term-frequency
/// adjustment, as Splink has them. Errors: as splink::explainPair.
Result<link::Explanation> explainPair(const SplinkLinked& linked, std::pair<std::uint32_t, std::uint32_t> rows,
                                      TaskContext& task);

}  // namespace fairlead::cli
