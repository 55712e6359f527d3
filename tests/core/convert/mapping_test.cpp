#include "core/convert/mapping.h"

#include <catch2/catch_all.hpp>

#include "core/convert/convert.h"
#include "tests/core/convert/convert_fixture.h"
#include "tests/support/results.h"

namespace fairlead::convert {

namespace {

constexpr const char* kSmall = R"(id = "small"
title = "Small"
source = "made up"
agency = "health"
dataset = "small"
dates = ["%Y-%m-%d"]
[codes.sex]
girl = "F"
[[input]]
id = "people"
columns = ["KEY", "NAME"]
person = "KEY"
  [[input.row]]
  table = "person"
  person_ref = "KEY"
  surname = "NAME"
  sex = { column = "SEX", codes = "sex" }
  name_kind = { value = "current" }
)";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

std::string problem(const std::string& text) {
    const auto mapping = parseMapping(text, "a.toml");
    REQUIRE_FALSE(mapping.has_value());
    return std::string(name(mapping.error().code)) + ": " + mapping.error().detail;
}

}  // namespace

TEST_CASE("the mappings that come with the program are in order", "[convert]") {
    const auto census = test::shippedMapping("school-census");
    CHECK(census.agency == "education");
    CHECK(census.attendance.has_value());
    CHECK(census.schools.has_value());
    const auto care = test::shippedMapping("ssda903");
    CHECK(care.agency == "social_care");
    CHECK(care.inputs.at(1).period->leaveOut->values == std::vector<std::string>{"V3", "V4"});
}

TEST_CASE("a mapping that is not in order is refused by place and key", "[convert]") {
    CHECK(parseMapping(kSmall, "a.toml").has_value());
    CHECK(problem(replaced(kSmall, "title", "titel")) == "unknown_key: mapping: titel");
    CHECK(problem(replaced(kSmall, "agency = \"health\"", "agency = \"x\"")) ==
          "parse_error: agency: not one of the contract's");
    CHECK(problem(replaced(kSmall, "table = \"person\"", "table = \"people\"")) ==
          "parse_error: people: no table of the contract: people");
    CHECK(problem(replaced(kSmall, "surname = \"NAME\"", "religion = \"NAME\"")) ==
          "parse_error: people: table person has no column religion");
    CHECK(problem(replaced(kSmall, "codes = \"sex\"", "codes = \"gender\"")) ==
          "parse_error: people: no code table gender");
    CHECK(problem(replaced(kSmall, "codes = \"sex\"", "code = \"sex\"")) == "unknown_key: people.sex: code");
    CHECK(problem(replaced(kSmall, "columns = [\"KEY\", \"NAME\"]", "columns = []")) ==
          "parse_error: people: no columns to know the file by");
    CHECK(problem(replaced(kSmall, "person = \"KEY\"\n", "")) ==
          "parse_error: people: either a person or a reason for not using it");
    CHECK(problem(replaced(kSmall, "{ value = \"current\" }", "{ }")) ==
          "parse_error: people.name_kind: no column, value or text");
    CHECK(problem(replaced(kSmall, "{ value = \"current\" }", "7")) ==
          "parse_error: people.name_kind: neither a column nor a table");
    CHECK(problem("id = 1").starts_with("parse_error"));
    CHECK(test::codeOf(loadMapping("nowhere.toml")) == ErrorCode::NotFound);
}

TEST_CASE("a mapping makes rows of a file whose columns it has never seen in this order", "[convert]") {
    const auto mapping = test::valueOf(parseMapping(kSmall, "a.toml"));
    const std::vector<InputFile> files{
        {"people.csv", "SEX,NAME,EXTRA,KEY\ngirl,\"O'Neil, Ann\",x,k1\nboy,Poe,y,k2\n,Roe,z,\n"}};
    const auto result = test::converted(mapping, files, test::period("2026-01-01", "2026-02-01"));
    REQUIRE(result.rows.persons.size() == 2);
    CHECK(result.rows.persons[0].surname == "O'Neil, Ann");
    CHECK(result.rows.persons[0].sex == "F");
    CHECK(result.rows.persons[1].sex.empty());
    CHECK(test::found(result.report, Rule::UnknownCode, "people", "SEX") == 1);
    CHECK(test::found(result.report, Rule::MissingValue, "people", "KEY") == 1);
}

}  // namespace fairlead::convert
