#include "core/release/decisions.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/release/user_names.h"
#include "core/store/row_watch.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/reveal.h"

namespace fairlead::release {

namespace {

using workspace::Workspace;

constexpr std::array kVerdicts = {Verdict::Same, Verdict::Different, Verdict::Unsure};
constexpr std::int64_t kDayMs = 86'400'000;
constexpr const char* kPairToDecide = "pair to decide";

std::optional<std::int64_t> optionalAt(const store::Statement& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

Result<Decision> decisionAt(const store::Statement& row, const UserNames& names) {
    const auto* const verdict = std::ranges::find(kVerdicts, row.text(3), [](Verdict one) { return name(one); });
    if (verdict == kVerdicts.end()) return fail(ErrorCode::Corrupt, "identity.db", "a verdict");
    return Decision{.id = row.integer(0),
                    .a = {row.integer(1)},
                    .b = {row.integer(2)},
                    .verdict = *verdict,
                    .reader = names.of(std::string(row.text(4))),
                    .atMs = row.integer(5),
                    .reason = std::string(row.text(6)),
                    .afterRun = row.integer(7),
                    .insteadOf = optionalAt(row, 8).value_or(0),
                    .withdrawnBy = names.of(std::string(row.text(9))),
                    .withdrawnMs = optionalAt(row, 10),
                    .withdrawnAfterRun = optionalAt(row, 11)};
}

constexpr std::string_view kColumns =
    "SELECT id, a, b, verdict, reader, at_ms, reason, after_run, instead_of, withdrawn_by, withdrawn_ms, "
    "withdrawn_after_run FROM decision";

Result<std::vector<Decision>> readAll(const Workspace& workspace, store::Database& identity) {
    FAIRLEAD_TRY(const auto names, UserNames::read(workspace));
    FAIRLEAD_TRY(auto query, identity.prepare(fmt::format("{} ORDER BY id", kColumns)));
    std::vector<Decision> all;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return all;
        FAIRLEAD_TRY(auto one, decisionAt(query, names));
        all.push_back(std::move(one));
    }
}

Result<std::int64_t> lastRun(store::Database& identity) {
    FAIRLEAD_TRY(const auto run, workspace::setting(identity, "last_run"));
    return run ? parseInteger(*run).value_or(0) : 0;
}

Result<bool> waitsForReader(store::Database& identity, std::int64_t a, std::int64_t b) {
    FAIRLEAD_TRY(auto query, identity.prepare(fmt::format(
                                 "SELECT 1 FROM link WHERE a = ?1 AND b = ?2 AND state IN ({})", kWaitingStates)));
    return query.bind(1, a).bind(2, b).next();
}

Result<bool> wasDecided(store::Database& identity, std::int64_t a, std::int64_t b) {
    FAIRLEAD_TRY(auto query,
                 identity.prepare("SELECT 1 FROM decision WHERE a = ?1 AND b = ?2 AND withdrawn_ms IS NULL"));
    return query.bind(1, a).bind(2, b).next();
}

/// A chain of links that joined leads from the one to the other.
Result<bool> areOnePerson(store::Database& identity, std::int64_t a, std::int64_t b) {
    std::vector<std::pair<std::int64_t, std::int64_t>> joins;
    FAIRLEAD_TRY(auto query, identity.prepare("SELECT a, b FROM joining_link ORDER BY a, b"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        joins.emplace_back(query.integer(0), query.integer(1));
    }
    std::set<std::int64_t> person{a};
    for (std::size_t before = 0; before != person.size() && !person.contains(b);) {
        before = person.size();
        for (const auto& [x, y] : joins) {
            if (person.contains(x)) person.insert(y);
            if (person.contains(y)) person.insert(x);
        }
    }
    return person.contains(b);
}

/// Whatever stands between the wish and the decision before. Gives the one that it takes the place of.
Result<std::optional<Decision>> replacedBy(const Workspace& workspace, store::Database& identity,
                                           const DecisionWanted& wanted) {
    FAIRLEAD_TRY(auto before, decisionOn(workspace, identity, wanted.a, wanted.b));
    if (!before) return before;
    const std::string detail =
        fmt::format("decision {}: {}, by {} on {}", before->id, name(before->verdict), before->reader,
                    Date{static_cast<std::int32_t>(before->atMs / kDayMs)}.iso());
    if (before->verdict == wanted.verdict) return fail(ErrorCode::AlreadyExists, "this decision", detail);
    if (before->reader != workspace.name() && !wanted.overrules)
        return fail(ErrorCode::AlreadyExists, "another reader's decision", detail);
    return before;
}

Status withdraw(Workspace& workspace, std::int64_t id, std::int64_t run) {
    store::Database& identity = workspace.identity();
    FAIRLEAD_TRY(auto rows, store::WatchedRows::where(identity, "decision", "id = ?1"));
    FAIRLEAD_TRY(auto update, identity.prepare("UPDATE decision SET withdrawn_by = ?2, withdrawn_ms = ?3, "
                                               "withdrawn_after_run = ?4 WHERE id = ?1"));
    FAIRLEAD_OK(rows.bind(id).goes());
    update.bind(1, id).bind(2, std::string_view(workspace.principal())).bind(3, workspace.clock().nowMs());
    FAIRLEAD_OK(update.bind(4, run).run());
    return rows.bind(id).comes();
}

Status insert(Workspace& workspace, const Decision& decision) {
    constexpr int kColumnCount = 12;
    FAIRLEAD_TRY(auto row, store::InsertedRow::into(workspace.identity(), "decision", kColumnCount));
    row.add(decision.id).add(decision.a.value).add(decision.b.value).add(name(decision.verdict));
    row.add(std::string_view(workspace.principal())).add(decision.atMs).add(std::string_view(decision.reason));
    row.add(decision.afterRun);
    row.add(decision.insteadOf == 0 ? std::nullopt : std::optional(decision.insteadOf));
    return row.addNull().addNull().addNull().write();
}

/// Changes rows as one batch: the log knows the digest on either side of the commit.
template <typename Change>
Status asBatch(Workspace& workspace, const Change& change) {
    FAIRLEAD_TRY(auto watch, workspace::DecisionWatch::begin(workspace));
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(workspace.identity()));
    FAIRLEAD_OK(change());
    FAIRLEAD_OK(watch.record(workspace));
    return transaction.commit();
}

Status checkReason(Workspace& workspace, const std::string& reason) {
    auto enough = workspace::checkReason(reason);
    if (!enough) FAIRLEAD_OK(workspace::recordDenied(workspace, "a decision about two records without a reason"));
    return enough;
}

audit::Entry intentOf(const Workspace& workspace, std::string_view what, const Decision& decision,
                      std::string_view reason) {
    audit::Entry intent = workspace::intentOf(workspace, audit::Verb::Alteration, trimmed(reason),
                                              {{"what", std::string(what)},
                                               {"records", fmt::format("{} {}", decision.a.value, decision.b.value)},
                                               {"decision", std::to_string(decision.id)},
                                               {"verdict", std::string(name(decision.verdict))}});
    if (decision.insteadOf != 0) intent.details["instead_of"] = std::to_string(decision.insteadOf);
    intent.subjectCount = 2;
    return intent;
}

}  // namespace

std::string_view name(Verdict verdict) {
    switch (verdict) {
        case Verdict::Same: return "same";
        case Verdict::Different: return "different";
        case Verdict::Unsure: return "unsure";
    }
    return "";
}

void markWaiting(std::vector<Decision>& decisions, std::int64_t lastRun) {
    struct Standing {
        const Decision* taken = nullptr;
        const Decision* now = nullptr;
        Decision* newest = nullptr;
    };
    std::map<std::pair<std::int64_t, std::int64_t>, Standing> pairs;
    for (Decision& one : decisions) {
        Standing& pair = pairs[{one.a.value, one.b.value}];
        const bool stoodThen = one.isInForce() || one.withdrawnAfterRun.value_or(0) >= lastRun;
        if (one.afterRun < lastRun && stoodThen) pair.taken = &one;
        if (one.isInForce()) pair.now = &one;
        pair.newest = &one;
        one.waits = false;
    }
    for (const auto& [records, pair] : pairs) {
        const bool isAsTaken = pair.taken == nullptr || pair.now == nullptr ? pair.taken == pair.now
                                                                            : pair.taken->verdict == pair.now->verdict;
        pair.newest->waits = !isAsTaken;
    }
}

Result<std::vector<Decision>> decisions(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReviewPairs));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto all, readAll(workspace, workspace.identity()));
    FAIRLEAD_TRY(const std::int64_t run, lastRun(workspace.identity()));
    markWaiting(all, run);
    std::ranges::reverse(all);
    return all;
}

