#include "core/workspace/slice_reading.h"

#include <algorithm>
#include <set>

#include "core/family/family_graph.h"
#include "core/indicator/evaluate.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

namespace {

/// Pupils who left longer ago are in none of the twelve months of a trend.
constexpr int kMonthsOfRoll = 13;

void sortOnce(std::vector<record::PersonKey>& persons) {
    std::ranges::sort(persons);
    const auto same = std::ranges::unique(persons);
    persons.erase(same.begin(), same.end());
}

Status readRoll(store::Database& core, SchoolReading& reading, Memberships& memberships) {
    const RollWanted wanted{reading.slice.school, reading.moment.asAt.plusMonths(-kMonthsOfRoll)};
    FAIRLEAD_TRY(auto rows, rollRows(core, wanted, reading.moment.knownAt));
    for (indicator::SourcedRoll& row : rows) {
        FAIRLEAD_TRY(row.spell.person, memberships.personOf(row.source));
        if (row.spell.isKnownAt(reading.moment.knownAt)) reading.pupils.push_back(row.spell.person);
        reading.slice.roll.push_back(std::move(row.spell));
    }
    sortOnce(reading.pupils);
    return {};
}

/// Edges of given persons, as a run left them.
class EdgeReading {
public:
    static Result<EdgeReading> open(store::Database& core, const Moment& moment) {
        const std::string text = fmt::format(
            "SELECT a, b, basis, relation, from_day, until_day, received, withdrawn FROM family_edge "
            "WHERE {{}} = ?1 AND from_run <= {0} AND (until_run IS NULL OR until_run > {0})",
            moment.run);
        FAIRLEAD_TRY(auto byA, core.prepare(fmt::format(fmt::runtime(text), "a")));
        FAIRLEAD_TRY(auto byB, core.prepare(fmt::format(fmt::runtime(text), "b")));
        return EdgeReading(std::move(byA), std::move(byB));
    }
    Status add(record::PersonKey person, std::vector<family::FamilyEdge>& edges) {
        for (store::Statement* row : {&m_byA, &m_byB}) {
            row->reset();
            row->bind(1, person.value);
            while (true) {
                FAIRLEAD_TRY(const bool more, row->next());
                if (!more) break;
                edges.push_back({{row->integer(0)},
                                 {row->integer(1)},
                                 static_cast<family::Basis>(row->integer(2)),
                                 static_cast<family::Relation>(row->integer(3)),
                                 {dayAt(*row, 4, Date::beginning()), dayAt(*row, 5, Date::never())},
                                 {row->integer(6)},
                                 {row->isNull(7) ? 0 : row->integer(7)}});
            }
        }
        return {};
    }

private:
    EdgeReading(store::Statement byA, store::Statement byB) : m_byA(std::move(byA)), m_byB(std::move(byB)) {}
    store::Statement m_byA;
    store::Statement m_byB;
};

Status readFamilies(store::Database& core, SchoolReading& reading, TaskContext& task) {
    FAIRLEAD_TRY(auto reader, EdgeReading::open(core, reading.moment));
    std::vector<family::FamilyEdge> edges;
    for (const record::PersonKey pupil : reading.pupils) FAIRLEAD_OK(reader.add(pupil, edges));
    // Siblings through a parent are two steps away: the edges of the pupils' neighbours belong to it.
    std::vector<record::PersonKey> neighbours;
    for (const family::FamilyEdge& edge : edges)
        for (const record::PersonKey person : {edge.a, edge.b})
            if (!std::ranges::binary_search(reading.pupils, person)) neighbours.push_back(person);
    sortOnce(neighbours);
    for (const record::PersonKey person : neighbours) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_OK(reader.add(person, edges));
    }
    std::ranges::sort(edges);
    const auto same = std::ranges::unique(edges);
    edges.erase(same.begin(), same.end());

    const family::FamilyGraph graph(std::move(edges));
    for (const record::PersonKey pupil : reading.pupils)
        for (const record::PersonKey member : graph.memberKeys(pupil, {reading.moment.asAt, reading.moment.knownAt}))
            reading.slice.families.push_back({pupil, member});
    return {};
}

/// Reads the facts and birth months of everybody in the slice and counts agencies and pending links on the way.
class PersonReading {
public:
    PersonReading(store::Database& core, SchoolReading& reading, Memberships& memberships)
        : m_core(core), m_reading(reading), m_memberships(memberships) {}

