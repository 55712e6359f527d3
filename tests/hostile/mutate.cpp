#include "tests/hostile/mutate.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "core/extract/file_reading.h"
#include "core/extract/reader_process.h"
#include "core/extract/row_check.h"
#include "core/extract/row_digest.h"
#include "core/extract/row_intake.h"
#include "tests/hostile/mutations.h"
#include "tests/hostile/sealed_pages.h"

namespace fairlead::hostile {

namespace {

constexpr double kMostSeconds = 10;  // of processor time, for files of a few pages
constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15ULL;

/// A good file to start from.
struct Base {
    Delivery delivery;
    Pages pages;
    PageCipher cipher;
};

/// The case under way, for the words of a crash.
std::atomic<std::size_t>& caseNow() {
    static std::atomic<std::size_t> number = 0;
    return number;
}

void onCrash(int signal) {
    std::array<char, 64> words{};
    constexpr std::string_view kText = "fairlead-hostile: crashed in case ";
    const auto end = std::to_chars(std::ranges::copy(kText, words.begin()).out, words.end() - 1, caseNow().load()).ptr;
    *end = '\n';
    (void)!::write(STDERR_FILENO, words.data(), static_cast<std::size_t>(end + 1 - words.data()));
    ::signal(signal, SIG_DFL);
    (void)::raise(signal);
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::vector<Base> basesOf(Supplier& supplier) {
    std::vector<Base> bases;
    const auto add = [&](Delivery delivery) {
        PageCipher cipher(delivery.key.view());
        auto pages = cipher.opened(delivery.file);
        bases.push_back({std::move(delivery), std::move(pages), std::move(cipher)});
    };
    add(supplier.good("police", 4));
    add(supplier.good("education", 60));
    // Trees of two levels, free pages and chains of overflow pages.
    auto scarred = supplier.good("social_care", 90);
    scarred.file = supplier.altered(
        scarred,
        "PRAGMA secure_delete = OFF; UPDATE person SET forenames = printf('%.9000c', 'x') WHERE row_id % 40 = 3;"
        "DELETE FROM fact WHERE row_id % 3 = 1; DELETE FROM address WHERE row_id > 30");
    add(std::move(scarred));
    return bases;
}

/// One case: the file that it is.
struct Case {
    const Base* base = nullptr;
    std::string file;
    std::string words;  ///< What was done to it.
};

std::string rawMutated(const std::string& good, Draw& draw) {
    auto file = good;
    for (std::size_t i = 0, count = 1 + draw.below(4); i < count; ++i) {
        file[draw.below(file.size())] = static_cast<char>(draw.bits());
    }
    if (draw.below(8) == 0) file.resize(file.size() - kPageBytes);
    return file;
}

Case caseOf(const std::vector<Base>& bases, const MutationPlan& plan, std::size_t number) {
    Draw draw(plan.seed * kSpread + number);
    Case made;
    made.base = &bases[draw.below(bases.size())];
    if (draw.below(20) == 0) {
        made.words = "raw";
        made.file = rawMutated(made.base->delivery.file, draw);
        return made;
    }
    auto pages = made.base->pages;
    for (std::size_t i = 0, count = 1 + draw.below(3); i < count; ++i) {
        const auto& kind = mutation(draw.below(mutationCount()));
        if (!kind.apply(pages, draw)) continue;
        made.words += fmt::format("{}{}", made.words.empty() ? "" : ", ", kind.name);
    }
    // Only what changed is sealed anew.
    const auto& good = *made.base;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const bool isSame = i < good.pages.size() && pages[i] == good.pages[i];
        made.file +=
            isSame ? good.delivery.file.substr(i * kPageBytes, kPageBytes) : good.cipher.sealed(pages[i], i + 1);
    }
    return made;
}

extract::ReadOrder orderOf(const Base& base, const std::filesystem::path& copy) {
    extract::ReadOrder order;
    order.copy = copy;
    order.deadline = std::chrono::seconds(60);
    order.agency = base.delivery.manifest.agency;
    const auto tables = extract::contractTables();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (base.delivery.manifest.tables.contains(std::string(tables[i].name))) order.tables.push_back(i);
    }
    return order;
}

/// What the file's own rows are, as a supplier would promise them who means harm.
extract::Manifest promising(const Case& made, const extract::ReadOrder& order) {
    auto manifest = Supplier::mended(made.base->delivery.manifest, made.file);
    std::map<std::size_t, extract::RowDigest> digests;
    for (const auto table : order.tables) digests.try_emplace(table);
    TaskContext task;
    const extract::TakeRow take = [&](std::size_t table, std::int64_t rowId,
                                      std::span<const extract::Cell> cells) -> Status {
        digests.at(table).add(rowId, cells);
        return {};
    };
    (void)extract::readFile(order, made.base->delivery.key, take, task);
    for (auto& [table, digest] : digests)
        manifest.tables[std::string(extract::contractTables()[table].name)] = digest.finish();
    return manifest;
}

/// Whether every row that was kept satisfies the contract, looked at once more.
bool satisfiesContract(const extract::Extract& extract) {
    extract::RowProblems problems;
    for (const auto& [name, digest] : extract.manifest.tables) {
        const auto* table = extract::findTable(name);
        const auto count = extract::rowCount(extract.rows, *table);
        if (count != static_cast<std::size_t>(digest.rows) || extract.rowIds.at(name).size() != count) return false;
        extract::CellRow cells;
        for (std::size_t i = 0; i < count; ++i) {
            extract::cellsOf(extract.rows, *table, i, cells);
            extract::checkRow(*table, extract.rowIds.at(name)[i], cells.cells(), problems);
        }
    }
    return problems.isEmpty();
}

/// The outcome in a word: the refusal, "accepted", or "accepted wrongly".
class Trial {
public:
    Trial(Supplier& supplier, const MutationPlan& plan) : m_supplier(supplier), m_plan(plan) {}

