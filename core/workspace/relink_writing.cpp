#include "core/workspace/relink_writing.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/workspace/columns.h"

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
    FAIRLEAD_TRY(auto end,
                 core.prepare("UPDATE membership SET until_run = ?2 WHERE source_person = ?1 AND until_run IS NULL"));
    FAIRLEAD_TRY(auto begin, core.prepare("INSERT INTO membership VALUES (?1, ?2, NULL, ?3, ?4)"));
    auto old = before.begin();
    for (const Membership& membership : now) {
        while (old != before.end() && old->sourcePerson < membership.sourcePerson) ++old;
        const bool held = old != before.end() && old->sourcePerson == membership.sourcePerson;
        if (held && old->person == membership.person && old->strength == membership.strength) continue;
        if (held) FAIRLEAD_OK(end.bind(1, membership.sourcePerson.value).bind(2, run).run());
        begin.bind(1, membership.sourcePerson.value).bind(2, run).bind(3, membership.person.value);
        FAIRLEAD_OK(begin.bind(4, static_cast<std::int64_t>(membership.strength)).run());
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

Status writeLinks(store::Database& identity, const std::vector<link::ScoredLink>& links, std::int64_t run) {
    FAIRLEAD_OK(identity.execute("DELETE FROM link; DELETE FROM joining_link"));
    FAIRLEAD_TRY(auto joining, identity.prepare("INSERT INTO joining_link VALUES (?1, ?2)"));
    FAIRLEAD_TRY(auto insert, identity.prepare("INSERT INTO link VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    for (const link::ScoredLink& link : links) {
        insert.bind(1, link.a.value).bind(2, link.b.value).bind(3, link.bits).bind(4, link.probability);
        insert.bind(5, static_cast<std::int64_t>(link.pattern)).bind(6, link::name(link.kind));
        FAIRLEAD_OK(insert.bind(7, link::name(link.state)).bind(8, run).run());
        if (link.joined) FAIRLEAD_OK(joining.bind(1, link.a.value).bind(2, link.b.value).run());
    }
    return {};
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
    FAIRLEAD_TRY(auto end,
                 core.prepare("UPDATE pending_link SET until_run = ?3 WHERE a = ?1 AND b = ?2 AND until_run IS NULL"));
    for (const auto& [a, b] : ended) FAIRLEAD_OK(end.bind(1, a).bind(2, b).bind(3, run).run());
    FAIRLEAD_TRY(auto begin, core.prepare("INSERT INTO pending_link VALUES (?1, ?2, ?3, NULL)"));
    for (const auto& [a, b] : pending) FAIRLEAD_OK(begin.bind(1, a).bind(2, b).bind(3, run).run());
    return {};
}

Status writeChanges(store::Database& core, const std::vector<link::PersonChange>& changes, std::int64_t run) {
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO merge_split (run, kind, person, other, records) "
                                           "VALUES (?1, ?2, ?3, ?4, ?5)"));
    for (const link::PersonChange& change : changes) {
        if (change.kind == link::PersonChangeKind::Created) continue;
        insert.bind(1, run).bind(2, link::name(change.kind)).bind(3, change.person.value).bind(4, change.other.value);
        FAIRLEAD_OK(insert.bind(5, static_cast<std::int64_t>(change.records)).run());
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

Status addEdge(store::Statement& insert, const FamilyEdge& edge, std::int64_t id, std::int64_t run) {
    insert.bind(1, edge.a.value).bind(2, edge.b.value).bind(3, id);
    insert.bind(4, static_cast<std::int64_t>(edge.basis)).bind(5, static_cast<std::int64_t>(edge.relation));
    insert.bind(6, unlessEnd(edge.during.from)).bind(7, unlessEnd(edge.during.until)).bind(8, edge.received.value);
    if (edge.withdrawn.value == 0)
        insert.bindNull(9);
    else
        insert.bind(9, edge.withdrawn.value);
    return insert.bind(10, run).run();
}

}  // namespace

Status writeFamilyEdges(store::Database& core, const std::vector<FamilyEdge>& edges, std::int64_t run,
                        TaskContext& task) {
    FAIRLEAD_TRY(const auto held, currentEdges(core));
    FAIRLEAD_TRY(auto insert,
                 core.prepare("INSERT INTO family_edge VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL)"));
    FAIRLEAD_TRY(auto end, core.prepare("UPDATE family_edge SET until_run = ?4 WHERE a = ?1 AND b = ?2 AND id = ?3"));
    auto old = held.begin();
    std::int64_t id = run << 32;  // Unique over runs: a position within the run on top of its number.
    for (const FamilyEdge& edge : edges) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        for (; old != held.end() && old->first < edge; ++old)
            FAIRLEAD_OK(
                end.bind(1, old->first.a.value).bind(2, old->first.b.value).bind(3, old->second).bind(4, run).run());
        if (old != held.end() && old->first == edge)
            ++old;
        else
            FAIRLEAD_OK(addEdge(insert, edge, ++id, run));
    }
    for (; old != held.end(); ++old)
        FAIRLEAD_OK(
            end.bind(1, old->first.a.value).bind(2, old->first.b.value).bind(3, old->second).bind(4, run).run());
    return {};
}

}  // namespace fairlead::workspace
