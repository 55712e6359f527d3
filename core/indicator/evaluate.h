// Evaluation: definitions over facts give spells, for one person or for everybody, as known at a load.
// Pure: the same facts, birth months, definitions and load give the same spells, in any order of supply.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/definition.h"
#include "core/indicator/fact.h"
#include "core/indicator/spell.h"
#include "core/indicator/spell_book.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// Year and month of birth: all that core.db keeps. Guards take the youngest age that it allows (born on the
/// month's last day), so that no child is counted as old enough too early.
struct BirthMonth {
    std::int16_t year = 0;  ///< 0 = not known: a guard on age then never holds.
    std::uint8_t month = 0;

    /// The last day of the month; nothing when not known.
    [[nodiscard]] std::optional<Date> youngestBirthday() const;
    /// The 1 September on which the child's year begins school year `year` (0 = reception: the school year in which
    /// it turns five), by age; nothing when not known. A child taught out of its year is judged by age.
    [[nodiscard]] std::optional<Date> schoolYearBegins(int year) const;
};

/// The month most of a person's records have; of several as frequent the latest, so that no child is taken for
/// older than it may be. Each entry is year * 12 + month - 1. Not known when there is none.
BirthMonth birthMonthOf(std::vector<std::int64_t> months);

/// A person's birth month.
struct PersonBirth {
    record::PersonKey person;
    BirthMonth born;
};

/// One person's facts, as a reading looks at them.
struct Among {
    std::span<const Fact> facts;
    FactIndex first = 0;  ///< The table's index of facts[0].
    BirthMonth born;
    record::LoadId knownAt;
};

/// A criterion that holds on a day, and the facts by which it does.
struct CriterionHolding {
    std::size_t criterion = 0;  ///< Position in the definition.
    std::vector<Evidence> evidence;
};

/// Definitions made ready to run over one table's codes: criteria by kind of fact, codes as numbers.
class RuleSet {
public:
    /// Keeps a copy of the definitions; retired ones give no spells. Codes of `codes` that are added later count
    /// as codes that no definition names: make the set after the table is filled.
    RuleSet(std::span<const Definition> definitions, const CodeTable& codes);
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;

    /// The spells of one person, one list for each definition, in their order. `first` is the table's index of
    /// facts[0]; facts not known at `knownAt` and cancelled ones are passed over.
    [[nodiscard]] std::vector<SpellList> evaluate(std::span<const Fact> facts, FactIndex first, BirthMonth born,
                                                  record::LoadId knownAt) const;

    /// The criteria of one definition that hold on `day`, in their order: the addends of a checklist. Guards of the
    /// whole definition are not looked at.
    [[nodiscard]] std::vector<CriterionHolding> holding(std::size_t definition, Date day, const Among& among) const;

private:
    friend Result<SpellBook> evaluateAll(std::span<const Definition>, const FactTable&, std::span<const PersonBirth>,
                                         record::LoadId, TaskContext&);
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

/// The spells of everybody in the table. `births` is sorted by person; a person without an entry has no known
/// birth month. Errors: Cancelled.
Result<SpellBook> evaluateAll(std::span<const Definition> definitions, const FactTable& facts,
                              std::span<const PersonBirth> births, record::LoadId knownAt, TaskContext& task);

}  // namespace fairlead::indicator
