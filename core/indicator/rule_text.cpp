#include "core/indicator/rule_text.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/base/check.h"

namespace fairlead::indicator {

namespace {

/// The words for one kind of fact. `phrase` follows "while" for a status, "from the day of" for an event.
struct KindWords {
    record::FactKind kind;
    std::string_view phrase;
    std::string_view codeNoun;   ///< Before codes: "legal status".
    std::string_view valueNoun;  ///< Before a value: "score".
};

using record::FactKind;
constexpr std::array<KindWords, 20> kWords{{
    {FactKind::LookedAfter, "the child is looked after", "legal status", "value"},
    {FactKind::ChildProtectionPlan, "a child protection plan is open", "category", "value"},
    {FactKind::ChildInNeed, "the child is recorded as a child in need", "primary need", "value"},
    {FactKind::EarlyHelp, "early help is open", "type", "value"},
    {FactKind::AssessmentFactor, "an authorised assessment", "factor", "value"},
    {FactKind::Section47Enquiry, "a section 47 enquiry is open", "type", "value"},
    {FactKind::SdqScore, "a strengths and difficulties questionnaire", "type", "score"},
    {FactKind::NeetChecklist, "a review of the NEET checklist", "band", "points"},
    {FactKind::MentalHealthReferral, "a referral to a mental-health service is open", "type", "value"},
    {FactKind::ExploitationDecision, "a decision of an exploitation panel", "type", "value"},
    {FactKind::MissingEpisode, "a missing episode", "category", "value"},
    {FactKind::Crime, "a recorded crime", "Home Office class", "value"},
    {FactKind::AntisocialBehaviour, "a recorded antisocial behaviour incident", "category", "value"},
    {FactKind::DomesticIncident, "a recorded domestic incident", "grade", "value"},
    {FactKind::SchoolExclusion, "an exclusion from school", "category", "sessions"},
    {FactKind::AttendanceTerm, "in a term", "possible sessions", "missed sessions"},
    {FactKind::AdultSuspect, "a record of the adult as a suspect", "type", "value"},
    {FactKind::AdultDomestic, "a domestic incident that involves the adult", "type", "value"},
    {FactKind::AdultSupport, "a record of support for the adult's substance use or mental health", "type", "value"},
    {FactKind::NeetFactor, "the school's checklist says so", "line", "value"},
}};

constexpr bool isInOrder() {
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        if (static_cast<std::size_t>(kWords[i].kind) != i) return false;
    }
    return true;
}
static_assert(isInOrder(), "words() indexes the table by the enumeration");

const KindWords& words(FactKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    FAIRLEAD_CHECK(index < kWords.size());
    return kWords[index];
}

/// "a", "a or b", "a, b or c".
std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
        text += parts[i];
    }
    return text;
}

std::string codesWithTitles(const std::vector<std::string>& codes, const std::vector<std::string>& titles) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        parts.push_back(i < titles.size() ? fmt::format("{} ({})", codes[i], titles[i]) : codes[i]);
    }
    return joined(parts);
}

std::string lifetimeText(const Criterion& criterion) {
    const std::string_view phrase = words(criterion.kind).phrase;
    if (criterion.atLeast > 1) {
        return fmt::format("while {} or more different events lie in the last {} days, each {}", criterion.atLeast,
                           criterion.lastingDays, phrase);
    }
    if (criterion.lastingDays > 0) return fmt::format("for {} days from the day of {}", criterion.lastingDays, phrase);
    if (criterion.kind == FactKind::AttendanceTerm) return std::string(phrase);
    return fmt::format("while {}", phrase);
}

std::string limitText(const Criterion& criterion) {
    std::string text;
    if (criterion.carryDays > 0) {
        text += fmt::format(", and for up to {} days after it ends, until the next record of this kind begins",
                            criterion.carryDays);
    }
    if (criterion.expiresDays > 0) {
        text += fmt::format(", for at most {} days from its start unless it is renewed", criterion.expiresDays);
    }
    if (criterion.gapDays > 0) text += fmt::format("; gaps of up to {} days are closed", criterion.gapDays);
    return text;
}

