// The kinds of dated facts that extract contract v1 knows, and the roles a person can have in one.
// Codes and sources: resources/docs/extract-contract.md.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fairlead::record {

/// How a person took part in what a fact says. Kept apart in storage, counts and words.
enum class Role : std::uint8_t { Subject, Victim, Suspect, Witness, Linked };

/// "subject", "victim", "suspect", "witness", "linked".
std::string_view name(Role role);
/// The role of that name.
std::optional<Role> roleFromName(std::string_view name);

/// Status facts hold from a day until a day; event facts happen on a day (a missing episode too: its end
/// is kept, the day it began counts).
enum class Shape : std::uint8_t { Status, Event };

/// What a fact is about.
enum class FactKind : std::uint8_t {
    LookedAfter,          ///< status; code = legal status (C2, V2, V3 ...)
    ChildProtectionPlan,  ///< status; code = category of abuse (NEG PHY SAB EMO MUL)
    ChildInNeed,          ///< status; code = primary need (N1-N9)
    EarlyHelp,            ///< status
    AssessmentFactor,     ///< event (assessment authorised); code = factor (3A, 4A, 11A, 24A ...)
    Section47Enquiry,     ///< status
    SdqScore,             ///< event; value = score 0-40
    NeetChecklist,  ///< event (review by the school's careers lead); value = points, code = band (low, some, high)
    MentalHealthReferral,  ///< status; an open referral to a mental-health service
    ExploitationDecision,  ///< event (panel decision); code = cse, cce, trafficking, gangs; the decision expires
    MissingEpisode,        ///< event with an end; code = M (missing) or A (away without authorisation)
    Crime,                 ///< event; code = Home Office class; role; status cancelled when no-crimed
    AntisocialBehaviour,   ///< event; code = personal, nuisance, environmental; role
    DomesticIncident,      ///< event; role (a child present is `linked`); code = standard, medium, high
    SchoolExclusion,       ///< event; code = SUSP or PERM; value = sessions
    AttendanceTerm,        ///< status over the term; value = sessions missed, code = sessions possible
    AdultSuspect,          ///< event about an adult: feeds the family count only
    AdultDomestic,         ///< event about an adult: feeds the family count only
    AdultSupport,          ///< event: substance or mental-health support of an adult: feeds the family count only
    NeetFactor,            ///< status; code = line of the NEET checklist that the school recorded (ehc_plan ...)
};

/// What is known about a kind.
struct FactKindEntry {
    FactKind kind;
    std::string_view id;     ///< Stable name in files: "looked_after".
    std::string_view title;  ///< For people: "Looked after".
    Shape shape;
    bool hasRole;  ///< False: every row's role is `subject`.
};

/// Every kind, in the order of the enumeration.
std::span<const FactKindEntry> factKinds();
/// The entry of a kind.
const FactKindEntry& entry(FactKind kind);
/// The kind of that id.
std::optional<FactKind> factKindFromId(std::string_view id);

}  // namespace fairlead::record
