#include "core/splink/score.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/link/parallel.h"
#include "core/link/score.h"
#include "core/splink/blocking.h"
#include "core/splink/compare.h"

namespace fairlead::splink {
namespace {

constexpr std::uint32_t kRowsPerUnit = 256;
constexpr std::uint32_t kPairsBetweenLooks = 4096;
constexpr std::string_view kSubject = "the Splink model";

Status checkColumns(const Table& table, const Model& model) {
    std::string missing;
    for (const std::string& column : columnsOf(model)) {
        if (table.column(column) == Table::npos) missing += (missing.empty() ? "" : ", ") + column;
    }
    if (missing.empty()) return {};
    return fail(ErrorCode::MissingColumn, std::string(kSubject),
                fmt::format("it needs columns that the data lack: {}", missing));
}

// The rows in the order that decides which of two is l.
std::vector<std::uint32_t> orderOf(const Table& table, LinkType type) {
    std::vector<std::uint32_t> order(table.rows());
    std::iota(order.begin(), order.end(), 0U);
    std::vector<std::string> names;
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        const bool alone = type == LinkType::DedupeOnly;
        names.push_back(alone ? table.ids[row] : table.datasetNames[table.datasets[row]] + "-__-" + table.ids[row]);
    }
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const int compared = names[a].compare(names[b]);
        return compared != 0 ? compared < 0 : a < b;
    });
    return order;
}

link::PairScope scopeOf(LinkType type) {
    switch (type) {
        case LinkType::DedupeOnly: return link::PairScope::WithinDatasets;
        case LinkType::LinkOnly: return link::PairScope::BetweenDatasets;
        case LinkType::LinkAndDedupe: break;
    }
    return link::PairScope::Everything;
}

/// What one unit of work kept.
struct Kept {
    std::vector<ScoredPair> pairs;
    std::vector<std::int8_t> levels;
    std::uint64_t compared = 0;
};

/// One run over all rules.
class Run {
public:
    Run(const Table& table, const Model& model, const ScoreOptions& options, TaskContext& task)
        : m_table(table),
          m_model(model),
          m_options(options),
          m_task(task),
          m_values(table),
          m_scope(options.scope.value_or(scopeOf(model.linkType))),
          m_order(orderOf(table, model.linkType)),
          m_rules(model.rules) {}

    Result<ScoreResult> run() {
        FAIRLEAD_OK(prepareRules());
        m_result.comparisons = m_model.comparisons.size();
        prepareThreads();
        for (std::size_t rule = 0; rule < m_joins.size(); ++rule) {
            FAIRLEAD_OK(runRule(rule, m_rules[rule]));
        }
        addNotes();
        sortPairs();
        return std::move(m_result);
    }

    // One pair, and every rule that brings it.
    Result<PairExplanation> explain(std::uint32_t a, std::uint32_t b) {
        FAIRLEAD_OK(prepareRules());
        if (std::ranges::find(m_order, b) < std::ranges::find(m_order, a)) std::swap(a, b);
        Comparer comparer(m_context);
        PairExplanation out;
        out.priorBits = m_context.priorBits;
        for (std::size_t c = 0; c < m_model.comparisons.size(); ++c) {
            const Comparer::Part part = comparer.part(c, a, b);
            out.parts.push_back({part.gamma, part.bits, part.frequencyBits});
        }
        std::vector<std::int8_t> gammas(out.parts.size());
        out.bits = comparer.compare(a, b, gammas);
        JoinChecker checker(m_joins, m_values, m_model.dialect);
        for (std::size_t rule = 0; rule < m_joins.size() && inScope(a, b); ++rule) {
            const Join& join = m_joins[rule];
            const bool equalKeys = !join.keyed || (join.leftKeys[a] != kNull && join.leftKeys[a] == join.rightKeys[b]);
            if (equalKeys && checker.residualHolds(rule, a, b)) out.rules.push_back(m_rules[rule]);
        }
        if (comparer.gaveUp() || checker.gaveUp()) return gaveUp();
        return out;
    }

private:
    static std::unexpected<Error> gaveUp() {
        return fail(ErrorCode::InvalidArgument, std::string(kSubject),
                    "a condition takes too many steps for a pair of rows: lists that are too long");
    }

