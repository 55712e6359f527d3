// Freshness: digests of the rows of every load, linkage run and decision go into the audit log, so that an older page
// of a database, put back under the same key, shows. The encryption alone cannot tell: such a page was written under
// the key.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/audit/audited_act.h"
#include "core/audit/log.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/store/database.h"
#include "core/store/row_watch.h"

namespace fairlead::workspace {

class Workspace;

/// "core.fact" -> "12045 3f7a...": rows and SHA-256 of one table, as resources/docs/audit.md says.
using RowDigests = std::map<std::string, std::string>;

/// Of the tables that loads and linkage runs write, every row read. Errors: those of a statement, Cancelled.
Result<RowDigests> batchDigests(store::Database& core, store::Database& identity, const TaskContext& task);
/// Of the registers: definitions, linkage models, releases. Errors: those of a statement.
Result<RowDigests> registerDigests(store::Database& core);
/// Of readers' decisions, which are a register too, but of identity.db. Errors: those of a statement.
Result<RowDigests> decisionDigests(store::Database& identity);
/// Tables of neither: settings with saved views, and the letters that stand for pupils, which change by looking; what a
/// run keeps until both files know of it.
bool isUncovered(std::string_view table);

/// Follows what is written to the tables that loads and linkage runs write, from the sums that the last act left: an
/// act pays for the rows that it changes, not for those that are there. Rows that something else changed in between
/// are not in the sums: they still show.
class BatchWatch {
public:
    /// Before the transactions begin. Errors: those of a statement; Cancelled, while sums are made for the first time.
    static Result<BatchWatch> begin(Workspace& workspace, const TaskContext& task);
    /// Keeps the sums, and appends a note with the digests of what the act under way has written, before it is
    /// committed: whichever side of the commit a crash falls on, the log knows the state.
    /// Errors: those of a statement and of AuditLog::append().
    Status record(Workspace& workspace, audit::Verb verb);

private:
    BatchWatch(store::RowWatch core, store::RowWatch identity)
        : m_core(std::move(core)), m_identity(std::move(identity)) {}
    store::RowWatch m_core;
    store::RowWatch m_identity;
};

/// Follows what is written to the decisions, as BatchWatch does to the tables of loads, with the key of identity.db
/// alone. withDecisions() belongs to the end of the act.
class DecisionWatch {
public:
    /// Before the transaction begins. Errors: those of a statement.
    static Result<DecisionWatch> begin(Workspace& workspace);
    /// As BatchWatch::record(). Errors: the same.
    Status record(Workspace& workspace);

private:
    explicit DecisionWatch(store::RowWatch identity) : m_identity(std::move(identity)) {}
    store::RowWatch m_identity;
};

/// After a change of identity.db that nothing followed, inside its transaction: every row is read. Errors: those of a
/// statement.
Status recountIdentity(store::Database& identity);

/// Reads every row of two files that are about to take the workspace's places, keeps their sums in them, and appends a
/// note with their digests: whichever side of the swap a crash falls on, the log knows the state.
/// Errors: those of a statement, of AuditLog::append(), Cancelled.
Status recordNewFiles(Workspace& workspace, store::Database& core, store::Database& identity, audit::Verb verb,
                      const TaskContext& task);

/// Digests of every covered table of both files as an entry's marks, every row read: for the log of a workspace that
/// begins with rows. Errors: as batchDigests().
Result<std::map<std::string, std::string>> digestMarks(store::Database& core, store::Database& identity,
                                                       const TaskContext& task);

/// Appends a note with the registers' digests, after they changed without an act. Errors: as AuditLog::append().
Status recordRegisters(Workspace& workspace, std::string_view what);
/// The outcome with the registers' digests of now, for the end of an act.
audit::Outcome withRegisters(Workspace& workspace, audit::Outcome outcome);
/// The outcome with the decisions' digest as DecisionWatch or recordNewFiles() left it.
audit::Outcome withDecisions(Workspace& workspace, audit::Outcome outcome);

/// What comparing the rows with the log found.
struct Freshness {
    bool isFresh = false;                  ///< Every covered table is as the log says.
    std::uint64_t batchEntry = 0;          ///< The entry that the loads' tables agree with, or should; 0 = none there.
    std::uint64_t registerEntry = 0;       ///< The same for the registers.
    std::vector<std::string> differing{};  ///< Tables that are not as the log says.
    bool wasInterrupted = false;           ///< An act was broken off after that entry: what it left may explain it.
};

/// Computes the digests anew and compares. Errors: as batchDigests(); those of reading the log.
Result<Freshness> checkFreshness(Workspace& workspace, TaskContext& task);

}  // namespace fairlead::workspace
