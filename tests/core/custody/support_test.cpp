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

/// A fact as loads leave it, and in which deliveries each of its rows is.
struct Delivered {
    std::vector<DatedRow> rows;
    std::map<std::size_t, std::set<std::int64_t>> in;
};

/// Deliveries and facts as they may come.
class Chance {
public:
    std::int32_t below(int bound) { return static_cast<std::int32_t>(m_random() % static_cast<unsigned>(bound)); }

    Interval days(int latest, int longest) {
        const Date from{below(latest)};
        return {from, from + (1 + below(longest))};
    }

    std::vector<HeldDelivery> deliveries() {
        std::vector<HeldDelivery> all;
        for (int at = 0, count = 1 + below(6); at < count; ++at)
            all.push_back(
                {.id = at + 1, .load = at + 10, .dataset = kDataset, .period = days(60, 60), .goes = below(2) == 0});
        return all;
    }

    /// Rows as a load leaves them: one that is not in a delivery that speaks for it is withdrawn.
    Delivered fact(const std::vector<HeldDelivery>& deliveries) {
        const Interval when = days(100, 30);
        Delivered fact;
        for (const HeldDelivery& delivery : deliveries) {
            const bool reaches = when.overlaps(delivery.period);
            const bool isIn = reaches && below(3) != 0;
            const bool isHeld = !fact.rows.empty() && !fact.rows.back().withdrawn;
            if (isIn && !isHeld)
                fact.rows.push_back(
                    {.sourcePerson = kFirst + 1, .delivery = delivery.id, .withdrawn = {}, .days = when});
            if (isIn) fact.in[fact.rows.size() - 1].insert(delivery.id);
            if (reaches && !isIn && isHeld) fact.rows.back().withdrawn = delivery.load;
        }
        return fact;
    }

private:
    std::mt19937 m_random{20261122};
};

}  // namespace

TEST_CASE("A fact stays exactly when a delivery that is kept has it, whatever was delivered before", "[custody]") {
    Chance chance;
    int kept = 0, gone = 0;
    for (int round = 0; round < 2'000; ++round) {
        const auto deliveries = chance.deliveries();
        const Support support(deliveries);
        for (int number = 0; number < 20; ++number) {
            const Delivered fact = chance.fact(deliveries);
            for (std::size_t row = 0; row < fact.rows.size(); ++row) {
                const bool expected = std::ranges::any_of(deliveries, [&](const HeldDelivery& delivery) {
                    return !delivery.goes && fact.in.at(row).contains(delivery.id);
                });
                CHECK(support.holds(fact.rows[row]) == expected);
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