Result<std::optional<Decision>> decisionOn(const Workspace& workspace, store::Database& identity,
                                           record::SourcePersonId a, record::SourcePersonId b) {
    const auto [low, high] = std::minmax(a.value, b.value);
    FAIRLEAD_TRY(auto query,
                 identity.prepare(fmt::format("{} WHERE a = ?1 AND b = ?2 AND withdrawn_ms IS NULL", kColumns)));
    FAIRLEAD_TRY(const bool found, query.bind(1, low).bind(2, high).next());
    if (!found) return std::optional<Decision>();
    FAIRLEAD_TRY(const auto names, UserNames::read(workspace));
    FAIRLEAD_TRY(auto one, decisionAt(query, names));
    return std::optional(std::move(one));
}

Status checkDecidable(store::Database& identity, record::SourcePersonId a, record::SourcePersonId b) {
    if (a == b) return fail(ErrorCode::InvalidArgument, "records of a decision", fmt::format("{} twice", a.value));
    FAIRLEAD_TRY(auto known, identity.prepare("SELECT 1 FROM person_ref WHERE source_person = ?1"));
    for (const record::SourcePersonId id : {a, b}) {
        known.reset();
        FAIRLEAD_TRY(const bool found, known.bind(1, id.value).next());
        if (!found) return fail(ErrorCode::NotFound, "record of a decision", std::to_string(id.value));
    }
    const auto [low, high] = std::minmax(a.value, b.value);
    for (const auto& asks : {waitsForReader, wasDecided, areOnePerson}) {
        FAIRLEAD_TRY(const bool may, asks(identity, low, high));
        if (may) return {};
    }
    return fail(ErrorCode::NotFound, kPairToDecide, "they neither wait for a reader nor are one person");
}

