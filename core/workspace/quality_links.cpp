#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/quality_reading.h"

namespace fairlead::workspace {

namespace {

bool isSmall(std::int64_t count) { return count > 0 && count <= kSmallest; }

constexpr int kYoungestPupil = 5;
constexpr int kOldestPupil = 15;

/// A record and its person, as linked now.
struct Placed {
    std::int64_t record = 0;
    std::int64_t person = 0;
    std::string sex;
};

class LinkPass {
public:
    LinkPass(const QualityBasis& basis, QualityPage& page) : m_basis(basis), m_page(page) {}

    Status read(store::Database& core, TaskContext& task) {
        FAIRLEAD_OK(readRecords(core, task));
        FAIRLEAD_OK(readRoll(core, task));
        FAIRLEAD_OK(readWaiting(core, task));
        addSources();
        FAIRLEAD_OK(addSchools(core));
        withholdSmallSchools();
        addGroups();
        return {};
    }

private:
    Status readRecords(store::Database& core, TaskContext& task) {
        FAIRLEAD_TRY(auto query,
                     core.prepare("SELECT s.id, coalesce(m.person, -s.id), s.sex FROM source_person s LEFT JOIN "
                                  "membership m ON m.source_person = s.id AND m.until_run IS NULL ORDER BY s.id"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            m_records.push_back({query.integer(0), query.integer(1), std::string(query.text(2))});
        }
        m_datasets.reserve(m_records.size());
        for (const Placed& placed : m_records) m_datasets.emplace_back(placed.person, datasetOf(placed.record));
        std::ranges::sort(m_datasets);
        const auto same = std::ranges::unique(m_datasets);
        m_datasets.erase(same.begin(), same.end());
        return {};
    }

    Status readRoll(store::Database& core, TaskContext& task) {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT urn, source_person, coalesce(from_day, 0), ends FROM roll "
                                              "WHERE withdrawn IS NULL"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) return {};
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            const std::int64_t person = personOf(query.integer(1));
            m_everOnRoll.push_back(person);
            m_rollDatasets.insert(datasetOf(query.integer(1)));
            if (query.integer(2) <= m_page.asAt.days && m_page.asAt.days < query.integer(3))
                m_pupils[query.integer(0)].insert(person);
        }
    }

    Status readWaiting(store::Database& core, TaskContext& task) {
        std::ranges::sort(m_everOnRoll);
        FAIRLEAD_TRY(auto query, core.prepare("SELECT a, b FROM pending_link WHERE until_run IS NULL"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) return {};
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            const std::array ends = {query.integer(0), query.integer(1)};
            for (const std::int64_t dataset : std::set{datasetOf(ends[0]), datasetOf(ends[1])})
                ++m_waitingOfDataset[dataset];
            for (const std::int64_t person : std::set{personOf(ends[0]), personOf(ends[1])})
                ++m_waitingOfPerson[person];
        }
    }

    void addSources() {
        for (const QualitySource& source : m_basis.sources) {
            m_page.sourceLinks.push_back({source, {}, {}, m_waitingOfDataset[source.id]});
        }
        auto line = m_page.sourceLinks.begin();
        for (const Placed& placed : m_records) {
            if (line->source.id != datasetOf(placed.record)) line = lineOf(datasetOf(placed.record));
            ++line->withOthers.of;
            line->withOthers.part += isKnownElsewhere(placed.person) ? 1 : 0;
            if (!isOfSchoolAge(placed.record)) continue;
            ++line->childrenOnRoll.of;
            line->childrenOnRoll.part += wasOnRoll(placed.person) ? 1 : 0;
        }
    }

    Status addSchools(store::Database& core) {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT urn, name FROM school ORDER BY name, urn"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) return {};
            const auto pupils = m_pupils.find(query.integer(0));
            if (pupils == m_pupils.end()) continue;
            const std::int64_t urn = query.integer(0);
            m_page.schoolLinks.push_back(
                {{urn},
                 query.text(1).empty() ? fmt::format("School {}", urn) : std::string(query.text(1)),
                 {},
                 {},
                 {},
                 waitingOf(pupils->second)});
            Share& known = m_known[std::to_string(urn)];
            for (const std::int64_t person : pupils->second) {
                ++known.of;
                known.part += isKnownElsewhere(person) ? 1 : 0;
            }
        }
    }

    [[nodiscard]] indicator::Count waitingOf(const std::set<std::int64_t>& pupils) const {
        std::int64_t waiting = 0;
        for (const std::int64_t person : pupils) {
            const auto found = m_waitingOfPerson.find(person);
            if (found != m_waitingOfPerson.end()) waiting += found->second;
        }
        return isSmall(waiting) ? indicator::Count::suppressed() : indicator::Count::of(static_cast<int>(waiting));
    }

    /// REQUIRES: addSchools() went before.
    void withholdSmallSchools() {
        for (const FairnessLine& line : withSmallWithheld("school", m_known)) {
            const auto school = std::ranges::find(m_page.schoolLinks, parseInteger(line.group).value_or(0),
                                                  [](const SchoolLinks& one) { return one.school.value; });
            school->onRoll = line.children;
            school->known = line.linked;
            school->percent = line.percent;
        }
    }

