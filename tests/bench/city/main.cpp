// fairlead-city-bench: what a workspace over a synthetic city costs: loading, linking, pages, a month's delivery.
// Measure a Release build on a quiet machine. `fairlead-cli demo create` makes the city.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "core/workspace/change.h"
#include "core/workspace/drill.h"
#include "core/workspace/load.h"
#include "core/workspace/outcomes.h"
#include "core/workspace/overview.h"
#include "core/workspace/relink.h"
#include "core/workspace/relink_writing.h"
#include "core/workspace/schools.h"
#include "core/workspace/slice_reading.h"
#include "core/workspace/workspace.h"

namespace fairlead::bench {
namespace {

struct CityOptions {
    std::filesystem::path city;  ///< As demo create made it.
    std::filesystem::path resources;
    std::filesystem::path folder;  ///< Where the workspace is made, or is.
    bool keep = false;
    bool beforeMonth = false;  ///< Stop when what is there is linked.
    bool monthOnly = false;    ///< The workspace is there as beforeMonth left it.
    int history = 1;           ///< So many times the facts, the copies further and further back.
    bool engine = false;       ///< Also what the engine takes without the files.
    std::string only;          ///< Of the month's deliveries, those whose file name begins so.
};

double cpuNow() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](timeval t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

/// Runs a step and prints wall time, processor time and the peak of memory so far.
template <typename Step>
auto measured(const std::string& name, const Step& step) {
    const double cpu = cpuNow();
    const auto start = std::chrono::steady_clock::now();
    auto result = step();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    fmt::print("{:<52} {:>9.4f} s {:>9.4f} s of processor  {:>6} MB peak{}\n", name, wall.count(), cpuNow() - cpu,
               usage.ru_maxrss / 1024, result ? "" : "  FAILED");
    std::fflush(stdout);
    return result;
}

/// The extracts, every dataset's newest delivery apart: that is the month that comes.
struct Deliveries {
    std::vector<std::filesystem::path> first;
    std::vector<std::filesystem::path> month;
};

Deliveries deliveriesOf(const std::filesystem::path& city) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(city / "extracts"))
        if (entry.path().extension() == ".fxt") files.push_back(entry.path());
    std::ranges::sort(files);
    Deliveries deliveries;
    const auto datasetOf = [](const std::filesystem::path& file) {
        const std::string name = file.stem().string();
        return name.substr(0, name.rfind('_'));
    };
    for (std::size_t i = 0; i < files.size(); ++i) {
        const bool isNewest = i + 1 == files.size() || datasetOf(files[i + 1]) != datasetOf(files[i]);
        (isNewest ? deliveries.month : deliveries.first).push_back(files[i]);
    }
    return deliveries;
}

class CityBench {
public:
    CityBench(CityOptions options, std::shared_ptr<workspace::Workspace> workspace)
        : m_options(std::move(options)), m_workspace(std::move(workspace)) {}

    Status run() {
        Deliveries deliveries = deliveriesOf(m_options.city);
        std::erase_if(deliveries.month, [&](const std::filesystem::path& file) {
            return !file.filename().string().starts_with(m_options.only);
        });
        if (!m_options.monthOnly) {
            FAIRLEAD_OK(load("load what is there", deliveries.first));
            FAIRLEAD_OK(link("link"));
        }
        if (m_options.history > 1) FAIRLEAD_OK(measured("make a longer past", [&] { return lengthen(); }));
        FAIRLEAD_OK(pages(""));
        if (m_options.beforeMonth) return {};
        FAIRLEAD_OK(load("load a month", deliveries.month));
        FAIRLEAD_OK(pages(" after the load"));
        FAIRLEAD_OK(link("link what is new"));
        FAIRLEAD_OK(pages(" after the link"));
        return area();
    }

private:
    /// Behind the log's back: nothing is measured by it but the size. A copy ended before the facts that it copies.
    Status lengthen() {
        constexpr int kDaysBack = 500;
        auto& core = m_workspace->core();
        std::string schema;
        {
            FAIRLEAD_TRY(auto query, core.prepare("SELECT sql FROM sqlite_schema WHERE name = 'fact'"));
            FAIRLEAD_TRY(const bool found, query.next());
            if (found) schema = query.text(0);
        }
        schema.replace(schema.find("fact"), 4, "fact_long");
        FAIRLEAD_TRY(auto change, store::Transaction::begin(core));
        FAIRLEAD_OK(core.execute(schema));
        FAIRLEAD_OK(core.execute(fmt::format(
            "WITH RECURSIVE copy (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM copy WHERE k + 1 < {0}) "
            "INSERT INTO fact_long SELECT source_person, id + (k << 40), fact_key + k, kind, role, incident + k, "
            "from_day - {1} * k, coalesce(until_day, CASE WHEN k > 0 AND ends = 2147483647 THEN from_day + 60 END) "
            "- {1} * k, CASE WHEN k > 0 AND ends = 2147483647 THEN from_day + 60 ELSE ends END - {1} * k, "
            "recorded - {1} * k, code, value, cancelled, received, withdrawn, delivery, source_row FROM fact CROSS "
            "JOIN "
            "copy WHERE k = 0 OR withdrawn IS NULL",
            m_options.history, kDaysBack)));
        FAIRLEAD_OK(core.execute("DROP TABLE fact; ALTER TABLE fact_long RENAME TO fact"));
        FAIRLEAD_OK(change.commit());
        FAIRLEAD_TRY(auto count, core.prepare("SELECT count(*) FROM fact"));
        FAIRLEAD_TRY(const bool counted, count.next());
        fmt::print("  {} facts\n", counted ? count.integer(0) : 0);
        return {};
    }

