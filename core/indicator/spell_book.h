// SpellBook: the spells of many persons under a list of definitions, in flat storage.
// Thread-safety: may be read from any thread once built.

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/indicator/spell.h"
#include "core/record/fact_kind.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// A spell of a person under one definition.
struct BookSpell {
    Spell spell;
    std::uint32_t definition = 0;  ///< Position in the definitions that were evaluated.
};

/// Spells by person, then definition, then day. Persons without spells take no room.
class SpellBook {
public:
    SpellBook() = default;
    explicit SpellBook(record::LoadId knownAt) : m_knownAt(knownAt) {}

    /// The load as known at which it was evaluated.
    [[nodiscard]] record::LoadId knownAt() const { return m_knownAt; }
    /// All spells of a person, by definition and day; empty when there are none.
    [[nodiscard]] std::span<const BookSpell> of(record::PersonKey person) const;
    /// A person's spells under one definition, by day.
    [[nodiscard]] std::span<const BookSpell> of(record::PersonKey person, std::size_t definition) const;
    /// The facts under a spell of this book.
    [[nodiscard]] std::span<const Evidence> evidence(const BookSpell& spell) const {
        return std::span(m_pool).subspan(spell.spell.firstEvidence, spell.spell.evidenceCount);
    }
    [[nodiscard]] std::size_t personCount() const { return m_persons.size(); }
    [[nodiscard]] std::size_t spellCount() const { return m_spells.size(); }
    [[nodiscard]] std::size_t evidenceCount() const { return m_pool.size(); }
    /// The persons that have spells, by key.
    [[nodiscard]] std::vector<record::PersonKey> persons() const;

    /// Adds the spells of one person under one definition.
    /// REQUIRES: persons come in ascending order, and each person's definitions too.
    void append(record::PersonKey person, std::size_t definition, std::span<const Spell> spells,
                std::span<const Evidence> pool);
    /// The kinds of fact that were known at the load for anybody, whether or not they gave a spell.
    [[nodiscard]] bool hasSeen(record::FactKind kind) const { return m_kindsSeen.test(static_cast<std::size_t>(kind)); }
    /// Notes that a fact of that kind was known.
    void noteSeen(record::FactKind kind) { m_kindsSeen.set(static_cast<std::size_t>(kind)); }
    /// Gives back the room that growing took.
    void shrink();

private:
    struct Person {
        record::PersonKey person;
        std::uint32_t first = 0;
    };
    record::LoadId m_knownAt;
    std::vector<Person> m_persons;
    std::vector<BookSpell> m_spells;
    std::vector<Evidence> m_pool;
    std::bitset<64> m_kindsSeen;  // room for more kinds than there are
};

}  // namespace fairlead::indicator
