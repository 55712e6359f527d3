// Registers: whom each agency knows, since when, and under which of its own keys.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/demo/world.h"

namespace fairlead::demo {

/// One row of an agency's index of people.
struct Source {
    PersonIndex person = kNobody;
    Date knownFrom;          ///< Written into the index on this day.
    bool duplicate = false;  ///< The police hold this person a second time.
    bool suspect = false;    ///< Recorded as a suspect: the birth date was checked.
};

/// "police", "social_care" ...
std::string_view agencyId(Agency agency);
/// "police_records", "childrens_social_care" ...
std::string_view datasetId(Agency agency);

/// Every agency's index of people.
class Registers {
public:
    /// Builds them from what happened. `world` outlives this.
    explicit Registers(const World& world);

    /// Position of the source that a fact belongs to, or of a person's first source; -1 = not known to the agency.
    [[nodiscard]] std::int32_t sourceOfFact(std::size_t fact) const;
    [[nodiscard]] std::int32_t sourceOf(Agency agency, PersonIndex person) const {
        return m_first[index(agency)][static_cast<std::size_t>(person)];
    }
    [[nodiscard]] const std::vector<Source>& sources(Agency agency) const { return m_sources[index(agency)]; }

    /// The agency's own key of a person: "SC0481516". Keys of two agencies, or of relatives, have nothing in common.
    [[nodiscard]] static std::string personRef(Agency agency, std::int32_t source);
    /// The agency's own key of a fact and of an incident.
    [[nodiscard]] static std::string factRef(Agency agency, std::size_t fact);
    [[nodiscard]] static std::string incidentRef(std::int32_t incident);
    /// The agency's own number of a family.
    [[nodiscard]] static std::string familyRef(Agency agency, std::int32_t family);

private:
    /// By person: the first day on which the agency knew them; never() = not at all.
    using Days = std::vector<Date>;
    static constexpr std::size_t index(Agency agency) { return static_cast<std::size_t>(agency); }
    [[nodiscard]] Days daysOfFacts(Agency agency) const;
    [[nodiscard]] Days education() const;
    void addRelatives(Agency agency, Days& days) const;
    void addContacts(Days& days) const;
    void fill(Agency agency, const Days& days);
    void addFurtherContacts();
    void markSuspects();

    const World& m_world;
    std::array<std::vector<Source>, kAgencies> m_sources;
    std::array<std::vector<std::int32_t>, kAgencies> m_first;
};

}  // namespace fairlead::demo
