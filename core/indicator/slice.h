// SchoolSlice: everything that the readings of one school need, as values. The workspace fills it; overview.h and
// drill.h read it.
// Thread-safety: a filled slice may be read from any thread.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/definition.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/fact.h"
#include "core/indicator/roll.h"
#include "core/indicator/spell_book.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// One loaded delivery: where facts came from and what it covered.
struct Source {
    record::DeliveryId delivery;
    record::LoadId load;
    std::string agency;   ///< "police"
    std::string dataset;  ///< "police_records"
    Interval period;      ///< The facts cover these days.
    Date dataAsAt;        ///< Open statuses are known to hold until here.
    Date retainUntil;
    std::string purpose;
    std::vector<std::string> gateways;
    std::string agreementRef;
    bool authenticated = true;
    std::optional<Date> purgedOn{};  ///< Its rows are gone, but for those that a later delivery holds too.
    bool hadRoll = false;            ///< With purgedOn: times on a roll went with it.

    /// "police/police_records", as definitions name it.
    [[nodiscard]] std::string name() const { return agency + "/" + dataset; }
};

/// `member` belongs to the family of `pupil` as at the slice's date (the pupil is not a member of it).
struct FamilyTie {
    record::PersonKey pupil;
    record::PersonKey member;

    friend constexpr auto operator<=>(const FamilyTie&, const FamilyTie&) = default;
};

/// What the readings of one school rest on.
struct SchoolSlice {
    record::SchoolUrn school;
    std::shared_ptr<const std::vector<Definition>> definitions;  ///< As evaluated: the book's definition numbers.
    std::shared_ptr<const FactTable> facts;
    std::shared_ptr<const SpellBook> spells;  ///< Of all pupils and their family members; its knownAt() is the slice's.
    std::vector<PersonBirth> births;          ///< As evaluated; by person.
    std::vector<RollSpell> roll;              ///< At least every time on this school's roll.
    std::vector<FamilyTie> families;          ///< As at the date of the reading; sorted by (pupil, member).
    std::vector<Source> sources;              ///< Every delivery loaded up to knownAt().

    [[nodiscard]] record::LoadId knownAt() const { return spells->knownAt(); }
};

/// The source with that delivery; null when it is not in the slice.
const Source* findSource(std::span<const Source> sources, record::DeliveryId delivery);

/// True when the fact first came in a load after one whose data (same agency and dataset) already covered its
/// first day: it was late, and earlier readings of that day lacked it. A corrected version of a fact that was
/// supplied in time is not late.
bool isLate(const SchoolSlice& slice, FactIndex index);

}  // namespace fairlead::indicator
