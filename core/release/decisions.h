// Use cases: a reader's verdict on two records, which every linkage run takes
// (resources/docs/decisions/0022-decisions-about-pairs.md). Out of identity.db alone.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// What a reader says of two records.
enum class Verdict : std::uint8_t {
    Same,       ///< One person: joined whatever they weigh.
    Different,  ///< Two people: never joined, by whatever chain of links.
    Unsure      ///< Cannot be said: kept apart, and no question any more.
};
/// "same", "different", "unsure": as the table has it.
std::string_view name(Verdict verdict);

/// A decision, in force or not. Nobody is named but in the reason.
struct Decision {
    std::int64_t id = 0;
    record::SourcePersonId a;  ///< The smaller number.
    record::SourcePersonId b;
    Verdict verdict = Verdict::Unsure;
    std::string reader;  ///< By name.
    std::int64_t atMs = 0;
    std::string reason;
    std::int64_t afterRun = 0;   ///< The last linkage run by then; 0 = none.
    std::int64_t insteadOf = 0;  ///< The decision that it withdrew; 0 = none.
    std::string withdrawnBy;     ///< By name; of one moved from an older workspace, empty.
    std::optional<std::int64_t> withdrawnMs;
    std::optional<std::int64_t> withdrawnAfterRun;
    bool waits = false;  ///< The next linkage run will make something of it: see markWaiting().

    [[nodiscard]] bool isInForce() const { return !withdrawnMs; }
};

/// States of links that a reader can settle, as SQL has them: workspace::waitsForReader() says the same of a run's
/// links.
inline constexpr std::string_view kWaitingStates =
    "'review', 'held_twins', 'held_parent_and_child', 'held_weak_bridge'";

/// Sets `waits` of the newest decision of each pair of which `lastRun` knew another verdict than is in force now, or
/// none, or one where none is. `decisions` ascends by id.
void markWaiting(std::vector<Decision>& decisions, std::int64_t lastRun);

/// Those in force and those that were, the newest first. Errors: Denied, those of a statement and of the header.
Result<std::vector<Decision>> decisions(workspace::Workspace& workspace);

/// The one in force on two records. REQUIRES: the mutex is held. Errors: as decisions().
Result<std::optional<Decision>> decisionOn(const workspace::Workspace& workspace, store::Database& identity,
                                           record::SourcePersonId a, record::SourcePersonId b);

/// What a reader decides.
struct DecisionWanted {
    record::SourcePersonId a;
    record::SourcePersonId b;
    Verdict verdict = Verdict::Unsure;
    std::string reason;        ///< As for a reveal.
    bool overrules = false;    ///< The decision of another reader, who said otherwise.
    bool unconnected = false;  ///< Although nothing connects the two: a number typed wrongly would join strangers.
};

/// On record before it is written. A decision of before on the two is withdrawn by it. Gives its number. Errors:
/// Denied; InvalidArgument (the reason; "records of a decision": one record twice); NotFound (a record; "pair to
/// decide": the two neither wait for a reader nor are one person nor were decided on); AlreadyExists ("this decision":
/// it is in force; "another reader's decision": who decided otherwise is not overruled); those of a statement and of
/// the log.
Result<std::int64_t> decide(workspace::Workspace& workspace, const DecisionWanted& wanted);

/// As if it had not been taken, from the next linkage run on. Errors: Denied, InvalidArgument (the reason; withdrawn
/// already), NotFound, those of a statement and of the log.
Status withdrawDecision(workspace::Workspace& workspace, std::int64_t id, const std::string& reason);

/// Whether a reader can be asked about two records: they wait for one, are one person as last linked, or were decided
/// on. Errors: NotFound ("pair to decide", "record of a decision"), InvalidArgument ("records of a decision"), those of
/// a statement.
Status checkDecidable(store::Database& identity, record::SourcePersonId a, record::SourcePersonId b);

}  // namespace fairlead::release