    struct Worker {
        std::unique_ptr<Comparer> comparer;
        std::unique_ptr<JoinChecker> checker;
        std::vector<std::int8_t> levels;
    };

    Status prepareRules() {
        FAIRLEAD_TRY(m_context, CompareContext::make(m_model, kSubject, m_values));
        if (m_rules.empty()) m_rules.emplace_back("1=1");
        for (const std::string& rule : m_rules) {
            FAIRLEAD_TRY(Join join, makeJoin(rule, m_model.dialect, kSubject, m_values, m_task));
            m_joins.push_back(std::move(join));
        }
        return {};
    }

    void prepareThreads() {
        const std::size_t units = (m_order.size() + kRowsPerUnit - 1) / kRowsPerUnit;
        m_threads = link::threadCount(m_options.threads, units);
        for (unsigned i = 0; i < m_threads; ++i) {
            m_workers.push_back({std::make_unique<Comparer>(m_context),
                                 std::make_unique<JoinChecker>(m_joins, m_values, m_model.dialect),
                                 std::vector<std::int8_t>(m_result.comparisons)});
        }
    }

    // Pairs that the keys of a rule bring, before scope and order are looked at: at most.
    [[nodiscard]] double pairsOf(const Join& join, const RightRows& right) const {
        const auto rows = static_cast<double>(m_order.size());
        if (!join.keyed) return rows * (rows - 1.0) / 2.0;
        double pairs = 0.0;
        for (const std::uint32_t key : join.leftKeys) {
            if (key != kNull) pairs += right.offsets[key + std::size_t{1}] - right.offsets[key];
        }
        return pairs / 2.0;
    }

    Status runRule(std::size_t rule, const std::string& condition) {
        const Join& join = m_joins[rule];
        const RightRows right = rightRowsOf(join, m_order);
        const double most = static_cast<double>(join.keyed ? m_options.mostPairs : m_options.mostPairsWithoutKey);
        if (const double pairs = pairsOf(join, right); pairs > most) {
            return fail(
                ErrorCode::InvalidArgument, std::string(kSubject),
                fmt::format("the blocking rule {} brings {:.0f} pairs, more than {:.0f}", condition, pairs, most));
        }
        const std::size_t units = (m_order.size() + kRowsPerUnit - 1) / kRowsPerUnit;
        std::vector<Kept> kept(units);
        m_task.begin(Phase::Comparing, units);
        link::forEachUnit(units, m_threads, [&](unsigned thread, std::size_t unit) {
            if (!m_task.cancelled()) runUnit(rule, right, unit, m_workers[thread], kept[unit]);
            m_task.advance(1);
        });
        if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
        if (std::ranges::any_of(m_workers, [](const Worker& worker) {
                return worker.comparer->gaveUp() || worker.checker->gaveUp();
            })) {
            return gaveUp();
        }
        RuleReport report{condition, 0};
        for (Kept& unit : kept) {
            report.pairs += unit.compared;
            m_result.pairs.insert(m_result.pairs.end(), unit.pairs.begin(), unit.pairs.end());
            m_result.levels.insert(m_result.levels.end(), unit.levels.begin(), unit.levels.end());
            unit = {};
        }
        m_result.pairsCompared += report.pairs;
        m_result.rules.push_back(std::move(report));
        return {};
    }

    void runUnit(std::size_t rule, const RightRows& right, std::size_t unit, Worker& worker, Kept& kept) {
        const Join& join = m_joins[rule];
        const auto first = static_cast<std::uint32_t>(unit * kRowsPerUnit);
        const auto last = std::min(first + kRowsPerUnit, static_cast<std::uint32_t>(m_order.size()));
        std::uint32_t sinceLook = 0;
        for (std::uint32_t rank = first; rank < last; ++rank) {
            const std::uint32_t a = m_order[rank];
            const std::uint32_t key = join.keyed ? join.leftKeys[a] : 0;
            if (key == kNull) continue;
            const auto begin = right.ranks.begin() + right.offsets[key];
            const auto end = right.ranks.begin() + right.offsets[key + std::size_t{1}];
            for (auto other = std::upper_bound(begin, end, rank); other != end; ++other) {
                if (++sinceLook % kPairsBetweenLooks == 0 && m_task.cancelled()) return;
                const std::uint32_t b = m_order[*other];
                if (!inScope(a, b) || !worker.checker->residualHolds(rule, a, b)) continue;
                if (worker.checker->broughtBefore(rule, a, b)) continue;
                score(a, b, rule, worker, kept);
            }
        }
    }

