// Names that stand in each other's field: the surname of one record is the forename of the other.

#pragma once

#include <cstdint>

#include "core/link/compare.h"

namespace fairlead::link {

/// Looks for names across the fields of two rows whose names do not fit in their own.
class NamesAcross {
public:
    /// REQUIRES: the model compares forenames and surnames.
    explicit NamesAcross(const CompareContext& context) : m_context(context) {}
    /// Where they are found, sets the levels of both names and the values agreed on; else changes nothing.
    void find(std::uint32_t a, std::uint32_t b, PairOutcome& out) const;

private:
    struct Crossing {
        CrossLevel level = CrossLevel::Different;
        std::uint32_t forename = kNoValue;  // in Columns::forenames
        std::uint32_t surname = kNoValue;   // in Columns::surnames
    };
    template <typename LevelOf>
    [[nodiscard]] Crossing crossing(std::uint32_t surnamesOf, std::uint32_t forenamesOf, LevelOf levelOf) const;
    void setCrossed(PairOutcome& out, const Crossing& found) const;
    void setSwapped(PairOutcome& out, const Crossing& one, const Crossing& other) const;
    [[nodiscard]] std::uint32_t bearers(std::size_t comparison, std::uint32_t word) const;

    const CompareContext& m_context;
};

}  // namespace fairlead::link
