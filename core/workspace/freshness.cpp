#include "core/workspace/freshness.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

namespace {

constexpr std::string_view kBatch = "rows ";
constexpr std::string_view kRegister = "register ";

// In the order in which they are read. Every table of the schema is in one of the four lists: a test looks.
constexpr std::array<std::string_view, 13> kCoreTables = {
    "load", "dataset",     "delivery",     "source_person", "birth_month_before", "school", "roll",
    "fact", "family_edge", "pending_link", "membership",    "merge_split",        "run"};
constexpr std::array<std::string_view, 11> kIdentityTables = {
    "person_ref", "name",       "address",      "identifier", "relationship", "family_member",
    "link",       "intake_key", "joining_link", "kept_pair",  "kept_state"};
constexpr std::array<std::string_view, 6> kRegisters = {"fact_kind",  "definition",       "definition_change",
                                                        "link_model", "link_model_event", "decision"};
constexpr std::array<std::string_view, 2> kUncovered = {"setting", "pseudonym"};

void addNumber(std::string& out, std::uint64_t value) {
    for (unsigned shift = 64; shift > 0;) out += static_cast<char>(value >> (shift -= 8) & 0xffU);
}

/// One cell: a letter for its kind, then its bytes, so that no two rows read alike.
void addCell(std::string& out, const store::Statement& row, int column) {
    switch (row.storageClass(column)) {
        case SQLITE_NULL: out += 'n'; return;
        case SQLITE_INTEGER:
            out += 'i';
            addNumber(out, static_cast<std::uint64_t>(row.integer(column)));
            return;
        default: break;
    }
    const bool isText = row.storageClass(column) == SQLITE_TEXT;
    const auto bytes = isText ? row.text(column) : row.blob(column);
    out += isText ? 't' : 'b';
    addNumber(out, bytes.size());
    out += bytes;
}

Result<int> columnsOf(store::Database& database, std::string_view table) {
    FAIRLEAD_TRY(auto query, database.prepare("SELECT count(*) FROM pragma_table_info(?1)"));
    query.bind(1, table);
    FAIRLEAD_TRY(const bool found, query.next());
    return found ? static_cast<int>(query.integer(0)) : 0;
}

/// Rows in the order of their bytes' tree: that of the primary key, as every table keeps them.
Result<std::string> digestOf(store::Database& database, std::string_view table, const TaskContext* task) {
    constexpr std::size_t kChunk = 1U << 16U;
    FAIRLEAD_TRY(const int columns, columnsOf(database, table));
    // NOT INDEXED: an index of its own could lead past a row, and gives another order.
    FAIRLEAD_TRY(auto query, database.prepare(fmt::format("SELECT * FROM {} NOT INDEXED", table)));
    crypto::Sha256 hash;
    std::string bytes;
    std::int64_t rows = 0;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        ++rows;
        for (int column = 0; column < columns; ++column) addCell(bytes, query, column);
        if (bytes.size() < kChunk) continue;
        hash.add(bytes);
        bytes.clear();
        if (task != nullptr && task->cancelled()) return fail(ErrorCode::Cancelled);
    }
    hash.add(bytes);
    return fmt::format("{} {}", rows, hex(hash.finish()));
}

template <typename Tables>
Status addDigests(RowDigests& digests, store::Database& database, std::string_view file, const Tables& tables,
                  const TaskContext* task) {
    for (const std::string_view table : tables) {
        FAIRLEAD_TRY(digests[fmt::format("{}.{}", file, table)], digestOf(database, table, task));
    }
    return {};
}

void addMarks(std::map<std::string, std::string>& marks, std::string_view prefix, const RowDigests& digests) {
    for (const auto& [table, digest] : digests) marks[std::string(prefix) + table] = digest;
}

/// The digests in an entry.
RowDigests digestsIn(const audit::Entry& entry, std::string_view prefix) {
    RowDigests digests;
    for (const auto& [key, value] : entry.marks) {
        if (key.starts_with(prefix)) digests[key.substr(prefix.size())] = value;
    }
    return digests;
}

/// What the log says of one kind of tables: the state of the last act that was done, and of those broken off since.
struct Recorded {
    std::uint64_t entry = 0;
    RowDigests digests;
    std::vector<std::pair<std::uint64_t, RowDigests>> open;  ///< Of acts that nobody saw end well.
};