std::string yearName(int year) { return year == 0 ? "reception" : fmt::format("year {}", year); }

std::string yearText(const Criterion& criterion) {
    if (criterion.minYear && criterion.maxYear)
        return fmt::format(", in {} to {} by age", yearName(*criterion.minYear), yearName(*criterion.maxYear));
    if (criterion.minYear) return fmt::format(", in {} or above by age", yearName(*criterion.minYear));
    if (criterion.maxYear) return fmt::format(", in {} or below by age", yearName(*criterion.maxYear));
    return {};
}

std::string ageText(const Criterion& criterion) {
    if (criterion.minAge && criterion.maxAge)
        return fmt::format(", aged {} to {}", *criterion.minAge, *criterion.maxAge);
    if (criterion.minAge) return fmt::format(", aged {} or over", *criterion.minAge);
    if (criterion.maxAge) return fmt::format(", aged {} or under", *criterion.maxAge);
    return {};
}

std::string clause(const Criterion& criterion) {
    const KindWords& kind = words(criterion.kind);
    std::string text = lifetimeText(criterion);
    if (!criterion.codes.empty()) {
        text += fmt::format(", {} {}", kind.codeNoun, codesWithTitles(criterion.codes, criterion.codeTitles));
    }
    if (!criterion.exceptCodes.empty()) {
        text +=
            fmt::format(", except {} {}", kind.codeNoun, codesWithTitles(criterion.exceptCodes, criterion.codeTitles));
    }
    if (!criterion.roles.empty()) {
        std::vector<std::string> roles;
        for (const record::Role role : criterion.roles) roles.emplace_back(record::name(role));
        text += ", as " + joined(roles);
    }
    if (criterion.minValue) text += fmt::format(", {} {} or more", kind.valueNoun, *criterion.minValue);
    if (criterion.minPercent) {
        text += fmt::format(", with {}% or more of the possible sessions missed", *criterion.minPercent);
    }
    if (criterion.minPossible) text += fmt::format(", and at least {} sessions possible", *criterion.minPossible);
    return text + ageText(criterion) + yearText(criterion) + limitText(criterion);
}

std::string pointsText(const Criterion& criterion) {
    return fmt::format("{}: {} point{}, ", criterion.label, criterion.points, criterion.points == 1 ? "" : "s");
}

std::string numbered(const std::vector<Criterion>& criteria, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < criteria.size(); ++i) {
        if (i > from) text += "; ";
        const std::string points = criteria[i].label.empty() ? std::string() : pointsText(criteria[i]);
        text += fmt::format("({}) {}{}", static_cast<char>('a' + static_cast<char>((i - from) % 26)), points,
                            clause(criteria[i]));
    }
    return text;
}

}  // namespace

std::string plainRule(const Definition& definition) {
    const auto& criteria = definition.criteria;
    if (criteria.empty()) return {};
    std::string text = "Holds ";
    if (definition.combination == Combination::Points) {
        text +=
            fmt::format("while the points of these sum to {} or more: {}", definition.threshold, numbered(criteria, 0));
    } else if (criteria.size() == 1) {
        text += clause(criteria.front());
    } else if (definition.combination == Combination::Any) {
        text += "when any of these does: " + numbered(criteria, 0);
    } else if (definition.combination == Combination::All) {
        text += "on the days on which all of these do: " + numbered(criteria, 0);
    } else {
        text += clause(criteria.front()) + ", but on no day on which one of these does: " + numbered(criteria, 1);
    }
    if (definition.notBefore) text += fmt::format("; nothing before {}", definition.notBefore->uk());
    return text + ". Cancelled records never count.";
}

std::string plainNewRule(const Definition& definition) {
    return fmt::format(
        "New when it starts in the last {} days and did not hold on any of the {} days before it starts.",
        definition.newWindowDays, definition.quietDays);
}

}  // namespace fairlead::indicator
