// `fairlead-cli link`: links or dedupes plain CSV files, without a workspace.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace fairlead::cli {

/// The options of the command; empty or unset = detected or default.
struct LinkCsvOptions {
    std::vector<std::filesystem::path> files;
    std::string idColumn;
    std::vector<std::string> columns;  ///< "forename=given_name", "dob=date_of_birth:YYYYMMDD", "text=suburb".
    std::string mode;                  ///< "dedupe", "link", "link-and-dedupe"; empty: by the number of files.
    std::string truthColumn;
    std::string truthIdPattern;
    std::filesystem::path modelFile;
    std::optional<double> acceptBits;
    std::optional<double> reviewBits;
    unsigned threads = 0;
    std::filesystem::path pairsFile;
    std::filesystem::path clustersFile;
    std::filesystem::path reportFile;
    std::filesystem::path nicknamesFile;           ///< Empty: the shipped table where it is found, else none.
    std::optional<std::uint64_t> compareAllBelow;  ///< Compare every pair up to this many; above, by rules.
    bool uniqueRows = false;                       ///< Each file holds a person once (one-to-one between files).
};

/// Runs the command; prints to standard output, problems as one sentence to standard error.
/// Gives the exit code: 0 done, 1 failed, 2 bad input.
int runLinkCsv(const LinkCsvOptions& options);

}  // namespace fairlead::cli

/// Registers the sub-command `link`; its callback runs it and ends the parse with its exit code
/// (CLI::RuntimeError), so that the caller's `return app.exit(error)` gives it on.
void addLinkCommand(CLI::App& app);
