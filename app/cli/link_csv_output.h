// What `fairlead-cli link` prints and writes.

#pragma once

#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/link/csv_source.h"
#include "core/link/engine.h"
#include "core/link/evaluate.h"

namespace fairlead::cli {

/// Prints which column is taken as what.
void printLayout(const link::CsvLayout& layout);
/// Prints counts, rules, notes and, where the truth is known, how good the result is.
void printResult(const link::LinkResult& result, const std::optional<link::Evaluation>& evaluation);

/// Writes the links: ids, weight, probability, what became of them, the level of each comparison. Nothing when the
/// path is empty. Errors: Io, DiskFull.
Status writePairs(const std::filesystem::path& path, const link::CsvInput& csv, const link::LinkResult& result);
/// Writes each row's person. Nothing when the path is empty. Errors: Io, DiskFull.
Status writeClusters(const std::filesystem::path& path, const link::CsvInput& csv, const link::LinkResult& result);
/// Writes the report as JSON. Nothing when the path is empty. Errors: Io, DiskFull.
Status writeReport(const std::filesystem::path& path, const link::LinkResult& result,
                   const std::optional<link::Evaluation>& evaluation, double totalSeconds);

}  // namespace fairlead::cli
