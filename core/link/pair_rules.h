// What a pattern says beyond its weight: twins, parent and child, an identifier in common.

#pragma once

#include <cstdint>
#include <vector>

#include "core/link/columns.h"
#include "core/link/frequencies.h"
#include "core/link/model.h"

namespace fairlead::link {

/// What one comparison says already and another would only say again. Nearly all bearers of a forename are of one sex:
/// between strangers who share a forename the sex agrees too, so it counts only where the forenames do not agree.
class ImpliedEvidence {
public:
    explicit ImpliedEvidence(const Model& model);
    /// True when the comparison at the position says nothing new in this pattern.
    [[nodiscard]] bool silences(std::uint64_t pattern, std::size_t position) const {
        return static_cast<int>(position) == m_sex && m_forename >= 0 && forenamesAgree(pattern);
    }
    /// The pattern with what says nothing new taken as missing.
    [[nodiscard]] std::uint64_t reduced(std::uint64_t pattern) const;

private:
    [[nodiscard]] bool forenamesAgree(std::uint64_t pattern) const;
    int m_forename = -1, m_sex = -1;  // positions; -1 = not compared
};

/// Reads patterns of one model.
class PairRules {
public:
    PairRules(const Columns& columns, const std::vector<ComparisonPlan>& plans);

    /// A valid identifier in common, none contradicting, birth date the same, unknown on a side, or nearly the same.
    [[nodiscard]] bool identifierDecides(std::uint64_t pattern) const;
    /// Any identifier in common.
    [[nodiscard]] bool identifierAgrees(std::uint64_t pattern) const;
    /// Surname, birth date and address agree, the forenames are known and are two: it needs an identifier.
    [[nodiscard]] bool looksLikeTwins(std::uint64_t pattern) const;
    /// Surname, birth date and address agree and the forename is not the very same (or its known variant).
    [[nodiscard]] bool twinFlag(std::uint64_t pattern) const;
    /// The forename is the same, or a known variant of it.
    [[nodiscard]] bool forenameAgrees(std::uint64_t pattern) const;
    /// The forenames are one or two letters off, or alike to eye and ear.
    [[nodiscard]] bool forenameIsClose(std::uint64_t pattern) const;
    /// The forenames are known and nothing alike.
    [[nodiscard]] bool forenameDiffers(std::uint64_t pattern) const;
    /// Something speaks for two people: the forenames, the surnames, the birth dates or the identifiers contradict.
    [[nodiscard]] bool contradicts(std::uint64_t pattern) const;
    /// The sexes are known and different.
    [[nodiscard]] bool sexDiffers(std::uint64_t pattern) const;
    /// The same names at the same address, every pair of birth dates at least 14 years apart.
    [[nodiscard]] bool looksLikeParentAndChild(std::uint64_t pattern, std::uint32_t a, std::uint32_t b) const;

private:
    // The level of a comparison of the kind, -1 = missing or not compared.
    [[nodiscard]] static int levelAt(std::uint64_t pattern, int position);
    [[nodiscard]] bool sameFamilyAndDate(std::uint64_t pattern) const;

    const Columns& m_columns;
    int m_forename, m_surname, m_birthDate, m_sex, m_address, m_identifier;
};

}  // namespace fairlead::link