    [[nodiscard]] bool inScope(std::uint32_t a, std::uint32_t b) const {
        if (m_scope == link::PairScope::Everything) return true;
        return (m_table.datasets[a] == m_table.datasets[b]) == (m_scope == link::PairScope::WithinDatasets);
    }

    void score(std::uint32_t a, std::uint32_t b, std::size_t rule, Worker& worker, Kept& kept) const {
        ++kept.compared;
        const double bits = worker.comparer->compare(a, b, worker.levels);
        const double probability = link::probabilityOf(bits);
        if (probability < m_options.floorProbability) return;
        kept.pairs.push_back({a, b, bits, probability, static_cast<std::uint16_t>(rule)});
        kept.levels.insert(kept.levels.end(), worker.levels.begin(), worker.levels.end());
    }

    void addNotes() {
        for (std::size_t c = 0; c < m_model.comparisons.size(); ++c) {
            const auto& prepared = m_context.comparisons[c].comparison.levels;
            for (std::size_t l = 0; l < prepared.size(); ++l) {
                const Level& level = m_model.comparisons[c].levels[l];
                if (prepared[l].observed) continue;
                m_result.notes.push_back(
                    fmt::format("comparison {}, level \"{}\" was never observed in training: scored with Splink's "
                                "default, {:.2f} bits",
                                m_model.comparisons[c].name, level.label, prepared[l].bits));
            }
        }
    }

    // By the order of ids, whichever rule brought them.
    void sortPairs() {
        std::vector<std::uint32_t> rank(m_order.size());
        for (std::uint32_t i = 0; i < m_order.size(); ++i) rank[m_order[i]] = i;
        std::vector<std::size_t> by(m_result.pairs.size());
        std::iota(by.begin(), by.end(), std::size_t{0});
        std::ranges::sort(by, {}, [&](std::size_t i) {
            const ScoredPair& pair = m_result.pairs[i];
            return (static_cast<std::uint64_t>(rank[pair.a]) << 32U) | rank[pair.b];
        });
        std::vector<ScoredPair> pairs;
        std::vector<std::int8_t> levels;
        pairs.reserve(by.size());
        levels.reserve(m_result.levels.size());
        for (const std::size_t i : by) {
            const auto own = m_result.levelsOf(i);
            pairs.push_back(m_result.pairs[i]);
            levels.insert(levels.end(), own.begin(), own.end());
        }
        m_result.pairs = std::move(pairs);
        m_result.levels = std::move(levels);
    }

    const Table& m_table;
    const Model& m_model;
    const ScoreOptions& m_options;
    TaskContext& m_task;
    ColumnValues m_values;
    link::PairScope m_scope;
    std::vector<std::uint32_t> m_order;
    CompareContext m_context;
    std::vector<std::string> m_rules;
    std::vector<Join> m_joins;
    std::vector<Worker> m_workers;
    unsigned m_threads = 1;
    ScoreResult m_result;
};

}  // namespace

const std::string& labelOf(const Comparison& comparison, int gamma) {
    static const std::string none = "missing";
    int position =
        static_cast<int>(std::ranges::count_if(comparison.levels, [](const Level& level) { return !level.isNull; }));
    for (const Level& level : comparison.levels) {
        if (!level.isNull && --position == gamma) return level.label.empty() ? level.condition : level.label;
    }
    return none;
}

Result<ScoreResult> scoreTables(const Table& table, const Model& model, const ScoreOptions& options,
                                TaskContext& task) {
    FAIRLEAD_OK(checkColumns(table, model));
    return Run(table, model, options, task).run();
}

Result<PairExplanation> explainPair(const Table& table, const Model& model, const ScoreOptions& options,
                                    std::pair<std::uint32_t, std::uint32_t> rows, TaskContext& task) {
    FAIRLEAD_OK(checkColumns(table, model));
    return Run(table, model, options, task).explain(rows.first, rows.second);
}

}  // namespace fairlead::splink
