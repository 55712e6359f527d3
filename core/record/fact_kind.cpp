#include "core/record/fact_kind.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/base/check.h"

namespace fairlead::record {

namespace {

constexpr std::array<std::string_view, 5> kRoleNames{"subject", "victim", "suspect", "witness", "linked"};

// Ids are in files of every agency: never change one, add new ones at the end of the enumeration.
constexpr std::array<FactKindEntry, 20> kFactKinds{{
    {FactKind::LookedAfter, "looked_after", "Looked after", Shape::Status, false},
    {FactKind::ChildProtectionPlan, "child_protection_plan", "Child protection plan", Shape::Status, false},
    {FactKind::ChildInNeed, "child_in_need", "Child in need", Shape::Status, false},
    {FactKind::EarlyHelp, "early_help", "Early help", Shape::Status, false},
    {FactKind::AssessmentFactor, "assessment_factor", "Factor found at assessment", Shape::Event, false},
    {FactKind::Section47Enquiry, "section_47_enquiry", "Section 47 enquiry", Shape::Status, false},
    {FactKind::SdqScore, "sdq_score", "Strengths and difficulties score", Shape::Event, false},
    {FactKind::NeetChecklist, "neet_checklist", "NEET checklist review", Shape::Event, false},
    {FactKind::MentalHealthReferral, "mental_health_referral", "Mental health referral", Shape::Status, false},
    {FactKind::ExploitationDecision, "exploitation_decision", "Exploitation panel decision", Shape::Event, false},
    {FactKind::MissingEpisode, "missing_episode", "Missing episode", Shape::Event, false},
    {FactKind::Crime, "crime", "Crime", Shape::Event, true},
    {FactKind::AntisocialBehaviour, "antisocial_behaviour", "Antisocial behaviour", Shape::Event, true},
    {FactKind::DomesticIncident, "domestic_incident", "Domestic incident", Shape::Event, true},
    {FactKind::SchoolExclusion, "school_exclusion", "Suspension or permanent exclusion", Shape::Event, false},
    {FactKind::AttendanceTerm, "attendance_term", "Attendance over a term", Shape::Status, false},
    {FactKind::AdultSuspect, "adult_suspect", "Adult recorded as a suspect", Shape::Event, false},
    {FactKind::AdultDomestic, "adult_domestic", "Adult in a domestic incident", Shape::Event, false},
    {FactKind::AdultSupport, "adult_support", "Adult receiving support", Shape::Event, false},
    {FactKind::NeetFactor, "neet_factor", "Line of the NEET checklist", Shape::Status, false},
}};

constexpr bool isInOrder() {
    for (std::size_t i = 0; i < kFactKinds.size(); ++i) {
        if (static_cast<std::size_t>(kFactKinds[i].kind) != i) return false;
    }
    return true;
}
static_assert(isInOrder(), "entry() indexes the table by the enumeration");

}  // namespace

std::string_view name(Role role) {
    const auto index = static_cast<std::size_t>(role);
    FAIRLEAD_CHECK(index < kRoleNames.size());
    return kRoleNames[index];
}

std::optional<Role> roleFromName(std::string_view name) {
    const auto* found = std::ranges::find(kRoleNames, name);
    if (found == kRoleNames.end()) return std::nullopt;
    return static_cast<Role>(found - kRoleNames.begin());
}

std::span<const FactKindEntry> factKinds() { return kFactKinds; }

const FactKindEntry& entry(FactKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    FAIRLEAD_CHECK(index < kFactKinds.size());
    return kFactKinds[index];
}

std::optional<FactKind> factKindFromId(std::string_view id) {
    const auto* found = std::ranges::find(kFactKinds, id, &FactKindEntry::id);
    if (found == kFactKinds.end()) return std::nullopt;
    return found->kind;
}

}  // namespace fairlead::record
