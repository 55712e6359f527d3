// Edges of people who share a home.

#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"

namespace fairlead::family {

/// Adds the edges of shared homes to those of record, which `out` holds already, and what was left out to its report.
/// Error: Cancelled.
Status addHouseholds(const std::vector<Residence>& residences, const DeriveOptions& options, DerivedEdges& out,
                     TaskContext& task);

}  // namespace fairlead::family
