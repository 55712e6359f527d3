// What the sources page shows, as values. Filled from the workspace by the shell.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/workspace/load_preview.h"

namespace fairlead::ui {

/// What is held of one dataset.
struct DatasetLine {
    std::string agency;
    std::string dataset;
    int deliveries = 0;
    std::int64_t latestNumber = 0;  ///< Of the latest delivery, as the agency counts.
    Date dataAsAt;
    Interval period;
    std::int64_t rows = 0;
    std::vector<std::string> gateways;
    std::string agreement;
    Date retainUntil;
    bool authenticated = false;
};

/// The workspace and what is in it.
struct SourcesContent {
    std::string workspaceName;
    std::vector<DatasetLine> datasets;
    Date defaultAsAt;  ///< The oldest of the newest data dates; beginning() when nothing is loaded.
    std::int64_t persons = 0;
    std::int64_t recordsLinked = 0;
    std::int64_t linksForReview = 0;
    std::int64_t overdue = 0;   ///< Deliveries past the day until which they may be kept.
    bool linkIsCurrent = true;  ///< False: there are deliveries that no linkage run has seen.
    std::string definitions;    ///< "12 definitions, version 1".
};

/// What chosen files would bring.
struct PreviewContent {
    std::vector<std::filesystem::path> files;  ///< As they were chosen.
    workspace::LoadPreview preview;
    std::map<std::string, std::string> citations;  ///< The law behind a gateway's id.
    std::vector<std::string> notes;                ///< Sentences.
};

/// A finished load, in figures.
struct LoadOutcome {
    int files = 0;
    std::int64_t newFacts = 0;
    std::int64_t changedFacts = 0;
    std::int64_t withdrawnFacts = 0;
    std::vector<std::string> notes;  ///< Sentences about files that were passed over or need a look.
};

/// A finished linkage run, in figures.
struct LinkOutcome {
    std::int64_t records = 0;
    std::int64_t persons = 0;
    std::int64_t linksForReview = 0;
    std::vector<std::string> notes;
};

}  // namespace fairlead::ui
