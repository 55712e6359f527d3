#include "core/splink/parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/splink/functions.h"

namespace fairlead::splink {
namespace {

constexpr int kDeepest = 60;  // brackets and calls
constexpr std::uint16_t kDeepestNode = 250;
constexpr std::size_t kMostNodes = 20'000;

}  // namespace

Result<std::uint32_t> Parser::run() {
    FAIRLEAD_TRY(const std::uint32_t root, expression());
    if (now().kind != TokenKind::End) return unexpected();
    return root;
}

const Token& Parser::now(std::size_t ahead) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
bool Parser::isWord(std::string_view word, std::size_t ahead) const {
    return now(ahead).kind == TokenKind::Word && lowerAscii(now(ahead).text) == word;
}
bool Parser::isSign(std::string_view sign, std::size_t ahead) const {
    return now(ahead).kind == TokenKind::Sign && now(ahead).text == sign;
}
bool Parser::isName(std::size_t ahead) const {
    return now(ahead).kind == TokenKind::Word || now(ahead).kind == TokenKind::QuotedName;
}
bool Parser::takeWord(std::string_view word) {
    const bool there = isWord(word);
    if (there) ++m_at;
    return there;
}
bool Parser::takeSign(std::string_view sign) {
    const bool there = isSign(sign);
    if (there) ++m_at;
    return there;
}
std::unexpected<Error> Parser::problem(std::string_view what) const {
    return fail(ErrorCode::ParseError, {}, fmt::format("{} (at {})", what, now().position));
}
std::unexpected<Error> Parser::unexpected() const {
    return problem(now().kind == TokenKind::End ? "it ends too early" : fmt::format("{} is not expected", now().text));
}
Status Parser::need(std::string_view sign) {
    if (!takeSign(sign)) return unexpected();
    return {};
}
Status Parser::needWord(std::string_view word) {
    if (!takeWord(word)) return unexpected();
    return {};
}

Result<std::uint32_t> Parser::make(Node node) {
    std::uint16_t depth = 0;
    for (const std::uint32_t child : node.children) {
        depth = std::max(depth, m_program.node(child).depth);
        node.sides |= m_program.node(child).sides;
        node.lowestLocal = std::min(node.lowestLocal, m_program.node(child).lowestLocal);
    }
    if (node.op == Op::Lambda && node.lowestLocal >= node.index) node.lowestLocal = kNoLocal;
    node.depth = static_cast<std::uint16_t>(depth + 1);
    if (node.depth > kDeepestNode) return problem("nested too deep");
    if (m_program.size() > kMostNodes) return problem("too long");
    return m_program.add(std::move(node));
}
Result<std::uint32_t> Parser::make(Op op, std::vector<std::uint32_t> children, std::uint32_t index) {
    Node node;
    node.op = op;
    node.index = index;
    node.children = std::move(children);
    return make(std::move(node));
}
Result<std::uint32_t> Parser::literal(const Value& value) {
    Node node;
    node.literal = value;
    return make(std::move(node));
}

Result<std::uint32_t> Parser::expression() {
    if (++m_depth > kDeepest) return problem("nested too deep");
    FAIRLEAD_TRY(const std::uint32_t first, conjunction());
    std::vector<std::uint32_t> parts = {first};
    while (takeWord("or")) {
        FAIRLEAD_TRY(const std::uint32_t part, conjunction());
        parts.push_back(part);
    }
    --m_depth;
    if (parts.size() == 1) return first;
    return make(Op::Or, std::move(parts));
}

Result<std::uint32_t> Parser::conjunction() {
    FAIRLEAD_TRY(const std::uint32_t first, negation());
    std::vector<std::uint32_t> parts = {first};
    while (takeWord("and")) {
        FAIRLEAD_TRY(const std::uint32_t part, negation());
        parts.push_back(part);
    }
    if (parts.size() == 1) return first;
    return make(Op::And, std::move(parts));
}

Result<std::uint32_t> Parser::negation() {
    bool negated = false;
    while (takeWord("not")) negated = !negated;
    FAIRLEAD_TRY(const std::uint32_t inner, comparison());
    if (!negated) return inner;
    return make(Op::Not, {inner});
}

Result<std::uint32_t> Parser::comparison() {
    FAIRLEAD_TRY(std::uint32_t left, joined());
    for (;;) {
        const bool negated = isWord("not") && (isWord("in", 1) || isWord("between", 1) || isWord("like", 1));
        if (negated) ++m_at;
        Parsed test = left;
        if (takeWord("is")) {
            test = isTest(left);
        } else if (takeWord("in")) {
            test = membership(left);
        } else if (takeWord("between")) {
            test = range(left);
        } else if (takeWord("like")) {
            FAIRLEAD_TRY(const std::uint32_t pattern, joined());
            test = make(Op::Like, {left, pattern});
        } else if (now().kind == TokenKind::Sign && !negated) {
            test = ordering(left);
        }
        FAIRLEAD_TRY(const std::uint32_t tested, test);
        if (tested == left && !negated) return left;
        left = tested;
        if (negated) {
            FAIRLEAD_TRY(left, make(Op::Not, {tested}));
        }
    }
}

Result<std::uint32_t> Parser::ordering(std::uint32_t left) {
    struct Sign {
        std::string_view text;
        Op op;
        bool swapped;
    };
    static constexpr std::array<Sign, 9> kSigns = {{{"=", Op::Equal, false},
                                                    {"==", Op::Equal, false},
                                                    {"<>", Op::NotEqual, false},
                                                    {"!=", Op::NotEqual, false},
                                                    {"<", Op::Less, false},
                                                    {"<=", Op::LessEqual, false},
                                                    {">", Op::Less, true},
                                                    {">=", Op::LessEqual, true},
                                                    {"<=>", Op::Same, false}}};
    const auto* const sign = std::ranges::find(kSigns, now().text, &Sign::text);
    if (sign == kSigns.end()) return left;
    ++m_at;
    FAIRLEAD_TRY(const std::uint32_t right, joined());
    return sign->swapped ? make(sign->op, {right, left}) : make(sign->op, {left, right});
}

Result<std::uint32_t> Parser::isTest(std::uint32_t left) {
    const bool negated = takeWord("not");
    std::uint32_t test = 0;
    if (takeWord("null")) {
        FAIRLEAD_TRY(test, make(Op::IsNull, {left}));
    } else if (isWord("true") || isWord("false")) {
        FAIRLEAD_TRY(const std::uint32_t truth, literal(Value::boolean(isWord("true"))));
        ++m_at;
        FAIRLEAD_TRY(test, make(Op::Same, {left, truth}));
    } else {
        FAIRLEAD_OK(needWord("distinct"));
        FAIRLEAD_OK(needWord("from"));
        FAIRLEAD_TRY(const std::uint32_t right, joined());
        FAIRLEAD_TRY(test, make(Op::Same, {left, right}));
        return negated ? Parsed(test) : make(Op::Not, {test});
    }
    return negated ? make(Op::Not, {test}) : Parsed(test);
}

Result<std::uint32_t> Parser::membership(std::uint32_t left) {
    FAIRLEAD_OK(need("("));
    std::vector<std::uint32_t> parts = {left};
    do {
        FAIRLEAD_TRY(const std::uint32_t part, expression());
        parts.push_back(part);
    } while (takeSign(","));
    FAIRLEAD_OK(need(")"));
    return make(Op::In, std::move(parts));
}

Result<std::uint32_t> Parser::range(std::uint32_t left) {
    FAIRLEAD_TRY(const std::uint32_t low, joined());
    FAIRLEAD_OK(needWord("and"));
    FAIRLEAD_TRY(const std::uint32_t high, joined());
    FAIRLEAD_TRY(const std::uint32_t above, make(Op::LessEqual, {low, left}));
    FAIRLEAD_TRY(const std::uint32_t below, make(Op::LessEqual, {left, high}));
    return make(Op::And, {above, below});
}

// a || b
Result<std::uint32_t> Parser::joined() {
    FAIRLEAD_TRY(const std::uint32_t first, sum());
    std::vector<std::uint32_t> parts = {first};
    while (takeSign("||")) {
        FAIRLEAD_TRY(const std::uint32_t part, sum());
        parts.push_back(part);
    }
    if (parts.size() == 1) return first;
    return make(Op::Call, std::move(parts), *functionNumber("||"));
}

Result<std::uint32_t> Parser::sum() {
    FAIRLEAD_TRY(std::uint32_t left, product());
    while (isSign("+") || isSign("-")) {
        const Op op = isSign("+") ? Op::Add : Op::Subtract;
        ++m_at;
        FAIRLEAD_TRY(const std::uint32_t right, product());
        FAIRLEAD_TRY(left, make(op, {left, right}));
    }
    return left;
}

Result<std::uint32_t> Parser::product() {
    FAIRLEAD_TRY(std::uint32_t left, sign());
    while (isSign("*") || isSign("/") || isSign("//") || isSign("%")) {
        const std::string_view text = now().text;
        const Op op =
            text == "*" ? Op::Multiply : (text == "/" ? Op::Divide : (text == "//" ? Op::IntegerDivide : Op::Modulo));
        ++m_at;
        FAIRLEAD_TRY(const std::uint32_t right, sign());
        FAIRLEAD_TRY(left, make(op, {left, right}));
    }
    return left;
}

Result<std::uint32_t> Parser::sign() {
    bool negative = false;
    while (isSign("-") || isSign("+")) {
        negative = negative != isSign("-");
        ++m_at;
    }
    FAIRLEAD_TRY(const std::uint32_t inner, postfix());
    if (!negative) return inner;
    return make(Op::Negate, {inner});
}

Result<std::uint32_t> Parser::postfix() {
    FAIRLEAD_TRY(std::uint32_t left, primary());
    for (;;) {
        if (takeSign("::")) {
            FAIRLEAD_TRY(left, cast(left));
        } else if (takeSign("[")) {
            FAIRLEAD_TRY(std::uint32_t position, expression());
            FAIRLEAD_OK(need("]"));
            FAIRLEAD_TRY(left, element(left, position));
        } else if (isSign(".") && isName(1)) {
            FAIRLEAD_TRY(const std::uint32_t field, literal(m_program.ownedText(now(1).text)));
            m_at += 2;
            FAIRLEAD_TRY(left, make(Op::Element, {left, field}));
        } else {
            return left;
        }
    }
}

// Spark's lists count from 0, DuckDB's from 1.
Result<std::uint32_t> Parser::element(std::uint32_t list, std::uint32_t position) {
    if (m_dialect == Dialect::DuckDb || m_program.node(position).literal.kind == Kind::Text)
        return make(Op::Element, {list, position});
    FAIRLEAD_TRY(const std::uint32_t one, literal(Value::ofNumber(1.0)));
    FAIRLEAD_TRY(const std::uint32_t next, make(Op::Add, {position, one}));
    return make(Op::Element, {list, next});
}

Result<std::uint32_t> Parser::cast(std::uint32_t value) {
    FAIRLEAD_TRY(const CastType type, typeName());
    return make(Op::Cast, {value}, static_cast<std::uint32_t>(type));
}

Result<CastType> Parser::typeName() {
    struct Type {
        std::string_view name;
        CastType type;
    };
    using enum CastType;
    static constexpr std::array<Type, 23> kTypes = {
        {{"text", Text},          {"varchar", Text},    {"string", Text},    {"char", Text},
         {"integer", Integer},    {"int", Integer},     {"bigint", Integer}, {"long", Integer},
         {"smallint", Integer},   {"tinyint", Integer}, {"int4", Integer},   {"int8", Integer},
         {"hugeint", Integer},    {"double", Number},   {"float", Number},   {"float8", Number},
         {"float4", Number},      {"real", Number},     {"date", Date},      {"timestamp", Timestamp},
         {"datetime", Timestamp}, {"boolean", Boolean}, {"bool", Boolean}}};
    const std::string word = now().kind == TokenKind::Word ? lowerAscii(now().text) : std::string();
    const auto* const found = std::ranges::find(kTypes, word, &Type::name);
    if (found == kTypes.end()) return problem(fmt::format("the type {} is not known here", now().text));
    ++m_at;
    if (takeSign("(")) {  // varchar(20)
        if (found->type != Text || now().kind != TokenKind::Number) return unexpected();
        ++m_at;
        FAIRLEAD_OK(need(")"));
    }
    if (!takeSign("[")) return found->type;
    FAIRLEAD_OK(need("]"));
    return CastType::List;
}

}  // namespace fairlead::splink
