#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/splink/functions.h"
#include "core/splink/parser.h"

namespace fairlead::splink {
namespace {

// Words that never name a column without quotes.
constexpr std::array<std::string_view, 15> kReserved = {
    "and", "or", "not", "is", "in", "between", "like", "case", "when", "then", "else", "end", "null", "select", "from"};

bool isLambdaFunction(Special special) {
    return special == Special::Transform || special == Special::Filter || special == Special::Reduce;
}

}  // namespace

Result<std::uint32_t> Parser::primary() {
    const Token& token = now();
    switch (token.kind) {
        case TokenKind::Text: {
            ++m_at;
            return literal(m_program.ownedText(token.text));
        }
        case TokenKind::Number: {
            const auto number = parseNumber(token.text.starts_with('.') ? "0" + token.text : token.text);
            if (!number) return problem(fmt::format("{} is no number", token.text));
            ++m_at;
            return literal(Value::ofNumber(*number));
        }
        case TokenKind::Word: return word();
        case TokenKind::QuotedName: return column();
        case TokenKind::Sign:
        case TokenKind::End: break;
    }
    if (takeSign("(")) {
        FAIRLEAD_TRY(const std::uint32_t inner, expression());
        FAIRLEAD_OK(need(")"));
        return inner;
    }
    if (!takeSign("[")) return unexpected();
    Numbers items;
    while (!takeSign("]")) {
        if (!items.empty()) FAIRLEAD_OK(need(","));
        FAIRLEAD_TRY(const std::uint32_t item, expression());
        items.push_back(item);
    }
    return make(Op::List, std::move(items));
}

Result<std::uint32_t> Parser::word() {
    if (takeWord("null")) return literal({});
    if (isWord("true") || isWord("false")) {
        const bool truth = takeWord("true");
        if (!truth) ++m_at;
        return literal(Value::boolean(truth));
    }
    if (takeWord("case")) return caseOf();
    const bool cast = isWord("cast") || isWord("try_cast");
    if (cast && isSign("(", 1)) {
        m_at += 2;
        FAIRLEAD_TRY(const std::uint32_t value, expression());
        FAIRLEAD_OK(needWord("as"));
        FAIRLEAD_TRY(const std::uint32_t result, this->cast(value));
        FAIRLEAD_OK(need(")"));
        return result;
    }
    if ((isWord("date") || isWord("timestamp")) && now(1).kind == TokenKind::Text) {
        const CastType type = isWord("date") ? CastType::Date : CastType::Timestamp;
        FAIRLEAD_TRY(const std::uint32_t text, literal(m_program.ownedText(now(1).text)));
        m_at += 2;
        return make(Op::Cast, {text}, static_cast<std::uint32_t>(type));
    }
    return isSign("(", 1) ? call() : column();
}

Result<std::uint32_t> Parser::caseOf() {
    Numbers parts;
    std::uint32_t subject = 0;
    const bool simple = !isWord("when");
    if (simple) {
        FAIRLEAD_TRY(subject, expression());
    }
    while (takeWord("when")) {
        FAIRLEAD_TRY(std::uint32_t condition, expression());
        if (simple) {
            FAIRLEAD_TRY(condition, make(Op::Equal, {subject, condition}));
        }
        FAIRLEAD_OK(needWord("then"));
        FAIRLEAD_TRY(const std::uint32_t value, expression());
        parts.push_back(condition);
        parts.push_back(value);
    }
    if (parts.empty()) return unexpected();
    std::uint32_t otherwise = 0;
    if (takeWord("else")) {
        FAIRLEAD_TRY(otherwise, expression());
    } else {
        FAIRLEAD_TRY(otherwise, literal({}));
    }
    parts.push_back(otherwise);
    FAIRLEAD_OK(needWord("end"));
    return make(Op::Case, std::move(parts));
}

Result<std::uint32_t> Parser::call() {
    const std::string name = lowerAscii(now().text);
    if (!functionNumber(name)) return problem(fmt::format("the function {} is not known here", now().text));
    m_at += 2;
    FAIRLEAD_TRY(Numbers all, arguments());
    return finishCall(name, std::move(all));
}

Result<Parser::Numbers> Parser::arguments() {
    Numbers all;
    while (!takeSign(")")) {
        if (!all.empty()) FAIRLEAD_OK(need(","));
        FAIRLEAD_TRY(const std::uint32_t one, argument());
        all.push_back(one);
    }
    return all;
}

Result<std::uint32_t> Parser::finishCall(const std::string& name, Numbers arguments) {
    const std::uint32_t number = *functionNumber(name);
    const Function& function = functionAt(number);
    if (arguments.size() < function.fewest || arguments.size() > function.most)
        return problem(fmt::format("{} arguments of {}", arguments.size(), name));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Node& node = m_program.node(arguments[i]);
        const std::uint32_t wanted = function.special == Special::Reduce ? 2 : 1;
        const bool fits = isLambdaFunction(function.special) && i == (name == "aggregate" ? 2U : 1U)
                              ? node.op == Op::Lambda && node.parameters == wanted
                              : node.op != Op::Lambda;
        if (!fits) return problem(fmt::format("a function where {} has none, or the other way round", name));
    }
    FAIRLEAD_OK(checkFormats(name, arguments));
    const bool pattern = function.special != Special::None && !isLambdaFunction(function.special);
    return pattern ? withPattern(std::move(arguments), number) : make(Op::Call, std::move(arguments), number);
}

