#include "core/demo/world.h"

namespace fairlead::demo {

Date historyStart() { return *Date::fromCivil(2023, 9, 1); }
Date cityEnd() { return *Date::fromCivil(2026, 6, 30); }
Date baselineEnd() { return *Date::fromCivil(2026, 3, 31); }

const Stay* World::stayOn(const Person& person, Date day) const {
    for (std::int32_t i = person.firstStay; i < person.firstStay + person.stayCount; ++i) {
        const auto& stay = stays[static_cast<std::size_t>(i)];
        if (stay.from <= day && day < stay.until) return &stay;
    }
    return nullptr;
}

Date schoolYearStart(Date day) {
    const auto civil = day.civil();
    return *Date::fromCivil(civil.month >= 9 ? civil.year : civil.year - 1, 9, 1);
}

int curriculumYear(Date birth, int year) {
    // Born in the school year that began in September 2020: reception from September 2025.
    return year - schoolYearStart(birth).civil().year - 5;
}

void setStays(World& world, PersonIndex person, const std::vector<Stay>& stays) {
    auto& one = world.persons[static_cast<std::size_t>(person)];
    one.firstStay = static_cast<std::int32_t>(world.stays.size());
    one.stayCount = static_cast<std::int32_t>(stays.size());
    world.stays.insert(world.stays.end(), stays.begin(), stays.end());
}

}  // namespace fairlead::demo
