// Definition files: what ships, and what is refused with file, line, key and remedy.

#include "core/indicator/definition.h"

#include <algorithm>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/rule_text.h"
#include "tests/core/indicator/builders.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

std::string missingToml() { return projectFile("resources/indicators/missing.toml"); }

/// The text with the first `from` replaced; fails when it is not there.
std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// The line on which a key stands; 1 when it is nowhere (the table then begins there).
std::size_t lineOfKey(const std::string& text, std::string_view key) {
    const auto at = text.find("\n" + std::string(key) + " = ");
    return at == std::string::npos ? 1 : 2 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

/// Parses a changed "missing" definition, which must fail at the line of `key`, naming it.
void checkRefused(std::string_view from, std::string_view to, ErrorCode code, std::string_view key) {
    INFO(from << " -> " << to);
    const std::string text = with(missingToml(), from, to);
    const auto result = parseDefinition(text, "missing.toml");
    REQUIRE(codeOf(result) == code);
    CHECK(result.error().detail.starts_with(std::string(key) + ": "));
    CHECK(result.error().subject == "missing.toml:" + std::to_string(lineOfKey(text, key)));
}

}  // namespace

TEST_CASE("The definitions that ship are complete, and their rule says what their criteria do", "[indicator]") {
    const auto& all = shippedDefinitions();
    std::set<std::string> ids;
    for (const Definition& definition : all) {
        INFO(definition.id);
        ids.insert(definition.id);
        CHECK(definition.rule == plainRule(definition));
        CHECK_FALSE(definition.falsePositives.empty());
        CHECK(definition.newWindowDays == 30);
        CHECK(definition.quietDays == 90);
        CHECK((definition.group == Group::AdultFamily) == (definition.tier == 3));
        CHECK(definition.countsInFamily == (definition.group != Group::Education));
    }
    for (const char* id : {"child_in_care", "child_protection_plan", "child_in_need", "early_help", "risk_of_neet",
                           "mental_health_concern", "serious_exploitation", "serious_harm", "missing", "crime", "asb",
                           "domestic_incident"}) {
        CHECK(ids.contains(id));
    }
    for (const Group group : {Group::ReceivingSupport, Group::CurrentRisk, Group::Events}) {
        CHECK(std::ranges::count(all, group, &Definition::group) == 4);
    }
}

TEST_CASE("The file of a definition is named after its id and its gateways are in the register", "[indicator]") {
    for (const Definition& definition : shippedDefinitions()) {
        INFO(definition.id);
        CHECK(valueOf(parseDefinition(projectFile("resources/indicators/" + definition.id + ".toml"), "x")) ==
              definition);
        for (const std::string& gateway : definition.gateways) {
            CHECK_FALSE(projectFile("resources/gateways/" + gateway + ".toml").empty());
        }
    }
}

TEST_CASE("No shipped definition is about poverty or identity", "[indicator]") {
    for (const Definition& definition : shippedDefinitions()) {
        for (const char* word : {"free_school_meals", "benefit", "ethnicity", "religion", "language"}) {
            CHECK(definition.id.find(word) == std::string::npos);
        }
    }
}

TEST_CASE("An unknown key is refused with its line and name, even where a key is missing for it", "[indicator]") {
    checkRefused("quiet_days = 90", "quite_days = 90", ErrorCode::UnknownKey, "quite_days");
    checkRefused("quiet_days = 90", "quiet_days = 90\nscore = 5", ErrorCode::UnknownKey, "score");
    checkRefused("lasting_days = 30", "lasting_days = 30\ncolumn = 5", ErrorCode::UnknownKey, "column");
}

TEST_CASE("Unknown kinds, roles and words are refused with a remedy", "[indicator]") {
    checkRefused("kind = \"missing_episode\"", "kind = \"intelligence\"", ErrorCode::ParseError, "kind");
    checkRefused("lasting_days = 30", "lasting_days = 30\nroles = [\"victim\"]", ErrorCode::ParseError, "roles");
    checkRefused("group = \"events\"", "group = \"risk\"", ErrorCode::ParseError, "group");
    checkRefused("combination = \"any\"", "combination = \"points\"", ErrorCode::ParseError, "combination");
    checkRefused("unit = \"pupils_and_events\"", "unit = 3", ErrorCode::ParseError, "unit");
}

