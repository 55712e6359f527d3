#include "core/splink/conditions.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::splink {
namespace {

constexpr std::size_t kMostLevels = 100;

bool isElse(const Level& level) { return upperAscii(trimmed(level.condition)) == "ELSE"; }

std::string placeOf(const Comparison& comparison, const Level& level) {
    return fmt::format("comparison {}, level \"{}\"", comparison.name,
                       level.label.empty() ? level.condition : level.label);
}

// Splink's values for a level that was never observed: `position` from 0 = ELSE to `count` - 1 = the top.
double defaultM(std::size_t position, std::size_t count) {
    constexpr double kTop = 0.95;
    return position + 1 == count ? kTop : (1.0 - kTop) / static_cast<double>(count - 1);
}
double defaultU(std::size_t position, std::size_t count) {
    constexpr double kTopBits = 10.0, kLowestBits = -5.0, kHighestBits = 3.0;
    double bits = kTopBits;
    if (position + 1 < count) {
        const double step = count > 2 ? (kHighestBits - kLowestBits) / static_cast<double>(count - 2) : 0.0;
        bits = kLowestBits + step * static_cast<double>(position);
    }
    return defaultM(position, count) / std::exp2(bits);
}

// "x_l" = "x_r" for the column.
bool isExactMatchOn(const PreparedComparison& comparison, const PreparedLevel& level, std::string_view column) {
    if (!level.root || level.gamma < 0) return false;
    const Program& program = comparison.program;
    const Node& node = program.node(*level.root);
    if (node.op != Op::Equal) return false;
    const Node& a = program.node(node.children[0]);
    const Node& b = program.node(node.children[1]);
    if (a.op != Op::Column || b.op != Op::Column) return false;
    const ColumnUse& x = program.columns()[a.index];
    const ColumnUse& y = program.columns()[b.index];
    return x.side != y.side && lowerAscii(x.name) == lowerAscii(column) && lowerAscii(y.name) == lowerAscii(column);
}

struct Probabilities {
    double m = 0.0, u = 0.0;
};

Probabilities probabilitiesOf(const Level& level, std::int8_t gamma, std::size_t count) {
    const auto position = static_cast<std::size_t>(gamma);
    return {level.m.value_or(defaultM(position, count)), level.u.value_or(defaultU(position, count))};
}

Status setFrequency(const Comparison& comparison, PreparedComparison& prepared, std::size_t at, std::size_t count) {
    const Level& level = comparison.levels[at];
    PreparedLevel& out = prepared.levels[at];
    if (level.frequencyColumn.empty() || level.frequencyWeight == 0.0 || !out.root || out.gamma < 0) return {};
    out.frequencyColumn = level.frequencyColumn;
    out.frequencyWeight = level.frequencyWeight;
    out.frequencyMinimumU = level.frequencyMinimumU;
    for (std::size_t i = 0; i < prepared.levels.size(); ++i) {
        const bool source =
            level.ownFrequencyU ? i == at : isExactMatchOn(prepared, prepared.levels[i], level.frequencyColumn);
        if (!source) continue;
        out.exactU = probabilitiesOf(comparison.levels[i], prepared.levels[i].gamma, count).u;
        return {};
    }
    return fail(ErrorCode::InvalidArgument, {},
                fmt::format("{}: no level is an exact match on {}, whose frequencies it uses",
                            placeOf(comparison, level), level.frequencyColumn));
}

Error withSubject(Error error, std::string_view subject, std::string_view place) {
    error.subject = subject;
    if (!place.empty()) error.detail = fmt::format("{}: {}", place, error.detail);
    return error;
}

Status parseLevels(const Comparison& comparison, Dialect dialect, PreparedComparison& prepared) {
    for (const Level& level : comparison.levels) {
        PreparedLevel out;
        const bool last = &level == &comparison.levels.back();
        if (isElse(level)) {
            if (!last || level.isNull)
                return fail(ErrorCode::InvalidArgument, {},
                            fmt::format("{}: ELSE is not the last level", placeOf(comparison, level)));
        } else {
            auto root = parseCondition(level.condition, dialect, Names::Suffixed, prepared.program);
            if (!root) return fail(withSubject(std::move(root).error(), {}, placeOf(comparison, level)));
            out.root = *root;
        }
        prepared.levels.push_back(std::move(out));
    }
    return {};
}

}  // namespace

Result<PreparedComparison> prepareComparison(const Comparison& comparison, Dialect dialect, std::string_view subject) {
    const auto notNull = [](const Level& level) { return !level.isNull; };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(comparison.levels, notNull));
    if (count < 2 || comparison.levels.size() > kMostLevels) {
        return fail(ErrorCode::InvalidArgument, std::string(subject),
                    fmt::format("comparison {}: {} levels that are not NULL levels", comparison.name, count));
    }
    PreparedComparison prepared;
    if (auto parsed = parseLevels(comparison, dialect, prepared); !parsed)
        return fail(withSubject(std::move(parsed).error(), subject, {}));
    std::size_t position = count;
    for (std::size_t i = 0; i < prepared.levels.size(); ++i) {
        const Level& level = comparison.levels[i];
        if (level.isNull) continue;
        PreparedLevel& out = prepared.levels[i];
        out.gamma = static_cast<std::int8_t>(--position);
        out.observed = level.m.has_value() && level.u.has_value();
        const Probabilities probabilities = probabilitiesOf(level, out.gamma, count);
        out.bits = std::log2(probabilities.m / probabilities.u);
    }
    for (std::size_t i = 0; i < prepared.levels.size(); ++i) {
        if (auto set = setFrequency(comparison, prepared, i, count); !set)
            return fail(withSubject(std::move(set).error(), subject, {}));
    }
    return prepared;
}

Result<PreparedRule> prepareRule(std::string_view condition, Dialect dialect, std::string_view subject) {
    PreparedRule rule;
    auto root = parseCondition(condition, dialect, Names::Qualified, rule.program);
    if (!root) return fail(withSubject(std::move(root).error(), subject, fmt::format("blocking rule {}", condition)));
    rule.root = *root;
    return rule;
}

}  // namespace fairlead::splink
