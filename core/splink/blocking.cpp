#include "core/splink/blocking.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace fairlead::splink {
namespace {

constexpr std::uint32_t kBetweenLooks = 1024;

void splitConjuncts(const Program& program, std::uint32_t number, std::vector<std::uint32_t>& out) {
    const Node& node = program.node(number);
    if (node.op != Op::And) {
        out.push_back(number);
        return;
    }
    for (const std::uint32_t child : node.children) splitConjuncts(program, child, out);
}

/// Numbers equal values alike. Values of different kinds are compared by conversion, which keys cannot do.
class KeyNumbers {
public:
    std::uint32_t of(const Value& value) {
        if (value.isNull()) return kNull;
        m_kinds |= 1U << static_cast<unsigned>(value.kind);
        m_arena.clear();
        std::string text(value.kind == Kind::Text ? value.text : toText(value, m_arena).text);
        return m_numbers.emplace(std::move(text), static_cast<std::uint32_t>(m_numbers.size())).first->second;
    }
    [[nodiscard]] bool comparable() const {
        constexpr unsigned kLists =
            (1U << static_cast<unsigned>(Kind::List)) | (1U << static_cast<unsigned>(Kind::Struct));
        return (m_kinds & (m_kinds - 1)) == 0 && (m_kinds & kLists) == 0;
    }

private:
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    Arena m_arena;
    unsigned m_kinds = 0;
};

struct Keys {
    std::vector<std::uint32_t> left, right;
};

// The two sides of an equality for every row; empty when they cannot be keys.
Result<Keys> keysOf(const Join& join, std::uint32_t equality, Dialect dialect, const ColumnValues& values,
                    TaskContext& task) {
    const Program& program = join.rule.program;
    std::uint32_t left = program.node(equality).children[0], right = program.node(equality).children[1];
    if (program.node(left).sides == 2U) std::swap(left, right);
    Keys keys;
    const Node& a = program.node(left);
    const Node& b = program.node(right);
    if (a.op == Op::Column && b.op == Op::Column &&
        join.binding.uses[a.index].column == join.binding.uses[b.index].column) {
        keys.left = values.table().columns[join.binding.uses[a.index].column].cells;
        keys.right = keys.left;
        return keys;
    }
    Evaluator evaluator(program, dialect);
    std::vector<Value> inputs(join.binding.uses.size());
    KeyNumbers numbers;
    for (std::uint32_t row = 0; row < values.table().rows(); ++row) {
        if (row % kBetweenLooks == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
        join.binding.read(values, row, row, inputs);
        evaluator.begin(inputs);
        keys.left.push_back(numbers.of(evaluator.value(left)));
        keys.right.push_back(numbers.of(evaluator.value(right)));
    }
    return numbers.comparable() ? keys : Keys{};
}

// One key for two: only those that occur as l are numbered.
void combine(Join& join, const Keys& more) {
    if (!join.keyed) {
        join.leftKeys = more.left;
        join.rightKeys = more.right;
        join.keyed = true;
        return;
    }
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    const auto both = [](std::uint32_t x, std::uint32_t y) { return (static_cast<std::uint64_t>(x) << 32U) | y; };
    for (std::size_t row = 0; row < join.leftKeys.size(); ++row) {
        std::uint32_t& key = join.leftKeys[row];
        if (more.left[row] == kNull) key = kNull;
        if (key == kNull) continue;
        key = numbers.emplace(both(key, more.left[row]), static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    for (std::size_t row = 0; row < join.rightKeys.size(); ++row) {
        std::uint32_t& key = join.rightKeys[row];
        if (key == kNull) continue;
        const auto found = more.right[row] == kNull ? numbers.end() : numbers.find(both(key, more.right[row]));
        key = found == numbers.end() ? kNull : found->second;
    }
}

bool isEquality(const Program& program, std::uint32_t number) {
    const Node& node = program.node(number);
    if (node.op != Op::Equal) return false;
    const unsigned a = program.node(node.children[0]).sides, b = program.node(node.children[1]).sides;
    return (a == 1U && b == 2U) || (a == 2U && b == 1U);
}

}  // namespace

Result<Join> makeJoin(std::string_view condition, Dialect dialect, std::string_view subject, ColumnValues& values,
                      TaskContext& task) {
    Join join;
    FAIRLEAD_TRY(join.rule, prepareRule(condition, dialect, subject));
    join.binding = bind(join.rule.program, values);
    std::vector<std::uint32_t> conjuncts;
    splitConjuncts(join.rule.program, join.rule.root, conjuncts);
    for (const std::uint32_t conjunct : conjuncts) {
        Keys keys;
        if (isEquality(join.rule.program, conjunct)) {
            FAIRLEAD_TRY(keys, keysOf(join, conjunct, dialect, values, task));
        }
        if (keys.left.empty()) {
            join.residual.push_back(conjunct);
        } else {
            combine(join, keys);
        }
    }
    for (const std::vector<std::uint32_t>* keys : {&join.leftKeys, &join.rightKeys}) {
        for (const std::uint32_t key : *keys) join.keys = key == kNull ? join.keys : std::max(join.keys, key + 1);
    }
    return join;
}

RightRows rightRowsOf(const Join& join, const std::vector<std::uint32_t>& order) {
    RightRows rows;
    const auto ranks = static_cast<std::uint32_t>(order.size());
    if (!join.keyed) {
        rows.offsets = {0, ranks};
        for (std::uint32_t rank = 0; rank < ranks; ++rank) rows.ranks.push_back(rank);
        return rows;
    }
    rows.offsets.assign(join.keys + std::size_t{1}, 0);
    for (const std::uint32_t key : join.rightKeys) {
        if (key != kNull) ++rows.offsets[key + std::size_t{1}];
    }
    for (std::size_t key = 0; key < join.keys; ++key) rows.offsets[key + 1] += rows.offsets[key];
    rows.ranks.resize(rows.offsets.back());
    std::vector<std::uint32_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
    for (std::uint32_t rank = 0; rank < ranks; ++rank) {
        const std::uint32_t key = join.rightKeys[order[rank]];
        if (key != kNull) rows.ranks[next[key]++] = rank;
    }
    return rows;
}

JoinChecker::JoinChecker(const std::vector<Join>& joins, const ColumnValues& values, Dialect dialect)
    : m_joins(joins), m_values(values) {
    for (const Join& join : joins) {
        m_inputs.emplace_back(join.binding.uses.size());
        m_evaluators.push_back(std::make_unique<Evaluator>(join.rule.program, dialect));
    }
}

bool JoinChecker::residualHolds(std::size_t join, std::uint32_t left, std::uint32_t right) {
    const Join& rule = m_joins[join];
    if (rule.residual.empty()) return true;
    rule.binding.read(m_values, left, right, m_inputs[join]);
    Evaluator& evaluator = *m_evaluators[join];
    evaluator.begin(m_inputs[join]);
    return std::ranges::all_of(rule.residual, [&](std::uint32_t condition) { return evaluator.holds(condition); });
}

bool JoinChecker::broughtBefore(std::size_t join, std::uint32_t left, std::uint32_t right) {
    for (std::size_t earlier = 0; earlier < join; ++earlier) {
        const Join& rule = m_joins[earlier];
        const bool keysAgree =
            !rule.keyed || (rule.leftKeys[left] != kNull && rule.leftKeys[left] == rule.rightKeys[right]);
        if (keysAgree && residualHolds(earlier, left, right)) return true;
    }
    return false;
}

bool JoinChecker::gaveUp() const {
    return std::ranges::any_of(m_evaluators, [](const auto& evaluator) { return evaluator->gaveUp(); });
}

}  // namespace fairlead::splink
