// Evaluates the nodes of a program for one pair of rows after another.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/splink/functions.h"
#include "core/splink/program.h"

namespace fairlead::splink {

/// One per thread. With SQL's three values of truth: what is neither true nor false is NULL.
class Evaluator {
public:
    Evaluator(const Program& program, Dialect dialect);
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    ~Evaluator() = default;

    /// Begins a new pair: `inputs` are the values of program.columns(), in order; they must live until the next one.
    void begin(std::span<const Value> inputs);
    /// The value of a node for the pair. What two conditions share is computed once.
    Value value(std::uint32_t number);
    /// True when the node is true, not when it is NULL.
    bool holds(std::uint32_t node) { return toBool(value(node)).isTrue(); }
    /// True when an evaluation was given up because lists within lists took too many steps; its value was NULL.
    [[nodiscard]] bool gaveUp() const { return m_gaveUp; }

private:
    Value compute(const Node& node);
    Value conjunction(const Node& node, bool decisive);
    Value compare(const Node& node);
    Value membership(const Node& node);
    Value caseOf(const Node& node);
    Value arithmetic(const Node& node);
    Value cast(const Node& node);
    Value element(const Node& node);
    Value call(const Node& node);
    Value special(const Node& node, const Function& function);
    Value reduce(const Node& node);
    Value pattern(const Node& node, const Function& function);
    Value apply(const Node& lambda, std::span<const Value> arguments);

    const Program& m_program;
    Arena m_arena;
    CallContext m_context;
    std::span<const Value> m_inputs;
    std::vector<Value> m_locals;
    std::vector<Value> m_known;            // per node: its value for this pair
    std::vector<std::uint32_t> m_knownIn;  // per node: the pair that m_known is of
    std::uint32_t m_pair = 0;
    std::uint32_t m_steps = 0;
    bool m_gaveUp = false;
};

}  // namespace fairlead::splink
