#include "core/link/model.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/link/name_variants.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

TEST_CASE("a model that is written reads back the same", "[link]") {
    Model model = shippedModel();
    model.comparisons.push_back(defaultComparison(ComparisonKind::Text, "town \"x\""));
    model.rules.push_back(blockingRule({KeyPart::Text, KeyPart::BirthDate}, "town \"x\""));
    CHECK(valueOf(parseModel(writeModel(model), "model")) == model);
}

TEST_CASE("the shipped document is the shipped model", "[link]") {
    const std::string document = fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/default.json"));
    CHECK(valueOf(parseModel(document, "default.json")) == shippedModel());
}

TEST_CASE("the shipped probabilities of each comparison sum to one", "[link]") {
    for (const Comparison& comparison : shippedModel().comparisons) {
        double m = 0, u = 0, relative = 0;
        for (const Level& level : comparison.levels) {
            m += level.m;
            u += level.u;
            relative += level.relative;
        }
        INFO(comparison.title);
        CHECK(m == Catch::Approx(1.0).margin(0.005));
        CHECK(u == Catch::Approx(1.0).margin(0.005));
        CHECK(relative == Catch::Approx(1.0).margin(0.005));
    }
}

TEST_CASE("a bad model document is refused with what is wrong in it", "[link]") {
    CHECK(codeOf(parseModel("{", "m")) == ErrorCode::ParseError);
    CHECK(codeOf(parseModel("[]", "m")) == ErrorCode::ParseError);
    CHECK(codeOf(parseModel("{}", "m")) == ErrorCode::ParseError);
    std::string text = writeModel(shippedModel());
    text.replace(text.find("\"accept_bits\""), 13, "\"except_bits\"");
    CHECK(codeOf(parseModel(text, "m")) == ErrorCode::ParseError);
    text = writeModel(shippedModel());
    text.insert(text.find("\"accept_bits\""), "\"colour\": 1, ");
    CHECK(codeOf(parseModel(text, "m")) == ErrorCode::UnknownKey);
}

TEST_CASE("a model with impossible numbers is refused", "[link]") {
    Model model = shippedModel();
    model.comparisons[0].levels[0].m = 1.5;
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
    model = shippedModel();
    model.comparisons[0].levels.pop_back();
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
    model = shippedModel();
    model.reviewBits = model.acceptBits + 1;
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
    model = shippedModel();
    model.comparisons.push_back(model.comparisons[0]);
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
    model = shippedModel();
    model.comparisons.clear();
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
    model = shippedModel();
    model.rules.resize(100, model.rules[0]);
    CHECK(checkModel(model));
    model.rules.push_back(model.rules[0]);
    CHECK(checkModel(model).error().code == ErrorCode::InvalidArgument);
}

TEST_CASE("the nickname table of the project holds spelling variants and short forms", "[link]") {
    const std::string table = fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv"));
    const NameVariants variants = valueOf(parseNameVariants(table, "nicknames.csv"));
    const auto share = [&](std::string_view a, std::string_view b) {
        const auto &x = variants.groupsOf(a), &y = variants.groupsOf(b);
        return std::ranges::any_of(x, [&](std::uint32_t group) { return std::ranges::find(y, group) != y.end(); });
    };
    CHECK(share("MOHAMMED", "MUHAMMAD"));
    CHECK(share("THOMAS", "TOM"));
    CHECK_FALSE(share("THOMAS", "JACK"));
    CHECK(codeOf(parseNameVariants("name\nx\n", "n")) == ErrorCode::MissingColumn);
}
