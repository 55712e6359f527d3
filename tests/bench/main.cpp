// fairlead-bench: CSV to clusters on made-up records, stage by stage; or the audit log. Measure a Release build on a
// quiet machine.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/link/compare.h"
#include "core/link/csv_reading.h"
#include "core/link/engine.h"
#include "core/link/frequencies.h"
#include "core/link/parallel.h"
#include "tests/bench/audit_bench.h"
#include "tests/bench/population.h"
#include "tests/bench/watch.h"

namespace fairlead::bench {
namespace {

constexpr double kMarginBits = 4.0;  // kept below the review threshold for later deliveries

struct BenchOptions {
    PopulationShape shape;
    unsigned threads = 0;
    std::filesystem::path in;      // instead of made-up records
    std::filesystem::path out;     // keep the CSV
    std::filesystem::path report;  // JSON
    std::filesystem::path nicknames;
    std::uint64_t comparePairs = 0;
    bool readOnly = false;
    std::uint32_t increment = 0;  // records of a delivery that follows
    std::uint64_t audit = 0;      // entries of an audit log, instead of all that
};

std::uint64_t peakBytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::uint64_t liveBytes() {
    const struct mallinfo2 heap = ::mallinfo2();
    return static_cast<std::uint64_t>(heap.uordblks) + static_cast<std::uint64_t>(heap.hblkhd);
}

struct Stage {
    std::string name;
    double seconds = 0.0;
};

struct Figures {
    std::uint64_t records = 0, pairs = 0, clusters = 0, columnBytes = 0, csvBytes = 0;
    std::vector<Stage> stages;
    double total = 0.0, cpu = 0.0;
    double pairF1 = -1.0;
};

// Pairs within the groups of (a, b), counted by sorting.
std::uint64_t pairsWithin(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::vector<std::uint64_t> keys(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) keys[i] = (std::uint64_t{a[i]} << 32U) | b[i];
    std::ranges::sort(keys);
    std::uint64_t pairs = 0, run = 0;
    for (std::size_t i = 1; i < keys.size(); ++i) {
        run = keys[i] == keys[i - 1] ? run + 1 : 0;
        pairs += run;
    }
    return pairs;
}

double pairF1(const std::vector<std::uint32_t>& clusters, const std::vector<std::uint32_t>& truth) {
    const auto both = static_cast<double>(pairsWithin(clusters, truth));
    const auto found = static_cast<double>(pairsWithin(clusters, clusters));
    const auto wanted = static_cast<double>(pairsWithin(truth, truth));
    return found + wanted > 0.0 ? 2.0 * both / (found + wanted) : 1.0;
}

link::CsvLayout layoutOf(bool withTruth) {
    using enum link::ColumnRole;
    link::CsvLayout layout;
    layout.idColumn = "unique_id";
    layout.columns = {{Forename, "first_name", {}},
                      {Surname, "surname", {}},
                      {BirthDate, "dob", "YYYY-MM-DD"},
                      {Postcode, "postcode", {}},
                      {Sex, "sex", {}}};
    if (withTruth) layout.truthColumn = "cluster";
    return layout;
}

Result<link::CsvRecords> readFiles(const std::vector<std::filesystem::path>& paths, const link::CsvLayout& layout,
                                   const link::NameVariants& variants, unsigned threads) {
    TaskContext task;
    std::vector<link::CsvText> files;
    for (const std::filesystem::path& path : paths) {
        FAIRLEAD_TRY(std::string bytes, readFile(path, std::uintmax_t{4} << 30U));
        FAIRLEAD_TRY(link::CsvText file, link::openCsv(path.filename().string(), std::move(bytes)));
        files.push_back(std::move(file));
    }
    return link::readCsv(std::move(files), layout, variants, threads, task);
}

Result<link::NameVariants> variantsOf(const BenchOptions& options) {
    if (options.nicknames.empty()) return link::NameVariants{};
    FAIRLEAD_TRY(const std::string text, readFile(options.nicknames));
    return link::parseNameVariants(text, options.nicknames.filename().string());
}

struct Measured {
    Figures figures;
    std::vector<std::uint32_t> clusters;
};

Result<Measured> measureJob(const BenchOptions& options, const std::filesystem::path& csv) {
    Measured measured;
    Figures& out = measured.figures;
    FAIRLEAD_TRY(link::NameVariants variants, variantsOf(options));
    const std::uint64_t before = liveBytes();
    const Watch watch;
    const link::CsvLayout layout = layoutOf(false);
    FAIRLEAD_TRY(link::CsvRecords records, readFiles({csv}, layout, variants, options.threads));
    out.csvBytes = std::filesystem::file_size(csv);
    out.stages.push_back({"CSV to columns", watch.seconds()});
    out.columnBytes = liveBytes() - before;
    out.records = records.encoded.columns.rows;
    out.total = watch.seconds();
    out.cpu = watch.cpuSeconds();
    if (options.readOnly) return measured;
    link::LinkOptions linking;
    linking.threads = options.threads;
    linking.estimate = true;
    linking.variants = std::move(variants);
    TaskContext task;
    FAIRLEAD_TRY(link::LinkResult result,
                 link::link(std::move(records.encoded), link::modelFor(layout.columns), {}, linking, task));
    for (const link::LinkReport::Stage& stage : result.report.stages) out.stages.push_back({stage.name, stage.seconds});
    out.total = watch.seconds();
    out.cpu = watch.cpuSeconds();
    out.records = result.report.records;
    out.pairs = result.report.pairsCompared;
    out.clusters = result.report.clusters;
    measured.clusters = std::move(result.clusters);
    return measured;
}

// Outside the measured time: the truth is read with a second pass.
Result<std::vector<std::uint32_t>> truthOf(const BenchOptions& options, const std::filesystem::path& csv) {
    link::CsvLayout layout = layoutOf(true);
    layout.columns.clear();
    FAIRLEAD_TRY(link::CsvRecords records, readFiles({csv}, layout, {}, options.threads));
    return std::move(records.truth);
}

// A third at random, a third with a birth date in common, a third with a surname: as rules and samples mix them.
std::vector<link::RowPair> mixedPairs(const link::Columns& columns, std::uint64_t count) {
    std::vector<link::RowPair> pairs;
    pairs.reserve(count);
    std::vector<std::uint32_t> rows(columns.rows);
    for (std::uint32_t row = 0; row < columns.rows; ++row) rows[row] = row;
    std::uint64_t state = 1;
    const auto draw = [&] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state >> 33U) % columns.rows);
    };
    while (pairs.size() < count / 3) pairs.push_back({draw(), draw()});
    for (const link::MultiColumn* column : {&columns.birthDate, &columns.surname}) {
        const auto valueOf = [&](std::uint32_t row) {
            const auto values = column->of(row);
            return std::pair(values.empty() ? link::kNoValue : values.front(), row);
        };
        std::ranges::sort(rows, {}, valueOf);
        for (std::uint64_t i = 0; i < count / 3; ++i) {
            const std::uint32_t at = draw();
            const std::uint32_t other = std::min(at + 1 + draw() % 8, columns.rows - 1);
            pairs.push_back({rows[at], rows[other]});
        }
    }
    return pairs;
}

