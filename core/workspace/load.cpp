#include "core/workspace/load.h"

#include <chrono>
#include <map>
#include <set>

#include <fmt/ranges.h>

#include "core/base/beside.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/load_plan.h"
#include "core/workspace/mention.h"
#include "core/workspace/reconcile.h"

namespace fairlead::workspace {

namespace {

/// One load: both databases inside their transactions.
class LoadWriter {
public:
    LoadWriter(Workspace& workspace, std::int64_t load, ReferenceHash hash)
        : m_core(workspace.core()), m_identity(workspace.identity()), m_load(load), m_hash(std::move(hash)) {}

    Status begin(std::int64_t nowMs, std::size_t files) {
        FAIRLEAD_TRY(auto insert, store::InsertedRow::into(m_core, "load", 3));
        return insert.add(m_load).add(nowMs).add(static_cast<std::int64_t>(files)).write();
    }

    Result<LoadedFile> take(const extract::Extract& extract, const std::string& fileName, TaskContext& task) {
        FAIRLEAD_TRY(const Intake intake, newDelivery(extract, fileName));
        const record::ExtractRows& rows = extract.rows;
        SourcePersons& persons = m_persons.try_emplace(intake.dataset, intake.dataset).first->second;
        Beside<Status> numbering([&] { return persons.number(m_identity, rows); });
        FAIRLEAD_TRY(const FactKeys keys, factKeys(rows.facts, intake.dataset, m_hash, task));
        FAIRLEAD_OK(numbering.take());
        // The two files are written side by side.
        Beside<Status> identity([&]() -> Status {
            FAIRLEAD_OK(takeIdentity(m_identity, rows, persons, intake, task));
            return persons.writeRefs(m_identity, intake);
        });
        const auto counts = takeCore(extract, persons, keys, intake, task);
        FAIRLEAD_OK(identity.take());
        if (!counts) return fail(counts.error());
        const extract::Manifest& manifest = extract.manifest;
        std::set<std::string_view> refs;
        for (const record::PersonRow& row : rows.persons) refs.insert(row.personRef);
        return LoadedFile{fileName,
                          manifest.label(),
                          manifest.agency,
                          manifest.dataset,
                          manifest.sequence,
                          manifest.dataAsAt,
                          static_cast<std::int64_t>(refs.size()),
                          counts->supplied,
                          counts->fresh,
                          counts->changed,
                          counts->withdrawn,
                          extract.authenticated};
    }

private:
    /// A file without a table has no row numbers for it.
    static std::vector<std::int64_t> rowIds(const extract::Extract& extract, const std::string& table,
                                            std::size_t rows) {
        const auto found = extract.rowIds.find(table);
        auto ids = found == extract.rowIds.end() ? std::vector<std::int64_t>() : found->second;
        ids.resize(rows, 0);
        return ids;
    }

    Result<FactCounts> takeCore(const extract::Extract& extract, const SourcePersons& persons, const FactKeys& keys,
                                const Intake& intake, TaskContext& task) {
        const record::ExtractRows& rows = extract.rows;
        FAIRLEAD_OK(takeRoll(m_core, rows, rowIds(extract, "roll", rows.roll.size()), persons, intake, task));
        const auto factIds = rowIds(extract, "fact", rows.facts.size());
        FAIRLEAD_TRY(const FactCounts counts, takeFacts(m_core, rows.facts, factIds, persons, keys, intake, task));
        FAIRLEAD_OK(writeMention(m_core, rows, persons, intake));
        FAIRLEAD_OK(persons.writePersons(m_core, intake, rows.persons));
        return counts;
    }

    Result<std::int64_t> datasetOf(const extract::Manifest& manifest) {
        FAIRLEAD_TRY(auto find, m_core.prepare("SELECT id FROM dataset WHERE agency = ?1 AND name = ?2"));
        find.bind(1, std::string_view(manifest.agency)).bind(2, std::string_view(manifest.dataset));
        FAIRLEAD_TRY(const bool found, find.next());
        const std::int64_t held = found ? find.integer(0) : 0;
        FAIRLEAD_TRY(auto row, store::WatchedRows::where(m_core, "dataset", "id = ?1"));
        FAIRLEAD_OK(row.bind(held).goes());
        // The statement must end before the next one writes.
        find.reset();
        FAIRLEAD_TRY(auto upsert, m_core.prepare("INSERT INTO dataset (agency, name, one_person_per_row) "
                                                 "VALUES (?1, ?2, ?3) ON CONFLICT (agency, name) DO UPDATE "
                                                 "SET one_person_per_row = excluded.one_person_per_row"));
        upsert.bind(1, std::string_view(manifest.agency)).bind(2, std::string_view(manifest.dataset));
        FAIRLEAD_OK(upsert.bind(3, static_cast<std::int64_t>(manifest.onePersonPerRow)).run());
        const std::int64_t id = found ? held : m_core.lastInsertId();
        FAIRLEAD_OK(row.bind(id).comes());
        return id;
    }

