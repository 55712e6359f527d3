#include "tests/core/indicator/random_city.h"

#include <string>

namespace fairlead::indicator::test {

namespace {

constexpr const char* kCodes[] = {"C2", "V3",   "4A",   "15A", "24A", "16A", "high", "some", "M",
                                  "A",  "SUSP", "PERM", "120", "40",  "8N",  "",     "cse",  "personal"};

constexpr const char* kLines[] = {"ehc_plan", "looked_after", "young_carer", "sen_support", "free_meals"};

}  // namespace

RandomCity::RandomCity(unsigned seed, int persons) : m_random(seed), m_persons(persons) {
    for (int person = 1; person <= persons; ++person) {
        const record::PersonKey key{person};
        if (draw(0, 9) > 0) {
            const BirthMonth born{static_cast<std::int16_t>(draw(2008, 2018)), static_cast<std::uint8_t>(draw(1, 12))};
            m_births[key] = born;
            m_builder.births.push_back({key, born});
        }
        if (person % 2 == 1) m_builder.pupil(person, std::to_string(draw(7, 11)));
    }
    for (int i = 0; i < persons; ++i) {
        const int one = draw(1, persons);
        const int other = draw(1, persons);
        if (one != other) m_builder.family(one, other);
    }
    for (std::int64_t load = 1; load <= 3; ++load) addLoad(load);
}

void RandomCity::addLoad(std::int64_t load) {
    for (int i = 0; i < m_persons * 6; ++i) addFact(load);
}

void RandomCity::addFact(std::int64_t load) {
    Fact fact;
    fact.person = record::PersonKey{draw(1, m_persons)};
    fact.kind =
        record::factKinds()[static_cast<std::size_t>(draw(0, static_cast<int>(record::factKinds().size()) - 1))].kind;
    const record::FactKindEntry& kind = record::entry(fact.kind);
    fact.from = kFirst + draw(0, kLast - kFirst);
    fact.until = fact.from + 1;
    if (kind.shape == record::Shape::Status) fact.until = draw(0, 3) == 0 ? Date::never() : fact.from + draw(0, 200);
    if (kind.hasRole) fact.role = static_cast<record::Role>(draw(0, 4));
    fact.incident = draw(0, 3) == 0 ? 0 : draw(1, m_persons * 2);
    fact.hasValue = draw(0, 4) > 0;
    fact.value = draw(0, 40);
    fact.cancelled = draw(0, 9) == 0;
    fact.received = record::LoadId{load};
    if (draw(0, 9) == 0) fact.withdrawn = record::LoadId{load + draw(1, 2)};
    std::string code = kCodes[static_cast<std::size_t>(draw(0, static_cast<int>(std::size(kCodes)) - 1))];
    if (fact.kind == record::FactKind::AttendanceTerm) code = std::to_string(draw(30, 130));
    if (fact.kind == record::FactKind::NeetFactor)
        code = kLines[static_cast<std::size_t>(draw(0, static_cast<int>(std::size(kLines)) - 1))];
    m_builder.add(fact, code);
}

BirthMonth RandomCity::born(record::PersonKey person) const {
    const auto found = m_births.find(person);
    return found == m_births.end() ? BirthMonth{} : found->second;
}

}  // namespace fairlead::indicator::test