    std::string run(const Case& made, std::size_t number) {
        if (number % m_plan.everyInWorker == 0) return whole(made, extract::thisProgram());
        if (number % m_plan.everyWhole == 1) return whole(made, std::nullopt);
        return readingAlone(made);
    }

private:
    /// All fifteen steps, as in the program; `reader` for a process of its own.
    std::string whole(const Case& made, const std::optional<worker::WorkerProgram>& reader) {
        const auto copy = m_supplier.folder() / "workshop" / "case.fxt";
        writeBytes(copy, made.file);
        auto delivery = made.base->delivery.copy();
        delivery.file = made.file;
        delivery.manifest = promising(made, orderOf(*made.base, copy));
        m_supplier.put("case", std::move(delivery));
        auto options = m_supplier.options();
        options.reader = reader;
        TaskContext task;
        const auto opened = extract::open(m_supplier.folder() / "case.fxt", options, task);
        if (!std::filesystem::is_empty(options.staging)) return "left something in staging";
        if (!opened) return refusal(opened.error());
        return satisfiesContract(*opened) ? "accepted" : "accepted wrongly";
    }

    /// Only what touches the file and what checks its rows.
    std::string readingAlone(const Case& made) {
        const auto copy = m_supplier.folder() / "workshop" / "case.fxt";
        writeBytes(copy, made.file);
        const auto order = orderOf(*made.base, copy);
        auto outcome = readWith(made, order, made.base->delivery.manifest);
        if (outcome != "hash_mismatch" && outcome != "row_count_mismatch") return outcome;
        // The rows are others than the good file's: once more with a manifest that vouches for them.
        outcome = readWith(made, order, promising(made, order));
        return outcome == "accepted" ? "accepted, with other rows" : outcome;
    }

    static std::string readWith(const Case& made, const extract::ReadOrder& order, const extract::Manifest& manifest) {
        extract::Extract extract{manifest, {}, true, {}, {}, {}};
        TaskContext task;
        extract::RowIntake intake(extract, "case", task);
        const extract::TakeRow take = [&](std::size_t table, std::int64_t rowId, std::span<const extract::Cell> cells) {
            return intake.add(table, rowId, cells);
        };
        if (auto read = extract::readFile(order, made.base->delivery.key, take, task); !read) {
            return refusal(read.error());
        }
        if (auto whole = intake.finish(); !whole) return refusal(whole.error());
        return satisfiesContract(extract) ? "accepted" : "accepted wrongly";
    }

    /// Only what is a sentence about the file counts as one.
    static std::string refusal(const Error& error) {
        constexpr std::array kSentences = {ErrorCode::WrongKey,         ErrorCode::ExtractDamaged,
                                           ErrorCode::ExtractSchema,    ErrorCode::ExtractValue,
                                           ErrorCode::RowCountMismatch, ErrorCode::HashMismatch};
        const bool isSentence = std::ranges::find(kSentences, error.code) != kSentences.end();
        const bool isLate = error.detail.contains("longer than allowed") || error.detail.contains("the process that");
        if (isSentence && !isLate) return std::string(name(error.code));
        return fmt::format("wrong words: {} ({})", name(error.code), error.detail);
    }

    Supplier& m_supplier;
    const MutationPlan& m_plan;
};

bool breaksTheRule(std::string_view outcome) {
    return outcome.starts_with("wrong words") || outcome.starts_with("left") || outcome == "accepted wrongly";
}

}  // namespace

std::size_t runMutations(Supplier& supplier, const MutationPlan& plan) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::signal(signal, onCrash);
    const auto bases = basesOf(supplier);
    Trial trial(supplier, plan);
    std::map<std::string, std::size_t> outcomes;
    std::size_t broken = 0;
    double slowest = 0;
    for (std::size_t number = plan.first; number < plan.first + plan.cases; ++number) {
        caseNow() = number;
        const auto made = caseOf(bases, plan, number);
        const double start = processorSeconds();
        const auto outcome = trial.run(made, number);
        const double took = processorSeconds() - start;
        slowest = std::max(slowest, took);
        ++outcomes[outcome.substr(0, 60)];
        if (!breaksTheRule(outcome) && took < kMostSeconds) continue;
        ++broken;
        fmt::print("seed {}, case {}: {} in {:.1f} s after: {}\n", plan.seed, number, outcome, took, made.words);
    }
    for (const auto& [outcome, count] : outcomes) fmt::print("{:>9}  {}\n", count, outcome);
    fmt::print("{} cases from {}, seed {}: {} broke the rule; the slowest took {:.2f} s of processor\n", plan.cases,
               plan.first, plan.seed, broken, slowest);
    return broken;
}

}  // namespace fairlead::hostile
