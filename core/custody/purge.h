// Use case: the end of deliveries (resources/docs/decisions/0013-retention.md). Two people: the data steward who opened
// the workspace hands over the new keys, a key officer signs them. One person with every role is both.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/custody/lost_figures.h"
#include "core/custody/renewal.h"
#include "core/custody/retention.h"
#include "core/workspace/users.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// What a purge takes and what it leaves.
struct PurgePreview {
    std::vector<DeliveryEnd> deliveries;  ///< Those that go.
    TablesLeft core;                      ///< By table: pupils' facts, rolls, links.
    TablesLeft identity;                  ///< By table: names, addresses, identifiers.
    /// Deliveries that stay and of which it is not known whom they have (an older program loaded them): names and
    /// addresses that they did not contradict stay with them.
    std::int64_t deliveriesWithoutPersons = 0;
    std::vector<LostFigure> figures;  ///< Those that would say "[x] purged" from then on.

    /// Records of persons that go whole.
    [[nodiscard]] std::int64_t personsGone() const;
    /// Rows of both files.
    [[nodiscard]] RowsLeft rows() const;
};

/// Counts; changes nothing. Errors: Denied, NotFound (no such delivery), InvalidArgument (none, purged already),
/// Cancelled, those of a statement.
Result<PurgePreview> previewPurge(workspace::Workspace& workspace, const std::vector<record::DeliveryId>& deliveries,
                                  TaskContext& task);

/// What is to go, and why.
struct PurgeRequest {
    std::vector<record::DeliveryId> deliveries;
    std::string reason;  ///< workspace::kShortestReason characters; in the certificate and, sealed, in the log.
};

/// A purge that is done.
struct PurgeReport {
    std::int64_t purge = 0;  ///< Its number, for the certificate.
    PurgePreview done;
    double seconds = 0.0;
};

/// Writes both files anew under new keys without the rows, reads them back, and puts them in the place of the old ones:
/// after a crash there is all of the old or all of the new. Errors: as previewPurge(); WrongKey (the second person),
/// those of access::withNewFileKeys, DiskFull, Io, Corrupt: nothing has changed then.
Result<PurgeReport> purge(workspace::Workspace& workspace, const PurgeRequest& request,
                          const workspace::SecondPerson& second, TaskContext& task);

}  // namespace fairlead::custody
