#include "core/demo/family_maker.h"

#include <algorithm>

namespace fairlead::demo {

namespace {

constexpr int kYear = 365;

// Names are inherited from the father's father in Somali families: a child's surname is its father's second name.
bool inheritsByChain(Community community) { return community == Community::Somali; }

bool keepsOwnSurname(Community community) {
    return community == Community::Somali || community == Community::Pakistani || community == Community::Bangladeshi ||
           community == Community::Chinese;
}

Place placeOfMan(bool step, bool absent) {
    if (step) return Place::StepParent;
    return absent ? Place::AbsentFather : Place::Father;
}

}  // namespace

Community drawCommunity(Random& random) {
    return static_cast<Community>(random.weighted({740, 45, 20, 48, 32, 12, 28, 40, 22, 13}));
}

FamilyMaker::FamilyMaker(World& world, const Names& names, Homes& homes)
    : m_world(world), m_names(names), m_homes(homes), m_lastHome(static_cast<std::size_t>(world.neighbourhoods), -1) {}

void FamilyMaker::make() {
    const auto number = m_world.families.size();
    Random random(m_world.seed, "family", number);
    m_family = {};
    m_family.first = static_cast<PersonIndex>(m_world.persons.size());
    m_family.neighbourhood =
        static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(m_world.neighbourhoods)));
    m_family.strain = static_cast<std::int32_t>(random.weighted({70, 20, 8, 2}));
    const auto chosen = plan(random);
    if (chosen.mother) addParent(chosen, Place::Mother, random);
    if (chosen.father || chosen.absentFather) {
        addParent(chosen, placeOfMan(false, chosen.absentFather), random);
    }
    if (chosen.stepParent) addParent(chosen, Place::StepParent, random);
    nameParents(chosen, random);
    addChildren(chosen, random);
    addGrandparents(chosen, random);
    changeNames(chosen, random);
    settle(random);
    endLives(random);
    m_world.families.push_back(m_family);
}

