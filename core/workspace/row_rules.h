// The rules of quality.h over values: the same for rows that are held and for rows that are only offered.

#pragma once

#include <optional>
#include <string_view>

#include "core/base/date.h"
#include "core/record/fact_kind.h"
#include "core/workspace/quality.h"

namespace fairlead::workspace {

/// A fact's days and what they are tested against.
struct FactDays {
    record::FactKind kind = record::FactKind::Crime;
    Date from;
    std::optional<Date> until;
    std::optional<Date> recorded;
    Date dataAsAt;                   ///< Of its delivery.
    std::optional<Date> birthMonth;  ///< First day of the month in which the person was born, where it was supplied.
};

/// True for what can begin before a birth (DfE, children in need census: unborn children are counted).
bool canPrecedeBirth(record::FactKind kind);

/// Calls test(rule, broken) for each rule that applies to a fact.
template <typename Test>
void testFact(const FactDays& fact, const Test& test) {
    test(Rule::AfterData, fact.from > fact.dataAsAt);
    if (fact.until) test(Rule::EndsBeforeStart, *fact.until <= fact.from);
    if (fact.recorded) test(Rule::RecordedBefore, *fact.recorded < fact.from);
    if (fact.birthMonth && !canPrecedeBirth(fact.kind)) test(Rule::BeforeBirth, fact.from < *fact.birthMonth);
}

/// Whether an identifier's check character is wrong; nothing for kinds that have none.
std::optional<bool> hasWrongCheckCharacter(std::string_view kind, std::string_view value);

}  // namespace fairlead::workspace
