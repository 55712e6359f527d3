// Conditions as trees of typed nodes. Equal parts of the conditions of one comparison are one node, so that a
// similarity that several levels ask for is computed once.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/splink/model.h"
#include "core/splink/regex.h"
#include "core/splink/value.h"

namespace fairlead::splink {

/// What a node does with its children.
enum class Op : std::uint8_t {
    Literal,  ///< `literal`
    Column,   ///< input `index`
    Local,    ///< parameter `index` of the lambdas around
    Not,
    And,  ///< any number of children
    Or,   ///< any number of children
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Same,  ///< IS NOT DISTINCT FROM
    IsNull,
    In,    ///< first child within the others
    Like,  ///< child 1 is the pattern
    Case,  ///< condition and value in turn, the ELSE value last
    Add,
    Subtract,
    Multiply,
    Divide,
    IntegerDivide,
    Modulo,
    Negate,
    Cast,     ///< to type `index` (CastType)
    Call,     ///< of function `index` (functionAt)
    Lambda,   ///< the body; `index` is its first parameter's number, `parameters` how many
    Element,  ///< child 0 at position child 1, from 1 or from the end; also a field by a text
    List,     ///< of the children
};

/// What CAST knows.
enum class CastType : std::uint8_t { Text, Integer, Number, Date, Timestamp, Boolean, List };

/// Depends on no parameter of a lambda around it.
inline constexpr std::uint32_t kNoLocal = 0xffffffffU;

/// A node; children come before it.
struct Node {
    Op op = Op::Literal;
    std::uint32_t index = 0;
    std::uint32_t parameters = 0;
    Value literal;
    std::vector<std::uint32_t> children;
    std::uint16_t depth = 1;
    std::uint8_t sides = 0;                ///< Rows it depends on: bit 0 = l, bit 1 = r.
    std::uint32_t lowestLocal = kNoLocal;  ///< Of the lambda parameters from outside that it depends on.
};

/// Which row of the pair.
enum class Side : std::uint8_t { Left, Right };

/// A column of one of the two rows.
struct ColumnUse {
    std::string name;  ///< As the condition writes it, without _l or _r.
    Side side = Side::Left;
    friend bool operator==(const ColumnUse&, const ColumnUse&) = default;
};

/// The trees of several conditions over the same columns. Literals are owned: not to be copied.
class Program {
public:
    Program() = default;
    Program(Program&&) = default;
    Program& operator=(Program&&) = default;

    /// The number of a node like this one, new when there was none.
    std::uint32_t add(Node node);
    /// The number of a column use, new when it is not there; names compare without regard to case.
    std::uint32_t addColumn(ColumnUse use);
    /// Keeps a pattern; literals of kind Number point to it by position.
    std::uint32_t addPattern(Regex pattern);
    /// A text that lives as long as the program.
    Value ownedText(std::string_view text) { return m_arena.text(text); }

    /// What was added under the number.
    [[nodiscard]] const Node& node(std::uint32_t number) const { return m_nodes[number]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_nodes.size()); }
    [[nodiscard]] const std::vector<ColumnUse>& columns() const { return m_columns; }
    /// The pattern of the number.
    [[nodiscard]] const Regex& pattern(std::uint32_t number) const { return m_patterns[number]; }

private:
    std::vector<Node> m_nodes;
    std::map<std::string, std::uint32_t> m_numbers;
    std::vector<ColumnUse> m_columns;
    std::vector<Regex> m_patterns;
    Arena m_arena;
};

/// How columns of the two rows are written.
enum class Names : std::uint8_t {
    Suffixed,   ///< "x_l", x_r: levels.
    Qualified,  ///< l.x, r."x": blocking rules.
};

/// Parses a condition into the program and gives its root. The grammar stands in resources/docs/splink-models.md.
/// Errors: ParseError (empty subject): the sign, the function or the type that is not known, with its place.
Result<std::uint32_t> parseCondition(std::string_view condition, Dialect dialect, Names names, Program& program);

}  // namespace fairlead::splink
