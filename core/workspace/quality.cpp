#include "core/workspace/quality.h"

#include <algorithm>
#include <iterator>

#include "core/base/check.h"
#include "core/extract/manifest.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/moment.h"
#include "core/workspace/quality_reading.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

namespace {

constexpr int kMonths = 13;
constexpr std::array<std::string_view, kFields> kFieldNames = {"name",     "birth_date", "sex",        "address",
                                                               "postcode", "identifier", "year_group", "date_recorded"};
constexpr std::array<std::string_view, kRules> kRuleNames = {
    "ends_before_start", "before_birth",          "after_data",  "recorded_before",
    "born_in_future",    "wrong_check_character", "no_postcode", "school_not_described"};

Status readDeliveries(store::Database& core, QualityBasis& basis) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT d.id, d.dataset, d.load, d.sequence, d.file_name, d.period_from, d.period_until, "
                              "d.data_as_at, d.extracted_on, s.agency, s.name, d.manifest FROM delivery d "
                              "JOIN dataset s ON s.id = d.dataset ORDER BY s.agency, s.name, d.sequence"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        const std::int64_t dataset = query.integer(1);
        if (basis.sources.empty() || basis.sources.back().id != dataset)
            basis.sources.push_back({dataset, std::string(query.text(9)), std::string(query.text(10))});
        basis.deliveries.emplace(query.integer(0), QualityDelivery{dataset,
                                                                   query.integer(2),
                                                                   query.integer(3),
                                                                   std::string(query.text(4)),
                                                                   {dayAt(query, 5), dayAt(query, 6)},
                                                                   dayAt(query, 7),
                                                                   dayAt(query, 8)});
        FAIRLEAD_TRY(const auto manifest, extract::parseManifest(query.text(11), query.text(4)));
        auto& gaps = basis.gaps[dataset];
        if (!manifest.knownGaps.empty() && std::ranges::find(gaps, manifest.knownGaps) == gaps.end())
            gaps.push_back(manifest.knownGaps);
    }
}

Status readBirthMonths(store::Database& core, QualityBasis& basis, TaskContext& task) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT id, birth_month FROM source_person WHERE birth_month IS NOT NULL ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const std::int64_t month = query.integer(1);
        if (const auto day = Date::fromCivil(static_cast<int>(month / 12), static_cast<unsigned>(month % 12) + 1, 1))
            basis.birthMonths.emplace_hint(basis.birthMonths.end(), query.integer(0), *day);
    }
}

}  // namespace

std::string_view name(Field field) { return kFieldNames.at(static_cast<std::size_t>(field)); }

std::string_view name(Rule rule) { return kRuleNames.at(static_cast<std::size_t>(rule)); }

std::optional<double> Share::percent() const {
    if (of == 0) return std::nullopt;
    return 100.0 * static_cast<double>(part) / static_cast<double>(of);
}

const QualitySource& QualityBasis::sourceOf(std::int64_t sourcePerson) const {
    const auto found = std::ranges::find(sources, datasetOf(sourcePerson), &QualitySource::id);
    FAIRLEAD_CHECK(found != sources.end());
    return *found;
}

std::optional<std::size_t> monthAt(const QualityPage& page, Date day) {
    if (day < page.months.front() || day > page.months.back().monthEnd()) return std::nullopt;
    const auto after = std::ranges::upper_bound(page.months, day);
    return static_cast<std::size_t>(after - page.months.begin()) - 1;
}

void RuleBook::test(const QualitySource& source, Rule rule, bool broken, const RuleRow& row) {
    RuleLine& line = m_lines[{source.id, rule}];
    if (line.broken.of++ == 0) {
        line.source = source;
        line.rule = rule;
    }
    if (!broken) return;
    ++line.broken.part;
    if (line.rows.size() < kMostRows) line.rows.push_back(row);
}

std::vector<RuleLine> RuleBook::lines() && {
    std::vector<RuleLine> lines;
    for (auto& [key, line] : m_lines) lines.push_back(std::move(line));
    return lines;
}

std::vector<Refusal> refusalsIn(const std::vector<audit::Record>& records) {
    std::vector<Refusal> refusals;
    for (const audit::Record& record : records) {
        const auto& marks = record.entry.marks;
        const auto what = marks.find("what");
        if (record.entry.verb != audit::Verb::Denied || what == marks.end() || !what->second.starts_with(kRefusedLoad))
            continue;
        constexpr std::int64_t kMsOfDay = 86'400'000;
        const auto textOf = [&](std::string_view key) {
            const auto found = marks.find(std::string(key));
            return found == marks.end() ? std::string() : found->second;
        };
        refusals.push_back({Date{static_cast<std::int32_t>(record.wallMs / kMsOfDay)},
                            what->second.substr(kRefusedLoad.size()), textOf(kRefusedFile), textOf(kRefusedWhy)});
    }
    std::ranges::reverse(refusals);
    return refusals;
}

Result<QualityPage> quality(Workspace& workspace, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadQuality));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    QualityPage page;
    FAIRLEAD_TRY(const Moment moment, momentOf(workspace, std::nullopt, std::nullopt));
    page.knownAt = moment.knownAt;
    page.linked = moment.run > 0;
    QualityBasis basis;
    basis.run = moment.run;
    FAIRLEAD_OK(readDeliveries(core, basis));
    page.asAt = moment.asAt;
    for (const auto& [id, delivery] : basis.deliveries) page.asAt = std::max(page.asAt, delivery.dataAsAt);
    for (int back = kMonths - 1; back >= 0; --back) page.months.push_back(page.asAt.monthStart().plusMonths(-back));
    FAIRLEAD_OK(readBirthMonths(core, basis, task));
    readSupply(basis, page);
    FAIRLEAD_OK(readFactQuality(core, basis, page, task));
    FAIRLEAD_OK(readRecordQuality(core, workspace.identity(), basis, page, task));
    if (page.linked) FAIRLEAD_OK(readLinkQuality(core, basis, page, task));
    const auto placeOf = [&](const QualitySource& source) {
        return std::ranges::find(basis.sources, source.id, &QualitySource::id) - basis.sources.begin();
    };
    std::ranges::sort(page.fields, {},
                      [&](const FieldLine& line) { return std::pair(placeOf(line.source), line.field); });
    std::ranges::sort(page.rules, {}, [&](const RuleLine& line) { return std::pair(placeOf(line.source), line.rule); });
    std::ranges::sort(page.volumes, {},
                      [&](const VolumeLine& line) { return std::pair(placeOf(line.source), line.kind); });
    FAIRLEAD_TRY(const auto records,
                 audit::AuditLog::read(workspace.folder() / "audit", {&workspace.keyring().keys.audit}));
    page.refusals = refusalsIn(records);
    return page;
}

}  // namespace fairlead::workspace
