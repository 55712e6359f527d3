// A small random population with facts of every kind, three loads, late and withdrawn records, families and a roll.

#pragma once

#include <cstdint>
#include <map>
#include <random>

#include "tests/core/indicator/builders.h"

namespace fairlead::indicator::test {

/// Made from a seed; the same seed gives the same city.
class RandomCity {
public:
    static constexpr Date kFirst{20000};  ///< The facts begin between these two days (October 2024 to November 2026).
    static constexpr Date kLast{20770};

    RandomCity(unsigned seed, int persons);
    /// Adds facts that load `load` brought.
    void addLoad(std::int64_t load);
    /// Everything as known at a load; persons 1, 3, 5 ... are pupils, in years 7 to 11.
    [[nodiscard]] SchoolSlice slice(std::int64_t knownAt) const { return m_builder.build(knownAt); }
    [[nodiscard]] BirthMonth born(record::PersonKey person) const;
    [[nodiscard]] SliceBuilder& builder() { return m_builder; }

private:
    void addFact(std::int64_t load);
    int draw(int low, int high) { return std::uniform_int_distribution(low, high)(m_random); }

    std::mt19937 m_random;
    int m_persons;
    SliceBuilder m_builder;
    std::map<record::PersonKey, BirthMonth> m_births;
};

}  // namespace fairlead::indicator::test
