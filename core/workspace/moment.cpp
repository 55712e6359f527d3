#include "core/workspace/moment.h"

#include "core/workspace/columns.h"

namespace fairlead::workspace {

Result<Date> defaultAsAt(store::Database& core, record::LoadId knownAt) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT min(newest) FROM (SELECT max(data_as_at) AS newest FROM delivery "
                                          "WHERE load <= ?1 GROUP BY dataset)"));
    query.bind(1, knownAt.value);
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found || query.isNull(0)) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    return dayAt(query, 0);
}

Result<Moment> momentOf(store::Database& core, std::optional<Date> asAt, std::optional<record::LoadId> knownAt) {
    FAIRLEAD_TRY(const std::int64_t latest, scalar(core, "SELECT max(id) FROM load"));
    Moment moment;
    moment.knownAt = knownAt.value_or(record::LoadId{latest});
    if (latest == 0) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    if (moment.knownAt.value < 1 || moment.knownAt.value > latest)
        return fail(ErrorCode::NotFound, fmt::format("load {}", moment.knownAt.value));
    if (asAt) {
        moment.asAt = *asAt;
    } else {
        FAIRLEAD_TRY(moment.asAt, defaultAsAt(core, moment.knownAt));
    }
    FAIRLEAD_TRY(auto query, core.prepare("SELECT max(id) FROM run WHERE after_load <= ?1"));
    query.bind(1, moment.knownAt.value);
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
