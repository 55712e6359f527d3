#include "core/splink/program.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::splink {
namespace {

// Equal keys for equal nodes.
std::string keyOf(const Node& node) {
    std::string key =
        fmt::format("{}|{}|{}|{}|{}|", static_cast<int>(node.op), node.index, node.parameters,
                    static_cast<int>(node.literal.kind), std::bit_cast<std::uint64_t>(node.literal.number));
    for (const std::uint32_t child : node.children) key += fmt::format("{},", child);
    return key.append("|").append(node.literal.text);
}

}  // namespace

std::uint32_t Program::add(Node node) {
    const auto [known, isNew] = m_numbers.emplace(keyOf(node), size());
    if (isNew) m_nodes.push_back(std::move(node));
    return known->second;
}

std::uint32_t Program::addColumn(ColumnUse use) {
    const auto same = [&](const ColumnUse& known) {
        return known.side == use.side && lowerAscii(known.name) == lowerAscii(use.name);
    };
    const auto found = std::ranges::find_if(m_columns, same);
    if (found != m_columns.end()) return static_cast<std::uint32_t>(found - m_columns.begin());
    m_columns.push_back(std::move(use));
    return static_cast<std::uint32_t>(m_columns.size() - 1);
}

std::uint32_t Program::addPattern(Regex pattern) {
    m_patterns.push_back(std::move(pattern));
    return static_cast<std::uint32_t>(m_patterns.size() - 1);
}

}  // namespace fairlead::splink
