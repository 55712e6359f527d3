// The worked cases that ship with the definitions.

#include <algorithm>
#include <filesystem>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/case_file.h"
#include "tests/core/indicator/builders.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

TEST_CASE("Every worked case of every indicator gives the spells that it says", "[indicator]") {
    constexpr std::size_t kFewestCases = 6;
    const std::filesystem::path folder = std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "tests/cases/indicators";
    for (const Definition& definition : shippedDefinitions()) {
        const std::string name = definition.id + ".case";
        INFO(name);
        REQUIRE(std::filesystem::exists(folder / name));
        const CaseFile file = valueOf(parseCases(projectFile("tests/cases/indicators/" + name), name));
        REQUIRE(file.indicator == definition.id);
        REQUIRE(file.cases.size() >= kFewestCases);
        const bool hasYes = std::ranges::any_of(file.cases, [](const WorkedCase& one) { return !one.saysNoSpell; });
        const bool hasNo = std::ranges::any_of(file.cases, [](const WorkedCase& one) { return one.saysNoSpell; });
        CHECK((hasYes && hasNo));
        for (const WorkedCase& one : file.cases) {
            const CaseOutcome outcome = runCase(definition, one);
            INFO("case \"" << one.name << "\", line " << one.line << "; found: " << outcome.found);
            CHECK(outcome.isRight);
        }
    }
}

namespace {

/// Whether a rule keeps out some records of the kinds that it looks at.
bool hasGuard(const Definition& definition) {
    return definition.notBefore || std::ranges::any_of(definition.criteria, [](const Criterion& one) {
               return !one.codes.empty() || !one.exceptCodes.empty() || !one.roles.empty() || one.minValue ||
                      one.minPercent || one.minAge || one.maxAge || one.minYear || one.maxYear;
           });
}

bool isOf(const WorkedCase& one, CaseKind kind) { return std::ranges::find(one.kinds, kind) != one.kinds.end(); }

}  // namespace

TEST_CASE("Every indicator has a case of each of the six kinds, or says why there can be none", "[indicator]") {
    for (const Definition& definition : shippedDefinitions()) {
        const std::string name = definition.id + ".case";
        const CaseFile file = valueOf(parseCases(projectFile("tests/cases/indicators/" + name), name));
        INFO(name);
        CHECK(missingKinds(file).empty());
        // There is always a yes, a no, an edge, an end and a late record; a guard where the rule has one.
        CHECK(file.lacks.contains(CaseKind::Guard) == !hasGuard(definition));
        CHECK(file.lacks.size() == (hasGuard(definition) ? 0 : 1));
        for (const WorkedCase& one : file.cases) {
            INFO("case \"" << one.name << "\"");
            if (isOf(one, CaseKind::Yes)) CHECK_FALSE(one.saysNoSpell);
            if (isOf(one, CaseKind::No)) CHECK(one.saysNoSpell);
            const auto ends = [](const ExpectedSpell& spell) { return spell.days.until != Date::never(); };
            if (isOf(one, CaseKind::Expiry)) CHECK(std::ranges::any_of(one.expected, ends));
            const auto isLater = [](const Fact& fact) { return fact.received.value > 1 || fact.withdrawn.value > 1; };
            if (isOf(one, CaseKind::Late)) CHECK(std::ranges::any_of(one.facts, isLater));
        }
    }
}

TEST_CASE("A file of cases without some kind of case says which", "[indicator]") {
    const CaseFile file = valueOf(parseCases(
        "indicator x\nlacks guard nothing to keep out\ncase A\n kind yes edge\n spell from 01/02/2026\n", "x"));
    CHECK(missingKinds(file) == std::vector{CaseKind::No, CaseKind::Expiry, CaseKind::Late});
    CHECK(codeOf(parseCases("indicator x\nlacks guard\n", "x")) == ErrorCode::ParseError);
    CHECK(codeOf(parseCases("indicator x\ncase A\n kind maybe\n no spell\n", "x")) == ErrorCode::ParseError);
}

TEST_CASE("A case that expects other days, other facts or another number of spells is not right", "[indicator]") {
    const auto outcomeOf = [](std::string_view expected) {
        const std::string text = "indicator missing\ncase A\n fact missing_episode M on 01/05/2026\n";
        const CaseFile file = valueOf(parseCases(text + std::string(expected), "x.case"));
        return runCase(shippedDefinitions()[shipped("missing")], file.cases.front());
    };
    CHECK(outcomeOf("spell from 01/05/2026 until 31/05/2026 by 1").isRight);
    CHECK_FALSE(outcomeOf("spell from 01/05/2026 until 01/06/2026").isRight);
    CHECK_FALSE(outcomeOf("spell from 01/05/2026 until 31/05/2026 by 2").isRight);
    CHECK_FALSE(outcomeOf("no spell").isRight);
    CHECK(outcomeOf("no spell").found == "spell from 01/05/2026 until 31/05/2026 by 1");
}

TEST_CASE("A case file that is not understood is refused with its line", "[indicator]") {
    const auto lineOf = [](std::string_view text) {
        const auto result = parseCases(text, "x.case");
        CHECK(codeOf(result) == ErrorCode::ParseError);
        return result.error().subject;
    };
    CHECK(lineOf("indicator x\ncase A\n fact crime 8N on 31/02/2026\n no spell\n") == "x.case:3");
    CHECK(lineOf("indicator x\ncase A\n fact no_such_kind - on 01/02/2026\n no spell\n") == "x.case:3");
    CHECK(lineOf("indicator x\nfact crime 8N on 01/02/2026\n") == "x.case:2");
    CHECK(lineOf("indicator x\n\ncase A\n fact crime 8N on 01/02/2026\n") == "x.case:3");
    CHECK(lineOf("indicator x\ncase A\n spell until 01/02/2026\n") == "x.case:3");
    CHECK(lineOf("indicator x\ncase A\n fact crime 8N on 01/02/2026 rolle victim\n no spell\n") == "x.case:3");
}
