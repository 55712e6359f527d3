// Made-up records for measuring: people with names that follow Zipf's law, a quarter of them in shared households,
// and 30 % of the records duplicates with typing errors, gaps and moves. The same seed gives the same bytes.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fairlead::bench {

/// The shape of a population.
struct PopulationShape {
    std::uint32_t records = 100'000;
    std::uint64_t seed = 20261122;
    double duplicates = 0.30;   ///< Share of the records that repeat a person.
    double households = 0.25;   ///< Share of the people with the surname and postcode of another.
    std::uint32_t firstId = 0;  ///< Ids count from here.
};

/// The records as CSV with the columns unique_id, cluster, first_name, surname, dob, postcode, sex; `cluster` is the
/// truth. Rows are shuffled.
std::string populationCsv(const PopulationShape& shape);

/// `records` further records of people of that population, damaged as duplicates are, a third of them new people:
/// a month's delivery.
std::string deliveryCsv(const PopulationShape& shape, std::uint32_t records);

}  // namespace fairlead::bench
