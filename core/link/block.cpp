#include "core/link/block.h"

#include <algorithm>
#include <utility>

#include "core/link/block_keys.h"

namespace fairlead::link {
namespace {

constexpr double kMostWidePairs = 1e7;  // of a rule with a limit: about a second of comparing
constexpr std::uint64_t kPairsPerUnit = 1U << 16U;
using Entry = RuleIndex::Entry;

std::size_t blockEnd(const std::vector<Entry>& entries, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    return end;
}

// Splits blocks above the cap by a further key, twice at most; a row keeps one of the finer keys.
void splitOversize(std::vector<Entry>& entries, const KeyMaker& maker, const LinkOptions& options, RuleReport& report) {
    for (int round = 0; round < 2; ++round) {
        bool changed = false;
        for (std::size_t begin = 0; begin < entries.size();) {
            const std::size_t end = blockEnd(entries, begin);
            if (end - begin > options.blockCap) {
                if (round == 0) ++report.blocksSplit;
                for (std::size_t i = begin; i < end; ++i) {
                    entries[i].key = mixKey(entries[i].key, maker.splitValue(entries[i].row, round));
                }
                changed = true;
            }
            begin = end;
        }
        if (!changed) return;
        std::ranges::sort(entries);
    }
}

// Drops keys that only one row has, and blocks that splitting did not bring under the cap.
void keepUsefulBlocks(std::vector<Entry>& entries, const LinkOptions& options, RuleReport& report) {
    std::vector<Entry> kept;
    kept.reserve(entries.size() / 2);
    for (std::size_t begin = 0; begin < entries.size();) {
        const std::size_t end = blockEnd(entries, begin);
        if (end - begin > options.blockCap) {
            report.recordsSkipped += end - begin;
        } else if (end - begin > 1) {
            kept.insert(kept.end(), entries.begin() + static_cast<std::ptrdiff_t>(begin),
                        entries.begin() + static_cast<std::ptrdiff_t>(end));
        }
        begin = end;
    }
    kept.shrink_to_fit();
    entries.swap(kept);
}

// A rule that is too wide for this input brings nothing, and says so.
void dropTooWide(std::vector<Entry>& entries, const BlockingRule& rule, std::uint32_t rows, RuleReport& report) {
    if (rule.mostPairsPerRecord <= 0.0) return;
    double pairs = 0.0;
    for (std::size_t begin = 0; begin < entries.size();) {
        const std::size_t end = blockEnd(entries, begin);
        pairs += static_cast<double>(end - begin) * static_cast<double>(end - begin - 1) / 2.0;
        begin = end;
    }
    if (pairs <= std::min(rule.mostPairsPerRecord * rows, kMostWidePairs)) return;
    report.leftOut = true;
    entries.clear();
}

void indexByRow(RuleIndex& index, std::uint32_t rows) {
    index.offsets.assign(rows + 1, 0);
    for (const Entry& entry : index.entries) ++index.offsets[entry.row + 1];
    for (std::uint32_t row = 0; row < rows; ++row) index.offsets[row + 1] += index.offsets[row];
    index.keys.resize(index.entries.size());
    std::vector<std::uint32_t> next(index.offsets.begin(), index.offsets.end() - 1);
    // Entries are in order of key, so that each row's keys come out ascending.
    for (const Entry& entry : index.entries) index.keys[next[entry.row]++] = entry.key;
}

Result<RuleIndex> buildIndex(const Columns& columns, const KeyMaker& maker, const BlockingRule& rule,
                             const LinkOptions& options, RuleReport& report, TaskContext& task) {
    RuleIndex index;
    std::vector<std::uint64_t> keys;
    constexpr std::uint32_t kStep = 4096;
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        if (row % kStep == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
        maker.keysOf(row, keys);
        for (const std::uint64_t key : keys) index.entries.push_back({key, row});
    }
    std::ranges::sort(index.entries);
    dropTooWide(index.entries, rule, columns.rows, report);
    splitOversize(index.entries, maker, options, report);
    keepUsefulBlocks(index.entries, options, report);
    indexByRow(index, columns.rows);
    return index;
}

bool shareKey(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
    for (const std::uint64_t x : a) {
        for (const std::uint64_t y : b) {
            if (x == y) return true;
        }
    }
    return false;
}

}  // namespace

bool CandidatePairs::isFirst(std::uint16_t rule, std::uint64_t key, std::uint32_t a, std::uint32_t b) const {
    const auto ofA = m_indexes[rule].keysOf(a);
    if (ofA.size() > 1) {
        const auto ofB = m_indexes[rule].keysOf(b);
        for (const std::uint64_t smaller : ofA) {
            if (smaller >= key) break;
            if (std::ranges::find(ofB, smaller) != ofB.end()) return false;
        }
    }
    for (std::uint16_t earlier = 0; earlier < rule; ++earlier) {
        if (shareKey(m_indexes[earlier].keysOf(a), m_indexes[earlier].keysOf(b))) return false;
    }
    return true;
}

std::vector<std::uint16_t> CandidatePairs::rulesOf(std::uint32_t a, std::uint32_t b) const {
    std::vector<std::uint16_t> found;
    for (std::size_t rule = 0; rule < m_indexes.size(); ++rule) {
        if (shareKey(m_indexes[rule].keysOf(a), m_indexes[rule].keysOf(b)))
            found.push_back(static_cast<std::uint16_t>(rule));
    }
    return found;
}

void CandidatePairs::addUnits(std::uint16_t rule) {
    const auto& entries = m_indexes[rule].entries;
    std::uint64_t pairs = 0;
    std::size_t unitBegin = 0;
    for (std::size_t begin = 0; begin < entries.size();) {
        const std::size_t end = blockEnd(entries, begin);
        const std::uint64_t n = end - begin;
        pairs += n * (n - 1) / 2;
        m_upperBound += n * (n - 1) / 2;
        if (pairs >= kPairsPerUnit || end == entries.size()) {
            m_units.push_back({rule, static_cast<std::uint32_t>(unitBegin), static_cast<std::uint32_t>(end)});
            unitBegin = end;
            pairs = 0;
        }
        begin = end;
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
        const KeyMaker maker(columns, rules[rule], attribute);
        FAIRLEAD_TRY(RuleIndex index, buildIndex(columns, maker, rules[rule], options, pairs.m_rules.back(), task));
        pairs.m_indexes.push_back(std::move(index));
        pairs.addUnits(static_cast<std::uint16_t>(rule));
        task.advance(1);
    }
    return pairs;
}

}  // namespace fairlead::link
