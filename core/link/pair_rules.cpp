#include "core/link/pair_rules.h"

#include "core/link/engine.h"
#include "core/link/passes.h"
#include "core/link/similarity.h"

namespace fairlead::link {
namespace {

template <typename Enum>
bool isAtLeast(int level, Enum worst) {
    return level >= 0 && level <= static_cast<int>(worst);
}

template <typename Enum>
bool is(int level, Enum value) {
    return level == static_cast<int>(value);
}

}  // namespace

ImpliedEvidence::ImpliedEvidence(const Model& model) {
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        if (model.comparisons[c].kind == ComparisonKind::Forename) m_forename = static_cast<int>(c);
        if (model.comparisons[c].kind == ComparisonKind::Sex) m_sex = static_cast<int>(c);
    }
}

bool ImpliedEvidence::forenamesAgree(std::uint64_t pattern) const {
    return isAtLeast(patternLevel(pattern, static_cast<std::size_t>(m_forename)), ForenameLevel::Variant);
}

std::uint64_t ImpliedEvidence::reduced(std::uint64_t pattern) const {
    if (m_sex < 0 || !silences(pattern, static_cast<std::size_t>(m_sex))) return pattern;
    return pattern | (15ULL << (4U * static_cast<unsigned>(m_sex)));
}

PairRules::PairRules(const Columns& columns, const std::vector<ComparisonPlan>& plans)
    : m_columns(columns),
      m_forename(positionOf(plans, ComparisonKind::Forename)),
      m_surname(positionOf(plans, ComparisonKind::Surname)),
      m_birthDate(positionOf(plans, ComparisonKind::BirthDate)),
      m_sex(positionOf(plans, ComparisonKind::Sex)),
      m_address(positionOf(plans, ComparisonKind::Address)),
      m_identifier(positionOf(plans, ComparisonKind::Identifier)) {}

int PairRules::levelAt(std::uint64_t pattern, int position) {
    return position < 0 ? -1 : patternLevel(pattern, static_cast<std::size_t>(position));
}

bool PairRules::identifierAgrees(std::uint64_t pattern) const {
    return isAtLeast(levelAt(pattern, m_identifier), IdentifierLevel::Mixed);
}

bool PairRules::identifierDecides(std::uint64_t pattern) const {
    if (!is(levelAt(pattern, m_identifier), IdentifierLevel::Agrees)) return false;
    const int date = levelAt(pattern, m_birthDate);
    if (date > static_cast<int>(DateLevel::TwoParts)) return false;
    // An identifier typed for another person: nothing but the number fits.
    const bool namesDiffer = is(levelAt(pattern, m_forename), ForenameLevel::Different) &&
                             is(levelAt(pattern, m_surname), SurnameLevel::Different);
    return !(namesDiffer && !is(date, DateLevel::Exact));
}

bool PairRules::sameFamilyAndDate(std::uint64_t pattern) const {
    return isAtLeast(levelAt(pattern, m_surname), SurnameLevel::Close) &&
           is(levelAt(pattern, m_birthDate), DateLevel::Exact) &&
           isAtLeast(levelAt(pattern, m_address), AddressLevel::SamePostcode);
}

bool PairRules::looksLikeTwins(std::uint64_t pattern) const {
    if (!sameFamilyAndDate(pattern)) return false;
    const int forename = levelAt(pattern, m_forename);
    return is(forename, ForenameLevel::Similar) || is(forename, ForenameLevel::Different);
}

bool PairRules::twinFlag(std::uint64_t pattern) const {
    return sameFamilyAndDate(pattern) && !isAtLeast(levelAt(pattern, m_forename), ForenameLevel::Variant);
}

bool PairRules::forenameAgrees(std::uint64_t pattern) const {
    return isAtLeast(levelAt(pattern, m_forename), ForenameLevel::Variant);
}

bool PairRules::forenameIsClose(std::uint64_t pattern) const {
    return is(levelAt(pattern, m_forename), ForenameLevel::Close);
}

bool PairRules::forenameDiffers(std::uint64_t pattern) const {
    return is(levelAt(pattern, m_forename), ForenameLevel::Different);
}

bool PairRules::contradicts(std::uint64_t pattern) const {
    return forenameDiffers(pattern) || is(levelAt(pattern, m_surname), SurnameLevel::Different) ||
           levelAt(pattern, m_birthDate) > static_cast<int>(DateLevel::TwoParts) ||
           is(levelAt(pattern, m_identifier), IdentifierLevel::Conflict);
}

bool PairRules::sexDiffers(std::uint64_t pattern) const { return is(levelAt(pattern, m_sex), SexLevel::Different); }

bool PairRules::looksLikeParentAndChild(std::uint64_t pattern, std::uint32_t a, std::uint32_t b) const {
    constexpr std::uint32_t kGenerationYears = 14;
    const bool sameNames = isAtLeast(levelAt(pattern, m_forename), ForenameLevel::Variant) &&
                           isAtLeast(levelAt(pattern, m_surname), SurnameLevel::Close) &&
                           isAtLeast(levelAt(pattern, m_address), AddressLevel::SamePostcode);
    if (!sameNames || levelAt(pattern, m_birthDate) < 0) return false;
    for (const std::uint32_t x : m_columns.birthDate.of(a)) {
        for (const std::uint32_t y : m_columns.birthDate.of(b)) {
            const std::uint32_t yearX = m_columns.dates[x] / 10000, yearY = m_columns.dates[y] / 10000;
            if ((yearX > yearY ? yearX - yearY : yearY - yearX) < kGenerationYears) return false;
        }
    }
    return true;
}

}  // namespace fairlead::link
