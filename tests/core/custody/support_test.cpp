// The rule of what stays, against a model that remembers what each delivery had in it.

#include "core/custody/support.h"

#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/workspace/mention.h"

using namespace fairlead;
using custody::DatedRow;
using custody::HeldDelivery;
using custody::Support;
using custody::VersionRow;

namespace {

constexpr std::int64_t kDataset = 3;
constexpr std::int64_t kFirst = kDataset << 32;

/// A fact as the world has it, and the deliveries with it in.
struct WorldFact {
    std::int64_t person = 0;
    Interval days;
    std::set<std::int64_t> in;
};

}  // namespace

TEST_CASE("A fact stays exactly when a delivery that is kept has it, whatever was delivered before", "[custody]") {
    std::mt19937 random(20261122);
    const auto below = [&](int bound) { return static_cast<std::int32_t>(random() % static_cast<unsigned>(bound)); };
    int kept = 0, gone = 0;
    for (int round = 0; round < 2'000; ++round) {
        std::vector<HeldDelivery> deliveries;
        for (int at = 0, count = 1 + below(6); at < count; ++at) {
            const Date from{below(60)};
            deliveries.push_back({.id = at + 1,
                                  .load = at + 10,
                                  .dataset = kDataset,
                                  .period = {from, from + (1 + below(60))},
                                  .goes = below(2) == 0});
        }
        for (int number = 0; number < 20; ++number) {
            const Date from{below(100)};
            WorldFact fact{kFirst + 1, {from, from + (1 + below(30))}, {}};
            // Rows as a load leaves them: one that is not in a delivery that speaks for it is withdrawn.
            std::vector<DatedRow> rows;
            std::map<std::size_t, std::set<std::int64_t>> in;
            for (const HeldDelivery& delivery : deliveries) {
                const bool reaches = fact.days.overlaps(delivery.period);
                const bool isIn = reaches && below(3) != 0;
                const bool isHeld = !rows.empty() && !rows.back().withdrawn;
                if (isIn && !isHeld)
                    rows.push_back(
                        {.sourcePerson = fact.person, .delivery = delivery.id, .withdrawn = {}, .days = fact.days});
                if (isIn) in[rows.size() - 1].insert(delivery.id);
                if (reaches && !isIn && isHeld) rows.back().withdrawn = delivery.load;
            }
            const Support support(deliveries);
            for (std::size_t row = 0; row < rows.size(); ++row) {
                const bool expected = std::ranges::any_of(deliveries, [&](const HeldDelivery& delivery) {
                    return !delivery.goes && in[row].contains(delivery.id);
                });
                CHECK(support.holds(rows[row]) == expected);
                ++(expected ? kept : gone);
            }
        }
    }
    CHECK(kept > 10'000);
    CHECK(gone > 10'000);
}

TEST_CASE("A version stays when a delivery that is kept has its person and did not contradict it", "[custody]") {
    const auto delivery = [](std::int64_t id, bool goes, std::vector<std::int64_t> persons) {
        return HeldDelivery{
            .id = id, .load = id, .dataset = kDataset, .period = {}, .goes = goes, .persons = std::move(persons)};
    };
    const Support support({delivery(1, true, {kFirst + 1, kFirst + 2}), delivery(2, false, {kFirst + 1}),
                           delivery(3, true, {kFirst + 2})});
    CHECK(support.holds(VersionRow{.sourcePerson = kFirst + 1, .first = 1, .gone = {}}));
    CHECK_FALSE(support.holds(VersionRow{.sourcePerson = kFirst + 1, .first = 1, .gone = 2}));
    CHECK(support.holds(VersionRow{.sourcePerson = kFirst + 1, .first = 1, .gone = 3}));
    CHECK_FALSE(support.holds(VersionRow{.sourcePerson = kFirst + 2, .first = 1, .gone = {}}));
    CHECK_FALSE(support.holds(VersionRow{.sourcePerson = kFirst + 1, .first = 3, .gone = {}}));
    CHECK(support.holdsPerson(kFirst + 1));
    CHECK_FALSE(support.holdsPerson(kFirst + 2));
    CHECK(support.knewBefore(kFirst + 1, 3));
    CHECK_FALSE(support.knewBefore(kFirst + 1, 2));
    CHECK(support.holdsDelivery(2));
    CHECK_FALSE(support.holdsDelivery(1));
    // Whom a delivery has was not kept: it may have anybody.
    const Support older({delivery(1, true, {kFirst + 1}),
                         {.id = 2, .load = 2, .dataset = kDataset, .period = {}, .goes = false, .persons = {}}});
    CHECK(older.holdsPerson(kFirst + 9));
    CHECK(older.holds(VersionRow{.sourcePerson = kFirst + 1, .first = 1, .gone = {}}));
}

TEST_CASE("The persons of a delivery come back as they were written, and nothing else is read", "[custody]") {
    std::mt19937_64 random(5);
    for (int round = 0; round < 200; ++round) {
        std::set<std::int64_t> persons;
        for (std::uint64_t left = random() % 300; left > 0; --left)
            persons.insert(kFirst + 1 + static_cast<std::int64_t>(random() % (round % 2 == 0 ? 400 : 0xFFFFFFF0U)));
        const std::vector<std::int64_t> list(persons.begin(), persons.end());
        CHECK(workspace::unpacked(workspace::packed(list, kFirst), kFirst) == list);
    }
    CHECK_FALSE(workspace::unpacked("\x80", kFirst));
    CHECK_FALSE(workspace::unpacked(std::string_view("\x01\x00", 2), kFirst));
    CHECK_FALSE(workspace::unpacked("\xff\xff\xff\xff\xff\x01", kFirst));
}