    Status load(const std::string& name, const std::vector<std::filesystem::path>& files) {
        FAIRLEAD_TRY(const auto report, measured(name, [&] { return workspace::load(*m_workspace, files, m_task); }));
        std::int64_t facts = 0, fresh = 0, changed = 0, withdrawn = 0;
        for (const auto& file : report.files) {
            facts += file.facts;
            fresh += file.newFacts;
            changed += file.changedFacts;
            withdrawn += file.withdrawnFacts;
        }
        fmt::print("  {} facts: {} new, {} changed, {} withdrawn\n", facts, fresh, changed, withdrawn);
        return {};
    }

    Status link(const std::string& name) {
        FAIRLEAD_TRY(const auto report, measured(name, [&] { return workspace::relink(*m_workspace, m_task); }));
        fmt::print("  {} records, {} persons, {} pairs{}; read {:.1f}, link {:.1f}, write {:.1f} s\n",
                   report.sourcePersons, report.persons, report.pairsCompared,
                   report.incremental ? ", new and changed records alone" : "", report.readSeconds, report.linkSeconds,
                   report.writeSeconds);
        return {};
    }

    Status pages(const std::string& when) {
        FAIRLEAD_TRY(const auto schools, measured("schools" + when, [&] { return workspace::schools(*m_workspace); }));
        const auto largest = std::ranges::max_element(schools, {}, &workspace::SchoolEntry::onRoll);
        if (largest == schools.end()) return fail(ErrorCode::NotFound, "schools");
        workspace::OverviewRequest request;
        request.school = largest->urn;
        const std::string name = fmt::format("overview of {} pupils{}", largest->onRoll, when);
        FAIRLEAD_TRY(const auto page,
                     measured(name, [&] { return workspace::overview(*m_workspace, request, m_task); }));
        request.asAt = page->overview.asAt;
        const auto again = [&] { return workspace::overview(*m_workspace, request, m_task); };
        FAIRLEAD_OK(dropped(measured("  the same again", again)));
        const auto drill = [&] { return workspace::drill(*m_workspace, request, "events", m_task); };
        FAIRLEAD_OK(dropped(measured("  behind its events", drill)));
        if (m_options.engine) {
            FAIRLEAD_OK(engine(request, *page));
        }
        request.asAt = page->overview.asAt.plusMonths(-3);
        FAIRLEAD_OK(dropped(measured("  three months before", again)));
        request.knownAt = record::LoadId{1};
        FAIRLEAD_OK(dropped(measured("  as known at load 1", again)));
        const workspace::ChangeRequest change{
            largest->urn, "events", {*request.asAt, record::LoadId{1}}, {page->overview.asAt, {}}};
        return dropped(
            measured("  why it changed", [&] { return workspace::explainChange(*m_workspace, change, m_task); }));
    }

