#include "core/indicator/spell_book.h"

#include <algorithm>

#include "core/base/check.h"

namespace fairlead::indicator {

std::span<const BookSpell> SpellBook::of(record::PersonKey person) const {
    const auto found = std::ranges::lower_bound(m_persons, person, {}, &Person::person);
    if (found == m_persons.end() || found->person != person) return {};
    const auto next = std::next(found);
    const std::size_t end = next == m_persons.end() ? m_spells.size() : next->first;
    return std::span(m_spells).subspan(found->first, end - found->first);
}

std::span<const BookSpell> SpellBook::of(record::PersonKey person, std::size_t definition) const {
    const auto all = of(person);
    const auto range =
        std::ranges::equal_range(all, static_cast<std::uint32_t>(definition), {}, &BookSpell::definition);
    return {range.begin(), range.end()};
}

std::vector<record::PersonKey> SpellBook::persons() const {
    std::vector<record::PersonKey> keys;
    keys.reserve(m_persons.size());
    for (const Person& person : m_persons) keys.push_back(person.person);
    return keys;
}

void SpellBook::append(record::PersonKey person, std::size_t definition, std::span<const Spell> spells,
                       std::span<const Evidence> pool) {
    if (spells.empty()) return;
    if (m_persons.empty() || m_persons.back().person != person) {
        FAIRLEAD_CHECK(m_persons.empty() || m_persons.back().person < person);
        m_persons.push_back({person, static_cast<std::uint32_t>(m_spells.size())});
    } else {
        FAIRLEAD_CHECK(m_spells.back().definition < definition);
    }
    const auto base = static_cast<std::uint32_t>(m_pool.size());
    for (const Spell& spell : spells) {
        m_spells.push_back({{spell.interval, base + spell.firstEvidence, spell.evidenceCount},
                            static_cast<std::uint32_t>(definition)});
    }
    m_pool.insert(m_pool.end(), pool.begin(), pool.end());
}

void SpellBook::shrink() {
    m_persons.shrink_to_fit();
    m_spells.shrink_to_fit();
    m_pool.shrink_to_fit();
}

}  // namespace fairlead::indicator
