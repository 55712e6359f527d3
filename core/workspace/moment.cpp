#include "core/workspace/moment.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/workspace/columns.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

Result<Date> defaultAsAt(store::Database& core, record::LoadId knownAt) {
    // A dataset of which nothing is left does not hold the others back, unless nothing is left at all.
    for (const std::string_view left : {"AND id NOT IN (SELECT delivery FROM purged_delivery)", ""}) {
        FAIRLEAD_TRY(auto query, core.prepare(fmt::format("SELECT min(newest) FROM (SELECT max(data_as_at) AS newest "
                                                          "FROM delivery WHERE load <= ?1 {} GROUP BY dataset)",
                                                          left)));
        query.bind(1, knownAt.value);
        FAIRLEAD_TRY(const bool found, query.next());
        if (found && !query.isNull(0)) return dayAt(query, 0);
    }
    return fail(ErrorCode::NotFound, std::string(kNoLoad));
}

namespace {

/// The first row of a table of acts that was written at `ms` or later; past every row when none was. Rows before it
/// stay the same whatever a clock that is set back does to later ones.
Result<std::int64_t> firstSince(store::Database& core, std::string_view table, std::int64_t ms) {
    FAIRLEAD_TRY(auto query, core.prepare(fmt::format("SELECT min(id) FROM {} WHERE at_ms >= ?1", table)));
    query.bind(1, ms);
    FAIRLEAD_TRY(const bool found, query.next());
    return !found || query.isNull(0) ? INT64_MAX : query.integer(0);
}

std::int64_t endOfDay(Date day) {
    constexpr std::int64_t kDayMs = 86'400'000;
    return (std::int64_t{day.days} + 1) * kDayMs;
}

Result<record::LoadId> loadAt(Workspace& workspace, const KnownAt& knownAt, std::int64_t latest) {
    if (const auto* load = std::get_if<record::LoadId>(&knownAt)) {
        if (load->value < 1 || load->value > latest)
            return fail(ErrorCode::NotFound, fmt::format("load {}", load->value),
                        fmt::format("the last is {}", latest));
        return *load;
    }
    const Date day = std::get<Date>(knownAt);
    if (day > workspace.clock().today())
        return fail(ErrorCode::InvalidArgument, day.uk(), "what will be known on a day to come cannot be said");
    FAIRLEAD_TRY(const std::int64_t since, firstSince(workspace.core(), "load", endOfDay(day)));
    if (since == 1) return fail(ErrorCode::NotFound, std::string(kNoLoadByThen), "as known on " + day.uk());
    return record::LoadId{std::min(since - 1, latest)};
}

}  // namespace

Result<Moment> momentOf(Workspace& workspace, std::optional<Date> asAt, std::optional<KnownAt> knownAt) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t latest, scalar(core, "SELECT max(id) FROM load"));
    if (latest == 0) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    Moment moment;
    FAIRLEAD_TRY(moment.knownAt, loadAt(workspace, knownAt.value_or(record::LoadId{latest}), latest));
    if (asAt) {
        moment.asAt = *asAt;
    } else {
        FAIRLEAD_TRY(moment.asAt, defaultAsAt(core, moment.knownAt));
    }
    std::int64_t sinceRun = INT64_MAX;
    if (knownAt && std::holds_alternative<Date>(*knownAt)) {
        moment.knownOn = std::get<Date>(*knownAt);
        FAIRLEAD_TRY(sinceRun, firstSince(core, "run", endOfDay(*moment.knownOn)));
    }
    FAIRLEAD_TRY(auto query, core.prepare("SELECT max(id) FROM run WHERE after_load <= ?1 AND id < ?2"));
    query.bind(1, moment.knownAt.value).bind(2, sinceRun);
    FAIRLEAD_TRY(const bool found, query.next());
    moment.run = !found || query.isNull(0) ? 0 : query.integer(0);
    return moment;
}

Result<Memberships> Memberships::open(store::Database& core, std::int64_t run) {
    const std::string holds = fmt::format("from_run <= {0} AND (until_run IS NULL OR until_run > {0})", run);
    FAIRLEAD_TRY(auto person, core.prepare("SELECT person FROM membership WHERE source_person = ?1 AND " + holds));
    FAIRLEAD_TRY(auto members, core.prepare("SELECT source_person, strength FROM membership WHERE person = ?1 AND " +
                                            holds + " ORDER BY source_person"));
    return Memberships(std::move(person), std::move(members));
}

Result<record::PersonKey> Memberships::personOf(std::int64_t sourcePerson) {
    m_person.reset();
    m_person.bind(1, sourcePerson);
    FAIRLEAD_TRY(const bool found, m_person.next());
    return record::PersonKey{found ? m_person.integer(0) : -sourcePerson};
}

Result<std::vector<Member>> Memberships::membersOf(record::PersonKey person) {
    if (person.value < 0) return std::vector<Member>{{-person.value, 100}};
    std::vector<Member> members;
    m_members.reset();
    m_members.bind(1, person.value);
    while (true) {
        FAIRLEAD_TRY(const bool more, m_members.next());
        if (!more) return members;
        members.push_back({m_members.integer(0), static_cast<int>(m_members.integer(1))});
    }
}

}  // namespace fairlead::workspace
