// The parser of conditions: one function per line of the grammar in resources/docs/splink-models.md.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/splink/lexer.h"
#include "core/splink/program.h"

namespace fairlead::splink {

/// Parses one condition by recursive descent; parseCondition (program.h) is the way in.
class Parser {
public:
    Parser(std::vector<Token> tokens, Dialect dialect, Names names, Program& program)
        : m_tokens(std::move(tokens)), m_dialect(dialect), m_names(names), m_program(program) {}

    /// The root of the whole condition.
    Result<std::uint32_t> run();

private:
    using Parsed = Result<std::uint32_t>;
    using Numbers = std::vector<std::uint32_t>;

    // Tokens.
    [[nodiscard]] const Token& now(std::size_t ahead = 0) const;
    [[nodiscard]] bool isWord(std::string_view word, std::size_t ahead = 0) const;
    [[nodiscard]] bool isSign(std::string_view sign, std::size_t ahead = 0) const;
    [[nodiscard]] bool isName(std::size_t ahead = 0) const;
    bool takeWord(std::string_view word);
    bool takeSign(std::string_view sign);
    [[nodiscard]] std::unexpected<Error> problem(std::string_view what) const;
    [[nodiscard]] std::unexpected<Error> unexpected() const;
    Status need(std::string_view sign);
    Status needWord(std::string_view word);

    // Nodes.
    Parsed make(Node node);
    Parsed make(Op op, Numbers children, std::uint32_t index = 0);
    Parsed literal(const Value& value);

    // The grammar, from the loosest to the tightest.
    Parsed expression();
    Parsed conjunction();
    Parsed negation();
    Parsed comparison();
    Parsed ordering(std::uint32_t left);
    Parsed isTest(std::uint32_t left);
    Parsed membership(std::uint32_t left);
    Parsed range(std::uint32_t left);
    Parsed joined();
    Parsed sum();
    Parsed product();
    Parsed sign();
    Parsed postfix();
    Parsed element(std::uint32_t list, std::uint32_t position);
    Parsed cast(std::uint32_t value);
    Result<CastType> typeName();
    Parsed primary();
    Parsed word();
    Parsed caseOf();
    Parsed call();
    Parsed finishCall(const std::string& name, Numbers arguments);
    Parsed withPattern(Numbers arguments, std::uint32_t function);
    Status checkFormats(const std::string& name, const Numbers& arguments) const;
    Result<Numbers> arguments();
    Parsed argument();
    Parsed lambda(std::vector<std::string> parameters);
    Parsed column();
    [[nodiscard]] bool startsLambda() const;

    std::vector<Token> m_tokens;
    Dialect m_dialect;
    Names m_names;
    Program& m_program;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::vector<std::string> m_locals;  // parameters of the lambdas around, outermost first
};

}  // namespace fairlead::splink
