#include "core/base/date.h"

#include <catch2/catch_all.hpp>

using fairlead::Date;
using fairlead::Interval;

namespace {
Date day(const char* iso) { return *Date::fromIso(iso); }
}  // namespace

TEST_CASE("A date is read only in exactly its own form", "[base]") {
    CHECK(Date::fromIso("2024-02-29")->iso() == "2024-02-29");
    CHECK(Date::fromUk("29/02/2024") == Date::fromIso("2024-02-29"));
    for (const char* bad : {"", "2023-02-29", "2024-2-29", "2024-02-29 ", "24-02-29", "2024/02/29", "1799-12-31",
                            "3000-01-01", "2024-00-10", "2024-01-00", "2024-13-01", "20x4-01-01"}) {
        CHECK_FALSE(Date::fromIso(bad));
    }
    for (const char* bad : {"31/04/2024", "1/4/2024", "04-30-2024", "30/04/24", "aa/04/2024"})
        CHECK_FALSE(Date::fromUk(bad));
}

TEST_CASE("Days count from 1970-01-01 in both directions", "[base]") {
    CHECK(day("1970-01-01").days == 0);
    CHECK(day("1969-12-31").days == -1);
    CHECK(day("2000-03-01") - day("2000-02-28") == 2);
    CHECK(day("1900-03-01") - day("1900-02-28") == 1);
    CHECK(day("2026-06-30").uk() == "30/06/2026");
}

TEST_CASE("Months are added to the last day where the month is shorter", "[base]") {
    CHECK(day("2024-01-31").plusMonths(1) == day("2024-02-29"));
    CHECK(day("2024-03-31").plusMonths(-1) == day("2024-02-29"));
    CHECK(day("2023-12-15").plusMonths(14) == day("2025-02-15"));
    CHECK(day("2026-06-22").monthStart() == day("2026-06-01"));
    CHECK(day("2026-02-10").monthEnd() == day("2026-02-28"));
}

TEST_CASE("Age counts completed years, and a leap-day birthday falls on 1 March in common years", "[base]") {
    CHECK(fairlead::ageInYears(day("2010-09-01"), day("2026-08-31")) == 15);
    CHECK(fairlead::ageInYears(day("2010-09-01"), day("2026-09-01")) == 16);
    CHECK(fairlead::ageInYears(day("2012-02-29"), day("2022-02-28")) == 9);
    CHECK(fairlead::ageInYears(day("2012-02-29"), day("2022-03-01")) == 10);
}

TEST_CASE("An interval holds its first day and not its last", "[base]") {
    const Interval june{day("2026-06-01"), day("2026-07-01")};
    CHECK(june.contains(day("2026-06-01")));
    CHECK_FALSE(june.contains(day("2026-07-01")));
    CHECK_FALSE(june.overlaps({day("2026-07-01"), Date::never()}));
    CHECK(june.overlaps({day("2026-06-30"), Date::never()}));
    CHECK_FALSE(june.overlaps({day("2026-06-10"), day("2026-06-10")}));
    CHECK(Interval{day("2026-06-01")}.isOpen());
    CHECK(Date::never().iso() == "never");
}