Status measureComparing(const BenchOptions& options, const std::filesystem::path& csv) {
    FAIRLEAD_TRY(link::NameVariants variants, variantsOf(options));
    const link::CsvLayout layout = layoutOf(false);
    FAIRLEAD_TRY(const link::CsvRecords records, readFiles({csv}, layout, variants, options.threads));
    const link::EncodedInput& input = records.encoded;
    const link::Model model = link::modelFor(layout.columns);
    FAIRLEAD_TRY(const auto plans, link::planComparisons(model, input.setup, input.columns));
    const link::CompareContext context(input.columns, plans);
    const std::vector<link::RowPair> pairs = mixedPairs(input.columns, options.comparePairs);
    constexpr std::size_t kUnit = 65536;
    const std::size_t units = (pairs.size() + kUnit - 1) / kUnit;
    const unsigned threads = link::threadCount(options.threads, units);
    std::vector<link::PairComparer> comparers(threads, link::PairComparer(context));
    std::vector<std::uint64_t> sums(units);
    const Watch watch;
    link::forEachUnit(units, threads, [&](unsigned thread, std::size_t unit) {
        std::array<std::uint64_t, 4096> patterns{};
        for (std::size_t i = unit * kUnit; i < std::min(pairs.size(), (unit + 1) * kUnit); i += patterns.size()) {
            const std::size_t count = std::min(patterns.size(), pairs.size() - i);
            comparers[thread].patterns({pairs.data() + i, count}, {patterns.data(), count});
            for (std::size_t k = 0; k < count; ++k) sums[unit] += patterns[k];
        }
    });
    const double seconds = watch.seconds(), cpu = watch.cpuSeconds();
    std::uint64_t sum = 0;
    for (const std::uint64_t part : sums) sum += part;
    fmt::print("compared {} pairs in {:.3f} s ({:.3f} s of processor): {:.1f} million a second and core (sum {:x})\n",
               pairs.size(), seconds, cpu, static_cast<double>(pairs.size()) / cpu / 1e6, sum);
    return {};
}

