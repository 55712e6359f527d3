#include "core/indicator/roll.h"

#include <algorithm>
#include <tuple>

#include "core/base/text.h"

namespace fairlead::indicator {

Enrolment enrolmentFromCode(std::string_view code) {
    if (code == "C" || code.empty()) return Enrolment::Single;
    if (code == "M") return Enrolment::MainOfTwo;
    if (code == "S") return Enrolment::Subsidiary;
    return Enrolment::Other;
}

std::vector<PupilOnRoll> pupilsOnRoll(std::span<const RollSpell> roll, record::SchoolUrn school, Date day,
                                      record::LoadId knownAt, std::string_view yearGroup) {
    std::vector<const RollSpell*> found;
    for (const RollSpell& spell : roll) {
        if (spell.school == school && spell.days.contains(day) && spell.isKnownAt(knownAt)) found.push_back(&spell);
    }
    // The latest start first, so that the year group of overlapping rows does not depend on their order.
    std::ranges::sort(found, [](const RollSpell* a, const RollSpell* b) {
        return std::tie(a->person, b->days.from, b->received.value, a->yearGroup, a->enrolment) <
               std::tie(b->person, a->days.from, a->received.value, b->yearGroup, b->enrolment);
    });
    std::vector<PupilOnRoll> pupils;
    pupils.reserve(found.size());
    const RollSpell* previous = nullptr;
    for (const RollSpell* spell : found) {
        if (previous != nullptr && spell->person == previous->person) continue;
        previous = spell;
        if (yearGroup.empty() || spell->yearGroup == yearGroup) {
            pupils.push_back({spell->person, spell->yearGroup, spell->enrolment});
        }
    }
    return pupils;
}

int yearGroupOrder(std::string_view yearGroup) {
    constexpr int kAfterAllYears = 1000;
    if (yearGroup.empty()) return kAfterAllYears + 1;
    if (yearGroup == "R") return 0;
    if (const auto year = parseInteger(yearGroup); year && *year >= 0 && *year < kAfterAllYears) {
        return static_cast<int>(*year);
    }
    constexpr std::string_view kNursery[] = {"N2", "N1", "E2", "E1"};
    const auto* const found = std::ranges::find(kNursery, yearGroup);
    if (found != std::end(kNursery)) return -1 - static_cast<int>(found - std::begin(kNursery));
    return kAfterAllYears;
}

}  // namespace fairlead::indicator