TEST_CASE("Impossible windows and lifetimes are refused", "[indicator]") {
    checkRefused("lasting_days = 30", "lasting_days = 0", ErrorCode::ParseError, "lasting_days");
    checkRefused("lasting_days = 30", "lasting_days = -30", ErrorCode::ParseError, "lasting_days");
    checkRefused("lasting_days = 30", "lasting_days = 99999999999", ErrorCode::ParseError, "lasting_days");
    checkRefused("lasting_days = 30", "lasting_days = 30.5", ErrorCode::ParseError, "lasting_days");
    checkRefused("lasting_days = 30", "during = true", ErrorCode::ParseError, "during");
    checkRefused("lasting_days = 30", "lasting_days = 30 \nduring = true", ErrorCode::ParseError, "lasting_days");
    checkRefused("new_window_days = 30", "new_window_days = 0", ErrorCode::ParseError, "new_window_days");
    checkRefused("lasting_days = 30", "lasting_days = 30\nmin_age = 12\nmax_age = 10", ErrorCode::ParseError,
                 "max_age");
    checkRefused("lasting_days = 30", "lasting_days = 30\nmin_percent = 10", ErrorCode::ParseError, "min_percent");
    checkRefused("lasting_days = 30", "lasting_days = 30\nexcept_codes = [\"A\"]", ErrorCode::ParseError,
                 "except_codes");
}

TEST_CASE("What does not go together in a lifetime, a guard or a checklist is refused", "[indicator]") {
    const auto refused = [](std::string_view lines, std::string_view key) {
        checkRefused("lasting_days = 30", lines, ErrorCode::ParseError, key);
    };
    refused("at_least = 3", "at_least");
    refused("within_days = 90", "within_days");
    refused("at_least = 1\nwithin_days = 90", "at_least");
    refused("lasting_days = 30\nat_least = 3\nwithin_days = 90", "at_least");
    refused("at_least = 3\nwithin_days = 90\ngap_days = 3", "gap_days");
    refused("lasting_days = 30\nexpires_days = 10", "expires_days");
    refused("lasting_days = 30\ncarry_days = 10", "carry_days");
    refused("lasting_days = 30\nmin_year = 9\nmax_year = 8", "max_year");
    refused("lasting_days = 30\nmin_year = 15", "min_year");
    const std::string points = with(missingToml(), "lasting_days = 30", "lasting_days = 30\npoints = 2");
    CHECK(parseDefinition(points, "x.toml").error().detail.starts_with("criteria: points and label go with"));
    checkRefused("order = 1", "order = 1\nthreshold = 2", ErrorCode::ParseError, "threshold");
    checkRefused("order = 1", "order = 1\nnot_before = \"2020\"", ErrorCode::ParseError, "not_before");
    checkRefused("lapse_days = 92", "lapse_days = 34", ErrorCode::ParseError, "lapse_days");
}

TEST_CASE("A checklist needs a threshold that can be reached and a label for each line", "[indicator]") {
    const auto problem = [](std::string_view from, std::string_view to) {
        const auto result = parseDefinition(with(projectFile("resources/indicators/risk_of_neet.toml"), from, to), "x");
        CHECK(codeOf(result) == ErrorCode::ParseError);
        return result ? std::string() : result.error().detail.substr(0, result.error().detail.find(':'));
    };
    CHECK(problem("threshold = 4", "") == "combination");
    CHECK(problem("threshold = 4", "threshold = 40") == "threshold");
    CHECK(problem("label = \"Looked after\"\n", "") == "criteria");
    CHECK(problem("combination = \"points\"", "combination = \"any\"") == "threshold");
}

TEST_CASE("The plain rule says every lifetime and guard", "[indicator]") {
    Definition definition;
    definition.criteria.resize(1);
    Criterion& criterion = definition.criteria[0];
    criterion.kind = record::FactKind::MissingEpisode;
    criterion.lastingDays = 90;
    criterion.atLeast = 3;
    criterion.minYear = 0;
    criterion.maxYear = 6;
    definition.notBefore = day("2020-01-01");
    CHECK(plainRule(definition) ==
          "Holds while 3 or more different events lie in the last 90 days, each a missing episode, in reception to "
          "year 6 by age; nothing before 01/01/2020. Cancelled records never count.");
    criterion = {};
    criterion.kind = record::FactKind::AttendanceTerm;
    criterion.carryDays = 120;
    criterion.expiresDays = 200;
    definition.notBefore.reset();
    CHECK(plainRule(definition) ==
          "Holds in a term, and for up to 120 days after it ends, until the next record of this kind begins, for at "
          "most 200 days from its start unless it is renewed. Cancelled records never count.");
}