    Result<Intake> newDelivery(const extract::Extract& extract, const std::string& fileName) {
        const extract::Manifest& manifest = extract.manifest;
        FAIRLEAD_TRY(const std::int64_t dataset, datasetOf(manifest));
        FAIRLEAD_TRY(const std::int64_t held,
                     scalar(m_core, fmt::format("SELECT count(*) FROM delivery WHERE dataset = {}", dataset)));
        std::string gateways;
        for (const std::string& id : manifest.gateways) gateways += (gateways.empty() ? "" : " ") + id;
        const std::string json = extract::canonicalJson(manifest);
        FAIRLEAD_TRY(const std::int64_t last, scalar(m_core, "SELECT max(id) FROM delivery"));
        FAIRLEAD_TRY(auto insert, store::InsertedRow::into(m_core, "delivery", 18));
        insert.add(last + 1).add(m_load).add(dataset).add(manifest.sequence);
        insert.add(std::string_view(extract.manifestSha256)).add(std::string_view(fileName));
        for (const Date day :
             {manifest.periodFrom, manifest.periodUntil, manifest.dataAsAt, manifest.extractedOn, manifest.retainUntil})
            insert.add(std::int64_t{day.days});
        for (const std::string_view text : {std::string_view(manifest.purpose), std::string_view(manifest.regime),
                                            std::string_view(gateways), std::string_view(manifest.agreementRef)})
            insert.add(text);
        insert.add(std::int64_t{extract.authenticated ? 1 : 0}).add(rowCount(manifest));
        FAIRLEAD_OK(insert.add(std::string_view(json)).write());
        return Intake{m_load, last + 1, dataset, held == 0, {manifest.periodFrom, manifest.periodUntil}};
    }

    store::Database& m_core;
    store::Database& m_identity;
    std::int64_t m_load;
    ReferenceHash m_hash;
    std::map<std::int64_t, SourcePersons> m_persons;
};

Status writeAll(Workspace& workspace, LoadPlan& plan, const extract::OpenOptions& options, LoadReport& report,
                TaskContext& task) {
    std::int64_t total = 0;
    for (const PlannedFile& file : plan.files) total += rowCount(file.verified.manifest);
    task.begin(Phase::Writing, static_cast<std::uint64_t>(total));
    // The key is written once, outside: hashing needs it before anything of the load is there.
    FAIRLEAD_TRY(auto hash, ReferenceHash::open(workspace.identity()));
    FAIRLEAD_TRY(auto watch, BatchWatch::begin(workspace, task));
    FAIRLEAD_TRY(auto identityChange, store::Transaction::begin(workspace.identity()));
    FAIRLEAD_TRY(auto coreChange, store::Transaction::begin(workspace.core()));
    LoadWriter writer(workspace, report.load.value, std::move(hash));
    FAIRLEAD_OK(writer.begin(workspace.clock().nowMs(), plan.files.size()));
    for (PlannedFile& file : plan.files) {
        FAIRLEAD_TRY(const auto extract, rowsOf(file, options, task));
        FAIRLEAD_TRY(auto loaded, writer.take(extract, file.path.filename().string(), task));
        report.files.push_back(std::move(loaded));
        // Rows in hand are given back as soon as they are written.
        file.verified.rows = {};
    }
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    FAIRLEAD_OK(setSetting(workspace.identity(), "last_load", std::to_string(report.load.value)));
    Beside<Status> ahead([&] { return identityChange.writeAhead(); });
    FAIRLEAD_OK(coreChange.writeAhead());
    FAIRLEAD_OK(ahead.take());
    FAIRLEAD_OK(watch.record(workspace, audit::Verb::Collection));
    // Identity first: its rows name a load that core does not know yet, and are removed if core never does.
    FAIRLEAD_OK(identityChange.commit());
    return coreChange.commit();
}

audit::Entry loadIntent(const Workspace& workspace, const LoadPlan& plan, std::int64_t load) {
    std::map<std::string, std::string> details{{"what", "load"}, {"load", std::to_string(load)}};
    std::string digests;
    for (std::size_t at = 0; at < plan.files.size(); ++at) {
        const PlannedFile& file = plan.files[at];
        details[fmt::format("file_{:03}", at + 1)] =
            fmt::format("{} {}", file.verified.manifest.label(), file.verified.manifestSha256);
        digests += file.verified.manifestSha256 + "\n";
        // What the process that parsed the file could not have done is part of what was done.
        if (file.verified.reader) details["reader"] = fmt::format("{}", fmt::join(file.verified.reader->words(), ", "));
    }
    audit::Entry entry = intentOf(workspace, audit::Verb::Collection, {}, std::move(details));
    entry.objectSha256 = crypto::sha256(digests);
    return entry;
}

}  // namespace

Result<LoadReport> load(Workspace& workspace, const std::vector<std::filesystem::path>& files, TaskContext& task,
                        const crypto::Secret* extractPassphrase) {
    FAIRLEAD_OK(workspace.require(access::Action::LoadDeliveries));
    const std::scoped_lock lock(workspace.mutex());
    const auto started = std::chrono::steady_clock::now();
    FAIRLEAD_TRY(const auto setting, loadSetting(workspace, extractPassphrase));
    FAIRLEAD_TRY(auto plan, planOrRefuse(workspace, files, *setting, task));

    LoadReport report;
    FAIRLEAD_TRY(const std::int64_t last, scalar(workspace.core(), "SELECT max(id) FROM load"));
    report.load = {last + 1};
    report.notes = plan.notes;
    workspace.heldPage().reset();
    return asAct(
        workspace, loadIntent(workspace, plan, report.load.value),
        [&]() -> Result<LoadReport> {
            if (auto written = writeAll(workspace, plan, setting->options, report, task); !written) {
                FAIRLEAD_OK(removeUnknownLoads(workspace.core(), workspace.identity()));
                return fail(std::move(written).error());
            }
            report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
            return report;
        },
        [](const LoadReport& done) {
            std::uint64_t persons = 0;
            for (const LoadedFile& file : done.files) persons += static_cast<std::uint64_t>(file.persons);
            return audit::Outcome{{}, persons, {}};
        });
}

}  // namespace fairlead::workspace
