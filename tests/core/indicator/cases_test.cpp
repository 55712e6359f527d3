// The worked cases that ship with the definitions.

#include <algorithm>
#include <filesystem>
#include <set>

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"
#include "tests/core/indicator/case_file.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

std::vector<std::int64_t> factNumbers(const SpellList& list, const Spell& spell, std::span<const Fact> facts) {
    std::vector<std::int64_t> numbers;
    for (const Evidence& item : list.evidence(spell)) numbers.push_back(facts[item.fact].id.value);
    std::ranges::sort(numbers);
    return numbers;
}

void run(const Definition& definition, const WorkedCase& one) {
    INFO("case \"" << one.name << "\", line " << one.line);
    CodeTable codes;
    std::vector<Fact> facts = one.facts;
    for (std::size_t i = 0; i < facts.size(); ++i) facts[i].code = codes.intern(one.codes[i]);
    const RuleSet rules(std::span(&definition, 1), codes);
    const SpellList found = rules.evaluate(facts, 0, one.born, record::LoadId{one.knownAt}).front();
    std::string seen;
    for (const Spell& spell : found.spells())
        seen += spell.interval.from.uk() + " until " + spell.interval.until.uk() + "; ";
    INFO("found: " << seen);
    REQUIRE(found.size() == one.expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found.spells()[i].interval == one.expected[i].days);
        if (!one.expected[i].facts.empty()) {
            CHECK(factNumbers(found, found.spells()[i], facts) == one.expected[i].facts);
        }
    }
}

}  // namespace

TEST_CASE("Every worked case of every indicator gives the spells that it says", "[indicator]") {
    constexpr std::size_t kFewestCases = 4;
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
        for (const WorkedCase& one : file.cases) run(definition, one);
    }
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
