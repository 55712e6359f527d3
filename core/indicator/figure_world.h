// FigureWorld: what is held about the pupils of one school below the level of persons, so that a figure can be counted
// again under other links, other loads, other definitions and other days. Explaining a change (change.h) and bounding
// what waiting links could do (link_bounds.h) both rest on it.
// Thread-safety: plain values.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/indicator/definition.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/fact.h"
#include "core/indicator/roll.h"
#include "core/indicator/slice.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// A record of one agency about one person, by its number in the workspace.
using SourcePersonId = std::int64_t;

/// A fact and the record that it hangs on; the fact's own person is not read.
struct SourcedFact {
    SourcePersonId source = 0;
    Fact fact;
};

/// A time on the school's roll and the record that it hangs on; the spell's own person is not read.
struct SourcedRoll {
    SourcePersonId source = 0;
    RollSpell spell;
};

/// Everything received by the later of two loads, withdrawn facts too.
struct FigureWorld {
    record::SchoolUrn school;
    CodeTable codes;
    std::vector<SourcedFact> facts;
    std::vector<SourcedRoll> roll;
    std::vector<Source> sources;  ///< Every delivery of these loads: what was supplied when.
    std::string yearGroup = {};   ///< Of whom is counted: those in it on a state's day; empty = all.
};

/// The birth month of each record where it was supplied: year * 12 + month - 1.
using BirthMonths = std::map<SourcePersonId, std::int64_t>;

/// Whom each record belongs to; a record that is not in it is a person of its own, with minus its number as key.
using PersonOfSource = std::map<SourcePersonId, record::PersonKey>;
/// The person of a record.
record::PersonKey personOf(const PersonOfSource& links, SourcePersonId source);

/// The definitions behind a figure: one by its id, or all of a group by the group's; retired ones left out.
std::vector<Definition> definitionsBehind(std::span<const Definition> definitions, std::string_view figureId);

/// Under what a figure is counted: each cause of a change can be set by itself.
struct FigureState {
    std::span<const Definition> definitions;  ///< Those behind the figure.
    const PersonOfSource* links = nullptr;
    const BirthMonths* birthMonths = nullptr;
    record::LoadId factsKnownAt;
    record::LoadId rollKnownAt;
    Date rollOn;  ///< Pupils are those on roll on this day,
    Date asAt;    ///< counted when a spell covers this one.
};

/// The definitions of a state that a page of its day would show as figures; of the others it shows "[x]".
std::vector<Definition> suppliedOf(const FigureWorld& world, const FigureState& state);

/// An event of the last window and a pupil behind it. Events are told apart as reading.h's incidentKey() does.
struct PupilEvent {
    std::int64_t event = 0;
    record::PersonKey pupil;

    friend constexpr auto operator<=>(const PupilEvent&, const PupilEvent&) = default;
};

/// What is counted, as a page counts it.
struct FigureCount {
    std::vector<record::PersonKey> pupils;  ///< Ascending.
    std::vector<PupilEvent> events;         ///< Of definitions that count events; ascending, each once.
};

/// Counts a figure. REQUIRES: `links` and `birthMonths` are set.
FigureCount counted(const FigureWorld& world, const FigureState& state);

}  // namespace fairlead::indicator
