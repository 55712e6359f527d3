#include "core/splink/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/text.h"

namespace fairlead::splink {
namespace {

constexpr std::size_t kMemoSlots = 1U << 16U;
constexpr double kNoShare = -std::numeric_limits<double>::infinity();

std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 31U;
    x *= 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 29U);
}

// count / non-NULL count over all rows, or what was registered.
std::vector<double> logSharesOf(const Table& table, std::size_t column) {
    const TextColumn& cells = table.columns[column];
    std::vector<double> shares(cells.texts.size(), 0.0);
    const auto registered = std::ranges::find_if(table.frequencies, [&](const FrequencyTable& frequencies) {
        return lowerAscii(frequencies.column) == lowerAscii(cells.name);
    });
    if (registered != table.frequencies.end()) {
        for (std::size_t value = 0; value < shares.size(); ++value) {
            const auto found = registered->shares.find(cells.texts[value]);
            if (found != registered->shares.end()) shares[value] = found->second;
        }
    } else {
        double present = 0.0;
        for (const std::uint32_t cell : cells.cells) {
            if (cell == kNull) continue;
            shares[cell] += 1.0;
            present += 1.0;
        }
        for (double& share : shares) share /= std::max(1.0, present);
    }
    for (double& share : shares) share = share > 0.0 ? std::log2(share) : kNoShare;
    return shares;
}

int sharesFor(const std::string& column, const Table& table, std::vector<LogShares>& all) {
    if (column.empty()) return -1;
    const std::size_t position = table.column(column);
    const auto found = std::ranges::find(all, position, &LogShares::column);
    if (found != all.end()) return static_cast<int>(found - all.begin());
    all.push_back({position, logSharesOf(table, position)});
    return static_cast<int>(all.size() - 1);
}

}  // namespace

Result<CompareContext> CompareContext::make(const Model& model, std::string_view subject, ColumnValues& values) {
    CompareContext context;
    context.values = &values;
    context.dialect = model.dialect;
    context.priorBits = std::log2(model.prior / (1.0 - model.prior));
    for (const Comparison& comparison : model.comparisons) {
        FAIRLEAD_TRY(PreparedComparison prepared, prepareComparison(comparison, model.dialect, subject));
        Prepared entry{std::move(prepared), {}, {}};
        entry.binding = bind(entry.comparison.program, values);
        for (const PreparedLevel& level : entry.comparison.levels)
            entry.shares.push_back(sharesFor(level.frequencyColumn, values.table(), context.shares));
        context.comparisons.push_back(std::move(entry));
    }
    return context;
}

Comparer::Comparer(const CompareContext& context) : m_context(context) {
    for (const auto& prepared : context.comparisons) {
        const std::size_t uses = prepared.binding.uses.size();
        m_memos.push_back({std::make_unique<Evaluator>(prepared.comparison.program, context.dialect),
                           std::vector<Value>(uses), std::vector<std::uint32_t>(uses),
                           // A level of 0 marks a free slot.
                           std::vector<std::uint32_t>(kMemoSlots * (uses + 1), 0)});
    }
}

bool Comparer::gaveUp() const {
    return std::ranges::any_of(m_memos, [](const Memo& memo) { return memo.evaluator->gaveUp(); });
}

std::size_t Comparer::evaluate(std::size_t comparison, std::uint32_t left, std::uint32_t right) {
    const CompareContext::Prepared& prepared = m_context.comparisons[comparison];
    Memo& memo = m_memos[comparison];
    prepared.binding.read(*m_context.values, left, right, memo.inputs);
    memo.evaluator->begin(memo.inputs);
    const auto& levels = prepared.comparison.levels;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (!levels[i].root || memo.evaluator->holds(*levels[i].root)) return i;
    }
    return levels.size();  // no ELSE, and nothing holds
}

std::size_t Comparer::levelOf(std::size_t comparison, std::uint32_t left, std::uint32_t right) {
    Memo& memo = m_memos[comparison];
    const auto& uses = m_context.comparisons[comparison].binding.uses;
    const auto& columns = m_context.values->table().columns;
    std::uint64_t hash = uses.size();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        memo.key[i] = columns[uses[i].column].cells[uses[i].side == Side::Left ? left : right];
        hash = mixed(hash ^ memo.key[i]);
    }
    std::uint32_t* const slot = memo.slots.data() + (hash % kMemoSlots) * (uses.size() + 1);
    if (slot[uses.size()] != 0 && std::equal(memo.key.begin(), memo.key.end(), slot)) return slot[uses.size()] - 1;
    const std::size_t level = evaluate(comparison, left, right);
    std::ranges::copy(memo.key, slot);
    slot[uses.size()] = static_cast<std::uint32_t>(level + 1);
    return level;
}

double Comparer::frequencyBits(const PreparedLevel& level, int shares, std::uint32_t left, std::uint32_t right) const {
    const LogShares& logs = m_context.shares[static_cast<std::size_t>(shares)];
    const auto& cells = m_context.values->table().columns[logs.column].cells;
    const auto share = [&](std::uint32_t row) { return cells[row] == kNull ? kNoShare : logs.byValue[cells[row]]; };
    double highest = std::max(share(left), share(right));
    if (highest == kNoShare) return 0.0;
    if (level.frequencyMinimumU > 0.0) highest = std::max(highest, std::log2(level.frequencyMinimumU));
    return level.frequencyWeight * (std::log2(level.exactU) - highest);
}

Comparer::Part Comparer::part(std::size_t comparison, std::uint32_t left, std::uint32_t right) {
    const CompareContext::Prepared& prepared = m_context.comparisons[comparison];
    const std::size_t at = levelOf(comparison, left, right);
    if (at == prepared.comparison.levels.size()) return {};
    const PreparedLevel& level = prepared.comparison.levels[at];
    const bool adjusted = prepared.shares[at] >= 0;
    return {level.gamma, level.bits, adjusted ? frequencyBits(level, prepared.shares[at], left, right) : 0.0};
}

double Comparer::compare(std::uint32_t left, std::uint32_t right, std::span<std::int8_t> gammas) {
    double bits = m_context.priorBits;
    for (std::size_t c = 0; c < m_context.comparisons.size(); ++c) {
        const Part found = part(c, left, right);
        gammas[c] = found.gamma;
        bits += found.bits + found.frequencyBits;
    }
    // Certainty for and against in one pair: Splink takes the first.
    return std::isnan(bits) ? std::numeric_limits<double>::infinity() : bits;
}

}  // namespace fairlead::splink
