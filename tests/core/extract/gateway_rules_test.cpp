// The rules of gateways, each by the gateway that it was written for.

#include "core/extract/gateway_rules.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::extract {

namespace {

using test::valueOf;

const GatewayRegister& shippedGateways() {
    static const GatewayRegister gateways = valueOf(GatewayRegister::load(test::projectPath("resources/gateways")));
    return gateways;
}

const Gateway& gateway(std::string_view id) {
    const Gateway* found = shippedGateways().find(id);
    REQUIRE(found != nullptr);
    return *found;
}

/// Police to the unit, about pupils and families, in June 2026.
Disclosure plain() {
    Disclosure what;
    what.on = *Date::fromIso("2026-06-22");
    what.discloser = "police";
    what.recipient = "police";
    what.purpose = "safeguarding_review";
    return what;
}

std::vector<std::string_view> rulesOf(std::string_view id, const Disclosure& what) {
    std::vector<std::string_view> rules;
    for (const GatewayFinding& finding : findingsOf(gateway(id), what)) rules.push_back(finding.rule);
    return rules;
}

bool has(const std::vector<std::string_view>& rules, std::string_view rule) {
    return std::ranges::find(rules, rule) != rules.end();
}

}  // namespace

TEST_CASE("each of the ten rules blocks what it was written for, and lets its opposite through", "[extract]") {
    Disclosure what = plain();
    what.recipient = "school";
    CHECK(has(rulesOf("crime_and_disorder_act_1998_s115", what), "B1"));
    CHECK_FALSE(has(rulesOf("crime_and_disorder_act_1998_s115", plain()), "B1"));

    what = plain();
    CHECK(has(rulesOf("childcare_act_2006_s1", what), "B2"));
    what.oldest = 5;
    CHECK_FALSE(has(rulesOf("childcare_act_2006_s1", what), "B2"));

    CHECK(has(rulesOf("criminal_justice_act_2003_s325", plain()), "B3"));
    what.mappaOnly = true;
    CHECK_FALSE(has(rulesOf("criminal_justice_act_2003_s325", what), "B3"));

    what = plain();
    what.data = {"personal", "patient"};
    CHECK(has(rulesOf("pcsc_act_2022_s16", what), "B4"));
    what = plain();
    what.discloser = "social_care";
    CHECK(has(rulesOf("pcsc_act_2022_s16", what), "B4"));
    CHECK_FALSE(has(rulesOf("pcsc_act_2022_s16", plain()), "B4"));

    CHECK(has(rulesOf("welfare_reform_act_2012_s131", plain()), "B5"));
    what.discloser = "dwp";
    what.recipient = "local_authority";
    CHECK(blockOf(gateway("welfare_reform_act_2012_s131"), what).empty());
    CHECK(has(rulesOf("education_act_1996_s537a", plain()), "B5"));

    CHECK(has(rulesOf("crime_and_disorder_act_1998_s17", plain()), "B6"));
    CHECK(has(rulesOf("care_act_2014_s1_s3", plain()), "B7"));
    what = plain();
    what.youngest = 18;
    CHECK_FALSE(has(rulesOf("care_act_2014_s1_s3", what), "B7"));
    CHECK(has(rulesOf("children_act_2004_s16la", plain()), "B8"));
    what = plain();
    what.on = *Date::fromIso("2027-12-01");
    CHECK(has(rulesOf("children_act_2004_s10", what), "B9"));
    what = plain();
    what.nation = "Wales";
    CHECK(has(rulesOf("children_act_2004_s10", what), "B10"));
    CHECK_FALSE(has(rulesOf("common_law_policing", what), "B10"));
}

TEST_CASE("what is weak but not barred is a warning", "[extract]") {
    CHECK(rulesOf("children_act_2004_s10", plain()) == std::vector<std::string_view>{"W1"});
    Disclosure what = plain();
    what.collectedFor = "school_census";
    what.hasCondition = false;
    what.hasAgreement = false;
    CHECK(rulesOf("children_act_1989_s47", what) == std::vector<std::string_view>{"W2", "W3", "W4"});
    CHECK(blockOf(gateway("children_act_1989_s47"), what).empty());
    CHECK(blockOf(gateway("crime_and_disorder_act_1998_s37"), what) == "it is no gateway by itself (context)");
}

TEST_CASE("every gateway that ships says that no legal adviser has looked at it, and when to look again", "[extract]") {
    for (const Gateway& one : shippedGateways().all()) {
        CAPTURE(one.id);
        CHECK(one.reviewedBy.find("legal adviser has not looked at it") != std::string::npos);
        CHECK(one.reviewBy < Date::never());
        CHECK(one.reviewed < one.reviewBy);
    }
}

}  // namespace fairlead::extract