/// Notes of batches stand between an intent and its end, which says whether they hold.
class LogReading {
public:
    void take(const audit::Record& record) {
        const audit::Entry& entry = record.entry;
        auto rows = digestsIn(entry, kBatch);
        // A newer program gave the tables another form: nothing that could be undone.
        const bool standsAlone = !rows.empty() && entry.verb == audit::Verb::Alteration;
        if (!rows.empty()) batch.open.emplace_back(record.sequence, std::move(rows));
        if (auto digests = digestsIn(entry, kRegister); !digests.empty()) {
            registers = {record.sequence, std::move(digests), {}};
            interruptedSince = false;
        }
        const bool isBatch = entry.verb == audit::Verb::Collection || entry.verb == audit::Verb::Combination;
        if (entry.state == audit::State::Failed && isBrokenOff(entry)) interruptedSince = true;
        if (batch.open.empty() || !(standsAlone || (isBatch && entry.state == audit::State::Done))) return;
        batch.entry = batch.open.back().first;
        batch.digests = std::move(batch.open.back().second);
        batch.open.clear();
    }
    Recorded batch;
    Recorded registers;
    bool interruptedSince = false;

private:
    static bool isBrokenOff(const audit::Entry& entry) {
        const auto reason = entry.marks.find("reason");
        return reason != entry.marks.end() && (reason->second == "interrupted" || reason->second == "not finished");
    }
};

void compare(const RowDigests& now, const RowDigests& then, std::vector<std::string>& differing) {
    for (const auto& [table, digest] : now) {
        const auto found = then.find(table);
        if (found == then.end() || found->second != digest) differing.push_back(table);
    }
}

}  // namespace

Result<RowDigests> batchDigests(store::Database& core, store::Database& identity, const TaskContext& task) {
    RowDigests digests;
    FAIRLEAD_OK(addDigests(digests, core, "core", kCoreTables, &task));
    FAIRLEAD_OK(addDigests(digests, identity, "identity", kIdentityTables, &task));
    return digests;
}

Result<RowDigests> registerDigests(store::Database& core) {
    RowDigests digests;
    FAIRLEAD_OK(addDigests(digests, core, "core", kRegisters, nullptr));
    return digests;
}

bool isUncovered(std::string_view table) { return std::ranges::find(kUncovered, table) != kUncovered.end(); }

Status recordBatch(Workspace& workspace, audit::Verb verb, const TaskContext& task) {
    FAIRLEAD_TRY(const auto digests, batchDigests(workspace.core(), workspace.identity(), task));
    audit::Entry entry = intentOf(workspace, verb, {}, {{"what", "digests of rows"}});
    entry.state = audit::State::Note;
    addMarks(entry.marks, kBatch, digests);
    return recordEntry(workspace, entry);
}

Status recordRegisters(Workspace& workspace, std::string_view what) {
    audit::Entry entry = intentOf(workspace, audit::Verb::Alteration, {}, {{"what", std::string(what)}});
    entry.state = audit::State::Note;
    entry.marks = withRegisters(workspace, {}).marks;
    return recordEntry(workspace, entry);
}

audit::Outcome withRegisters(Workspace& workspace, audit::Outcome outcome) {
    // The act has taken place: without the digests it is still better on record than not.
    if (const auto digests = registerDigests(workspace.core())) addMarks(outcome.marks, kRegister, *digests);
    return outcome;
}

Result<Freshness> checkFreshness(Workspace& workspace, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::VerifyRows));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto records,
                 audit::AuditLog::read(workspace.folder() / "audit", {&workspace.keyring().keys.audit}));
    LogReading reading;
    for (const audit::Record& record : records) reading.take(record);
    Freshness found{.batchEntry = reading.batch.entry, .registerEntry = reading.registers.entry};
    FAIRLEAD_TRY(const auto batch, batchDigests(workspace.core(), workspace.identity(), task));
    FAIRLEAD_TRY(const auto registers, registerDigests(workspace.core()));
    // A crash may have come before or after the commit that a note announced: either state is one that was written.
    const auto open = std::ranges::find(reading.batch.open, batch, &std::pair<std::uint64_t, RowDigests>::second);
    if (open != reading.batch.open.end()) {
        found.batchEntry = open->first;
    } else if (reading.batch.entry > 0) {
        compare(batch, reading.batch.digests, found.differing);
    }
    if (reading.registers.entry > 0) compare(registers, reading.registers.digests, found.differing);
    found.wasInterrupted = reading.interruptedSince;
    found.isFresh = found.differing.empty() && found.batchEntry > 0 && found.registerEntry > 0;
    return found;
}

}  // namespace fairlead::workspace