FamilyMaker::Plan FamilyMaker::plan(Random& random) const {
    Plan chosen;
    chosen.mothers = drawCommunity(random);
    chosen.fathers = random.chance(70'000) ? drawCommunity(random) : chosen.mothers;
    switch (random.weighted({63, 23, 2, 12})) {
        case 0: break;
        case 1:
            chosen.father = false;
            chosen.absentFather = random.chance(700'000);
            break;
        case 2: chosen.mother = false; break;
        default:
            chosen.father = false;
            chosen.absentFather = random.chance(800'000);
            chosen.stepParent = true;
            break;
    }
    chosen.married = chosen.father && random.chance(620'000);
    chosen.firstBirth = random.day(*Date::fromCivil(2003, 9, 1), *Date::fromCivil(2023, 8, 31));
    return chosen;
}

PersonIndex FamilyMaker::add(Place place, Sex sex, Community community, Date birth, Random& random) {
    Person made;
    made.place = place;
    made.sex = sex;
    made.community = community;
    made.birth = birth;
    made.family = static_cast<std::int32_t>(m_world.families.size());
    made.forename = m_names.forename(community, sex, birth.civil().year, random);
    if (random.chance(700'000)) made.middle = m_names.forename(community, sex, birth.civil().year, random);
    if (made.middle == made.forename) made.middle.clear();
    m_world.persons.push_back(std::move(made));
    ++m_family.count;
    return static_cast<PersonIndex>(m_world.persons.size()) - 1;
}

PersonIndex FamilyMaker::member(Place place) const {
    for (PersonIndex i = m_family.first; i < m_family.first + m_family.count; ++i) {
        if (person(i).place == place) return i;
    }
    return kNobody;
}

PersonIndex FamilyMaker::addParent(const Plan& plan, Place place, Random& random) {
    const bool mother = place == Place::Mother;
    const auto community = mother ? plan.mothers : plan.fathers;
    const int age = random.around(18, mother ? 40 : 44);
    const auto birth = plan.firstBirth - age * kYear - random.between(0, kYear);
    const auto index = add(place, mother ? Sex::Female : Sex::Male, community, birth, random);
    auto& made = person(index);
    if (inheritsByChain(community))
        made.middle = m_names.forename(community, Sex::Male, birth.civil().year - 30, random);
    made.surname = surnameFor(m_names.surname(community, random), community, made.sex);
    return index;
}

void FamilyMaker::nameParents(const Plan& plan, Random& random) {
    const auto mother = member(Place::Mother);
    auto father = member(Place::Father);
    if (father == kNobody) father = member(Place::AbsentFather);
    if (mother != kNobody && father != kNobody && plan.married && !keepsOwnSurname(plan.mothers)) {
        auto& wife = person(mother);
        wife.formerSurname = wife.surname;
        wife.surname = surnameFor(person(father).surname, plan.fathers, Sex::Female);
        wife.surnameSince = plan.firstBirth - random.between(30, 2000);
    }
    if (father == kNobody) {
        m_childSurname = person(mother).surname;
    } else if (inheritsByChain(plan.fathers)) {
        m_childSurname = person(father).middle;
    } else {
        const auto choice = mother == kNobody || plan.married ? 0 : random.weighted({74, 16, 10});
        m_childSurname = person(father).surname;
        if (choice == 1) m_childSurname = person(mother).surname;
        if (choice == 2 && plan.mothers == Community::British)
            m_childSurname = person(mother).surname + "-" + m_childSurname;
    }
}

void FamilyMaker::addChildren(const Plan& plan, Random& random) {
    const auto children = 1 + static_cast<int>(random.weighted({42, 38, 14, 5, 1}));
    auto birth = plan.firstBirth;
    for (int i = 0; i < children; ++i) {
        if (birth > cityEnd() - 14) break;
        const auto eldest = static_cast<PersonIndex>(m_world.persons.size());
        addChild(plan, birth, kNobody, random);
        if (random.chance(16'000)) {
            addChild(plan, birth, eldest, random);
            ++i;
        }
        birth = birth + random.between(420, 1500);
    }
}

void FamilyMaker::addChild(const Plan& plan, Date birth, PersonIndex twinOf, Random& random) {
    auto sex = random.chance(488'000) ? Sex::Female : Sex::Male;
    if (twinOf != kNobody && random.chance(333'000)) sex = person(twinOf).sex;
    const auto index = add(Place::Child, sex, random.chance(500'000) ? plan.mothers : plan.fathers, birth, random);
    nameChild(plan, person(index), random);
    if (twinOf != kNobody) {
        person(index).twin = twinOf;
        person(twinOf).twin = index;
    }
}

void FamilyMaker::nameChild(const Plan& plan, Person& child, Random& random) const {
    child.surname = surnameFor(m_childSurname, plan.fathers, child.sex);
    const auto year = child.birth.civil().year;
    const auto taken = [&] {
        return std::any_of(m_world.persons.begin() + m_family.first, m_world.persons.end(), [&](const Person& other) {
            return &other != &child && other.place == Place::Child && other.forename == child.forename;
        });
    };
    for (int tries = 0; tries < 20 && taken(); ++tries) {
        child.forename = m_names.forename(child.community, child.sex, year, random);
    }
    auto father = member(Place::Father);
    if (father == kNobody) father = member(Place::AbsentFather);
    if (father == kNobody) return;
    if (inheritsByChain(plan.fathers)) {
        child.middle = person(father).forename;
    } else if (child.sex == Sex::Male && random.chance(15'000)) {
        child.forename = person(father).forename;
        if (!taken()) {
            child.surname = person(father).surname;
            child.sameNameAsParent = true;
        }
    }
    if (taken()) child.forename = m_names.forename(child.community, child.sex, year, random);
}

void FamilyMaker::addGrandparents(const Plan& plan, Random& random) {
    const auto mother = member(Place::Mother);
    if (mother == kNobody || !random.chance(280'000)) return;
    const auto& daughter = person(mother);
    const auto birth = daughter.birth - random.around(20, 38) * kYear;
    const auto surname = daughter.formerSurname.empty() ? daughter.surname : daughter.formerSurname;
    const auto grandmother = add(Place::Grandparent, Sex::Female, plan.mothers, birth, random);
    person(grandmother).surname = surname;
    if (random.chance(550'000)) {
        const auto older = birth - random.between(0, 4 * kYear);
        const auto grandfather = add(Place::Grandparent, Sex::Male, plan.mothers, older, random);
        person(grandfather).surname = surnameFor(surname, plan.mothers, Sex::Male);
    }
}

void FamilyMaker::changeNames(const Plan& plan, Random& random) {
    const auto mother = member(Place::Mother);
    const auto partner = member(plan.stepParent ? Place::StepParent : Place::Father);
    const bool wedding = mother != kNobody && partner != kNobody && !plan.married && !keepsOwnSurname(plan.mothers) &&
                         random.chance(90'000);
    if (!wedding) return;
    const auto since = random.day(historyStart() + 60, cityEnd() - 60);
    auto& wife = person(mother);
    wife.formerSurname = wife.surname;
    wife.surname = surnameFor(person(partner).surname, plan.fathers, Sex::Female);
    wife.surnameSince = since;
    for (PersonIndex i = m_family.first; i < m_family.first + m_family.count; ++i) {
        auto& child = person(i);
        const auto surname = surnameFor(person(partner).surname, plan.fathers, child.sex);
        if (child.place != Place::Child || child.surname == surname || !random.chance(400'000)) continue;
        child.formerSurname = child.surname;
        child.surname = surname;
        child.surnameSince = since + random.between(0, 40);
        child.sameNameAsParent = false;
    }
}

void FamilyMaker::settle(Random& random) {
    const auto here = static_cast<std::size_t>(m_family.neighbourhood);
    const auto since = historyStart() - random.between(100, 4000);
    auto home = m_lastHome[here];
    m_family.sharedHouse = home >= 0;
    if (home < 0) home = m_homes.newHome(m_family.neighbourhood, random);
    // The next family of the neighbourhood moves into the same house: rooms let to families who are not related.
    m_lastHome[here] = !m_family.sharedHouse && random.chance(12'000) ? home : -1;
    m_family.sharedHouse = m_family.sharedHouse || m_lastHome[here] >= 0;
    std::vector<Stay> stays = {{home, since, Date::never(), HomeKind::Home}};
    if (random.chance(270'000)) {
        const auto neighbourhood = random.chance(700'000) ? m_family.neighbourhood
                                                          : static_cast<std::int32_t>(random.below(m_lastHome.size()));
        const auto when = random.day(historyStart(), cityEnd() - 20);
        m_vacancies.push_back({home, when});
        stays.back().until = when;
        const auto next = m_homes.newHome(neighbourhood, random);
        stays.push_back({next, when, Date::never(), HomeKind::Home});
    }
    setStays(m_world, m_family.first, stays);
    const auto firstStay = person(m_family.first).firstStay;
    for (PersonIndex i = m_family.first; i < m_family.first + m_family.count; ++i) {
        auto& one = person(i);
        const bool grown =
            one.place == Place::Child && ageInYears(one.birth, historyStart()) >= 19 && random.chance(400'000);
        const bool apart =
            one.place == Place::AbsentFather || (one.place == Place::Grandparent && random.chance(800'000));
        if (grown || apart) {
            const auto place = static_cast<std::int32_t>(random.below(m_lastHome.size()));
            const auto own = m_homes.newHome(place, random);
            setStays(m_world, i, {{own, since, Date::never(), HomeKind::Home}});
        } else {
            one.firstStay = firstStay;
            one.stayCount = static_cast<std::int32_t>(stays.size());
        }
    }
    if (random.chance(4'000)) stayInRefuge(random);
}

void FamilyMaker::stayInRefuge(Random& random) {
    const auto mother = member(Place::Mother);
    if (mother == kNobody || m_world.refugeAddress < 0) return;
    const auto came = random.day(historyStart() + 30, cityEnd() - 200);
    const auto went = came + random.between(50, 150);
    const auto before = m_world.stays[static_cast<std::size_t>(person(mother).firstStay)];
    const auto after = m_homes.newHome(static_cast<std::int32_t>(random.below(m_lastHome.size())), random);
    const std::vector<Stay> stays = {{before.address, before.from, came, HomeKind::Home},
                                     {m_world.refugeAddress, came, went, HomeKind::Refuge},
                                     {after, went, Date::never(), HomeKind::Home}};
    setStays(m_world, mother, stays);
    const auto first = person(mother).firstStay;
    for (PersonIndex i = m_family.first; i < m_family.first + m_family.count; ++i) {
        if (person(i).place != Place::Child || ageInYears(person(i).birth, came) >= 18) continue;
        person(i).firstStay = first;
        person(i).stayCount = static_cast<std::int32_t>(stays.size());
    }
    m_family.refuge = true;
    m_family.strain = std::max(m_family.strain, 2);
}

void FamilyMaker::endLives(Random& random) {
    for (PersonIndex i = m_family.first; i < m_family.first + m_family.count; ++i) {
        auto& one = person(i);
        const auto rate = one.place == Place::Grandparent ? 60'000 : (one.place == Place::Child ? 300 : 4'000);
        if (random.chance(rate)) one.death = random.day(std::max(historyStart(), one.birth + 30), cityEnd() + 30);
        if (one.death > cityEnd()) one.death = Date::never();
    }
}

}  // namespace fairlead::demo
