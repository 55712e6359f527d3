// Which relatives the deliveries connect at all: what nobody wrote down, nobody can find.

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/demo/deliveries.h"
#include "core/demo/registers.h"
#include "core/demo/world.h"
#include "core/record/rows.h"

namespace fairlead::demo {

/// Collects, delivery by delivery, the rows that connect members of one true family: a relation, a family number, one
/// dwelling that is no communal place. It knows who everybody truly is.
class DeliveredTies {
public:
    /// `world` and `registers` outlive this.
    DeliveredTies(const World& world, const Registers& registers);

    /// Takes a delivery in. Of each record the addresses of the last delivery that names it stand.
    void take(const Delivery& delivery, const record::ExtractRows& rows);

    /// By person: a number from 1 that the members of the family share whom any chain of rows connects at the city's
    /// end; 0 for a person without a family, or whom no row connects with a relative.
    [[nodiscard]] std::vector<std::int32_t> groups() const;

private:
    struct Link {
        PersonIndex one = kNobody;
        PersonIndex other = kNobody;
    };
    [[nodiscard]] PersonIndex personOf(const std::string& ref) const;
    [[nodiscard]] bool areOneFamily(PersonIndex one, PersonIndex other) const;

    const World& m_world;
    std::unordered_map<std::string, PersonIndex> m_personOf;  // by the agency's key; people of families alone
    std::vector<Link> m_links;
    std::unordered_map<std::string, PersonIndex> m_filed;                   // a member by family number
    std::unordered_map<std::string, std::vector<std::string>> m_dwellings;  // by the agency's key
};

}  // namespace fairlead::demo
