#include "core/workspace/relink_writing.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/store/row_watch.h"
#include "core/workspace/columns.h"
#include "core/workspace/kept_pairs.h"

namespace fairlead::workspace {

Result<std::vector<Membership>> currentMemberships(store::Database& core) {
    std::vector<Membership> memberships;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT source_person, person, strength FROM membership "
                                          "WHERE until_run IS NULL ORDER BY source_person"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return memberships;
        memberships.push_back({{query.integer(0)}, {query.integer(1)}, static_cast<int>(query.integer(2))});
    }
}

std::vector<int> strengths(std::span<const record::SourcePersonId> records,
                           const std::vector<link::ScoredLink>& links) {
    constexpr int kSure = 100;
    std::vector<int> best(records.size(), 0);
    const auto raise = [&](record::SourcePersonId id, int strength) {
        const auto at = std::ranges::lower_bound(records, id) - records.begin();
        best[static_cast<std::size_t>(at)] = std::max(best[static_cast<std::size_t>(at)], strength);
    };
    for (const link::ScoredLink& link : links) {
        if (link.state != link::LinkState::Accepted) continue;
        // Never 100 by score alone: that is for identifiers and readers.
        const int scored = std::clamp(static_cast<int>(std::floor(link.probability * 100.0)), 1, kSure - 1);
        const int strength = link.kind == link::LinkKind::Scored ? scored : kSure;
        raise(link.a, strength);
        raise(link.b, strength);
    }
    std::ranges::replace(best, 0, kSure);
    return best;
}

Status writeMemberships(store::Database& core, std::span<const Membership> before, std::span<const Membership> now,
                        std::int64_t run) {
    FAIRLEAD_TRY(auto end, store::ChangedRows::prepare(
                               core, {"membership", "until_run = ?2", "source_person = ?1 AND until_run IS NULL",
                                      "source_person = ?1 AND until_run = ?2"}));
    FAIRLEAD_TRY(auto begin, store::InsertedRow::into(core, "membership", 5));
    auto old = before.begin();
    for (const Membership& membership : now) {
        while (old != before.end() && old->sourcePerson < membership.sourcePerson) ++old;
        const bool held = old != before.end() && old->sourcePerson == membership.sourcePerson;
        if (held && old->person == membership.person && old->strength == membership.strength) continue;
        if (held) FAIRLEAD_OK(end.run({membership.sourcePerson.value, run}));
        begin.add(membership.sourcePerson.value).add(run).addNull().add(membership.person.value);
        FAIRLEAD_OK(begin.add(std::int64_t{membership.strength}).write());
    }
    return {};
}

bool waitsForReader(const link::ScoredLink& link) {
    switch (link.state) {
        case link::LinkState::Review:
        case link::LinkState::HeldTwins:
        case link::LinkState::HeldParentAndChild:
        case link::LinkState::HeldWeakBridge: return true;
        // Two identifiers of one kind, two rows of a register without duplicates, relatives, a reader's decision:
        // settled.
        case link::LinkState::Accepted:
        case link::LinkState::HeldIdentifierConflict:
        case link::LinkState::HeldOnePersonPerRow:
        case link::LinkState::HeldRelatives:
        case link::LinkState::HeldDecision: return false;
    }
    return false;
}

// The tables of links change their names, since a run writes every link anew; those that join differ by few rows.
Status setLinksAside(store::Database& identity) {
    FAIRLEAD_OK(
        identity.execute("DELETE FROM link_before; DELETE FROM joining_link_before;"
                         "ALTER TABLE link RENAME TO link_turned; ALTER TABLE link_before RENAME TO link;"
                         "ALTER TABLE link_turned RENAME TO link_before;"
                         "INSERT INTO joining_link_before SELECT * FROM joining_link"));
    return store::clearTable(identity, "link");
}

Status writeLinks(store::Database& identity, const std::vector<link::ScoredLink>& links, std::int64_t run,
                  TaskContext& task) {
    std::vector<RecordPair> joining;
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(identity, "link", 8));
    for (const link::ScoredLink& link : links) {
        insert.add(link.a.value).add(link.b.value).add(link.bits).add(link.probability);
        insert.add(static_cast<std::int64_t>(link.pattern)).add(link::name(link.kind));
        FAIRLEAD_OK(insert.add(link::name(link.state)).add(run).write());
        if (link.joined) joining.emplace_back(link.a, link.b);
    }
    std::ranges::sort(joining);
    return writePairs(identity, "joining_link", joining, task);
}

namespace {

/// The value of an enumeration of so many values whose name() is the text.
template <typename Value>
std::optional<Value> valueNamed(std::string_view text, int values) {
    for (int i = 0; i < values; ++i)
        if (const auto value = static_cast<Value>(i); link::name(value) == text) return value;
    return std::nullopt;
}

}  // namespace

