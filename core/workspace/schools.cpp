#include "core/workspace/schools.h"

#include <algorithm>
#include <unordered_map>

#include "core/workspace/columns.h"
#include "core/workspace/moment.h"

namespace fairlead::workspace {

namespace {

std::string shownName(std::string_view name, std::int64_t urn) {
    return name.empty() ? fmt::format("School {}", urn) : std::string(name);
}

Result<std::unordered_map<std::int64_t, int>> onRoll(store::Database& core, const Moment& moment) {
    std::unordered_map<std::int64_t, int> counts;
    FAIRLEAD_TRY(auto query, core.prepare(fmt::format(
                                 "SELECT r.urn, count(DISTINCT coalesce(m.person, -r.source_person)) FROM roll r "
                                 "LEFT JOIN membership m ON m.source_person = r.source_person AND m.from_run <= {0} "
                                 "AND (m.until_run IS NULL OR m.until_run > {0}) "
                                 "WHERE r.received <= {1} AND (r.withdrawn IS NULL OR r.withdrawn > {1}) "
                                 "AND coalesce(r.from_day, {2}) <= {2} AND r.ends > {2} GROUP BY r.urn",
                                 moment.run, moment.knownAt.value, moment.asAt.days)));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return counts;
        counts.emplace(query.integer(0), static_cast<int>(query.integer(1)));
    }
}

}  // namespace

Result<std::vector<SchoolEntry>> schools(Workspace& workspace, std::optional<Date> asAt) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const Moment moment, momentOf(workspace, asAt, std::nullopt));
    FAIRLEAD_TRY(const auto counts, onRoll(workspace.core(), moment));
    std::vector<SchoolEntry> entries;
    FAIRLEAD_TRY(auto query, workspace.core().prepare("SELECT urn, name, phase, closed FROM school"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        const std::int64_t urn = query.integer(0);
        const auto count = counts.find(urn);
        entries.push_back({{urn},
                           shownName(query.text(1), urn),
                           std::string(query.text(2)),
                           count == counts.end() ? 0 : count->second,
                           dayAt(query, 3, Date::never()) <= moment.asAt});
    }
    std::ranges::sort(entries, {}, [](const SchoolEntry& entry) { return std::tie(entry.name, entry.urn); });
    return entries;
}

Result<std::string> schoolName(store::Database& core, record::SchoolUrn school) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT name FROM school WHERE urn = ?1"));
    query.bind(1, school.value);
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found) return fail(ErrorCode::NotFound, fmt::format("school {}", school.value), "no delivery names it");
    return shownName(query.text(0), school.value);
}

}  // namespace fairlead::workspace