// All at once with parameters estimated, then a delivery with these parameters against what was kept.
Status measureIncrement(const BenchOptions& options, const std::filesystem::path& csv) {
    TaskContext task;
    const std::filesystem::path delivery =
        std::filesystem::temp_directory_path() / fmt::format("fairlead-bench-{}-delivery.csv", ::getpid());
    FAIRLEAD_OK(writeFileAtomically(delivery, deliveryCsv(options.shape, options.increment)));
    link::LinkOptions linking;
    linking.threads = options.threads;
    linking.estimate = true;
    linking.keepMarginBits = kMarginBits;
    FAIRLEAD_TRY(linking.variants, variantsOf(options));
    const link::CsvLayout layout = layoutOf(false);
    FAIRLEAD_TRY(link::CsvRecords before, readFiles({csv}, layout, linking.variants, options.threads));
    const auto known = static_cast<std::int64_t>(before.encoded.columns.rows);
    FAIRLEAD_TRY(link::LinkResult first,
                 link::link(std::move(before.encoded), link::modelFor(layout.columns), {}, linking, task));
    link::Increment increment;
    if (first.kept) increment.before = std::move(*first.kept);
    for (std::int64_t id = known; id < known + options.increment; ++id) increment.changed.push_back({id});
    linking.estimate = false;
    linking.increment = &increment;
    const Watch all;
    FAIRLEAD_TRY(link::CsvRecords after, readFiles({csv, delivery}, layout, linking.variants, options.threads));
    const Watch watch;
    FAIRLEAD_TRY(const link::LinkResult second, link::link(std::move(after.encoded), first.model, {}, linking, task));
    fmt::print(
        "{} new records against {}: linked in {:.3f} s, {:.3f} s of processor, {:.3f} s with reading all again\n",
        options.increment, known, watch.seconds(), watch.cpuSeconds(), all.seconds());
    for (const link::LinkReport::Stage& stage : second.report.stages)
        fmt::print("  {:<20} {:>8.3f} s\n", stage.name, stage.seconds);
    fmt::print(
        "  {} pairs compared, {} weighed again, {}{}\n", second.report.pairsCompared,
        second.report.increment.pairsWeighedAgain,
        second.report.increment.incremental ? "incremental" : "everything again: ", second.report.increment.reason);
    std::filesystem::remove(delivery);
    return {};
}

std::string jsonOf(const Figures& figures, unsigned threads) {
    std::string stages;
    for (const Stage& stage : figures.stages)
        stages += fmt::format("{}\"{}\": {:.4f}", stages.empty() ? "" : ", ", stage.name, stage.seconds);
    return fmt::format(
        "{{\"records\": {}, \"threads\": {}, \"csv_bytes\": {}, \"pairs_compared\": {}, \"clusters\": {}, "
        "\"cluster_f1\": {:.5f}, \"seconds\": {{{}, \"total\": {:.4f}, \"processor\": {:.4f}}}, "
        "\"live_bytes_after_columns\": {}, \"peak_rss_bytes\": {}}}\n",
        figures.records, threads, figures.csvBytes, figures.pairs, figures.clusters, figures.pairF1, stages,
        figures.total, figures.cpu, figures.columnBytes, peakBytes());
}

