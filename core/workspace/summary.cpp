#include "core/workspace/summary.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/workspace/columns.h"
#include "core/workspace/moment.h"
#include "core/workspace/slice_reading.h"

namespace fairlead::workspace {

namespace {

void addDelivery(DatasetEntry& entry, const store::Statement& row, std::set<std::string>& gateways) {
    const bool first = entry.deliveries++ == 0;
    entry.latestSequence = row.integer(2);
    entry.latestDataAsAt = first ? dayAt(row, 3) : std::max(entry.latestDataAsAt, dayAt(row, 3));
    entry.periodFrom = first ? dayAt(row, 4) : std::min(entry.periodFrom, dayAt(row, 4));
    entry.periodUntil = first ? dayAt(row, 5) : std::max(entry.periodUntil, dayAt(row, 5));
    entry.rows += row.integer(6);
    entry.authenticated = entry.authenticated && row.integer(7) != 0;
    entry.retainUntil = first ? dayAt(row, 8) : std::min(entry.retainUntil, dayAt(row, 8));
    entry.agreementRef = row.text(10);
    for (const std::string_view gateway : split(row.text(9), ' '))
        if (!gateway.empty()) gateways.emplace(gateway);
}

Result<std::vector<DatasetEntry>> datasets(store::Database& core) {
    std::vector<DatasetEntry> entries;
    std::set<std::string> gateways;
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT s.agency, s.name, d.sequence, d.data_as_at, d.period_from, d.period_until, "
                              "d.row_count, d.authenticated, d.retain_until, d.gateways, d.agreement_ref "
                              "FROM delivery d JOIN dataset s ON s.id = d.dataset WHERE d.id NOT IN "
                              "(SELECT delivery FROM purged_delivery) ORDER BY 1, 2, 3"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return entries;
        if (entries.empty() || entries.back().agency != query.text(0) || entries.back().dataset != query.text(1)) {
            DatasetEntry entry;
            entry.agency = query.text(0);
            entry.dataset = query.text(1);
            entries.push_back(std::move(entry));
            gateways.clear();
        }
        addDelivery(entries.back(), query, gateways);
        entries.back().gateways.assign(gateways.begin(), gateways.end());
    }
}

Status countPersons(store::Database& core, Summary& summary) {
    FAIRLEAD_TRY(summary.sourcePersons, scalar(core, "SELECT count(*) FROM source_person"));
    FAIRLEAD_TRY(const std::int64_t placed, scalar(core, "SELECT count(*) FROM membership WHERE until_run IS NULL"));
    FAIRLEAD_TRY(
        auto query,
        core.prepare("SELECT count(*), coalesce(sum(records), 0) FROM (SELECT count(*) AS records FROM membership "
                     "WHERE until_run IS NULL GROUP BY person HAVING count(*) > 1)"));
    FAIRLEAD_TRY(const bool found, query.next());
    const std::int64_t shared = found ? query.integer(0) : 0;
    const std::int64_t inShared = found ? query.integer(1) : 0;
    summary.persons = shared + (placed - inShared) + (summary.sourcePersons - placed);
    if (summary.sourcePersons > 0)
        summary.linkedShare = static_cast<double>(inShared) / static_cast<double>(summary.sourcePersons);
    return {};
}

Result<std::optional<RunEntry>> lastRun(store::Database& core) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT id, after_load, at_ms, persons, links_accepted, links_review FROM run "
                              "ORDER BY id DESC LIMIT 1"));
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found) return std::optional<RunEntry>();
    return std::optional<RunEntry>(RunEntry{
        query.integer(0), {query.integer(1)}, query.integer(2), query.integer(3), query.integer(4), query.integer(5)});
}

}  // namespace

std::string describeDefinitions(const std::vector<indicator::Definition>& definitions) {
    int lowest = definitions.empty() ? 0 : definitions.front().version;
    int highest = lowest;
    for (const indicator::Definition& definition : definitions) {
        lowest = std::min(lowest, definition.version);
        highest = std::max(highest, definition.version);
    }
    const std::string versions =
        lowest == highest ? fmt::format("all version {}", lowest) : fmt::format("versions {} to {}", lowest, highest);
    return fmt::format("{} definitions, {}", definitions.size(), versions);
}

Result<Summary> summary(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    Summary summary;
    summary.name = workspace.name();
    summary.rolesSeparated = workspace.rolesSeparated();
    FAIRLEAD_TRY(summary.datasets, datasets(core));
    FAIRLEAD_TRY(const std::int64_t latest, scalar(core, "SELECT max(id) FROM load"));
    summary.latest = {latest};
    FAIRLEAD_OK(countPersons(core, summary));
    FAIRLEAD_TRY(summary.run, lastRun(core));
    FAIRLEAD_TRY(const std::int64_t purgedAfter, scalar(core, "SELECT max(after_run) FROM purge", -1));
    summary.linkIsCurrent = summary.run && summary.run->afterLoad == summary.latest && purgedAfter < summary.run->run;
    FAIRLEAD_TRY(const auto definitions, definitionsAt(core, summary.latest));
    summary.definitions = static_cast<int>(definitions->size());
    summary.definitionsNote = describeDefinitions(*definitions);
    if (latest > 0) {
        FAIRLEAD_TRY(summary.defaultAsAt, defaultAsAt(core, summary.latest));
    }
    return summary;
}

}  // namespace fairlead::workspace
