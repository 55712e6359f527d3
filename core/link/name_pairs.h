// Forenames and surnames that go together: in a community with few surnames and its own forenames, forename and
// surname agree by chance far more often than their frequencies multiplied.

#pragma once

#include <cstdint>
#include <vector>

#include "core/link/columns.h"
#include "core/link/frequencies.h"

namespace fairlead::link {

/// How often a forename goes with a surname. People, not records, are counted: different birth dates of one name.
class NamePairs {
public:
    NamePairs() = default;
    /// `forenames` are the frequencies of first forenames; a person is expected to be known under `datesPerPerson`
    /// different birth dates, mistakes counted (1 or above).
    /// Rows with a mark other than 0 are left out.
    NamePairs(const Columns& columns, const ValueFrequencies& forenames, double datesPerPerson,
              const std::vector<std::uint8_t>* marks = nullptr);

    /// Bits to take away (0 or below) where two records agree on this first forename and this surname (both in
    /// Columns::words): log2 of P(forename) / P(forename | surname), the latter among the other people of the
    /// surname, with kSurnamePeople people of the whole population added.
    [[nodiscard]] double bits(std::uint32_t forename, std::uint32_t surname) const;
    /// By how much `bits` can have risen since an earlier state of growing data: every people and records counted in
    /// `least` (the rows that surely were there; forenames among the records of now) were there already.
    [[nodiscard]] double mostRise(const NamePairs& least, std::uint32_t forename, std::uint32_t surname) const;

private:
    [[nodiscard]] std::uint32_t peopleOf(std::uint32_t forename, std::uint32_t surname) const;
    struct Count {
        std::uint64_t name = 0;  // surname, forename
        std::uint32_t people = 0;
    };
    std::vector<Count> m_full;               // ascending by name
    std::vector<std::uint32_t> m_begins;     // by surname where its names begin in m_full, and the end
    std::vector<std::uint32_t> m_ofSurname;  // people by surname
    std::vector<double> m_forename;          // P(forename)
    double m_datesPerPerson = 1.0;
};

}  // namespace fairlead::link