    /// The table of the design for the engine alone: what is read from the files is measured apart.
    Status engine(const workspace::OverviewRequest& request, const workspace::OverviewPage& page) {
        auto& core = m_workspace->core();
        const record::LoadId knownAt = page.overview.knownAt;
        workspace::PersonOf personOf;
        FAIRLEAD_TRY(const auto memberships, workspace::currentMemberships(core));
        for (const auto& row : memberships) personOf.emplace(row.sourcePerson.value, row.person);
        FAIRLEAD_TRY(const auto definitions, workspace::definitionsAt(core, knownAt));
        indicator::FactTable table;
        FAIRLEAD_OK(measured("  read every fact",
                             [&] { return workspace::readAllFacts(core, knownAt, personOf, table, m_task); }));
        table.seal();
        const auto everybody = [&] { return indicator::evaluateAll(*definitions, table, {}, knownAt, m_task); };
        FAIRLEAD_OK(dropped(measured(fmt::format("  spells of {} persons", table.persons().size()), everybody)));
        const auto& busiest = *std::ranges::max_element(table.persons(), {}, [](const auto& one) { return one.count; });
        const indicator::RuleSet rules(*definitions, table.codes);
        FAIRLEAD_OK(dropped(measured(fmt::format("  spells of one person with {} facts", busiest.count), [&] {
            return Result<std::size_t>(rules.evaluate(table.facts(busiest), busiest.first, {}, knownAt).size());
        })));
        FAIRLEAD_TRY(const auto moment, workspace::momentOf(*m_workspace, request.asAt, {}));
        FAIRLEAD_TRY(const auto school, workspace::readSchool(core, request.school, moment, m_task));
        return dropped(measured("  a page with twelve months of every figure",
                                [&] { return Result<int>(indicator::overview(school.slice, moment.asAt).onRoll); }));
    }

    Status area() {
        return dropped(
            measured("outcomes of all schools", [&] { return workspace::areaOutcomes(*m_workspace, {}, m_task); }));
    }

    template <typename T>
    static Status dropped(const Result<T>& result) {
        return result ? Status{} : fail(result.error());
    }

    CityOptions m_options;
    std::shared_ptr<workspace::Workspace> m_workspace;
    TaskContext m_task;
};

Result<std::shared_ptr<workspace::Workspace>> workspaceOf(const CityOptions& options) {
    const auto passphrase = crypto::Secret::copyOf("three small boats at dawn");
    const auto clock = std::make_shared<SystemClock>();
    if (options.monthOnly) return workspace::Workspace::open(options.folder, {passphrase}, {options.resources}, clock);
    workspace::NewWorkspace wanted;
    wanted.folder = options.folder;
    wanted.name = "Bench";
    wanted.keysFolder = options.city / "keys";
    return workspace::Workspace::create(wanted, passphrase, {options.resources}, clock);
}

Status run(const CityOptions& options) {
    FAIRLEAD_TRY(auto workspace, workspaceOf(options));
    const Status status = CityBench(options, workspace).run();
    workspace.reset();
    if (!options.keep && !options.beforeMonth && !options.monthOnly) std::filesystem::remove_all(options.folder);
    return status;
}

}  // namespace
}  // namespace fairlead::bench

int main(int argc, char** argv) {
    fairlead::bench::CityOptions options;
    CLI::App app("Measures a workspace over a synthetic city.");
    app.add_option("--city", options.city, "Folder of the city: fairlead-cli demo create")->required();
    app.add_option("--resources", options.resources, "The project's resources")->required();
    app.add_option("--workspace", options.folder, "Where the workspace is made")->required();
    app.add_flag("--keep", options.keep, "Leave the workspace there");
    auto* before =
        app.add_flag("--before-month", options.beforeMonth, "Stop before the month's delivery, and leave it");
    app.add_flag("--month-only", options.monthOnly, "Go on with what --before-month left")->excludes(before);
    app.add_option("--history", options.history, "So many times the facts: each again, further and further back")
        ->check(CLI::Range(1, 20));
    app.add_flag("--engine", options.engine, "Also spells of everybody, of one person, and a page, without the files");
    app.add_option("--only", options.only, "Load of the month only the files whose names begin so");
    CLI11_PARSE(app, argc, argv);
    const fairlead::Status status = fairlead::bench::run(options);
    if (status) return 0;
    fmt::print(stderr, "fairlead-city-bench: {} {} {}\n", fairlead::name(status.error().code), status.error().subject,
               status.error().detail);
    return 1;
}
