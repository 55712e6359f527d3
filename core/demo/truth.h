// Truth: what is really so, beside the deliveries, for `fairlead-cli evaluate` and for nobody else.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/demo/deliveries.h"
#include "core/demo/registers.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// A time during which an indicator holds for a person.
struct ExpectedSpell {
    PersonIndex person = kNobody;
    std::string_view indicator;
    Interval span;
};

/// By agency and source: true when some delivery has a row about it.
using Delivered = std::array<std::vector<bool>, kAgencies>;
/// Errors: Cancelled.
Result<Delivered> deliveredSources(const World& world, const Registers& registers, TaskContext& task);

/// The spells that perfect linkage of everything delivered must give, by the rules of the twelve starter
/// indicators; by person, indicator and date, overlapping and touching ones joined. Errors: Cancelled.
Result<std::vector<ExpectedSpell>> expectedSpells(const World& world, const Registers& registers, TaskContext& task);

/// "P0000123": the true id of a person in the truth files.
std::string truthId(PersonIndex person);

/// persons.csv, families.csv and expected_spells.csv as text. `connected`: DeliveredTies::groups.
std::string personsCsv(const World& world, const Registers& registers, const Delivered& delivered);
std::string familiesCsv(const World& world, const Registers& registers, const Delivered& delivered,
                        const std::vector<std::int32_t>& connected);
std::string spellsCsv(const std::vector<ExpectedSpell>& spells);

}  // namespace fairlead::demo
