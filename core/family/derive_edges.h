// From what agencies recorded about their source persons, once these are linked to persons, to family edges.
// Pure; persons by key only: no name or address text is needed (`place` is an opaque number).

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/family_edge.h"

namespace fairlead::family {

/// A recorded relation between two persons.
struct RecordedTie {
    record::PersonKey person;
    record::PersonKey other;
    Relation relation = Relation::SiblingOf;  ///< `person` is the parent / carer of `other`.
    Interval during{Date::beginning(), Date::never()};
    record::LoadId received;
    record::LoadId withdrawn;
};

/// Membership of a family as an agency files it.
struct FamilyMembership {
    record::PersonKey person;
    std::uint64_t family = 0;  ///< One number per (agency, family reference).
    Interval during{Date::beginning(), Date::never()};
    record::LoadId received;
    record::LoadId withdrawn;
};

/// A person living at a place.
struct Residence {
    record::PersonKey person;
    std::uint64_t place = 0;  ///< One number per UPRN, or per canonical full address where there is no UPRN.
    bool communal = false;    ///< Hostel, refuge, children's home, placement: makes no family.
    Interval during{Date::beginning(), Date::never()};
    record::LoadId received;
    record::LoadId withdrawn;
};

/// True for the address kinds of the extract contract under which living together makes no family:
/// "placement", "hostel", "refuge", "childrens_home".
bool isCommunalKind(std::string_view addressKind);

/// All that edges are derived from.
struct FamilySources {
    std::vector<RecordedTie> ties;
    std::vector<FamilyMembership> memberships;
    std::vector<Residence> residences;
};

/// Limits of what counts as a household or a family.
struct DeriveOptions {
    /// A place where more than this many residents live at once who are not already relatives by record is
    /// taken as communal for that time. The number is our judgement, kept here so that it can be seen.
    std::uint32_t maxUnrelatedResidents = 8;
    std::uint32_t maxFamilySize = 40;  ///< A family id with more members is a filing error and makes no edges.
};

/// Why people who share a place or a family number were not taken as one family.
enum class LeftOutBecause : std::uint8_t {
    CommunalKind,     ///< A hostel, refuge, children's home or placement.
    Crowded,          ///< More residents at once who are not relatives than DeriveOptions allows.
    SeveralFamilies,  ///< Two or more families by record with nothing recorded between them: each is one for itself.
    OversizeFamily,   ///< A family number with more members than DeriveOptions allows.
};
/// How many there are.
inline constexpr std::size_t kLeftOutReasons = 4;
/// "communal_kind", "crowded", "several_families", "oversize_family".
std::string_view name(LeftOutBecause reason);

/// One place or family number that was left out, for some of its days.
struct LeftOut {
    LeftOutBecause because = LeftOutBecause::CommunalKind;
    std::uint64_t number = 0;  ///< Residence::place or FamilyMembership::family.
    std::uint32_t people = 0;  ///< Most people concerned at once; of a communal place, all who ever were there.
    Interval during;           ///< From the first such day to the last.

    friend auto operator<=>(const LeftOut&, const LeftOut&) = default;
};

/// What was left out, for the quality report.
struct DeriveReport {
    std::vector<LeftOut> leftOut;          ///< Ascending.
    std::uint64_t communalResidences = 0;  ///< Rows of a communal kind.
    std::uint64_t formerHomes = 0;         ///< Undated homes given up for one that more records name.
    /// The most people that chains of edges connect. Families never follow chains (FamilyGraph): this is what is
    /// prevented.
    std::uint64_t largestChain = 0;

    /// Places or family numbers left out for a reason.
    [[nodiscard]] std::uint64_t count(LeftOutBecause reason) const;
};

/// Edges in ascending order (operator<=> of FamilyEdge), each once, and the report.
struct DerivedEdges {
    std::vector<FamilyEdge> edges;
    DeriveReport report;
};

/// Derives every edge; people share a home where they live at present as far as is known (present_homes.h). A tie of a
/// person with itself (two source persons that proved to be one) is dropped. Two edges that differ only in time and
/// touch or overlap, with the same loads, become one. Error: Cancelled.
Result<DerivedEdges> deriveEdges(const FamilySources& sources, const DeriveOptions& options, TaskContext& task);

}  // namespace fairlead::family
