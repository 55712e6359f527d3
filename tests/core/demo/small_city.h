// A city of 2,000 pupils that the demo's tests share: made once, in memory.

#pragma once

#include <memory>

#include "core/demo/city.h"
#include "core/demo/delivered_ties.h"
#include "core/demo/deliveries.h"
#include "core/demo/records.h"
#include "core/demo/registers.h"
#include "core/demo/truth.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::demo::test {

/// The city with its registers and every delivery's rows.
struct SmallCity {
    Names names;
    World world;
    Registers registers;
    std::vector<Delivery> plan;
    std::vector<record::ExtractRows> rows;  ///< Of plan, same order.
    Delivered delivered;
    std::vector<std::int32_t> connected;  ///< DeliveredTies::groups of all of them.

    SmallCity(Names&& someNames, std::int64_t pupils, std::uint64_t seed)
        : names(std::move(someNames)), world(make(names, pupils, seed)), registers(world), plan(deliveryPlan()) {
        const RecordWriter writer(world, names, registers);
        DeliveredTies ties(world, registers);
        TaskContext task;
        for (const auto& delivery : plan) {
            rows.push_back(fairlead::test::valueOf(rowsOf(world, registers, writer, delivery, task)));
            ties.take(delivery, rows.back());
        }
        connected = ties.groups();
        delivered = fairlead::test::valueOf(deliveredSources(world, registers, task));
    }

    static World make(const Names& names, std::int64_t pupils, std::uint64_t seed) {
        TaskContext task;
        return fairlead::test::valueOf(makeWorld(pupils, seed, names, task));
    }

    [[nodiscard]] const Person& person(PersonIndex index) const {
        return world.persons[static_cast<std::size_t>(index)];
    }
    /// The rows of an agency's delivery, 1 to 4.
    [[nodiscard]] const record::ExtractRows& delivery(Agency agency, std::int64_t sequence) const {
        for (std::size_t i = 0; i < plan.size(); ++i) {
            if (plan[i].agency == agency && plan[i].sequence == sequence) return rows[i];
        }
        FAIL("no such delivery");
        return rows.front();
    }
};

/// The project's own lists of names.
inline Names readNames() {
    return fairlead::test::valueOf(Names::read(fairlead::test::projectPath("resources/names")));
}

/// A new city.
inline std::unique_ptr<SmallCity> makeCity(std::int64_t pupils, std::uint64_t seed) {
    return std::make_unique<SmallCity>(readNames(), pupils, seed);
}

/// Seed 1, 2,000 pupils.
inline const SmallCity& smallCity() {
    static const auto city = makeCity(2000, 1);
    return *city;
}

/// Every cell of the rows as one text: two deliveries are the same exactly when their texts are.
std::string textOf(const record::ExtractRows& rows);

}  // namespace fairlead::demo::test
