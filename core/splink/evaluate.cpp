#include "core/splink/evaluate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/splink/characters.h"

namespace fairlead::splink {
namespace {

constexpr std::uint32_t kMostSteps = 5'000'000;
constexpr double kSecondsPerDay = 86400.0;

bool isInstant(Kind kind) { return kind == Kind::Date || kind == Kind::Timestamp; }

// SQL's LIKE: % any characters, _ one. Greedy with one place to come back to: linear for one %, never exponential.
bool isLike(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0, afterStar = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            afterStar = ++p;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == '_') {
            t += characterAt(text, t).bytes;
            ++p;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++t;
            ++p;
        } else if (afterStar != std::string_view::npos) {
            p = afterStar;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

// Days and moments: differences, and days added to a date.
Value instants(Op op, const Value& a, const Value& b) {
    if (op == Op::Subtract && !(a.kind == Kind::Number || b.kind == Kind::Number)) {
        const Value x = toTimestamp(a), y = toTimestamp(b);
        if (x.isNull() || y.isNull()) return {};
        const bool days = a.kind == Kind::Date && b.kind == Kind::Date;
        return Value::ofNumber((x.number - y.number) / (days ? kSecondsPerDay : 1.0));
    }
    const Value& moment = isInstant(a.kind) ? a : b;
    const Value& amount = isInstant(a.kind) ? b : a;
    if (moment.kind != Kind::Date || amount.kind != Kind::Number || (op == Op::Subtract && &moment == &b)) return {};
    const double change = std::trunc(amount.number) * kSecondsPerDay;
    if (op == Op::Add) return Value::instant(Kind::Date, moment.number + change);
    return op == Op::Subtract ? Value::instant(Kind::Date, moment.number - change) : Value{};
}

Value numbers(Op op, double a, double b) {
    switch (op) {
        case Op::Add: return Value::ofNumber(a + b);
        case Op::Subtract: return Value::ofNumber(a - b);
        case Op::Multiply: return Value::ofNumber(a * b);
        case Op::Divide: return b == 0.0 ? Value{} : Value::ofNumber(a / b);
        case Op::IntegerDivide: return b == 0.0 ? Value{} : Value::ofNumber(std::trunc(a / b));
        case Op::Modulo: return b == 0.0 ? Value{} : Value::ofNumber(std::fmod(a, b));
        default: return {};
    }
}

}  // namespace

Evaluator::Evaluator(const Program& program, Dialect dialect)
    : m_program(program), m_context{m_arena, dialect}, m_known(program.size()), m_knownIn(program.size(), 0) {}

void Evaluator::begin(std::span<const Value> inputs) {
    m_inputs = inputs;
    m_arena.clear();
    m_steps = 0;
    if (++m_pair == 0) {
        std::ranges::fill(m_knownIn, 0U);
        m_pair = 1;
    }
}

Value Evaluator::value(std::uint32_t number) {
    const Node& node = m_program.node(number);
    if (node.op == Op::Column) return m_inputs[node.index];
    if (node.op == Op::Literal) return node.literal;
    if (node.op == Op::Local) return m_locals[node.index];
    if (++m_steps > kMostSteps) {
        m_gaveUp = true;
        return {};
    }
    if (node.lowestLocal != kNoLocal) return compute(node);
    if (m_knownIn[number] == m_pair) return m_known[number];
    const Value computed = compute(node);
    m_known[number] = computed;
    m_knownIn[number] = m_pair;
    return computed;
}

Value Evaluator::compute(const Node& node) {
    switch (node.op) {
        case Op::Literal:
        case Op::Column:
        case Op::Local:
        case Op::Lambda: return {};
        case Op::Not: {
            const Value inner = toBool(value(node.children[0]));
            return inner.isNull() ? Value{} : Value::boolean(!inner.isTrue());
        }
        case Op::And: return conjunction(node, false);
        case Op::Or: return conjunction(node, true);
        case Op::Equal:
        case Op::NotEqual:
        case Op::Less:
        case Op::LessEqual:
        case Op::Same:
        case Op::Like: return compare(node);
        case Op::IsNull: return Value::boolean(value(node.children[0]).isNull());
        case Op::In: return membership(node);
        case Op::Case: return caseOf(node);
        case Op::Add:
        case Op::Subtract:
        case Op::Multiply:
        case Op::Divide:
        case Op::IntegerDivide:
        case Op::Modulo:
        case Op::Negate: return arithmetic(node);
        case Op::Cast: return cast(node);
        case Op::Call: return call(node);
        case Op::Element: return element(node);
        case Op::List: {
            std::vector<Value> items;
            for (const std::uint32_t child : node.children) items.push_back(value(child));
            return m_arena.list(std::move(items));
        }
    }
    return {};
}

// AND is decided by a false part, OR by a true one; otherwise a NULL part makes NULL.
Value Evaluator::conjunction(const Node& node, bool decisive) {
    bool anyNull = false;
    for (const std::uint32_t child : node.children) {
        const Value part = toBool(value(child));
        if (part.isNull()) {
            anyNull = true;
        } else if (part.isTrue() == decisive) {
            return Value::boolean(decisive);
        }
    }
    return anyNull ? Value{} : Value::boolean(!decisive);
}

Value Evaluator::compare(const Node& node) {
    const Value a = value(node.children[0]), b = value(node.children[1]);
    if (node.op == Op::Same)
        return Value::boolean(a.isNull() || b.isNull() ? a.isNull() && b.isNull() : sameValue(a, b));
    if (a.isNull() || b.isNull()) return {};
    if (node.op == Op::Like) return Value::boolean(isLike(toText(a, m_arena).text, toText(b, m_arena).text));
    const auto order = compareValues(a, b);
    if (!order) return {};
    switch (node.op) {
        case Op::Equal: return Value::boolean(*order == 0);
        case Op::NotEqual: return Value::boolean(*order != 0);
        case Op::Less: return Value::boolean(*order < 0);
        default: return Value::boolean(*order <= 0);
    }
}

Value Evaluator::membership(const Node& node) {
    const Value wanted = value(node.children[0]);
    if (wanted.isNull()) return {};
    bool anyNull = false;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Value candidate = value(node.children[i]);
        anyNull = anyNull || candidate.isNull();
        if (sameValue(wanted, candidate)) return Value::boolean(true);
    }
    return anyNull ? Value{} : Value::boolean(false);
}

Value Evaluator::caseOf(const Node& node) {
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        if (holds(node.children[i])) return value(node.children[i + 1]);
    }
    return value(node.children.back());
}

