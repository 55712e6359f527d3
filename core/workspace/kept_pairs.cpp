#include "core/workspace/kept_pairs.h"

#include <fmt/ranges.h>

#include "core/base/text.h"
#include "core/store/row_watch.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

Status readPairs(store::Database& identity, link::KeptPairs& kept, TaskContext& task) {
    FAIRLEAD_TRY(auto query, identity.prepare("SELECT a, b FROM kept_pair ORDER BY a, b"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        kept.pairs.emplace_back(record::SourcePersonId{query.integer(0)}, record::SourcePersonId{query.integer(1)});
    }
}

}  // namespace

Result<std::optional<LastRun>> readLastRun(store::Database& core, store::Database& identity, TaskContext& task) {
    FAIRLEAD_TRY(const std::int64_t lastRun, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(
        auto query,
        identity.prepare("SELECT after_load, fingerprint, records, possible_pairs, floor_bits, every_pair, rules "
                         "FROM kept_state WHERE run = ?1"));
    FAIRLEAD_TRY(const bool found, query.bind(1, lastRun).next());
    if (!found) return std::optional<LastRun>();
    LastRun last;
    link::KeptPairs& kept = last.kept;
    last.afterLoad = query.integer(0);
    kept.fingerprint = static_cast<std::uint64_t>(query.integer(1));
    kept.records = static_cast<std::uint64_t>(query.integer(2));
    kept.possiblePairs = query.real(3);
    kept.floorBits = query.real(4);
    kept.everyPair = query.integer(5) != 0;
    for (const std::string_view rule : split(query.text(6), '\n'))
        if (!rule.empty()) kept.rules.emplace_back(rule);
    FAIRLEAD_OK(readPairs(identity, kept, task));
    return std::optional(std::move(last));
}

Status writePairs(store::Database& identity, std::string_view table, std::span<const RecordPair> pairs,
                  TaskContext& task) {
    // Most pairs stay from run to run. Both sides are in order; the old ones are read before anything is written.
    std::vector<RecordPair> held;
    FAIRLEAD_OK(eachRow(
        identity, fmt::format("SELECT a, b FROM {} ORDER BY a, b", table), task, [&](const store::Statement& row) {
            held.emplace_back(record::SourcePersonId{row.integer(0)}, record::SourcePersonId{row.integer(1)});
        }));
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(identity, table, 2));
    FAIRLEAD_TRY(auto drop, store::ChangedRows::prepare(identity, {table, "", "a = ?1 AND b = ?2"}));
    auto old = held.begin();
    for (const RecordPair& pair : pairs) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        for (; old != held.end() && *old < pair; ++old) FAIRLEAD_OK(drop.run({old->first.value, old->second.value}));
        if (old != held.end() && *old == pair)
            ++old;
        else
            FAIRLEAD_OK(insert.add(pair.first.value).add(pair.second.value).write());
    }
    for (; old != held.end(); ++old) FAIRLEAD_OK(drop.run({old->first.value, old->second.value}));
    return {};
}

Status writeKept(store::Database& identity, const link::KeptPairs& kept, std::int64_t run, std::int64_t afterLoad,
                 TaskContext& task) {
    FAIRLEAD_OK(store::clearTable(identity, "kept_state"));
    FAIRLEAD_TRY(auto state, store::InsertedRow::into(identity, "kept_state", 8));
    state.add(run).add(afterLoad).add(static_cast<std::int64_t>(kept.fingerprint));
    state.add(static_cast<std::int64_t>(kept.records)).add(kept.possiblePairs).add(kept.floorBits);
    state.add(std::int64_t{kept.everyPair ? 1 : 0});
    FAIRLEAD_OK(state.add(std::string_view(fmt::format("{}", fmt::join(kept.rules, "\n")))).write());
    return writePairs(identity, "kept_pair", kept.pairs, task);
}

}  // namespace fairlead::workspace
