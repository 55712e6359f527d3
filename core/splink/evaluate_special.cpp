// Functions over lambdas and patterns.

#include <algorithm>
#include <array>

#include "core/splink/evaluate.h"

namespace fairlead::splink {

Value Evaluator::special(const Node& node, const Function& function) {
    switch (function.special) {
        case Special::Reduce: return reduce(node);
        case Special::RegexExtract:
        case Special::RegexMatches:
        case Special::RegexReplace: return pattern(node, function);
        case Special::Transform:
        case Special::Filter: break;
        case Special::None: return {};
    }
    const Value list = toList(value(node.children[0]), m_arena);
    if (list.isNull()) return {};
    const Node& lambda = m_program.node(node.children[1]);
    std::vector<Value> out;
    for (const Value& item : list.list()) {
        const Value result = apply(lambda, {&item, 1});
        if (function.special == Special::Transform) {
            out.push_back(result);
        } else if (toBool(result).isTrue()) {
            out.push_back(item);
        }
    }
    return m_arena.list(std::move(out));
}

// list_reduce begins with the first item; aggregate has its start as the second argument.
Value Evaluator::reduce(const Node& node) {
    const Value list = toList(value(node.children[0]), m_arena);
    if (list.isNull()) return {};
    const bool hasStart = node.children.size() == 3;
    if (!hasStart && list.itemCount == 0) return {};
    std::array<Value, 2> pair = {hasStart ? value(node.children[1]) : list.items[0], Value{}};
    for (const Value& item : list.list().subspan(hasStart ? 0 : 1)) {
        pair[1] = item;
        pair[0] = apply(m_program.node(node.children.back()), pair);
    }
    return pair[0];
}

Value Evaluator::apply(const Node& lambda, std::span<const Value> arguments) {
    // Lambdas around this one keep their parameters below its own.
    const std::size_t needed = lambda.index + arguments.size();
    if (m_locals.size() < needed) m_locals.resize(needed);
    std::ranges::copy(arguments, m_locals.begin() + static_cast<std::ptrdiff_t>(lambda.index));
    return value(lambda.children[0]);
}

Value Evaluator::pattern(const Node& node, const Function& function) {
    const Value text = toText(value(node.children[0]), m_arena);
    if (text.isNull()) return {};
    const auto number = static_cast<std::uint32_t>(m_program.node(node.children[1]).literal.number);
    const Regex& regex = m_program.pattern(number);
    if (function.special == Special::RegexMatches) return Value::boolean(regex.find(text.text, 0).has_value());
    if (function.special == Special::RegexExtract) {
        // Without the argument: the whole match in DuckDB, the first group in Spark.
        const std::size_t byDefault =
            m_context.dialect == Dialect::Spark ? std::min<std::size_t>(1, regex.groups()) : 0;
        const std::size_t group =
            node.children.size() > 2 ? static_cast<std::size_t>(value(node.children[2]).number) : byDefault;
        const auto found = regex.find(text.text, group);
        return found ? Value::ofText(text.text.substr(found->first, found->second - found->first)) : Value::ofText("");
    }
    const Value replacement = toText(value(node.children[2]), m_arena);
    if (replacement.isNull()) return {};
    const bool all = m_context.dialect == Dialect::Spark ||
                     (node.children.size() > 3 && value(node.children[3]).text.find('g') != std::string_view::npos);
    std::string out;
    std::size_t at = 0;
    for (auto found = regex.find(text.text, 0, at); found; found = regex.find(text.text, 0, at)) {
        const std::size_t end = std::max(found->second, found->first);
        out.append(text.text.substr(at, found->first - at)).append(replacement.text);
        at = end;
        if (found->second == found->first) {  // an empty match: one character further
            if (at < text.text.size()) out += text.text[at];
            ++at;
        }
        if (!all || at > text.text.size()) break;
    }
    return m_arena.text(out.append(at < text.text.size() ? text.text.substr(at) : std::string_view()));
}

}  // namespace fairlead::splink
