// What holds of every overview, on random cities.

#include <algorithm>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/drill.h"
#include "core/indicator/overview.h"
#include "tests/core/indicator/builders.h"
#include "tests/core/indicator/random_city.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::valueOf;

namespace {

/// The invariant of the slide: the largest part <= total <= the sum of the parts.
void checkTotal(const Count& total, std::span<const IndicatorFigure> parts, Count Figure::* member) {
    int largest = 0;
    int sum = 0;
    for (const IndicatorFigure& part : parts) {
        const Count& count = part.figure.*member;
        if (!count.isValue()) continue;
        largest = std::max(largest, count.value);
        sum += count.value;
    }
    if (!total.isValue()) return;
    CHECK(largest <= total.value);
    CHECK(total.value <= sum);
}

}  // namespace

TEST_CASE("A group's total lies between its largest part and the sum of its parts", "[indicator]") {
    int shown = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const RandomCity city(seed, 80);
        for (const Date asAt : {RandomCity::kFirst + 200, RandomCity::kFirst + 431, RandomCity::kLast}) {
            const Overview overview = indicator::overview(city.slice(3), asAt);
            for (const GroupFigure& group : overview.groups) {
                INFO("seed " << seed << ", " << asAt.iso() << ", " << group.id);
                checkTotal(group.figure.pupils, group.indicators, &Figure::pupils);
                checkTotal(group.figure.events, group.indicators, &Figure::events);
                CHECK(group.figure.pupils.value <= overview.onRoll);
                shown += group.figure.pupils.value;
            }
        }
    }
    CHECK(shown > 500);
}

TEST_CASE("A figure, its list of pupils, its year groups and its trend agree", "[indicator]") {
    const RandomCity city(21, 120);
    const SchoolSlice slice = city.slice(3);
    const Date asAt = RandomCity::kLast;
    const Overview overview = indicator::overview(slice, asAt);
    const auto check = [&](const std::string& id, const Figure& figure) {
        INFO(id);
        const auto pupils = valueOf(pupilList(slice, id, asAt));
        CHECK(Count::of(static_cast<int>(pupils.size())) == figure.pupils);
        int sum = 0;
        for (const YearFigure& year : valueOf(byYearGroup(slice, id, asAt))) sum += year.pupils.value;
        CHECK(sum == figure.pupils.value);
        const Trend months = valueOf(trend(slice, id, asAt));
        REQUIRE(months.points.size() == figure.series.size());
        for (std::size_t i = 0; i < months.points.size(); ++i) {
            CHECK(months.points[i].pupils == figure.series[i].pupils);
            CHECK(months.points[i].events == figure.series[i].events);
            CHECK(months.points[i].incomplete == figure.series[i].incomplete);
        }
    };
    for (const GroupFigure& group : overview.groups) {
        check(group.id, group.figure);
        for (const IndicatorFigure& part : group.indicators) check(part.id, part.figure);
    }
}

TEST_CASE("Every point of a series is what the overview shows at that date", "[indicator]") {
    const RandomCity city(22, 80);
    const SchoolSlice slice = city.slice(3);
    const Overview now = indicator::overview(slice, RandomCity::kLast);
    for (std::size_t i : {std::size_t{0}, std::size_t{4}, std::size_t{10}}) {
        const Date then = now.groups[0].figure.series[i].at;
        const Overview past = indicator::overview(slice, then);
        for (std::size_t g = 0; g < now.groups.size(); ++g) {
            CHECK(now.groups[g].figure.series[i].pupils == past.groups[g].figure.pupils);
            CHECK(now.groups[g].figure.series[i].events == past.groups[g].figure.events);
        }
    }
}

TEST_CASE("Lists are sorted as they say and the family count is never below two", "[indicator]") {
    const RandomCity city(23, 150);
    const Overview overview = indicator::overview(city.slice(3), RandomCity::kLast);
    REQUIRE(overview.newIndicators.size() > 5);
    CHECK(std::ranges::is_sorted(overview.newIndicators, std::ranges::greater{}, &NewIndicator::date));
    for (const NewIndicator& row : overview.newIndicators) CHECK(overview.window.contains(row.date));
    REQUIRE(overview.families.size() > 3);
    CHECK(std::ranges::is_sorted(overview.families, std::ranges::greater{}, &FamilyCount::count));
    for (const FamilyCount& row : overview.families) CHECK((row.count >= 2 && row.members >= 1));
}

TEST_CASE("New means: holds on its first day, and on none of the 90 days before", "[indicator]") {
    const RandomCity city(24, 100);
    const SchoolSlice slice = city.slice(3);
    const Date asAt = RandomCity::kLast - 60;
    const Overview overview = indicator::overview(slice, asAt);
    std::set<std::pair<std::int64_t, std::string>> listed;
    for (const NewIndicator& row : overview.newIndicators) listed.emplace(row.pupil.value, row.indicator);
    for (const PupilOnRoll& pupil : pupilsOnRoll(slice.roll, slice.school, asAt, slice.knownAt())) {
        for (std::size_t d = 0; d < slice.definitions->size(); ++d) {
            const Definition& definition = (*slice.definitions)[d];
            if (definition.group == Group::Education || definition.group == Group::AdultFamily) continue;
            const auto holds = [&](Date on) {
                return std::ranges::any_of(slice.spells->of(pupil.pupil, d),
                                           [on](const BookSpell& spell) { return spell.spell.interval.contains(on); });
            };
            bool isNew = false;
            for (Date on = asAt - 29; on <= asAt; on = on + 1) {
                bool isQuiet = holds(on);
                for (int back = 1; back <= 90 && isQuiet; ++back) isQuiet = !holds(on - back);
                isNew = isNew || isQuiet;
            }
            CHECK(isNew == listed.contains({pupil.pupil.value, definition.id}));
        }
    }
}

TEST_CASE("An overview is the same every time it is computed", "[indicator]") {
    const RandomCity city(25, 80);
    const Overview one = indicator::overview(city.slice(3), RandomCity::kLast);
    const Overview two = indicator::overview(city.slice(3), RandomCity::kLast);
    REQUIRE(one.newIndicators.size() == two.newIndicators.size());
    for (std::size_t i = 0; i < one.newIndicators.size(); ++i) {
        CHECK(one.newIndicators[i].pupil == two.newIndicators[i].pupil);
        CHECK(one.newIndicators[i].indicator == two.newIndicators[i].indicator);
    }
}
