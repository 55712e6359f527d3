#include "core/demo/delivered_ties.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace fairlead::demo {

namespace {

/// The names a dwelling has in a row: its number, and its door.
std::vector<std::string> dwellingNames(const record::AddressRow& row) {
    std::vector<std::string> names;
    const bool ended = row.until && *row.until <= cityEnd();
    if (ended || (row.kind != "home" && row.kind != "other")) return names;
    if (!row.uprn.empty()) names.push_back(row.uprn);
    auto postcode = row.postcode;
    std::erase(postcode, ' ');
    if (!postcode.empty()) names.push_back(fmt::format("{}|{}|{}", postcode, row.paon, row.saon));
    return names;
}

}  // namespace

DeliveredTies::DeliveredTies(const World& world, const Registers& registers) : m_world(world) {
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto agency = static_cast<Agency>(a);
        const auto& sources = registers.sources(agency);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (world.persons[static_cast<std::size_t>(sources[i].person)].family >= 0)
                m_personOf.emplace(Registers::personRef(agency, static_cast<std::int32_t>(i)), sources[i].person);
        }
    }
}

PersonIndex DeliveredTies::personOf(const std::string& ref) const {
    const auto found = m_personOf.find(ref);
    return found == m_personOf.end() ? kNobody : found->second;
}

bool DeliveredTies::areOneFamily(PersonIndex one, PersonIndex other) const {
    const auto family = [&](PersonIndex person) { return m_world.persons[static_cast<std::size_t>(person)].family; };
    return one != kNobody && other != kNobody && family(one) == family(other);
}

void DeliveredTies::take(const Delivery& delivery, const record::ExtractRows& rows) {
    for (const auto& row : rows.relationships) {
        const auto one = personOf(row.personRef), other = personOf(row.otherRef);
        if (areOneFamily(one, other)) m_links.push_back({one, other});
    }
    for (const auto& row : rows.families) {
        const auto person = personOf(row.personRef);
        if (person == kNobody) continue;
        const auto number = fmt::format("{}/{}", agencyId(delivery.agency), row.familyRef);
        const auto [first, isNew] = m_filed.try_emplace(number, person);
        if (!isNew && areOneFamily(person, first->second)) m_links.push_back({person, first->second});
    }
    for (const auto& row : rows.persons) m_dwellings.erase(row.personRef);
    for (const auto& row : rows.addresses) {
        if (personOf(row.personRef) == kNobody) continue;
        auto& names = m_dwellings[row.personRef];
        for (auto& name : dwellingNames(row)) names.push_back(std::move(name));
    }
}

std::vector<std::int32_t> DeliveredTies::groups() const {
    std::vector<PersonIndex> parent(m_world.persons.size());
    std::iota(parent.begin(), parent.end(), PersonIndex{0});
    const auto rootOf = [&](PersonIndex person) {
        while (parent[static_cast<std::size_t>(person)] != person) person = parent[static_cast<std::size_t>(person)];
        return person;
    };
    const auto join = [&](PersonIndex one, PersonIndex other) {
        const auto first = rootOf(one), second = rootOf(other);
        parent[static_cast<std::size_t>(std::max(first, second))] = std::min(first, second);
    };
    for (const auto& link : m_links) join(link.one, link.other);
    std::unordered_map<std::string, PersonIndex> living;  // by family and dwelling
    for (const auto& [ref, names] : m_dwellings) {
        const auto person = personOf(ref);
        const auto family = m_world.persons[static_cast<std::size_t>(person)].family;
        for (const auto& name : names) {
            const auto [first, isNew] = living.try_emplace(fmt::format("{}/{}", family, name), person);
            if (!isNew) join(person, first->second);
        }
    }
    std::vector<std::int32_t> groups(parent.size(), 0);
    for (const auto& family : m_world.families) {
        std::int32_t number = 0;
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto root = rootOf(i);
            if (root == i) continue;
            auto& group = groups[static_cast<std::size_t>(root)];
            if (group == 0) group = ++number;
            groups[static_cast<std::size_t>(i)] = group;
        }
    }
    return groups;
}

}  // namespace fairlead::demo
