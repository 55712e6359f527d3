// Definition: what one indicator means, as a document (resources/indicators/*.toml) says it. The engine does
// what the criteria say and nothing else; the sentence shown to people is made from them (rule_text.h).
// Thread-safety: plain values.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/fact_kind.h"

namespace fairlead::indicator {

/// The box of the overview that an indicator stands in. AdultFamily feeds the family count and nothing else.
enum class Group : std::uint8_t { ReceivingSupport, CurrentRisk, Events, Education, AdultFamily };

/// What is known about a group.
struct GroupEntry {
    Group group;
    std::string_view id;     ///< "receiving_support", "current_risk", "events", "education", "adult_family".
    std::string_view title;  ///< "Receiving support" ...
};

/// Every group, in the order of the enumeration.
std::span<const GroupEntry> groups();
/// The entry of a group.
const GroupEntry& entry(Group group);

/// What stands beside a figure. PupilsAndEvents: distinct incidents of the last window too, and in a family
/// count each incident counts; Pupils: in a family count each onset counts.
enum class Unit : std::uint8_t { Pupils, PupilsAndEvents };

/// How criteria are put together. Any: union. All: intersection. Without: the first, less all the others.
/// Points: where the points of the criteria that hold sum to the threshold (published checklists only).
enum class Combination : std::uint8_t { Any, All, Without, Points };

/// Where a definition is in its life. Retired ones are not evaluated.
enum class DefinitionStatus : std::uint8_t { Draft, Approved, Retiring, Retired };
/// "draft", "approved", "retiring", "retired".
std::string_view name(DefinitionStatus status);
/// The status of that name.
std::optional<DefinitionStatus> definitionStatusFromName(std::string_view name);

/// Whether work under it prevents (primary), catches early (secondary) or repairs (tertiary).
enum class PreventionLevel : std::uint8_t { Primary, Secondary, Tertiary };

/// A test of one kind of fact and how long a fact that passes holds. A cancelled fact never passes.
struct Criterion {
    record::FactKind kind = record::FactKind::LookedAfter;
    std::vector<std::string> codes;        ///< Allowed codes; empty = every code.
    std::vector<std::string> exceptCodes;  ///< Codes that do not count.
    std::vector<std::string> codeTitles;   ///< Words for `codes` or `exceptCodes`, one each; may be empty.
    std::vector<record::Role> roles;       ///< Allowed roles; empty = every role.
    std::optional<std::int64_t> minValue;  ///< The fact has a value, and at least this one.
    std::optional<int> minPercent;         ///< Value is at least this per cent of the number in `code`.
    std::optional<int> minPossible;        ///< With minPercent: the number in `code` is at least this.
    std::optional<int> minAge;             ///< Completed years, on the event's day (status: the days from then on).
    std::optional<int> maxAge;             ///< Completed years, as minAge.
    std::optional<int> minYear;            ///< School year by age, 0 = reception; as minAge.
    std::optional<int> maxYear;
    int lastingDays = 0;  ///< 0 = during: a status holds on its own days. n: [t, t + n).
    int atLeast = 1;      ///< With lastingDays n: from the day of the k-th event while k lie in the last n days.
    int expiresDays = 0;  ///< During: a status holds for this long at most, unless renewed; 0 = without limit.
    int carryDays = 0;    ///< During: it stands for so many days after its end, or until the next of its kind begins.
    int gapDays = 0;      ///< Spells at most this far apart are one.
    std::string label;    ///< With points: the line of the checklist, as published.
    int points = 0;       ///< With points: what it adds; 0 = listed, but switched off.

    friend bool operator==(const Criterion&, const Criterion&) = default;
};

/// One version of one indicator. Field names in the file are the snake_case of these.
struct Definition {
    std::string id;  ///< Stable lower_snake_case name: "child_in_care".
    int version = 1;
    std::string title;     ///< On a tile: "Child in care".
    std::string newTitle;  ///< In the list of new indicators: "Reported missing".
    std::string rule;      ///< Plain English, equal to plainRule().
    Group group = Group::ReceivingSupport;
    int order = 1;  ///< Place in its group, from 1.
    Unit unit = Unit::Pupils;
    Combination combination = Combination::Any;
    int threshold = 0;              ///< With Combination::Points: the sum from which it holds.
    std::optional<Date> notBefore;  ///< Nothing holds before this day: the records were not kept so before.
    std::vector<Criterion> criteria;
    int newWindowDays = 30;
    int quietDays = 90;
    bool countsInFamily = true;
    std::vector<std::string> datasets;  ///< "agency/dataset" names that feed it; any of them may.
    std::vector<std::string> purposes;
    std::vector<std::string> gateways;
    int tier = 2;  ///< Lowest tier that may see pupils behind it: 1 to 3.
    PreventionLevel prevention = PreventionLevel::Secondary;
    std::string outcome;  ///< Outcome heading of the local framework.
    std::string owner;
    std::string rationale;
    std::vector<std::string> falsePositives;  ///< Known causes of a wrong yes.
    std::string equalityNote;
    int freshnessDays = 35;  ///< Older data than this is marked stale.
    int lapseDays = 0;       ///< So long after the last data there is no figure: "[x]"; 0 = there always is.
    std::string challenge;   ///< How to challenge it.
    std::string ethicsRef;
    Date reviewBy;
    DefinitionStatus status = DefinitionStatus::Draft;
    std::string statusNote;  ///< Reason and date; required for retiring and retired.

    friend bool operator==(const Definition&, const Definition&) = default;
};

/// Reads one definition file. `file` leads the errors: subject "file:line", detail names the key and the remedy.
/// Errors: Encoding (not UTF-8, or other than ASCII outside strings and comments), ParseError (TOML, a value that
/// is wrong or impossible, a missing key), UnknownKey (a key that no definition has).
Result<Definition> parseDefinition(std::string_view toml, std::string_view file);

/// Sorts by group and order. Errors: ParseError when two definitions share an id, or a place in a group.
Result<std::vector<Definition>> orderedDefinitions(std::vector<Definition> definitions);

/// The position of the definition with that id; nothing when there is none.
std::optional<std::size_t> findDefinition(std::span<const Definition> definitions, std::string_view id);

}  // namespace fairlead::indicator
