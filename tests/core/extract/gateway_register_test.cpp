#include "core/extract/gateway_register.h"

#include <catch2/catch_all.hpp>

#include "core/extract/toml_document.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::extract {

namespace {

using test::codeOf;
using test::valueOf;

constexpr const char* kGood = R"(id = "an_act_s1"
citation = "An Act, section 1"
title = "To share"
kind = "express"
in_force_from = 2020-04-01
in_force_until = 2026-04-01
in_force_source = "an order"
extent = "England"
limits = "None."
reviewed = 2026-01-31
reviewed_by = "N. N."
)";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("the gateways that come with the program can be read and are in force today", "[extract]") {
    const auto gateways = valueOf(GatewayRegister::load(test::projectPath("resources/gateways")));
    CHECK(gateways.all().size() >= 25);
    const auto inForce = gateways.inForceOn(*Date::fromIso("2026-06-22"));
    for (const char* id : {"children_act_2004_s10", "children_act_2004_s11", "children_act_1989_s17",
                           "children_act_1989_s47", "crime_and_disorder_act_1998_s115", "education_act_2002_s175",
                           "education_and_skills_act_2008_s68", "common_law_policing"}) {
        CAPTURE(id);
        CHECK(gateways.find(id) != nullptr);
        CHECK(std::ranges::find(inForce, id) != inForce.end());
    }
    CHECK(gateways.find("welfare_reform_act_2012_s13") == nullptr);
    CHECK(gateways.inForceOn(*Date::fromIso("1980-01-01")) == std::vector<std::string>{"common_law_policing"});
}

TEST_CASE("every gateway says what its days rest on, or that nobody has looked", "[extract]") {
    const auto gateways = valueOf(GatewayRegister::load(test::projectPath("resources/gateways")));
    std::size_t seen = 0;
    for (const Gateway& gateway : gateways.all()) {
        CAPTURE(gateway.id, gateway.inForceSource);
        const bool isSeen = gateway.inForceSource.starts_with("legislation.gov.uk: ");
        CHECK((isSeen || gateway.inForceSource.starts_with("unverified: ")));
        // A day that stands for "not yet" rests on nothing.
        CHECK_FALSE((isSeen && gateway.inForce.from == *Date::fromIso("2100-01-01")));
        seen += isSeen ? 1U : 0U;
    }
    CHECK(seen == 15);
}

TEST_CASE("a gateway is in force from its first day and not on the day it ends", "[extract]") {
    const test::TempFolder folder;
    test::writeBytes(folder / "an_act_s1.toml", kGood);
    test::writeBytes(folder / "another_act_s2.toml",
                     replaced(replaced(kGood, "an_act_s1", "another_act_s2"), "express", "context"));
    const auto gateways = valueOf(GatewayRegister::load(folder.path()));
    REQUIRE(gateways.all().size() == 2);
    const auto inForceOn = [&](const char* day) { return gateways.inForceOn(*Date::fromIso(day)); };
    CHECK(inForceOn("2020-03-31").empty());
    CHECK(inForceOn("2020-04-01") == std::vector<std::string>{"an_act_s1"});
    CHECK(inForceOn("2026-03-31") == std::vector<std::string>{"an_act_s1"});
    CHECK(inForceOn("2026-04-01").empty());
    CHECK(gateways.find("another_act_s2")->kind == GatewayKind::Context);
    CHECK(codeOf(GatewayRegister::load(folder / "nowhere")) == ErrorCode::NotFound);
}

TEST_CASE("a gateway document that is not in order is refused by key", "[extract]") {
    const auto problem = [](const std::string& text) {
        const auto parsed = parseGateway(text, "an_act_s1");
        REQUIRE_FALSE(parsed.has_value());
        return std::string(name(parsed.error().code)) + ": " + parsed.error().detail;
    };
    CHECK(parseGateway(kGood, "an_act_s1").has_value());
    CHECK(problem(replaced(kGood, "title", "titel")) == "unknown_key: titel");
    CHECK(problem(replaced(kGood, "limits = \"None.\"\n", "")) == "parse_error: key limits");
    CHECK(problem(replaced(kGood, "in_force_source = \"an order\"\n", "")) == "parse_error: key in_force_source");
    CHECK(problem(replaced(kGood, "\"express\"", "\"maybe\"")) == "parse_error: key kind");
    CHECK(problem(replaced(kGood, "2020-04-01", "\"2020-04-01\"")) == "parse_error: key in_force_from");
    CHECK(problem(replaced(kGood, "2026-04-01", "0")) == "parse_error: key in_force_until");
    CHECK(problem(replaced(kGood, "an_act_s1", "an_act_s2")) ==
          "parse_error: key id: differs from the name of the file");
    const auto scoped = [&](std::string_view line) { return problem(std::string(kGood) + std::string(line) + "\n"); };
    CHECK(scoped("not_recipients = \"school\"") == "parse_error: key not_recipients");
    CHECK(scoped("only_disclosers = []") == "parse_error: key only_disclosers");
    CHECK(scoped("not_data = [7]") == "parse_error: key not_data");
    CHECK(scoped("subjects_to_age = 121") == "parse_error: key subjects_to_age");
    CHECK(scoped("subjects = \"everybody\"") == "parse_error: key subjects");
    CHECK(scoped("review_by = \"soon\"") == "parse_error: key review_by");
    CHECK(problem("id = \"").starts_with("parse_error: line 1"));
}

TEST_CASE("letters outside of quotes and comments are refused before the parser sees them", "[extract]") {
    const auto code = [](std::string_view text) { return codeOf(parseToml(text, "a.toml")); };
    CHECK(code("a = 1\n\xC3\xA9 = 2\n") == ErrorCode::ParseError);
    CHECK(parseToml("a = 1\n\xC3\xA9 = 2\n", "a.toml").error().detail ==
          "line 2: a letter outside of quotes and comments");
    CHECK(code("a = \"\\\"\" \xC3\xA9") == ErrorCode::ParseError);
    CHECK(code("a = '\\' \xC3\xA9") == ErrorCode::ParseError);
    CHECK(code("a = \"\"\"x\"\"\"\"\" \xC3\xA9") == ErrorCode::ParseError);
    CHECK(code("a = \"unfinished\n\xC3\xA9") == ErrorCode::ParseError);
    CHECK(code("\xEF\xBB\xBF"
               "a = 1") == ErrorCode::ParseError);
    CHECK(code("a = \"\xFF\"") == ErrorCode::Encoding);
    for (const std::string_view good : {"# caf\xC3\xA9\na = 1", "a = \"caf\xC3\xA9\"", "a = 'caf\xC3\xA9'",
                                        "a = \"\"\"caf\xC3\xA9\n\"\xC3\xA9\"\n\"\"\"", "\"caf\xC3\xA9\" = 1"}) {
        CAPTURE(good);
        CHECK(parseToml(good, "a.toml").has_value());
    }
}

}  // namespace fairlead::extract