TEST_CASE("A missing or empty text, list, number or date is refused", "[indicator]") {
    checkRefused("tier = 2", "", ErrorCode::ParseError, "tier");
    checkRefused("tier = 2", "tier = 4", ErrorCode::ParseError, "tier");
    checkRefused("title = \"Missing person\"", "title = \" \"", ErrorCode::ParseError, "title");
    checkRefused("purposes = [\"safeguarding_review\"]", "purposes = []", ErrorCode::ParseError, "purposes");
    checkRefused("purposes = [\"safeguarding_review\"]", "purposes = [7]", ErrorCode::ParseError, "purposes");
    checkRefused("review_by = 2027-11-30", "review_by = \"2027-11-30\"", ErrorCode::ParseError, "review_by");
    checkRefused("id = \"missing\"", "id = \"Missing Person\"", ErrorCode::ParseError, "id");
    checkRefused("\"police/police_records\"", "\"police\"", ErrorCode::ParseError, "datasets");
    checkRefused("status = \"draft\"", "status = \"retired\"", ErrorCode::ParseError, "status_note");
    const std::string noCriteria = missingToml().substr(0, missingToml().find("[[criteria]]"));
    CHECK(parseDefinition(noCriteria, "x.toml").error().detail.starts_with("criteria: "));
}

TEST_CASE("A rule that says something else than the criteria is refused with the sentence to write", "[indicator]") {
    const std::string text = with(missingToml(), "lasting_days = 30", "lasting_days = 31");
    const auto result = parseDefinition(text, "missing.toml");
    REQUIRE(codeOf(result) == ErrorCode::ParseError);
    CHECK(result.error().detail.find("write: Holds for 31 days from the day of a missing episode") !=
          std::string::npos);
}

TEST_CASE("Text that is not TOML, not UTF-8 or not ASCII outside quotes is refused with its line", "[indicator]") {
    CHECK(parseDefinition("id = \"x\"\ntitle = \n", "x.toml").error().subject == "x.toml:2");
    CHECK(codeOf(parseDefinition("id = \"x\"\nb\xC3\xA9 = 1\n", "x.toml")) == ErrorCode::Encoding);
    CHECK(parseDefinition("id = \"x\"\nb\xC3\xA9 = 1\n", "x.toml").error().subject == "x.toml:2");
    CHECK(codeOf(parseDefinition("id = \"\xFF\"\n", "x.toml")) == ErrorCode::Encoding);
    CHECK(codeOf(parseDefinition(std::string_view("id = 1\n\0", 8), "x.toml")) == ErrorCode::Encoding);
    CHECK(codeOf(parseDefinition("", "x.toml")) == ErrorCode::ParseError);
    CHECK(codeOf(parseDefinition(std::string(300'000, '#'), "x.toml")) == ErrorCode::ParseError);
    const std::string accent =
        with(missingToml(), "title = \"Missing person\"", "title = \"Disparu \xC3\xA9\" # \xC3\xA9");
    CHECK(valueOf(parseDefinition(accent, "x.toml")).title == "Disparu \xC3\xA9");
    const std::string literal = with(missingToml(), "title = \"Missing person\"", "title = '\xC3\xA9 \\'");
    CHECK(valueOf(parseDefinition(literal, "x.toml")).title == "\xC3\xA9 \\");
    // A quote inside a comment or an escaped one must not put the check out of step.
    const std::string tricky =
        with(missingToml(), "title = \"Missing person\"", "title = \"a\\\"\" # \"\n\xC3\xA9 = 1");
    CHECK(codeOf(parseDefinition(tricky, "x.toml")) == ErrorCode::Encoding);
}

TEST_CASE("Cut off anywhere, a definition is refused or read, and never more than that", "[indicator]") {
    const std::string text = missingToml();
    int accepted = 0;
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto result = parseDefinition(std::string_view(text).substr(0, length), "x.toml");
        if (result) ++accepted;
        if (!result) CHECK_FALSE(result.error().detail.empty());
    }
    CHECK(accepted < 100);
}

TEST_CASE("Two definitions with one id or one place are refused", "[indicator]") {
    const Definition& one = shippedDefinitions().front();
    CHECK(codeOf(orderedDefinitions({one, one})) == ErrorCode::ParseError);
    Definition other = one;
    other.id = "another";
    CHECK(codeOf(orderedDefinitions({one, other})) == ErrorCode::ParseError);
    other.order = 50;
    CHECK(valueOf(orderedDefinitions({other, one})).front().id == one.id);
}

TEST_CASE("The plain rule names all of a combination", "[indicator]") {
    Definition definition;
    definition.criteria.resize(2);
    definition.criteria[0].kind = record::FactKind::ChildInNeed;
    definition.criteria[1].kind = record::FactKind::EarlyHelp;
    definition.combination = Combination::All;
    CHECK(plainRule(definition) ==
          "Holds on the days on which all of these do: (a) while the child is recorded as a child in need; (b) while "
          "early "
          "help is open. Cancelled records never count.");
    definition.combination = Combination::Without;
    CHECK(plainRule(definition) ==
          "Holds while the child is recorded as a child in need, but on no day on which one of these does: (a) while "
          "early "
          "help is open. Cancelled records never count.");
    CHECK(plainNewRule(definition) ==
          "New when it starts in the last 30 days and did not hold on any of the 90 days before it starts.");
}
