#include "core/link/names_across.h"

#include "core/link/similarity.h"

namespace fairlead::link {
// How the surnames of one record fit the forenames of another: the best over all versions.
template <typename LevelOf>
NamesAcross::Crossing NamesAcross::crossing(std::uint32_t surnamesOf, std::uint32_t forenamesOf,
                                            LevelOf levelOf) const {
    const Columns& columns = m_context.columns;
    Crossing best;
    for (const std::uint32_t s : columns.surname.of(surnamesOf)) {
        for (const std::uint32_t f : columns.forename.of(forenamesOf)) {
            const CrossLevel level = levelOf(columns, columns.forenames[f], columns.surnames[s]);
            if (level > best.level) best = {level, f, s};
        }
    }
    return best;
}

// Names in the wrong field. One name must be the very same across the fields, the other at least alike; where the
// other is missing, there is half the evidence, and one name alone may be alike.
void NamesAcross::find(std::uint32_t a, std::uint32_t b, PairOutcome& out) const {
    const Columns& columns = m_context.columns;
    const bool oneMissing = columns.surname.of(a).empty() || columns.forename.of(b).empty();
    const bool otherMissing = columns.surname.of(b).empty() || columns.forename.of(a).empty();
    if (oneMissing && otherMissing) return;
    if (oneMissing || otherMissing) {
        setCrossed(out, oneMissing ? crossing(b, a, crossLevel) : crossing(a, b, crossLevel));
        return;
    }
    Crossing one = crossing(a, b, crossExactLevel), other = crossing(b, a, crossExactLevel);
    if (one.level != CrossLevel::Same && other.level != CrossLevel::Same) return;
    if (one.level != CrossLevel::Same) one = crossing(a, b, crossLevel);
    if (other.level != CrossLevel::Same) other = crossing(b, a, crossLevel);
    if (one.level != CrossLevel::Different && other.level != CrossLevel::Different) setSwapped(out, one, other);
}

// Records that have a word in the column of a comparison.
std::uint32_t NamesAcross::bearers(std::size_t comparison, std::uint32_t word) const {
    const auto& counts = m_context.plans[comparison].exact.counts;
    return word < counts.size() ? counts[word] : 0;
}

void NamesAcross::setCrossed(PairOutcome& out, const Crossing& found) const {
    if (found.level == CrossLevel::Different) return;
    const std::size_t forename = m_context.positions[0], surname = m_context.positions[1];
    setLevel(out.pattern, forename, static_cast<std::uint8_t>(ForenameLevel::Crossed));
    setLevel(out.pattern, surname, kNoLevel);
    const std::uint32_t word = m_context.columns.forenames[found.forename].first;
    // Which of the two it is, its frequencies say; a surname's does not fit the level.
    const bool isForename = found.level == CrossLevel::Same && bearers(forename, word) >= bearers(surname, word);
    out.values[forename] = isForename ? word : kNoValue;
    out.values[surname] = kNoValue;
}

// The names as the record has them whose forename is the commoner one as a forename.
void NamesAcross::setSwapped(PairOutcome& out, const Crossing& one, const Crossing& other) const {
    const Columns& columns = m_context.columns;
    const std::uint32_t ofOne = columns.forenames[one.forename].first;
    const std::uint32_t ofOther = columns.forenames[other.forename].first;
    const std::size_t forename = m_context.positions[0], surname = m_context.positions[1];
    const std::uint32_t oneBearers = bearers(forename, ofOne), otherBearers = bearers(forename, ofOther);
    // `one` is a surname of a beside a forename of b: the forename of a is in `other`.
    const bool asInA = otherBearers > oneBearers || (otherBearers == oneBearers && ofOther < ofOne);
    const Crossing& surnames = asInA ? one : other;
    const Crossing& forenames = asInA ? other : one;
    setLevel(out.pattern, forename, static_cast<std::uint8_t>(ForenameLevel::Swapped));
    out.values[forename] = forenames.level == CrossLevel::Same ? columns.forenames[forenames.forename].first : kNoValue;
    const bool same = surnames.level == CrossLevel::Same;
    setLevel(out.pattern, surname, static_cast<std::uint8_t>(same ? SurnameLevel::Exact : SurnameLevel::Close));
    out.values[surname] = same ? columns.surnames[surnames.surname].whole : kNoValue;
}

}  // namespace fairlead::link
