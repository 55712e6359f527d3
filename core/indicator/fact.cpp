#include "core/indicator/fact.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/base/check.h"

namespace fairlead::indicator {

CodeTable::CodeTable() {
    m_texts.emplace_back();
    m_ids.emplace(std::string(), 0U);
}

CodeId CodeTable::intern(std::string_view text) {
    const auto found = m_ids.find(text);
    if (found != m_ids.end()) return found->second;
    const auto id = static_cast<CodeId>(m_texts.size());
    m_texts.emplace_back(text);
    m_ids.emplace(m_texts.back(), id);
    return id;
}

std::string_view CodeTable::text(CodeId id) const {
    FAIRLEAD_CHECK(id < m_texts.size());
    return m_texts[id];
}

void FactTable::add(const Fact& fact) {
    FAIRLEAD_CHECK(!m_sealed);
    FAIRLEAD_CHECK(m_facts.size() < std::numeric_limits<FactIndex>::max());
    m_facts.push_back(fact);
}

void FactTable::seal() {
    FAIRLEAD_CHECK(!m_sealed);
    std::ranges::sort(m_facts, [](const Fact& a, const Fact& b) {
        return std::tie(a.person, a.from, a.id, a.received.value) < std::tie(b.person, b.from, b.id, b.received.value);
    });
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        if (m_persons.empty() || m_persons.back().person != m_facts[i].person) {
            m_persons.push_back({m_facts[i].person, static_cast<FactIndex>(i), 0});
        }
        ++m_persons.back().count;
    }
    m_sealed = true;
}

PersonFacts FactTable::of(record::PersonKey person) const {
    FAIRLEAD_CHECK(m_sealed);
    const auto found = std::ranges::lower_bound(m_persons, person, {}, &PersonFacts::person);
    if (found == m_persons.end() || found->person != person) return {person, 0, 0};
    return *found;
}

std::span<const Fact> FactTable::facts(const PersonFacts& where) const {
    return std::span(m_facts).subspan(where.first, where.count);
}

}  // namespace fairlead::indicator
