// `link` with a model in Splink's own format: scored as Splink scores it.

#pragma once

#include <string>
#include <string_view>

#include "app/cli/link_csv_output.h"

namespace fairlead::cli {

/// Reads the files, scores them with the model of this text and makes persons. Prints the columns that the model needs.
/// Errors: those of the files, of the model (a condition outside the language, columns that the files lack, by name),
/// Cancelled.
Result<LinkOutcome> linkWithSplinkModel(const CsvJobOptions& options, std::string_view text, const RunningTask& running,
                                        TaskContext& task);

}  // namespace fairlead::cli