// A pattern is compiled once: argument 1 becomes its number.
Result<std::uint32_t> Parser::withPattern(Numbers arguments, std::uint32_t function) {
    const Value pattern = m_program.node(arguments[1]).literal;
    if (m_program.node(arguments[1]).op != Op::Literal || pattern.kind != Kind::Text)
        return problem("a pattern that is not written out");
    auto compiled = Regex::compile(pattern.text);
    if (!compiled) return problem(compiled.error().detail);
    if (functionAt(function).special == Special::RegexExtract && arguments.size() > 2) {
        const Value group = m_program.node(arguments[2]).literal;
        const bool fits = group.kind == Kind::Number && group.number >= 0.0 &&
                          group.number <= static_cast<double>(compiled->groups());
        if (!fits) return problem("a group that the pattern does not have");
    }
    FAIRLEAD_TRY(arguments[1],
                 literal(Value::ofNumber(static_cast<double>(m_program.addPattern(std::move(*compiled))))));
    return make(Op::Call, std::move(arguments), function);
}

Status Parser::checkFormats(const std::string& name, const Numbers& arguments) const {
    if (arguments.size() < 2 || functionAt(*functionNumber(name)).special != Special::None) return {};
    constexpr std::array<std::string_view, 9> kWithFormat = {"try_strptime",   "strptime",          "to_date",
                                                             "try_to_date",    "to_timestamp",      "try_to_timestamp",
                                                             "unix_timestamp", "to_unix_timestamp", "date"};
    if (std::ranges::find(kWithFormat, name) == kWithFormat.end()) return {};
    const Node& format = m_program.node(arguments[1]);
    Numbers formats = format.op == Op::List ? format.children : Numbers{arguments[1]};
    for (const std::uint32_t one : formats) {
        const Node& node = m_program.node(one);
        if (node.op != Op::Literal || node.literal.kind != Kind::Text)
            return problem("a date format that is not written out");
        if (!isKnownDateFormat(node.literal.text, hasJavaFormat(name)))
            return problem(fmt::format("the date format {} is not known here", node.literal.text));
    }
    return {};
}

bool Parser::startsLambda() const {
    if (!isName() && !isSign("(")) return false;
    if (isName()) return isSign("->", 1);
    std::size_t at = 1;
    while (isName(at)) {
        ++at;
        if (isSign(")", at)) return isSign("->", at + 1);
        if (!isSign(",", at)) return false;
        ++at;
    }
    return false;
}

Result<std::uint32_t> Parser::argument() {
    std::vector<std::string> parameters;
    if (isWord("lambda") && isName(1)) {  // lambda x, y : ...
        do {
            ++m_at;
            if (!isName()) return unexpected();
            parameters.push_back(lowerAscii(now().text));
            ++m_at;
        } while (isSign(","));
        FAIRLEAD_OK(need(":"));
        return lambda(std::move(parameters));
    }
    if (!startsLambda()) return expression();
    for (; !isSign("->"); ++m_at) {
        if (isName()) parameters.push_back(lowerAscii(now().text));
    }
    ++m_at;
    return lambda(std::move(parameters));
}

Result<std::uint32_t> Parser::lambda(std::vector<std::string> parameters) {
    Node node;
    node.op = Op::Lambda;
    node.index = static_cast<std::uint32_t>(m_locals.size());
    node.parameters = static_cast<std::uint32_t>(parameters.size());
    m_locals.insert(m_locals.end(), parameters.begin(), parameters.end());
    FAIRLEAD_TRY(const std::uint32_t body, expression());
    m_locals.resize(node.index);
    node.children = {body};
    return make(std::move(node));
}

Result<std::uint32_t> Parser::column() {
    const std::string name = now().text;
    const std::string lower = lowerAscii(name);
    const auto local = std::ranges::find(m_locals.rbegin(), m_locals.rend(), lower);
    if (local != m_locals.rend()) {
        ++m_at;
        Node node;
        node.op = Op::Local;
        node.index = static_cast<std::uint32_t>(m_locals.rend() - local - 1);
        node.lowestLocal = node.index;
        return make(std::move(node));
    }
    if (now().kind == TokenKind::Word && std::ranges::find(kReserved, lower) != kReserved.end()) return unexpected();
    ColumnUse use;
    std::size_t tokens = 1;
    if (m_names == Names::Qualified) {
        const bool qualified = (lower == "l" || lower == "r") && isSign(".", 1) && isName(2);
        if (!qualified) return problem(fmt::format("{} is neither l. nor r. and a column", name));
        use = {now(2).text, lower == "l" ? Side::Left : Side::Right};
        tokens = 3;
    } else {
        const bool suffixed = lower.size() > 2 && (lower.ends_with("_l") || lower.ends_with("_r"));
        if (!suffixed) return problem(fmt::format("{} is no column that ends in _l or _r", name));
        use = {name.substr(0, name.size() - 2), lower.ends_with("_l") ? Side::Left : Side::Right};
    }
    m_at += tokens;
    Node node;
    node.op = Op::Column;
    node.sides = use.side == Side::Left ? 1 : 2;
    node.index = m_program.addColumn(std::move(use));
    return make(std::move(node));
}

Result<std::uint32_t> parseCondition(std::string_view condition, Dialect dialect, Names names, Program& program) {
    FAIRLEAD_TRY(std::vector<Token> tokens, tokensOf(condition, dialect));
    return Parser(std::move(tokens), dialect, names, program).run();
}

}  // namespace fairlead::splink