    /// Children of school age whom other datasets than the roll's know: were they found on a roll?
    void addGroups() {
        constexpr int kYearsTogether = 3;
        std::map<std::string, Share> bySex;
        std::map<std::string, Share> byBirth;
        for (const Placed& placed : m_records) {
            if (m_rollDatasets.contains(datasetOf(placed.record)) || !isOfSchoolAge(placed.record)) continue;
            const int year = m_basis.birthMonths.at(placed.record).civil().year / kYearsTogether * kYearsTogether;
            for (Share* share : {&bySex[placed.sex], &byBirth[fmt::format("{}-{}", year, year + kYearsTogether - 1)]}) {
                ++share->of;
                share->part += wasOnRoll(placed.person) ? 1 : 0;
            }
        }
        m_page.fairness = withSmallWithheld("sex", bySex);
        std::ranges::move(withSmallWithheld("born", byBirth), std::back_inserter(m_page.fairness));
    }

    [[nodiscard]] std::vector<SourceLinks>::iterator lineOf(std::int64_t dataset) const {
        return std::ranges::find(m_page.sourceLinks, dataset, [](const SourceLinks& line) { return line.source.id; });
    }
    [[nodiscard]] std::int64_t personOf(std::int64_t record) const {
        const auto found = std::ranges::lower_bound(m_records, record, {}, &Placed::record);
        return found == m_records.end() ? -record : found->person;
    }
    /// Known to two datasets or more.
    [[nodiscard]] bool isKnownElsewhere(std::int64_t person) const {
        const auto first = std::ranges::lower_bound(m_datasets, std::pair(person, std::int64_t{0}));
        return first != m_datasets.end() && std::next(first) != m_datasets.end() && std::next(first)->first == person;
    }
    [[nodiscard]] bool wasOnRoll(std::int64_t person) const { return std::ranges::binary_search(m_everOnRoll, person); }
    [[nodiscard]] bool isOfSchoolAge(std::int64_t record) const {
        const auto birth = m_basis.birthMonths.find(record);
        if (birth == m_basis.birthMonths.end() || birth->second > m_page.asAt) return false;
        const int age = ageInYears(birth->second, m_page.asAt);
        return age >= kYoungestPupil && age <= kOldestPupil;
    }

    const QualityBasis& m_basis;
    QualityPage& m_page;
    std::vector<Placed> m_records;                                  ///< Ascending by record.
    std::vector<std::pair<std::int64_t, std::int64_t>> m_datasets;  ///< Person, dataset; ascending, each once.
    std::vector<std::int64_t> m_everOnRoll;                         ///< Persons.
    std::set<std::int64_t> m_rollDatasets;
    std::map<std::int64_t, std::set<std::int64_t>> m_pupils;  ///< Persons by school.
    std::map<std::string, Share> m_known;                     ///< By school.
    std::map<std::int64_t, std::int64_t> m_waitingOfDataset;
    std::map<std::int64_t, std::int64_t> m_waitingOfPerson;
};

/// One withheld number alone follows from the total and the others: the smallest of the others goes too.
void withholdSecond(std::vector<FairnessLine>& lines, indicator::Count FairnessLine::* count) {
    const auto isWithheld = [&](const FairnessLine& line) { return !(line.*count).isValue(); };
    if (std::ranges::count_if(lines, isWithheld) != 1) return;
    FairnessLine* smallest = nullptr;
    for (FairnessLine& line : lines)
        if (!isWithheld(line) && (line.*count).value > 0 &&
            (smallest == nullptr || (line.*count).value < (smallest->*count).value))
            smallest = &line;
    if (smallest != nullptr) smallest->*count = indicator::Count::suppressed();
}

}  // namespace

std::vector<FairnessLine> withSmallWithheld(std::string_view by, const std::map<std::string, Share>& groups) {
    std::vector<FairnessLine> lines;
    for (const auto& [group, share] : groups) {
        FairnessLine line{by, group, indicator::Count::of(static_cast<int>(share.of)),
                          indicator::Count::of(static_cast<int>(share.part)), share.percent()};
        if (isSmall(share.of)) line.children = indicator::Count::suppressed();
        // Those who are not linked follow from the two others.
        if (isSmall(share.of) || isSmall(share.part) || isSmall(share.of - share.part))
            line.linked = indicator::Count::suppressed();
        lines.push_back(std::move(line));
    }
    withholdSecond(lines, &FairnessLine::children);
    withholdSecond(lines, &FairnessLine::linked);
    for (FairnessLine& line : lines)
        if (!line.children.isValue() || !line.linked.isValue() || line.children.value < kFewest) line.percent.reset();
    return lines;
}

Status readLinkQuality(store::Database& core, const QualityBasis& basis, QualityPage& page, TaskContext& task) {
    LinkPass pass(basis, page);
    return pass.read(core, task);
}

}  // namespace fairlead::workspace
