#include "core/workspace/load_preview.h"

#include <map>
#include <set>
#include <unordered_map>

#include "core/record/identifiers.h"
#include "core/workspace/columns.h"
#include "core/workspace/load_plan.h"
#include "core/workspace/row_rules.h"

namespace fairlead::workspace {

namespace {

/// What a delivery covered and how many rows its tables had.
struct Delivered {
    Interval period;
    std::map<std::string, std::int64_t> rows;
};
using DatasetName = std::pair<std::string, std::string>;

Delivered deliveredBy(const extract::Manifest& manifest) {
    Delivered delivered{{manifest.periodFrom, manifest.periodUntil}, {}};
    for (const auto& [name, digest] : manifest.tables) delivered.rows[name] = digest.rows;
    return delivered;
}

/// The newest delivery that is held, by dataset.
Result<std::map<DatasetName, Delivered>> newestHeld(store::Database& core) {
    std::map<DatasetName, Delivered> held;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT file_name, manifest FROM delivery ORDER BY sequence"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return held;
        FAIRLEAD_TRY(const auto manifest, extract::parseManifest(query.text(1), query.text(0)));
        held[{manifest.agency, manifest.dataset}] = deliveredBy(manifest);
    }
}

/// Counts what the rows of a file break.
class RowChecks {
public:
    RowChecks(const extract::Extract& extract, const std::set<std::int64_t>& schools)
        : m_rows(extract.rows), m_dataAsAt(extract.manifest.dataAsAt), m_schools(schools) {
        for (const record::SchoolRow& school : m_rows.schools) m_schools.insert(school.urn);
    }

    Result<std::vector<OfferedCheck>> counted(TaskContext& task) {
        std::unordered_map<std::string_view, Date> birthMonths;
        for (const record::PersonRow& person : m_rows.persons) {
            if (!person.birthDate) continue;
            test(Rule::BornInFuture, *person.birthDate > m_dataAsAt);
            birthMonths[person.personRef] = person.birthDate->monthStart();
        }
        for (const record::AddressRow& address : m_rows.addresses)
            if (!address.postcode.empty()) test(Rule::NoPostcode, !record::canonicalPostcode(address.postcode));
        for (const record::IdentifierRow& identifier : m_rows.identifiers)
            if (const auto wrong = hasWrongCheckCharacter(identifier.kind, identifier.value))
                test(Rule::WrongCheckCharacter, *wrong);
        for (const record::RollRow& roll : m_rows.roll) test(Rule::SchoolNotDescribed, !m_schools.contains(roll.urn));
        for (const record::FactRow& fact : m_rows.facts) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            if (fact.cancelled || !fact.from) continue;
            const auto born = birthMonths.find(fact.personRef);
            testFact({fact.kind, *fact.from, fact.until, fact.recorded, m_dataAsAt,
                      born == birthMonths.end() ? std::nullopt : std::optional(born->second)},
                     [this](Rule rule, bool broken) { test(rule, broken); });
        }
        std::vector<OfferedCheck> checks;
        for (const auto& [rule, share] : m_shares) checks.push_back({rule, share});
        return checks;
    }

private:
    void test(Rule rule, bool broken) {
        Share& share = m_shares[rule];
        ++share.of;
        share.part += broken ? 1 : 0;
    }

    const record::ExtractRows& m_rows;
    Date m_dataAsAt;
    std::set<std::int64_t> m_schools;
    std::map<Rule, Share> m_shares;
};

OfferedFile offered(const PlannedFile& file) {
    const extract::Manifest& manifest = file.verified.manifest;
    OfferedFile offer;
    offer.fileName = file.path.filename().string();
    offer.agency = manifest.agency;
    offer.dataset = manifest.dataset;
    offer.sequence = manifest.sequence;
    offer.period = {manifest.periodFrom, manifest.periodUntil};
    offer.dataAsAt = manifest.dataAsAt;
    offer.retainUntil = manifest.retainUntil;
    offer.purpose = manifest.purpose;
    offer.agreement = manifest.agreementRef;
    offer.knownGaps = manifest.knownGaps;
    offer.gateways = manifest.gateways;
    offer.authenticated = file.verified.authenticated;
    return offer;
}

/// Today's rows of each table, beside those of the delivery before; a table that only one of the two has is listed too.
std::vector<OfferedTable> compared(const Delivered& now, const Delivered* before) {
    std::map<std::string, OfferedTable> tables;
    for (const auto& [name, rows] : now.rows) tables[name] = {name, rows, {}};
    if (before != nullptr) {
        for (auto& [name, table] : tables) table.before = 0;
        for (const auto& [name, rows] : before->rows) {
            OfferedTable& table = tables[name];
            table.name = name;
            table.before = rows;
        }
    }
    std::vector<OfferedTable> list;
    for (auto& [name, table] : tables) list.push_back(std::move(table));
    return list;
}

Result<std::set<std::int64_t>> schoolsKnown(store::Database& core, const LoadPlan& plan, TaskContext& task) {
    std::set<std::int64_t> schools;
    FAIRLEAD_OK(eachRow(core, "SELECT urn FROM school", task,
                        [&](const store::Statement& row) { schools.insert(row.integer(0)); }));
    // Another file of the same load may describe a school.
    for (const PlannedFile& file : plan.files)
        for (const record::SchoolRow& school : file.verified.rows.schools) schools.insert(school.urn);
    return schools;
}

}  // namespace

Result<LoadPreview> previewLoad(Workspace& workspace, const std::vector<std::filesystem::path>& files,
                                TaskContext& task, const crypto::Secret* extractPassphrase) {
    FAIRLEAD_OK(workspace.require(access::Action::LoadDeliveries));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto setting, loadSetting(workspace, extractPassphrase));
    FAIRLEAD_TRY(auto plan, planOrRefuse(workspace, files, *setting, task));
    FAIRLEAD_TRY(auto before, newestHeld(workspace.core()));
    FAIRLEAD_TRY(const auto schools, schoolsKnown(workspace.core(), plan, task));
    LoadPreview preview;
    preview.notes = plan.notes;
    for (PlannedFile& file : plan.files) {
        OfferedFile offer = offered(file);
        const DatasetName dataset{offer.agency, offer.dataset};
        const Delivered now = deliveredBy(file.verified.manifest);
        const auto last = before.find(dataset);
        offer.tables = compared(now, last == before.end() ? nullptr : &last->second);
        if (last != before.end()) offer.periodBefore = last->second.period;
        before[dataset] = now;
        FAIRLEAD_TRY(const auto rows, rowsOf(file, setting->options, task));
        FAIRLEAD_TRY(offer.checks, RowChecks(rows, schools).counted(task));
        preview.files.push_back(std::move(offer));
    }
    return preview;
}

}  // namespace fairlead::workspace
