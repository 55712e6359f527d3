#include "core/demo/population.h"

#include <algorithm>

#include "core/demo/family_maker.h"

namespace fairlead::demo {

namespace {

/// Gives the children of the last family their place in the schools of the city, until there are enough.
std::int64_t registerPupils(World& world, std::int64_t missing) {
    const auto& family = world.families.back();
    std::int64_t added = 0;
    for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
        auto& child = world.persons[static_cast<std::size_t>(i)];
        if (child.place != Place::Child) continue;
        Random random(world.seed, "pupil", static_cast<std::uint64_t>(i));
        Pupil pupil;
        pupil.person = i;
        pupil.lastYear = random.chance(350'000) ? 13 : 11;
        const bool elsewhere = random.chance(25'000);  // taught at home, or in an independent school
        if (random.chance(60'000)) pupil.joined = random.day(historyStart() + 30, cityEnd() - 15);
        if (random.chance(35'000))
            pupil.left = random.day(std::max(historyStart() + 90, pupil.joined + 40), cityEnd() + 40);
        if (pupil.left > cityEnd()) pupil.left = Date::never();
        if (child.death != Date::never()) pupil.left = std::min(pupil.left, child.death);
        const auto lastYear = curriculumYear(child.birth, 2025);
        if (elsewhere || lastYear < 0 || lastYear - 2 > pupil.lastYear || pupil.left <= historyStart()) continue;
        if (isPupilAtEnd(pupil, child)) {
            if (added == missing) continue;
            ++added;
        }
        pupil.dual = lastYear >= 3 && lastYear <= 11 && random.chance(6'000);
        child.pupil = static_cast<std::int32_t>(world.pupils.size());
        world.pupils.push_back(std::move(pupil));
    }
    return added;
}

/// Adults without a child in the story, whom the police have met: one household.
class OutsiderMaker {
public:
    OutsiderMaker(World& world, const Names& names, Homes& homes, const std::vector<Vacancy>& vacancies)
        : m_world(world), m_names(names), m_homes(homes), m_vacancies(vacancies) {}

    void make(std::uint64_t number, std::int64_t most) {
        Random random(m_world.seed, "outsiders", number);
        const auto kind = random.weighted({50, 42, 8});
        const auto community = drawCommunity(random);
        const auto since = historyStart() - random.between(30, 5000);
        Stay stay{0, since, Date::never(), kind == 2 ? HomeKind::Hostel : HomeKind::Home};
        if (!m_vacancies.empty() && random.chance(60'000)) {
            const auto& left = m_vacancies[random.below(m_vacancies.size())];
            stay.address = left.address;
            stay.from = left.since + 14;
        } else {
            stay.address = m_homes.newHome(
                static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(m_world.neighbourhoods))), random);
        }
        const auto first = static_cast<PersonIndex>(m_world.persons.size());
        const auto count = kind == 0 ? 1 : (kind == 1 ? 2 : random.between(3, 5));
        for (int i = 0; i < count && i < most; ++i) {
            addAdult(kind == 2 ? drawCommunity(random) : community, random);
            if (kind == 1 && i == 1) pair(first, random);
        }
        setStays(m_world, first, {stay});
        for (auto i = static_cast<std::size_t>(first); i < m_world.persons.size(); ++i) {
            m_world.persons[i].firstStay = m_world.persons[static_cast<std::size_t>(first)].firstStay;
            m_world.persons[i].stayCount = 1;
        }
    }

private:
    void addAdult(Community community, Random& random) {
        Person made;
        made.sex = random.chance(470'000) ? Sex::Female : Sex::Male;
        made.community = community;
        made.birth = cityEnd() - random.around(18 * 365 + 10, 78 * 365);
        made.forename = m_names.forename(community, made.sex, made.birth.civil().year, random);
        if (random.chance(600'000))
            made.middle = m_names.forename(community, made.sex, made.birth.civil().year, random);
        made.surname = surnameFor(m_names.surname(community, random), community, made.sex);
        m_world.persons.push_back(std::move(made));
    }

    void pair(PersonIndex first, Random& random) {
        auto& one = m_world.persons[static_cast<std::size_t>(first)];
        auto& other = m_world.persons.back();
        other.sex = one.sex == Sex::Female ? Sex::Male : Sex::Female;
        other.birth = one.birth + random.between(-2000, 2000);
        other.birth = std::min(other.birth, cityEnd() - 18 * 365 - 10);
        const auto year = other.birth.civil().year;
        other.forename = m_names.forename(other.community, other.sex, year, random);
        other.middle.clear();
        if (random.chance(600'000)) other.surname = surnameFor(one.surname, one.community, other.sex);
    }

    World& m_world;
    const Names& m_names;
    Homes& m_homes;
    const std::vector<Vacancy>& m_vacancies;
};

}  // namespace

bool isPupilAtEnd(const Pupil& pupil, const Person& person) {
    const auto year = curriculumYear(person.birth, 2025);
    return year >= 0 && year <= pupil.lastYear && pupil.joined <= cityEnd() && pupil.left > cityEnd();
}

Status growPopulation(World& world, const Names& names, Homes& homes, TaskContext& task) {
    Random places(world.seed, "places");
    world.refugeAddress = homes.newPlace(HomeKind::Refuge, 0, places);
    FamilyMaker families(world, names, homes);
    const auto target = world.pupilTarget * kPeoplePerHundredPupils / 100;
    world.persons.reserve(static_cast<std::size_t>(target) + 16);
    for (std::int64_t pupils = 0; pupils < world.pupilTarget;) {
        families.make();
        pupils += registerPupils(world, world.pupilTarget - pupils);
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    OutsiderMaker outsiders(world, names, homes, families.vacancies());
    for (std::uint64_t number = 0; static_cast<std::int64_t>(world.persons.size()) < target; ++number) {
        outsiders.make(number, target - static_cast<std::int64_t>(world.persons.size()));
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    return {};
}

}  // namespace fairlead::demo
