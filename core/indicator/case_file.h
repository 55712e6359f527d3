// Worked cases of an indicator: facts in, spells out, as text that anybody can write. The README of
// tests/cases/indicators explains the words.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/indicator/definition.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/fact.h"

namespace fairlead::indicator {

/// What a case is an example of.
enum class CaseKind : std::uint8_t { Yes, No, Edge, Expiry, Guard, Late };
/// How many there are.
inline constexpr std::size_t kCaseKinds = 6;
/// "yes", "no", "edge", "expiry", "guard", "late".
std::string_view name(CaseKind kind);

/// A spell that a case expects.
struct ExpectedSpell {
    Interval days;
    std::vector<std::int64_t> facts;  ///< Numbers of the facts, from 1; empty = the case does not say.
};

/// One case: what is recorded and what should hold.
struct WorkedCase {
    std::string name;
    std::size_t line = 0;
    std::vector<CaseKind> kinds;  ///< May be empty: a further case.
    BirthMonth born;
    std::int64_t knownAt = 1000;
    std::vector<Fact> facts;         ///< Ids are the numbers of the facts.
    std::vector<std::string> codes;  ///< One for each fact.
    std::vector<ExpectedSpell> expected;
    bool saysNoSpell = false;
};

/// A file of cases.
struct CaseFile {
    std::string indicator;
    std::map<CaseKind, std::string> lacks;  ///< Kinds that cannot be, and why.
    std::vector<WorkedCase> cases;
};

/// Kinds of which there is no case, and no word why.
std::vector<CaseKind> missingKinds(const CaseFile& file);

/// Reads a file of cases. Errors: ParseError with the line and what was not understood.
Result<CaseFile> parseCases(std::string_view text, std::string_view file);

/// What a definition made of a case.
struct CaseOutcome {
    bool isRight = false;
    std::string found;  ///< The spells that it gives, in the words of a case file; "no spell".
};

/// Evaluates the facts of a case and compares.
CaseOutcome runCase(const Definition& definition, const WorkedCase& one);

}  // namespace fairlead::indicator