    Status run(Reach reach, TaskContext& task) {
        FAIRLEAD_TRY(auto facts, FactReading::open(m_core, m_reading.moment.knownAt));
        FAIRLEAD_TRY(auto births, BirthReading::open(m_core, m_reading.moment.knownAt));
        FAIRLEAD_TRY(auto waiting, WaitingReading::open(m_core, m_reading.moment.run));
        for (const record::PersonKey person : everybody()) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            FAIRLEAD_TRY(const auto members, m_memberships.membersOf(person));
            std::vector<std::int64_t> months;
            for (const Member& member : members) {
                FAIRLEAD_OK(facts.add(person, member, *m_table));
                FAIRLEAD_TRY(const auto month, births.of(member.sourcePerson));
                if (month) months.push_back(*month);
                if (reach == Reach::WithFamilies) FAIRLEAD_OK(waiting.add(member.sourcePerson, m_pending));
            }
            m_births.push_back({person, birthMonthOf(std::move(months))});
            const bool isPupil = std::ranges::binary_search(m_reading.pupils, person);
            if (isPupil && reach == Reach::WithFamilies) FAIRLEAD_OK(countAgencies(person, members));
        }
        m_reading.pendingLinks = static_cast<std::int64_t>(m_pending.size());
        return evaluate(task);
    }

private:
    [[nodiscard]] std::vector<record::PersonKey> everybody() const {
        std::vector<record::PersonKey> persons = m_reading.pupils;
        for (const indicator::FamilyTie& tie : m_reading.slice.families) persons.push_back(tie.member);
        sortOnce(persons);
        return persons;
    }

    Status countAgencies(record::PersonKey pupil, const std::vector<Member>& members) {
        if (m_agencyOf.empty()) {
            FAIRLEAD_TRY(auto query, m_core.prepare("SELECT id, agency FROM dataset"));
            while (true) {
                FAIRLEAD_TRY(const bool more, query.next());
                if (!more) break;
                m_agencyOf.emplace(query.integer(0), query.text(1));
            }
        }
        std::set<std::string> agencies;
        for (const Member& member : members) agencies.insert(m_agencyOf[datasetOf(member.sourcePerson)]);
        m_reading.agencies[pupil] = static_cast<int>(agencies.size());
        return {};
    }

    Status evaluate(TaskContext& task) {
        m_table->seal();
        indicator::SchoolSlice& slice = m_reading.slice;
        FAIRLEAD_TRY(auto book,
                     indicator::evaluateAll(*slice.definitions, *m_table, m_births, m_reading.moment.knownAt, task));
        slice.spells = std::make_shared<const indicator::SpellBook>(std::move(book));
        slice.facts = m_table;
        slice.births = std::move(m_births);
        return {};
    }

    store::Database& m_core;
    SchoolReading& m_reading;
    Memberships& m_memberships;
    std::shared_ptr<indicator::FactTable> m_table = std::make_shared<indicator::FactTable>();
    std::vector<indicator::PersonBirth> m_births;
    std::set<std::pair<std::int64_t, std::int64_t>> m_pending;
    std::map<std::int64_t, std::string> m_agencyOf;
};

}  // namespace

Result<std::vector<indicator::SourcedRoll>> rollRows(store::Database& core, const RollWanted& wanted,
                                                     record::LoadId receivedBy) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT source_person, year_group, enrolment, from_day, ends, received, withdrawn "
                              "FROM roll WHERE urn = ?1 AND received <= ?2 AND ends > ?3"));
    query.bind(1, wanted.school.value).bind(2, receivedBy.value);
    query.bind(3, static_cast<std::int64_t>(wanted.endsAfter.days));
    std::vector<indicator::SourcedRoll> rows;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return rows;
        indicator::RollSpell spell;
        spell.school = wanted.school;
        spell.yearGroup = query.text(1);
        spell.enrolment = indicator::enrolmentFromCode(query.text(2));
        spell.days = {dayAt(query, 3, Date::beginning()), dayAt(query, 4)};
        spell.received = record::LoadId{query.integer(5)};
        if (!query.isNull(6)) spell.withdrawn = record::LoadId{query.integer(6)};
        rows.push_back({query.integer(0), std::move(spell)});
    }
}

Result<SchoolReading> readSchool(store::Database& core, record::SchoolUrn school, const Moment& moment,
                                 TaskContext& task, Reach reach) {
    FAIRLEAD_TRY(auto exists, core.prepare("SELECT 1 FROM school WHERE urn = ?1"));
    exists.bind(1, school.value);
    FAIRLEAD_TRY(const bool found, exists.next());
    if (!found) return fail(ErrorCode::NotFound, fmt::format("school {}", school.value), "no delivery names it");

    SchoolReading reading;
    reading.moment = moment;
    reading.slice.school = school;
    FAIRLEAD_TRY(reading.slice.definitions, definitionsAt(core, moment.knownAt));
    FAIRLEAD_TRY(reading.slice.sources, sourcesAt(core, moment.knownAt));
    FAIRLEAD_TRY(auto memberships, Memberships::open(core, moment.run));
    FAIRLEAD_OK(readRoll(core, reading, memberships));
    if (reach == Reach::WithFamilies) FAIRLEAD_OK(readFamilies(core, reading, task));
    FAIRLEAD_OK(PersonReading(core, reading, memberships).run(reach, task));
    return reading;
}

}  // namespace fairlead::workspace
