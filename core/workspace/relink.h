// Use case: linking. Reads every version of every record, runs the engine under the readers' decisions, and keeps
// persons, links, families and what changed. A run changes nothing that an earlier load was known as.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"
#include "core/workspace/link_models.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A linkage run that is done.
struct RelinkReport {
    std::int64_t run = 0;
    std::int64_t sourcePersons = 0;
    std::int64_t persons = 0;
    std::int64_t pairsCompared = 0;
    std::int64_t linksAccepted = 0;
    std::int64_t linksForReview = 0;  ///< Between the thresholds, or held back by a constraint.
    std::int64_t merged = 0;          ///< Keys that ended because their records joined another person.
    std::int64_t split = 0;           ///< Keys made from records that another person held before.
    std::int64_t familyEdges = 0;
    family::DeriveReport familiesLeftOut;  ///< What makes no family, and why.
    std::string modelName;
    std::string modelSha256;  ///< 64 hexadecimal digits.
    ModelOrigin modelOrigin = ModelOrigin::Shipped;
    std::vector<std::string> notes;  ///< The engine's plain sentences: blocks not compared, parameters not observed.
    bool incremental = false;        ///< Only pairs with a new or changed record were compared.
    std::string whyEverything;       ///< In words, when everything was compared again although records were kept.
    double readSeconds = 0.0;
    double linkSeconds = 0.0;
    double writeSeconds = 0.0;
};

/// Links everything that is loaded with the model in use. After a first run only pairs with a record that a later
/// delivery brought or changed are compared, where that gives the very same persons, or all of them when `again`.
/// Errors: NotFound ("load" when nothing is loaded; the shipped model), ParseError and others of the model, Cancelled,
/// DiskFull, Io. On failure the persons stay as they were.
Result<RelinkReport> relink(Workspace& workspace, TaskContext& task, bool again = false);

/// A model estimated from what is loaded, and what a run with it would give.
struct EstimateReport {
    LinkModelDocument model;  ///< A draft: it links nothing before somebody approves and uses it.
    bool converged = true;
    std::string doubt;  ///< Why it is of households and not of persons (link::Estimate), or empty.
    std::int64_t sourcePersons = 0;
    std::int64_t persons = 0;
    std::int64_t personsNow = 0;  ///< As linked last; 0 = not linked yet.
    std::int64_t linksAccepted = 0;
    std::int64_t linksForReview = 0;
    std::vector<std::string> notes;
};

/// Estimates the parameters of the model in use from everything loaded, and keeps them as a draft. Changes no person.
/// Errors: as relink().
Result<EstimateReport> estimateLinkModel(Workspace& workspace, TaskContext& task);

}  // namespace fairlead::workspace