Result<std::vector<link::ScoredLink>> readLinks(store::Database& identity) {
    constexpr int kKinds = static_cast<int>(link::LinkKind::Decision) + 1;
    constexpr int kStates = static_cast<int>(link::LinkState::HeldDecision) + 1;
    std::vector<link::ScoredLink> links;
    FAIRLEAD_TRY(auto query,
                 identity.prepare("SELECT link.a, link.b, bits, probability, pattern, kind, state, joining_link.a "
                                  "FROM link LEFT JOIN joining_link ON joining_link.a = link.a AND "
                                  "joining_link.b = link.b ORDER BY link.a, link.b"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return links;
        const auto kind = valueNamed<link::LinkKind>(query.text(5), kKinds);
        const auto state = valueNamed<link::LinkState>(query.text(6), kStates);
        if (!kind || !state) return fail(ErrorCode::Corrupt, "identity.db", "a link of an unknown kind or state");
        link::ScoredLink link;
        link.a = {query.integer(0)};
        link.b = {query.integer(1)};
        link.bits = query.real(2);
        link.probability = query.real(3);
        link.pattern = static_cast<std::uint64_t>(query.integer(4));
        link.kind = *kind;
        link.state = *state;
        link.joined = !query.isNull(7);
        links.push_back(link);
    }
}

Status writePendingLinks(store::Database& core, const std::vector<link::ScoredLink>& links, std::int64_t run) {
    using Pair = std::pair<std::int64_t, std::int64_t>;
    std::set<Pair> pending;
    for (const link::ScoredLink& link : links)
        if (waitsForReader(link)) pending.emplace(link.a.value, link.b.value);
    std::vector<Pair> ended;
    {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT a, b FROM pending_link WHERE until_run IS NULL"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            const Pair pair(query.integer(0), query.integer(1));
            if (pending.erase(pair) == 0) ended.push_back(pair);
        }
    }
    FAIRLEAD_TRY(auto end, store::ChangedRows::prepare(
                               core, {"pending_link", "until_run = ?3", "a = ?1 AND b = ?2 AND until_run IS NULL",
                                      "a = ?1 AND b = ?2 AND until_run = ?3"}));
    for (const auto& [a, b] : ended) FAIRLEAD_OK(end.run({a, b, run}));
    FAIRLEAD_TRY(auto begin, store::InsertedRow::into(core, "pending_link", 4));
    for (const auto& [a, b] : pending) FAIRLEAD_OK(begin.add(a).add(b).add(run).addNull().write());
    return {};
}

Status writeChanges(store::Database& core, const std::vector<link::PersonChange>& changes, std::int64_t run) {
    FAIRLEAD_TRY(std::int64_t id, scalar(core, "SELECT max(id) FROM merge_split"));
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "merge_split", 6));
    for (const link::PersonChange& change : changes) {
        if (change.kind == link::PersonChangeKind::Created) continue;
        insert.add(++id).add(run).add(link::name(change.kind)).add(change.person.value).add(change.other.value);
        FAIRLEAD_OK(insert.add(static_cast<std::int64_t>(change.records)).write());
    }
    return {};
}

namespace {

using family::FamilyEdge;

std::optional<std::int64_t> unlessEnd(Date day) {
    const bool isEnd = day == Date::never() || day == Date::beginning();
    return isEnd ? std::nullopt : std::optional<std::int64_t>(day.days);
}

Result<std::vector<std::pair<FamilyEdge, std::int64_t>>> currentEdges(store::Database& core) {
    std::vector<std::pair<FamilyEdge, std::int64_t>> edges;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT a, b, basis, relation, from_day, until_day, received, withdrawn, id "
                                          "FROM family_edge WHERE until_run IS NULL"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        edges.emplace_back(FamilyEdge{{query.integer(0)},
                                      {query.integer(1)},
                                      static_cast<family::Basis>(query.integer(2)),
                                      static_cast<family::Relation>(query.integer(3)),
                                      {dayAt(query, 4, Date::beginning()), dayAt(query, 5, Date::never())},
                                      {query.integer(6)},
                                      {query.isNull(7) ? 0 : query.integer(7)}},
                           query.integer(8));
    }
    std::ranges::sort(edges);
    return edges;
}

Status addEdge(store::InsertedRow& insert, const FamilyEdge& edge, std::int64_t id, std::int64_t run) {
    insert.add(edge.a.value).add(edge.b.value).add(id);
    insert.add(static_cast<std::int64_t>(edge.basis)).add(static_cast<std::int64_t>(edge.relation));
    insert.add(unlessEnd(edge.during.from)).add(unlessEnd(edge.during.until)).add(edge.received.value);
    if (edge.withdrawn.value == 0)
        insert.addNull();
    else
        insert.add(edge.withdrawn.value);
    return insert.add(run).addNull().write();
}

}  // namespace

Status writeFamilyEdges(store::Database& core, const std::vector<FamilyEdge>& edges, std::int64_t run,
                        TaskContext& task) {
    FAIRLEAD_TRY(const auto held, currentEdges(core));
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "family_edge", 11));
    FAIRLEAD_TRY(auto end,
                 store::ChangedRows::prepare(core, {"family_edge", "until_run = ?4", "a = ?1 AND b = ?2 AND id = ?3"}));
    const auto ends = [&](const std::pair<FamilyEdge, std::int64_t>& edge) {
        return end.run({edge.first.a.value, edge.first.b.value, edge.second, run});
    };
    auto old = held.begin();
    std::int64_t id = run << 32;  // Unique over runs: a position within the run on top of its number.
    for (const FamilyEdge& edge : edges) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        for (; old != held.end() && old->first < edge; ++old) FAIRLEAD_OK(ends(*old));
        if (old != held.end() && old->first == edge)
            ++old;
        else
            FAIRLEAD_OK(addEdge(insert, edge, ++id, run));
    }
    for (; old != held.end(); ++old) FAIRLEAD_OK(ends(*old));
    return {};
}

}  // namespace fairlead::workspace