Value Evaluator::arithmetic(const Node& node) {
    const Value a = value(node.children[0]);
    if (node.op == Op::Negate) {
        const Value number = toNumber(a);
        return number.isNull() ? Value{} : Value::ofNumber(-number.number);
    }
    const Value b = value(node.children[1]);
    if (a.isNull() || b.isNull()) return {};
    if (isInstant(a.kind) || isInstant(b.kind)) return instants(node.op, a, b);
    const Value x = toNumber(a), y = toNumber(b);
    return x.isNull() || y.isNull() ? Value{} : numbers(node.op, x.number, y.number);
}

Value Evaluator::cast(const Node& node) {
    const Value inner = value(node.children[0]);
    switch (static_cast<CastType>(node.index)) {
        case CastType::Text: return toText(inner, m_arena);
        case CastType::Integer: {
            const Value number = toNumber(inner);
            if (number.isNull()) return {};
            // DuckDB rounds, Spark cuts off.
            return Value::ofNumber(m_context.dialect == Dialect::Spark ? std::trunc(number.number)
                                                                       : std::nearbyint(number.number));
        }
        case CastType::Number: return toNumber(inner);
        case CastType::Date: return toDate(inner);
        case CastType::Timestamp: return toTimestamp(inner);
        case CastType::Boolean: return toBool(inner);
        case CastType::List: return toList(inner, m_arena);
    }
    return {};
}

// A list's item by position (from 1, negative from the end), a structure's by name, a text's character.
Value Evaluator::element(const Node& node) {
    Value whole = value(node.children[0]);
    const Value position = value(node.children[1]);
    if (whole.kind == Kind::Struct && position.kind == Kind::Text) {
        for (std::uint32_t i = 0; i + 1 < whole.itemCount; i += 2) {
            if (whole.items[i].text == position.text) return whole.items[i + 1];
        }
        return {};
    }
    if (whole.kind == Kind::Text) {
        const auto parsed = parseJsonValue(whole.text, m_arena);
        whole = parsed ? *parsed : Value{};
    }
    const Value number = toNumber(position);
    if (whole.kind != Kind::List || number.isNull()) return {};
    const double count = whole.itemCount;
    const double at = number.number < 0.0 ? count + number.number : number.number - 1.0;
    return at >= 0.0 && at < count ? whole.items[static_cast<std::uint32_t>(at)] : Value{};
}

Value Evaluator::call(const Node& node) {
    const Function& function = functionAt(node.index);
    if (function.special != Special::None) return special(node, function);
    constexpr std::size_t kInPlace = 4;
    std::array<Value, kInPlace> few;
    std::vector<Value> many(node.children.size() > kInPlace ? node.children.size() : 0);
    const std::span<Value> arguments =
        many.empty() ? std::span<Value>(few).first(node.children.size()) : std::span<Value>(many);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        arguments[i] = value(node.children[i]);
        if (arguments[i].isNull() && !function.seesNull) return {};
    }
    return function.body(arguments, m_context);
}

}  // namespace fairlead::splink
