#include "core/workspace/freshness.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

namespace {

constexpr std::string_view kBatch = "rows ";
constexpr std::string_view kRegister = "register ";
constexpr std::string_view kAnnounced = "next ";  // of a register, before it is committed

// In the order in which they are read. Every table of the schema is in one of these lists: a test looks.
constexpr std::array<std::string_view, 18> kCoreTables = {
    "load",    "dataset", "delivery",        "source_person", "birth_month_before", "school",
    "roll",    "fact",    "fact_reach",      "family_edge",   "pending_link",       "membership",
    "mention", "purge",   "purged_delivery", "purge_count",   "merge_split",        "run"};
constexpr std::array<std::string_view, 11> kIdentityTables = {
    "person_ref", "name",       "address",      "identifier", "relationship", "family_member",
    "link",       "intake_key", "joining_link", "kept_pair",  "kept_state"};
constexpr std::array<std::string_view, 10> kRegisters = {
    "fact_kind",   "definition", "definition_change", "link_model",     "link_model_event",
    "involvement", "release",    "released_name",     "release_budget", "involvement_withdrawn"};
constexpr std::array<std::string_view, 1> kDecisions = {"decision"};
constexpr std::array<std::string_view, 5> kUncovered = {"setting", "pseudonym", "row_sum", "link_before",
                                                        "joining_link_before"};

std::string digestOf(const store::TableSum& sum) { return fmt::format("{} {}", sum.rows, hex(sum.hash.digest())); }

template <typename Tables>
Status addDigests(RowDigests& digests, store::Database& database, std::string_view file, const Tables& tables,
                  const TaskContext& task) {
    for (const std::string_view table : tables) {
        FAIRLEAD_TRY(const auto sum, store::sumOf(database, table, task));
        digests[fmt::format("{}.{}", file, table)] = digestOf(sum);
    }
    return {};
}

/// As the last act left them; made where there are none: in a new file, or one of an older program.
template <typename Tables>
Result<store::TableSums> keptSums(store::Database& database, const Tables& tables, const TaskContext& task) {
    store::TableSums sums;
    FAIRLEAD_TRY(auto query, database.prepare("SELECT count, lanes FROM row_sum WHERE name = ?1"));
    for (const std::string_view table : tables) {
        query.reset();
        FAIRLEAD_TRY(const bool found, query.bind(1, table).next());
        store::TableSum& sum = sums[std::string(table)];
        if (found) sum.rows = query.integer(0);
        if (!found || !sum.hash.restore(query.blob(1))) {
            FAIRLEAD_TRY(sum, store::sumOf(database, table, task));
        }
    }
    return sums;
}

Status keepSums(store::Database& database, const store::TableSums& sums) {
    FAIRLEAD_TRY(auto insert, database.prepare("INSERT INTO row_sum VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE "
                                               "SET count = excluded.count, lanes = excluded.lanes"));
    for (const auto& [table, sum] : sums) {
        insert.bind(1, std::string_view(table)).bind(2, sum.rows);
        FAIRLEAD_OK(insert.bindBlob(3, sum.hash.bytes()).run());
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

bool isBrokenOff(const audit::Entry& entry) {
    const auto reason = entry.marks.find("reason");
    return reason != entry.marks.end() && (reason->second == "interrupted" || reason->second == "not finished");
}

/// Notes of batches stand between an intent and its end, which says whether they hold.
class LogReading {
public:
    void take(const audit::Record& record) {
        const audit::Entry& entry = record.entry;
        auto rows = digestsIn(entry, kBatch);
        // A newer program gave the tables another form: nothing that could be undone.
        const bool standsAlone = !rows.empty() && entry.verb == audit::Verb::Alteration;
        if (!rows.empty()) batch.open.emplace_back(record.sequence, std::move(rows));
        takeRegisters(record);
        const bool isBatch = entry.verb == audit::Verb::Collection || entry.verb == audit::Verb::Combination ||
                             entry.verb == audit::Verb::Erasure;
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
    /// Who holds the key of one file alone says what its registers are, and nothing of the other's.
    void takeRegisters(const audit::Record& record) {
        if (auto next = digestsIn(record.entry, kAnnounced); !next.empty())
            registers.open.emplace_back(record.sequence, std::move(next));
        for (const auto& [table, digest] : digestsIn(record.entry, kRegister)) {
            registers.entry = record.sequence;
            registers.digests[table] = digest;
            if (table.starts_with("core."))
                interruptedSince = false;
            else
                registers.open.clear();
        }
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
    FAIRLEAD_OK(addDigests(digests, core, "core", kCoreTables, task));
    FAIRLEAD_OK(addDigests(digests, identity, "identity", kIdentityTables, task));
    return digests;
}

Result<RowDigests> registerDigests(store::Database& core) {
    RowDigests digests;
    FAIRLEAD_OK(addDigests(digests, core, "core", kRegisters, TaskContext()));
    return digests;
}

Result<RowDigests> decisionDigests(store::Database& identity) {
    RowDigests digests;
    FAIRLEAD_OK(addDigests(digests, identity, "identity", kDecisions, TaskContext()));
    return digests;
}

bool isUncovered(std::string_view table) { return std::ranges::find(kUncovered, table) != kUncovered.end(); }

Result<BatchWatch> BatchWatch::begin(Workspace& workspace, const TaskContext& task) {
    FAIRLEAD_TRY(auto coreSums, keptSums(workspace.core(), kCoreTables, task));
    FAIRLEAD_TRY(auto identitySums, keptSums(workspace.identity(), kIdentityTables, task));
    return BatchWatch(store::RowWatch(workspace.core(), std::move(coreSums)),
                      store::RowWatch(workspace.identity(), std::move(identitySums)));
}

namespace {

void addSums(std::map<std::string, std::string>& marks, std::string_view prefix, const store::TableSums& sums) {
    for (const auto& [table, sum] : sums) marks[fmt::format("{}{}", prefix, table)] = digestOf(sum);
}

Status recordMarks(Workspace& workspace, audit::Verb verb, std::map<std::string, std::string> marks) {
    audit::Entry entry = intentOf(workspace, verb, {}, {{"what", "digests of rows"}});
    entry.state = audit::State::Note;
    entry.marks = std::move(marks);
    return recordEntry(workspace, entry);
}

template <typename Tables>
Result<store::TableSums> recounted(store::Database& database, const Tables& tables, const TaskContext& task) {
    store::TableSums sums;
    for (const std::string_view table : tables) {
        FAIRLEAD_TRY(sums[std::string(table)], store::sumOf(database, table, task));
    }
    FAIRLEAD_OK(keepSums(database, sums));
    return sums;
}

}  // namespace

Status BatchWatch::record(Workspace& workspace, audit::Verb verb) {
    FAIRLEAD_OK(keepSums(workspace.core(), m_core.sums()));
    FAIRLEAD_OK(keepSums(workspace.identity(), m_identity.sums()));
    std::map<std::string, std::string> marks;
    addSums(marks, "rows core.", m_core.sums());
    addSums(marks, "rows identity.", m_identity.sums());
    return recordMarks(workspace, verb, std::move(marks));
}

Result<DecisionWatch> DecisionWatch::begin(Workspace& workspace) {
    FAIRLEAD_TRY(auto sums, keptSums(workspace.identity(), kDecisions, TaskContext()));
    return DecisionWatch(store::RowWatch(workspace.identity(), std::move(sums)));
}

Status DecisionWatch::record(Workspace& workspace) {
    FAIRLEAD_OK(keepSums(workspace.identity(), m_identity.sums()));
    std::map<std::string, std::string> marks;
    addSums(marks, "next identity.", m_identity.sums());
    return recordMarks(workspace, audit::Verb::Alteration, std::move(marks));
}

Status recountIdentity(store::Database& identity) {
    FAIRLEAD_TRY(const auto sums, recounted(identity, kIdentityTables, TaskContext()));
    static_cast<void>(sums);
    return {};
}

Status recordNewFiles(Workspace& workspace, store::Database& core, store::Database& identity, audit::Verb verb,
                      const TaskContext& task) {
    FAIRLEAD_TRY(const auto coreSums, recounted(core, kCoreTables, task));
    FAIRLEAD_TRY(const auto identitySums, recounted(identity, kIdentityTables, task));
    FAIRLEAD_TRY(const auto decisionSums, recounted(identity, kDecisions, task));
    std::map<std::string, std::string> marks;
    addSums(marks, "rows core.", coreSums);
    addSums(marks, "rows identity.", identitySums);
    addSums(marks, "next identity.", decisionSums);
    return recordMarks(workspace, verb, std::move(marks));
}

Status recordRegisters(Workspace& workspace, std::string_view what) {
    audit::Entry entry = intentOf(workspace, audit::Verb::Alteration, {}, {{"what", std::string(what)}});
    entry.state = audit::State::Note;
    entry.marks = withDecisions(workspace, withRegisters(workspace, {})).marks;
    return recordEntry(workspace, entry);
}

Result<std::map<std::string, std::string>> digestMarks(store::Database& core, store::Database& identity,
                                                       const TaskContext& task) {
    std::map<std::string, std::string> marks;
    FAIRLEAD_TRY(const auto batch, batchDigests(core, identity, task));
    FAIRLEAD_TRY(const auto registers, registerDigests(core));
    FAIRLEAD_TRY(const auto decisions, decisionDigests(identity));
    addMarks(marks, kBatch, batch);
    addMarks(marks, kRegister, registers);
    addMarks(marks, kRegister, decisions);
    return marks;
}

audit::Outcome withRegisters(Workspace& workspace, audit::Outcome outcome) {
    if (!workspace.holds(access::FileKey::Core)) return outcome;
    // The act has taken place: without the digests it is still better on record than not.
    if (const auto digests = registerDigests(workspace.core())) addMarks(outcome.marks, kRegister, *digests);
    return outcome;
}

audit::Outcome withDecisions(Workspace& workspace, audit::Outcome outcome) {
    if (!workspace.holds(access::FileKey::Identity)) return outcome;
    // From the kept sum: what was changed behind the log's back is not taken for good.
    if (const auto sums = keptSums(workspace.identity(), kDecisions, TaskContext()))
        addSums(outcome.marks, "register identity.", *sums);
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
    FAIRLEAD_TRY(auto registers, registerDigests(workspace.core()));
    FAIRLEAD_TRY(const auto decisions, decisionDigests(workspace.identity()));
    // A crash may have come before or after the commit that a note announced: either state is one that was written.
    using Open = std::pair<std::uint64_t, RowDigests>;
    const auto open = std::ranges::find(reading.batch.open, batch, &Open::second);
    if (open != reading.batch.open.end()) {
        found.batchEntry = open->first;
    } else if (reading.batch.entry > 0) {
        compare(batch, reading.batch.digests, found.differing);
    }
    const auto& next = reading.registers.open;
    const bool isAnnounced = std::ranges::find(next, decisions, &Open::second) != next.end();
    if (!isAnnounced) registers.insert(decisions.begin(), decisions.end());
    if (reading.registers.entry > 0) compare(registers, reading.registers.digests, found.differing);
    found.wasInterrupted = reading.interruptedSince;
    found.isFresh = found.differing.empty() && found.batchEntry > 0 && found.registerEntry > 0;
    return found;
}

}  // namespace fairlead::workspace
