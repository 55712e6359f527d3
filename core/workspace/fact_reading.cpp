#include <algorithm>

#include "core/base/text.h"
#include "core/indicator/evaluate.h"
#include "core/workspace/codes.h"
#include "core/workspace/columns.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/slice_reading.h"

namespace fairlead::workspace {

Result<std::shared_ptr<const std::vector<indicator::Definition>>> definitionsAt(store::Database& core,
                                                                                record::LoadId knownAt) {
    // Of every definition the highest version in force; with GROUP BY, SQLite takes toml from the row of the maximum.
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT id, max(version), toml FROM definition WHERE from_load <= ?1 GROUP BY id"));
    query.bind(1, knownAt.value);
    FAIRLEAD_TRY(const auto changed, statusesAt(core, knownAt));
    std::vector<indicator::Definition> definitions;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        FAIRLEAD_TRY(auto definition, indicator::parseDefinition(query.text(2), query.text(0)));
        if (const auto change = changed.find({definition.id, definition.version}); change != changed.end()) {
            definition.status = change->second.status;
            definition.statusNote = change->second.note;
        }
        definitions.push_back(std::move(definition));
    }
    FAIRLEAD_TRY(auto ordered, indicator::orderedDefinitions(std::move(definitions)));
    return std::make_shared<const std::vector<indicator::Definition>>(std::move(ordered));
}

Result<std::vector<indicator::Source>> sourcesAt(store::Database& core, record::LoadId knownAt) {
    std::vector<indicator::Source> sources;
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT d.id, d.load, s.agency, s.name, d.period_from, d.period_until, d.data_as_at, "
                              "d.retain_until, d.purpose, d.gateways, d.agreement_ref, d.authenticated, "
                              "p.at_ms / 86400000, g.had_roll FROM delivery d JOIN dataset s ON s.id = d.dataset "
                              "LEFT JOIN purged_delivery g ON g.delivery = d.id LEFT JOIN purge p ON p.id = g.purge "
                              "WHERE d.load <= ?1 ORDER BY d.id"));
    query.bind(1, knownAt.value);
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return sources;
        indicator::Source source;
        source.delivery = {query.integer(0)};
        source.load = {query.integer(1)};
        source.agency = query.text(2);
        source.dataset = query.text(3);
        source.period = {dayAt(query, 4), dayAt(query, 5)};
        source.dataAsAt = dayAt(query, 6);
        source.retainUntil = dayAt(query, 7);
        source.purpose = query.text(8);
        for (const std::string_view gateway : split(query.text(9), ' '))
            if (!gateway.empty()) source.gateways.emplace_back(gateway);
        source.agreementRef = query.text(10);
        source.authenticated = query.integer(11) != 0;
        source.purgedOn = optionalDayAt(query, 12);
        source.hadRoll = query.integer(13) != 0;
        sources.push_back(std::move(source));
    }
}

namespace {

constexpr std::string_view kColumns =
    "id, kind, role, incident, from_day, until_day, ends, recorded, code, value, cancelled, "
    "received, withdrawn, delivery, source_row, source_person";

/// A fact that came and went within loads up to the moment is of no reading: it is left where it is.
std::string knownAtText(record::LoadId knownAt) {
    return fmt::format("received <= {0} AND (withdrawn IS NULL OR withdrawn > {0})", knownAt.value);
}

indicator::Fact factAt(const store::Statement& row, const KindCodes& codes, indicator::CodeTable& texts) {
    indicator::Fact fact;
    fact.id = {row.integer(0)};
    fact.kind = codes.kindOf(row.integer(1));
    fact.role = static_cast<record::Role>(row.integer(2));
    fact.incident = row.isNull(3) ? 0 : row.integer(3);
    fact.from = dayAt(row, 4, Date::beginning());
    fact.until = dayAt(row, 6);
    fact.recorded = dayAt(row, 7, Date::beginning());
    fact.code = texts.intern(row.text(8));
    fact.hasValue = !row.isNull(9);
    if (fact.hasValue) fact.value = static_cast<std::int32_t>(row.integer(9));
    fact.cancelled = row.integer(10) != 0;
    fact.received = record::LoadId{row.integer(11)};
    if (!row.isNull(12)) fact.withdrawn = record::LoadId{row.integer(12)};
    fact.delivery = record::DeliveryId{row.integer(13)};
    fact.sourceRow = static_cast<std::uint32_t>(row.integer(14));
    return fact;
}

}  // namespace

struct FactReading::State {
    store::Statement query;
    KindCodes codes;
};

FactReading::FactReading(std::unique_ptr<State> state) : m_state(std::move(state)) {}
FactReading::~FactReading() = default;
FactReading::FactReading(FactReading&&) noexcept = default;