void print(const Figures& figures) {
    constexpr double kMegabyte = 1e6;
    fmt::print("{} records, {:.1f} MB of CSV\n", figures.records, static_cast<double>(figures.csvBytes) / kMegabyte);
    for (const Stage& stage : figures.stages) fmt::print("  {:<20} {:>8.3f} s\n", stage.name, stage.seconds);
    fmt::print("  {:<20} {:>8.3f} s, {:.3f} s of processor\n", "total", figures.total, figures.cpu);
    fmt::print("  pairs {}, clusters {}, F1 of clusters {:.4f}\n", figures.pairs, figures.clusters, figures.pairF1);
    fmt::print("  live after columns {:.1f} MB, peak {:.1f} MB\n", static_cast<double>(figures.columnBytes) / kMegabyte,
               static_cast<double>(peakBytes()) / kMegabyte);
}

// In a process of its own, so that its memory does not count.
Status writePopulation(const std::filesystem::path& csv, const PopulationShape& shape) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(writeFileAtomically(csv, populationCsv(shape)) ? 0 : 1);
    int code = 0;
    if (child < 0 || ::waitpid(child, &code, 0) != child || code != 0)
        return fail(ErrorCode::Io, csv.filename().string(), "the records could not be written");
    return {};
}

Status run(const BenchOptions& options) {
    if (options.audit > 0) return measureAudit(options.audit);
    const bool keeps = !options.out.empty();
    const std::filesystem::path csv =
        !options.in.empty() ? options.in
        : keeps             ? options.out
                            : std::filesystem::temp_directory_path() / fmt::format("fairlead-bench-{}.csv", ::getpid());
    if (options.in.empty()) {
        FAIRLEAD_OK(writePopulation(csv, options.shape));
    }
    Status status;
    if (options.increment > 0) {
        status = measureIncrement(options, csv);
    } else if (options.comparePairs > 0) {
        status = measureComparing(options, csv);
    } else {
        auto measured = measureJob(options, csv);
        const auto truth = measured ? truthOf(options, csv) : Result<std::vector<std::uint32_t>>{};
        if (!measured) status = fail(measured.error());
        if (measured && truth && truth->size() == measured->clusters.size()) {
            measured->figures.pairF1 = pairF1(measured->clusters, *truth);
            print(measured->figures);
            const std::string json = jsonOf(measured->figures, options.threads);
            fmt::print("{}", json);
            if (!options.report.empty()) status = writeFileAtomically(options.report, json);
        }
    }
    if (options.in.empty() && !keeps) std::filesystem::remove(csv);
    return status;
}

}  // namespace
}  // namespace fairlead::bench

int main(int argc, char** argv) {
    fairlead::bench::BenchOptions options;
    CLI::App app("Measures the linkage engine, from CSV to clusters, or the audit log.");
    app.add_option("--records", options.shape.records, "Made-up records")->check(CLI::Range(100U, 50'000'000U));
    app.add_option("--seed", options.shape.seed, "Of the made-up records");
    app.add_option("--threads", options.threads, "0 = all");
    app.add_option("--in", options.in, "A CSV file of the same columns instead of made-up records");
    app.add_option("--out", options.out, "Keep the made-up CSV file here");
    app.add_option("--report", options.report, "Write the figures as JSON");
    app.add_option("--nicknames", options.nicknames, "Table of names that stand for each other");
    app.add_option("--increment", options.increment, "Link so many further records against the linked ones");
    app.add_flag("--read-only", options.readOnly, "Stop when the columns are made");
    app.add_option("--compare-only", options.comparePairs, "Only compare so many pairs of mixed kinds");
    app.add_option("--audit", options.audit, "Write and verify an audit log of so many entries instead");
    CLI11_PARSE(app, argc, argv);
    const fairlead::Status status = fairlead::bench::run(options);
    if (status) return 0;
    fmt::print(stderr, "fairlead-bench: {} {} {}\n", fairlead::name(status.error().code), status.error().subject,
               status.error().detail);
    return 1;
}
