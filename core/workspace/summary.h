// Use case: what the workspace holds, for the start page and `workspace info`.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/indicator/definition.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// What is held of one dataset: deliveries that were purged are left out.
struct DatasetEntry {
    std::string agency;
    std::string dataset;
    int deliveries = 0;
    std::int64_t latestSequence = 0;
    Date latestDataAsAt;
    Date periodFrom;  ///< The earliest and the latest day that deliveries speak for.
    Date periodUntil;
    std::int64_t rows = 0;      ///< Over all deliveries, as their manifests count them.
    bool authenticated = true;  ///< False when one delivery was not signed by a key that we trust.
    Date retainUntil;           ///< The earliest of the deliveries.
    std::vector<std::string> gateways;
    std::string agreementRef;  ///< Of the latest delivery.
};

/// The last linkage run.
struct RunEntry {
    std::int64_t run = 0;
    record::LoadId afterLoad;
    std::int64_t atMs = 0;
    std::int64_t persons = 0;
    std::int64_t linksAccepted = 0;
    std::int64_t linksForReview = 0;
};

/// The workspace at a glance.
struct Summary {
    std::string name;
    std::vector<DatasetEntry> datasets;  ///< By agency and name.
    record::LoadId latest;               ///< 0 = nothing is loaded.
    std::optional<Date> defaultAsAt;     ///< The oldest of the datasets' newest "data as at".
    std::int64_t sourcePersons = 0;
    std::int64_t persons = 0;  ///< As linked; source persons that no run has seen count one each.
    double linkedShare = 0;    ///< Part of the source persons that share a person with another one, 0 to 1.
    std::optional<RunEntry> run;
    bool linkIsCurrent = false;  ///< False: there are deliveries that no run has seen, or rows that it saw are purged.
    int definitions = 0;
    std::string definitionsNote;  ///< "12 definitions, all version 1".
    bool rolesSeparated = false;  ///< False: one person holds every role.
};

/// Errors: those of a statement.
Result<Summary> summary(Workspace& workspace);

/// "12 definitions, all version 1".
std::string describeDefinitions(const std::vector<indicator::Definition>& definitions);

}  // namespace fairlead::workspace