Result<FactReading> FactReading::open(store::Database& core, record::LoadId knownAt, Versions versions) {
    const std::string wanted =
        versions == Versions::Held ? knownAtText(knownAt) : fmt::format("received <= {}", knownAt.value);
    FAIRLEAD_TRY(auto query,
                 core.prepare(fmt::format("SELECT {} FROM fact WHERE source_person = ?1 AND {}", kColumns, wanted)));
    FAIRLEAD_TRY(auto codes, KindCodes::read(core));
    return FactReading(std::make_unique<State>(State{std::move(query), std::move(codes)}));
}

Status FactReading::each(std::int64_t sourcePerson, indicator::CodeTable& codes,
                         const std::function<void(const indicator::Fact&)>& take) {
    store::Statement& row = m_state->query;
    row.reset();
    row.bind(1, sourcePerson);
    while (true) {
        FAIRLEAD_TRY(const bool more, row.next());
        if (!more) return {};
        take(factAt(row, m_state->codes, codes));
    }
}

Status FactReading::add(record::PersonKey person, const Member& member, indicator::FactTable& table) {
    return each(member.sourcePerson, table.codes, [&](indicator::Fact fact) {
        fact.person = person;
        fact.linkStrength = static_cast<std::uint8_t>(member.strength);
        table.add(fact);
    });
}

// A query that needs a table of its own, as sorting or OR over two indexes does, costs a cache that SQLCipher locks and
// wipes each time. What is asked of every record is asked in a form that needs none.

Result<BirthReading> BirthReading::open(store::Database& core, record::LoadId knownAt) {
    FAIRLEAD_TRY(auto now, core.prepare("SELECT birth_month FROM source_person WHERE id = ?1"));
    // Of several later corrections the first took away what was known: with min(), SQLite takes the month of its row.
    FAIRLEAD_TRY(auto query, core.prepare("SELECT source_person, min(until_load), birth_month FROM birth_month_before "
                                          "WHERE until_load > ?1 GROUP BY source_person"));
    query.bind(1, knownAt.value);
    std::map<std::int64_t, std::optional<std::int64_t>> before;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return BirthReading(std::move(now), std::move(before));
        before.emplace(query.integer(0), query.isNull(2) ? std::nullopt : std::optional(query.integer(2)));
    }
}

Result<std::optional<std::int64_t>> BirthReading::of(std::int64_t sourcePerson) {
    if (const auto found = m_before.find(sourcePerson); found != m_before.end()) return found->second;
    m_now.reset();
    m_now.bind(1, sourcePerson);
    FAIRLEAD_TRY(const bool found, m_now.next());
    return found && !m_now.isNull(0) ? std::optional(m_now.integer(0)) : std::nullopt;
}

Result<WaitingReading> WaitingReading::open(store::Database& core, std::int64_t run) {
    const std::string holds = fmt::format("from_run <= {0} AND (until_run IS NULL OR until_run > {0})", run);
    FAIRLEAD_TRY(auto byA, core.prepare("SELECT a, b FROM pending_link WHERE a = ?1 AND " + holds));
    FAIRLEAD_TRY(auto byB, core.prepare("SELECT a, b FROM pending_link WHERE b = ?1 AND " + holds));
    return WaitingReading(std::move(byA), std::move(byB));
}

Status WaitingReading::add(std::int64_t sourcePerson, std::set<std::pair<std::int64_t, std::int64_t>>& pairs) {
    for (store::Statement* row : {&m_byA, &m_byB}) {
        row->reset();
        row->bind(1, sourcePerson);
        while (true) {
            FAIRLEAD_TRY(const bool more, row->next());
            if (!more) break;
            pairs.emplace(row->integer(0), row->integer(1));
        }
    }
    return {};
}

Status readAllFacts(store::Database& core, record::LoadId knownAt, const PersonOf& personOf,
                    indicator::FactTable& table, TaskContext& task) {
    FAIRLEAD_TRY(auto row, core.prepare(fmt::format("SELECT {} FROM fact WHERE {}", kColumns, knownAtText(knownAt))));
    FAIRLEAD_TRY(const auto codes, KindCodes::read(core));
    while (true) {
        FAIRLEAD_TRY(const bool more, row.next());
        if (!more) return {};
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const std::int64_t sourcePerson = row.integer(15);
        const auto person = personOf.find(sourcePerson);
        indicator::Fact fact = factAt(row, codes, table.codes);
        fact.person = person == personOf.end() ? record::PersonKey{-sourcePerson} : person->second;
        table.add(fact);
        task.advance(1);
    }
}

}  // namespace fairlead::workspace
