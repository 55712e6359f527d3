#include "core/link/block.h"

#include <algorithm>
#include <utility>

namespace fairlead::link {
namespace {

constexpr double kMostWidePairs = 1e7;  // of a rule with a limit: about a second of comparing
constexpr std::uint64_t kPairsPerUnit = 1U << 16U;

}  // namespace

RowBlocks::RowBlocks(std::uint32_t rows, const std::vector<RuleBlocks>& rules) {
    for (const RuleBlocks& blocks : rules) m_slots.push_back(m_slots.back() + (blocks.size() > 0 ? 1U : 0U));
    m_cells.assign(rows * m_slots.back(), kNone);
    for (std::size_t rule = 0; rule < rules.size(); ++rule) enter(m_slots[rule], rules[rule]);
}

void RowBlocks::enter(std::size_t slot, const RuleBlocks& blocks) {
    const std::size_t slots = m_slots.back();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> further;  // row, block: rows with more than one
    for (std::uint32_t block = 0; block < blocks.size(); ++block) {
        for (const std::uint32_t row : blocks.of(block)) {
            std::uint32_t& cell = m_cells[row * slots + slot];
            if (cell != kNone) {
                further.emplace_back(row, block);
            } else {
                cell = block;
            }
        }
    }
    std::ranges::sort(further);
    for (std::size_t i = 0; i < further.size();) {
        std::uint32_t& cell = m_cells[further[i].first * slots + slot];
        const std::size_t list = m_lists.size();
        m_lists.insert(m_lists.end(), {0U, cell});  // blocks were seen in ascending order: the first is the smallest
        std::size_t end = i;
        for (; end < further.size() && further[end].first == further[i].first; ++end)
            m_lists.push_back(further[end].second);
        m_lists[list] = static_cast<std::uint32_t>(end - i + 1);
        cell = kMany | static_cast<std::uint32_t>(list);
        i = end;
    }
}

std::span<const std::uint32_t> RowBlocks::blocksOf(const std::uint32_t& cell) const {
    if ((cell & kMany) == 0) return {&cell, 1};
    const std::uint32_t* list = m_lists.data() + (cell & ~kMany);
    return {list + 1, *list};
}

std::uint32_t RowBlocks::smallestShared(std::uint32_t x, std::uint32_t y) const {
    const auto ofX = blocksOf(x), ofY = blocksOf(y);
    for (const std::uint32_t block : ofX) {
        if (std::ranges::find(ofY, block) != ofY.end()) return block;
    }
    return kNone;
}

int CandidatePairs::firstRuleOf(std::uint32_t a, std::uint32_t b) const {
    if (!inScope(a, b)) return -1;
    if (m_complete) return 0;
    for (std::size_t rule = 0; rule < m_blocks.size(); ++rule) {
        if (m_rowBlocks.share(rule, a, b)) return static_cast<int>(rule);
    }
    return -1;
}

std::vector<std::uint16_t> CandidatePairs::rulesOf(std::uint32_t a, std::uint32_t b) const {
    std::vector<std::uint16_t> found;
    for (std::size_t rule = 0; rule < m_blocks.size(); ++rule) {
        if (m_rowBlocks.share(rule, a, b)) found.push_back(static_cast<std::uint16_t>(rule));
    }
    return found;
}

void CandidatePairs::addUnits(std::uint16_t rule) {
    const RuleBlocks& blocks = m_blocks[rule];
    std::uint64_t pairs = 0;
    std::uint32_t unitBegin = 0;
    for (std::uint32_t block = 0; block < blocks.size(); ++block) {
        const std::uint64_t n = blocks.of(block).size();
        pairs += n * (n - 1) / 2;
        if (pairs < kPairsPerUnit && block + 1 < blocks.size()) continue;
        m_units.push_back({rule, unitBegin, block + 1});
        m_upperBound += pairs;
        unitBegin = block + 1;
        pairs = 0;
    }
}

CandidatePairs CandidatePairs::everyPair(const Columns& columns, PairScope scope) {
    CandidatePairs pairs;
    pairs.m_datasets = &columns.datasets;
    pairs.m_scope = scope;
    pairs.m_complete = true;
    pairs.m_rules.push_back({"every pair", 0, 0, 0, false});
    const std::uint64_t rows = columns.rows;
    pairs.m_upperBound = rows * (rows - (rows > 0 ? 1U : 0U)) / 2;
    const auto step = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, rows == 0 ? 1 : kPairsPerUnit / rows));
    for (std::uint32_t begin = 0; begin < columns.rows; begin += step) {
        pairs.m_units.push_back({0, begin, std::min(columns.rows, begin + step)});
    }
    return pairs;
}

Result<CandidatePairs> CandidatePairs::byRules(const Columns& columns, const LinkSetup& input,
                                               const std::vector<BlockingRule>& rules, const LinkOptions& options,
                                               TaskContext& task) {
    CandidatePairs pairs;
    pairs.m_datasets = &columns.datasets;
    pairs.m_scope = input.scope;
    task.begin(Phase::Blocking, rules.size());
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        std::uint16_t attribute = 0;
        if (std::ranges::find(rules[rule].parts, KeyPart::Text) != rules[rule].parts.end()) {
            const auto found = std::ranges::find(input.attributeColumns, rules[rule].column);
            if (found == input.attributeColumns.end())
                return fail(ErrorCode::UnknownColumn, rules[rule].column, "named by a blocking rule");
            attribute = static_cast<std::uint16_t>(found - input.attributeColumns.begin());
        }
        pairs.m_rules.push_back({rules[rule].name, 0, 0, 0, false});
        BlockLimits limits{options.blockCap, 0.0, options.threads};
        if (rules[rule].mostPairsPerRecord > 0.0)
            limits.mostPairs = std::min(rules[rule].mostPairsPerRecord * columns.rows, kMostWidePairs);
        const KeyMaker maker(columns, rules[rule], attribute);
        FAIRLEAD_TRY(RuleBlocks blocks, buildBlocks(maker, columns.rows, limits, pairs.m_rules.back(), task));
        pairs.m_blocks.push_back(std::move(blocks));
        pairs.addUnits(static_cast<std::uint16_t>(rule));
        task.advance(1);
    }
    pairs.m_rowBlocks = RowBlocks(columns.rows, pairs.m_blocks);
    return pairs;
}

}  // namespace fairlead::link
