// Fact: one dated thing that an extract says about a person, packed so that ten million fit in memory, and
// FactTable: all facts of a workspace, sorted by person. Both clocks are on the fact: from/until (what was
// true) and received/withdrawn (what was known).
// Thread-safety: FactTable may be read from any thread once sealed.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/date.h"
#include "core/base/ids.h"
#include "core/indicator/spell.h"
#include "core/record/fact_kind.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

struct FactTag;
/// The workspace's number of a fact; the same in every delivery that repeats it.
using FactId = Id<FactTag>;

/// The position of a code text in its CodeTable; 0 = no code.
using CodeId = std::uint32_t;

/// An id in half the space. Converts both ways, so that `fact.received = LoadId{3}` and comparisons just work.
/// REQUIRES: the number fits 32 bits (loads, deliveries and rows of one workspace do).
template <typename WideId>
struct Narrow {
    std::int32_t value = 0;

    constexpr Narrow() = default;
    // Both conversions are the purpose of the type.
    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr Narrow(WideId wide) : value(static_cast<std::int32_t>(wide.value)) {}
    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr operator WideId() const { return WideId{value}; }
};

/// A fact about a person, 64 bytes.
struct Fact {
    FactId id;
    record::PersonKey person;
    std::int64_t incident = 0;  ///< Shared by everybody in one incident; 0 = the fact stands alone.
    Date from;
    Date until;     ///< Exclusive; never() = still open (status). An event that is one day: from + 1.
    Date recorded;  ///< When the source wrote it down; beginning() = not supplied.
    std::int32_t value = 0;
    Narrow<record::LoadId> received;
    Narrow<record::LoadId> withdrawn;  ///< The load that withdrew or replaced it; 0 = still held.
    Narrow<record::DeliveryId> delivery;
    std::uint32_t sourceRow = 0;  ///< Row of the delivery's fact table.
    CodeId code = 0;
    record::FactKind kind = record::FactKind::LookedAfter;
    record::Role role = record::Role::Subject;
    std::uint8_t linkStrength = 100;  ///< How sure the record is this person's, percent; 100 = identifier or reader.
    bool hasValue : 1 = false;
    bool cancelled : 1 = false;  ///< No-crimed, entered in error: never counts.

    /// True when a load up to and including `knownAt` brought it and none withdrew it.
    [[nodiscard]] bool isKnownAt(record::LoadId knownAt) const {
        return received.value <= knownAt.value && (withdrawn.value == 0 || withdrawn.value > knownAt.value);
    }
};
static_assert(sizeof(Fact) <= 64, "ten million facts must fit in 640 MB");

/// Code texts, each kept once.
class CodeTable {
public:
    CodeTable();
    /// The id of a text; a new one when it was not there. "" is 0.
    CodeId intern(std::string_view text);
    /// The text of an id that this table gave.
    [[nodiscard]] std::string_view text(CodeId id) const;
    /// One more than the largest id.
    [[nodiscard]] std::size_t size() const { return m_texts.size(); }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> m_texts;
    std::unordered_map<std::string, CodeId, TextHash, std::equal_to<>> m_ids;
};

/// Where the facts of one person lie in the table.
struct PersonFacts {
    record::PersonKey person;
    FactIndex first = 0;
    std::uint32_t count = 0;
};

/// All facts, sorted by (person, from, id). Add, then seal once, then read.
class FactTable {
public:
    CodeTable codes;

    /// Room for `count` facts.
    void reserve(std::size_t count) { m_facts.reserve(count); }
    /// Adds a fact. REQUIRES: not sealed yet; fewer than 2^32 - 1 facts.
    void add(const Fact& fact);
    /// Sorts the facts and builds the index of persons; the order of adding makes no difference.
    void seal();

    [[nodiscard]] std::span<const Fact> facts() const { return m_facts; }
    /// REQUIRES: index < facts().size().
    [[nodiscard]] const Fact& at(FactIndex index) const { return m_facts[index]; }
    /// The persons that have facts, by key. REQUIRES: sealed.
    [[nodiscard]] std::span<const PersonFacts> persons() const { return m_persons; }
    /// Where the facts of `person` lie; count 0 when there are none. REQUIRES: sealed.
    [[nodiscard]] PersonFacts of(record::PersonKey person) const;
    /// The facts of one entry of persons().
    [[nodiscard]] std::span<const Fact> facts(const PersonFacts& where) const;

private:
    std::vector<Fact> m_facts;
    std::vector<PersonFacts> m_persons;
    bool m_sealed = false;
};

}  // namespace fairlead::indicator
