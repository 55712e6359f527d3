#include <algorithm>

#include "core/workspace/codes.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/quality_reading.h"
#include "core/workspace/row_rules.h"

namespace fairlead::workspace {

namespace {

/// A fact as this reading needs it.
struct FactSeen {
    std::int64_t record = 0;
    record::FactKind kind = record::FactKind::Crime;
    Date from;
    std::optional<Date> until;
    std::optional<Date> recorded;
    const QualityDelivery* delivery = nullptr;
    std::int64_t row = 0;
};

/// What one pass over the facts gathers.
class FactPass {
public:
    FactPass(const QualityBasis& basis, QualityPage& page) : m_basis(basis), m_page(page) {}

    void see(const FactSeen& fact) {
        if (m_source == nullptr || m_source->id != datasetOf(fact.record)) m_source = &m_basis.sourceOf(fact.record);
        countVolume(fact);
        countRecorded(fact);
        testRules(fact);
    }

    void finish() {
        for (auto& [key, line] : m_volumes) {
            setLimits(line);
            m_page.volumes.push_back(std::move(line));
        }
        for (auto& [dataset, line] : m_recorded) m_page.fields.push_back(std::move(line));
        std::ranges::move(std::move(m_rules).lines(), std::back_inserter(m_page.rules));
    }

private:
    void countVolume(const FactSeen& fact) {
        const auto month = monthAt(m_page, fact.from);
        if (!month) return;
        VolumeLine& line = m_volumes[{m_source->id, fact.kind}];
        if (line.months.empty()) {
            line.source = *m_source;
            line.kind = fact.kind;
            line.months.resize(m_page.months.size());
        }
        ++line.months[*month];
    }

    void countRecorded(const FactSeen& fact) {
        FieldLine& line = m_recorded[m_source->id];
        if (line.months.empty()) {
            line.source = *m_source;
            line.field = Field::DateRecorded;
            line.months.resize(m_page.months.size());
        }
        const auto month = monthAt(m_page, fact.delivery->dataAsAt);
        ++line.all.of;
        if (month) ++line.months[*month].of;
        if (!fact.recorded) return;
        ++line.all.part;
        if (month) ++line.months[*month].part;
    }

    void testRules(const FactSeen& fact) {
        const RuleRow row{fact.delivery->fileName, fact.row, 0};
        const auto birth = m_basis.birthMonths.find(fact.record);
        testFact({fact.kind, fact.from, fact.until, fact.recorded, fact.delivery->dataAsAt,
                  birth == m_basis.birthMonths.end() ? std::nullopt : std::optional(birth->second)},
                 [&](Rule rule, bool broken) { m_rules.test(*m_source, rule, broken, row); });
    }

    /// Limits come from the months that are over and whole; only those can lie outside.
    void setLimits(VolumeLine& line) const {
        const auto supply =
            std::ranges::find(m_page.supply, line.source.id, [](const SupplyLine& each) { return each.source.id; });
        std::vector<std::int64_t> counts;
        std::vector<std::size_t> judged;
        for (std::size_t month = 0; month < line.months.size(); ++month) {
            const Supply supplied = supply->months[month];
            const bool isOver = m_page.months[month].monthEnd() <= m_page.asAt;
            if (!isOver || (supplied != Supply::Whole && supplied != Supply::Late)) continue;
            counts.push_back(line.months[month]);
            judged.push_back(month);
        }
        line.limits = controlLimits(counts);
        if (!line.limits) return;
        for (const std::size_t month : judged)
            if (!line.limits->holds(static_cast<double>(line.months[month]))) line.outside.push_back(month);
    }

    const QualityBasis& m_basis;
    QualityPage& m_page;
    const QualitySource* m_source = nullptr;
    std::map<std::pair<std::int64_t, record::FactKind>, VolumeLine> m_volumes;
    std::map<std::int64_t, FieldLine> m_recorded;
    RuleBook m_rules;
};

}  // namespace

Status readFactQuality(store::Database& core, const QualityBasis& basis, QualityPage& page, TaskContext& task) {
    FAIRLEAD_TRY(const auto codes, KindCodes::read(core));
    FAIRLEAD_TRY(const std::int64_t facts, scalar(core, "SELECT count(*) FROM fact"));
    task.begin(Phase::Reading, static_cast<std::uint64_t>(facts));
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT source_person, kind, from_day, until_day, recorded, delivery, source_row "
                              "FROM fact WHERE withdrawn IS NULL AND cancelled = 0 AND from_day IS NOT NULL "
                              "ORDER BY source_person"));
    FactPass pass(basis, page);
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const auto delivery = basis.deliveries.find(query.integer(5));
        if (delivery == basis.deliveries.end()) return fail(ErrorCode::Corrupt, "core.db", "a fact names no delivery");
        pass.see({query.integer(0), codes.kindOf(query.integer(1)), dayAt(query, 2), optionalDayAt(query, 3),
                  optionalDayAt(query, 4), &delivery->second, query.integer(6)});
        task.advance(1);
    }
    pass.finish();
    return {};
}

}  // namespace fairlead::workspace
