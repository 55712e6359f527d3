#include <algorithm>
#include <map>

#include "core/store/row_watch.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

namespace {

/// A time on a roll; two that are equal in all of this are the same.
struct RollTime {
    std::int64_t urn = 0;
    std::int64_t person = 0;
    std::string yearGroup;
    std::string enrolment;
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> until;

    friend auto operator<=>(const RollTime&, const RollTime&) = default;
    [[nodiscard]] Interval days() const {
        return {from ? Date{static_cast<std::int32_t>(*from)} : Date::beginning(),
                until ? Date{static_cast<std::int32_t>(*until)} : Date::never()};
    }
};

std::optional<std::int64_t> optionalInteger(const store::Statement& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional<std::int64_t>(row.integer(column));
}

/// Held times and their row ids.
Result<std::map<RollTime, std::int64_t>> heldTimes(store::Database& core, const Intake& intake) {
    std::map<RollTime, std::int64_t> held;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT urn, source_person, year_group, enrolment, from_day, until_day, id "
                                          "FROM roll WHERE source_person >= ?1 AND source_person < ?2 "
                                          "AND withdrawn IS NULL"));
    query.bind(1, firstSourcePerson(intake.dataset)).bind(2, firstSourcePerson(intake.dataset + 1));
    while (!intake.firstOfDataset) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        held.emplace(RollTime{query.integer(0), query.integer(1), std::string(query.text(2)),
                              std::string(query.text(3)), optionalInteger(query, 4), optionalInteger(query, 5)},
                     query.integer(6));
    }
    return held;
}

/// Supplied times and their positions; a row that is there twice counts once.
std::map<RollTime, std::size_t> suppliedTimes(const std::vector<record::RollRow>& rows, const SourcePersons& persons) {
    std::map<RollTime, std::size_t> supplied;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const record::RollRow& row = rows[at];
        supplied.emplace(RollTime{row.urn, persons.idOf(row.personRef), row.yearGroup, row.enrolment,
                                  dayValue(row.from), dayValue(row.until)},
                         at);
    }
    return supplied;
}

Status takeSchools(store::Database& core, const std::vector<record::SchoolRow>& schools, const Intake& intake) {
    FAIRLEAD_TRY(
        auto upsert,
        core.prepare("INSERT INTO school VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (urn) DO UPDATE SET "
                     "name = excluded.name, phase = excluded.phase, la_code = excluded.la_code, "
                     "opened = excluded.opened, closed = excluded.closed, successor = excluded.successor"));
    FAIRLEAD_TRY(auto row, store::WatchedRows::where(core, "school", "urn = ?1"));
    for (const record::SchoolRow& school : schools) {
        FAIRLEAD_OK(row.bind(school.urn).goes());
        upsert.bind(1, school.urn).bind(2, std::string_view(school.name)).bind(3, std::string_view(school.phase));
        upsert.bind(4, std::string_view(school.laCode)).bind(5, dayValue(school.opened));
        upsert.bind(6, dayValue(school.closed));
        if (school.successorUrn == 0)
            upsert.bindNull(7);
        else
            upsert.bind(7, school.successorUrn);
        FAIRLEAD_OK(upsert.bind(8, intake.load).run());
        FAIRLEAD_OK(row.bind(school.urn).comes());
    }
    return {};
}

/// A school that the roll names and no delivery describes still has its place in lists.
Status takeUnnamedSchools(store::Database& core, const std::vector<record::RollRow>& roll, const Intake& intake) {
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO school VALUES (?1, '', 'other', '', NULL, NULL, NULL, ?2) "
                                           "ON CONFLICT (urn) DO NOTHING"));
    std::vector<std::int64_t> urns;
    for (const record::RollRow& row : roll) urns.push_back(row.urn);
    std::ranges::sort(urns);
    const auto same = std::ranges::unique(urns);
    urns.erase(same.begin(), same.end());
    FAIRLEAD_TRY(auto row, store::WatchedRows::where(core, "school", "urn = ?1"));
    for (const std::int64_t urn : urns) {
        FAIRLEAD_OK(insert.bind(1, urn).bind(2, intake.load).run());
        if (core.changes() > 0) FAIRLEAD_OK(row.bind(urn).comes());
    }
    return {};
}

Status addTime(store::InsertedRow& insert, const RollTime& time, std::int64_t id, std::int64_t sourceRow,
               const Intake& intake) {
    insert.add(time.urn).add(time.person).add(id).add(std::string_view(time.yearGroup));
    insert.add(std::string_view(time.enrolment)).add(time.from).add(time.until);
    insert.add(std::int64_t{time.days().until.days}).add(intake.load).addNull().add(intake.delivery);
    return insert.add(sourceRow).write();
}

}  // namespace

Status takeRoll(store::Database& core, const record::ExtractRows& rows, const std::vector<std::int64_t>& rowIds,
                const SourcePersons& persons, const Intake& intake, TaskContext& task) {
    FAIRLEAD_OK(takeSchools(core, rows.schools, intake));
    FAIRLEAD_OK(takeUnnamedSchools(core, rows.roll, intake));
    FAIRLEAD_TRY(const auto held, heldTimes(core, intake));
    const auto supplied = suppliedTimes(rows.roll, persons);
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "roll", 12));
    for (const auto& [time, at] : supplied) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const std::int64_t id = (intake.delivery << 32) + static_cast<std::int64_t>(at);
        if (!held.contains(time)) FAIRLEAD_OK(addTime(insert, time, id, rowIds[at], intake));
        task.advance(1);
    }
    FAIRLEAD_TRY(auto withdraw, store::ChangedRows::prepare(
                                    core, {"roll", "withdrawn = ?4", "urn = ?1 AND source_person = ?2 AND id = ?3"}));
    for (const auto& [time, id] : held) {
        if (supplied.contains(time) || !time.days().overlaps(intake.period)) continue;
        FAIRLEAD_OK(withdraw.run({time.urn, time.person, id, intake.load}));
    }
    return {};
}

}  // namespace fairlead::workspace