Result<std::int64_t> decide(Workspace& workspace, const DecisionWanted& wanted) {
    FAIRLEAD_OK(workspace.require(access::Action::DecideLinks));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_OK(checkReason(workspace, wanted.reason));
    store::Database& identity = workspace.identity();
    if (const auto may = checkDecidable(identity, wanted.a, wanted.b);
        !may && !(wanted.unconnected && may.error().subject == kPairToDecide))
        return std::unexpected(may.error());
    FAIRLEAD_TRY(const auto before, replacedBy(workspace, identity, wanted));
    FAIRLEAD_TRY(const std::int64_t newest, workspace::scalar(identity, "SELECT max(id) FROM decision"));
    const auto [low, high] = std::minmax(wanted.a.value, wanted.b.value);
    Decision decision;
    decision.id = newest + 1;
    decision.a = {low};
    decision.b = {high};
    decision.verdict = wanted.verdict;
    decision.atMs = workspace.clock().nowMs();
    decision.reason = trimmed(wanted.reason);
    decision.insteadOf = before ? before->id : 0;
    FAIRLEAD_TRY(decision.afterRun, lastRun(identity));
    const auto rows = [&]() -> Status {
        if (before) FAIRLEAD_OK(withdraw(workspace, before->id, decision.afterRun));
        return insert(workspace, decision);
    };
    const auto write = [&]() -> Result<std::int64_t> {
        FAIRLEAD_OK(asBatch(workspace, rows));
        return decision.id;
    };
    return workspace::asAct(workspace, intentOf(workspace, "decision about two records", decision, wanted.reason),
                            write, [&](std::int64_t) { return workspace::withDecisions(workspace, {}); });
}

Status withdrawDecision(Workspace& workspace, std::int64_t id, const std::string& reason) {
    FAIRLEAD_OK(workspace.require(access::Action::DecideLinks));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_OK(checkReason(workspace, reason));
    store::Database& identity = workspace.identity();
    FAIRLEAD_TRY(const auto all, readAll(workspace, identity));
    const auto found = std::ranges::find(all, id, &Decision::id);
    if (found == all.end()) return fail(ErrorCode::NotFound, fmt::format("decision {}", id));
    if (!found->isInForce())
        return fail(ErrorCode::InvalidArgument, fmt::format("decision {}", id), "withdrawn already");
    FAIRLEAD_TRY(const std::int64_t run, lastRun(identity));
    const auto rows = [&] { return withdraw(workspace, id, run); };
    const auto write = [&]() -> Result<std::int64_t> {
        FAIRLEAD_OK(asBatch(workspace, rows));
        return id;
    };
    FAIRLEAD_TRY([[maybe_unused]] const std::int64_t done,
                 workspace::asAct(workspace, intentOf(workspace, "decision withdrawn", *found, reason), write,
                                  [&](std::int64_t) { return workspace::withDecisions(workspace, {}); }));
    return {};
}

}  // namespace fairlead::release
