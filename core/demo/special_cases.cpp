#include "core/demo/special_cases.h"

#include <algorithm>
#include <map>

#include "core/demo/lives.h"
#include "core/demo/schools.h"

namespace fairlead::demo {

namespace {

constexpr std::size_t kMostGroups = 12;

using Group = std::vector<PersonIndex>;

/// Collects the groups of one case after the other.
class Finder {
public:
    Finder(const World& world, const Registers& registers, const Delivered& delivered)
        : m_world(world), m_schoolOf(currentSchools(world)), m_known(world.persons.size(), false) {
        for (std::size_t a = 0; a < kAgencies; ++a) {
            const auto& sources = registers.sources(static_cast<Agency>(a));
            for (std::size_t i = 0; i < sources.size(); ++i) {
                if (delivered.at(a)[i]) m_known[static_cast<std::size_t>(sources[i].person)] = true;
                if (sources[i].duplicate) m_twice.push_back(sources[i].person);
            }
        }
    }

    std::vector<SpecialCase> all() {
        people("twins", "Twins: the same surname, birth date and address",
               [&](PersonIndex i) { return at(i).twin > i ? Group{i, at(i).twin} : Group{}; });
        people("same_name", "A father and a son with the same names",
               [&](PersonIndex i) { return at(i).sameNameAsParent ? Group{fatherOf(i), i} : Group{}; });
        people("new_surname", "A child whose surname changed during the history", [&](PersonIndex i) {
            return at(i).place == Place::Child && !at(i).formerSurname.empty() ? Group{i} : Group{};
        });
        families("shared_house", "Unrelated families at one address",
                 [](const Family& family) { return family.sharedHouse; });
        families("refuge", "A mother and children who stayed in the refuge",
                 [](const Family& family) { return family.refuge; });
        people("placed_out_of_area", "A looked-after child placed outside Bristol",
               [&](PersonIndex i) { return placedAway(i) ? Group{i} : Group{}; });
        people("dual_registration", "A pupil on the roll of a school and of a learning centre",
               [&](PersonIndex i) { return pupilAt(i) != nullptr && pupilAt(i)->dual ? Group{i} : Group{}; });
        people("academised_school", "A pupil of a school that went on under a new URN",
               [&](PersonIndex i) { return atAcademy(i) ? Group{i} : Group{}; });
        people("temporary_upn", "A pupil with a temporary UPN", [&](PersonIndex i) {
            return pupilAt(i) != nullptr && !pupilAt(i)->temporaryUpn.empty() ? Group{i} : Group{};
        });
        crimes();
        siblings();
        twice();
        return std::move(m_cases);
    }

private:
    const Person& at(PersonIndex index) const { return m_world.persons[static_cast<std::size_t>(index)]; }
    const Pupil* pupilAt(PersonIndex index) const {
        const auto pupil = at(index).pupil;
        return pupil < 0 ? nullptr : &m_world.pupils[static_cast<std::size_t>(pupil)];
    }

    void add(SpecialCase& found, const Group& group) const {
        const bool known =
            std::ranges::all_of(group, [&](PersonIndex i) { return m_known[static_cast<std::size_t>(i)]; });
        if (!group.empty() && known && found.groups.size() < kMostGroups) found.groups.push_back(group);
    }

    template <typename Test>
    void people(const char* id, const char* title, Test test) {
        SpecialCase found{id, title, {}};
        for (std::size_t i = 0; i < m_world.persons.size(); ++i) add(found, test(static_cast<PersonIndex>(i)));
        m_cases.push_back(std::move(found));
    }

    template <typename Test>
    void families(const char* id, const char* title, Test test) {
        SpecialCase found{id, title, {}};
        for (const auto& family : m_world.families) {
            if (!test(family)) continue;
            Group group;
            for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
                const auto place = at(i).place;
                const bool lives = place != Place::AbsentFather && place != Place::Grandparent;
                if (lives && m_known[static_cast<std::size_t>(i)]) group.push_back(i);
            }
            add(found, group);
        }
        m_cases.push_back(std::move(found));
    }

    PersonIndex fatherOf(PersonIndex child) const {
        const auto& family = m_world.families[static_cast<std::size_t>(at(child).family)];
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            if (at(i).place == Place::Father || at(i).place == Place::AbsentFather) return i;
        }
        return child;
    }

    bool placedAway(PersonIndex person) const {
        for (std::int32_t i = at(person).firstStay; i < at(person).firstStay + at(person).stayCount; ++i) {
            const auto& stay = m_world.stays[static_cast<std::size_t>(i)];
            const bool care = stay.kind == HomeKind::Placement || stay.kind == HomeKind::ChildrensHome;
            if (care && m_world.addresses[static_cast<std::size_t>(stay.address)].elsewhere) return true;
        }
        return false;
    }

    bool atAcademy(PersonIndex person) const {
        const auto pupil = at(person).pupil;
        if (pupil < 0 || curriculumYear(at(person).birth, 2025) < 8) return false;
        const auto school = m_schoolOf[static_cast<std::size_t>(pupil)];
        return school >= 0 && m_world.schools[static_cast<std::size_t>(school)].predecessorUrn != 0;
    }

    void crimes() {
        SpecialCase cancelled{"cancelled_crime", "A crime cancelled from the start or in a later delivery", {}};
        SpecialCase underTen{"suspect_under_ten", "A child under ten entered as a suspect: never counted", {}};
        for (const auto& fact : m_world.facts) {
            if (fact.kind != record::FactKind::Crime || at(fact.person).place != Place::Child) continue;
            if (fact.cancelled || fact.change == Change::Cancelled) add(cancelled, {fact.person});
            if (fact.role == record::Role::Suspect && ageInYears(at(fact.person).birth, fact.from) < 10)
                add(underTen, {fact.person});
        }
        m_cases.push_back(std::move(cancelled));
        m_cases.push_back(std::move(underTen));
    }

    /// Three or more pupils of two or more schools linked to one domestic incident of the last thirty days.
    void siblings() {
        SpecialCase found{"three_siblings", "A domestic incident with three siblings at two schools", {}};
        std::map<std::int32_t, Group> incidents;
        for (const auto& fact : m_world.facts) {
            if (fact.kind != record::FactKind::DomesticIncident || fact.from <= cityEnd() - 30) continue;
            const auto pupil = at(fact.person).pupil;
            if (pupil >= 0 && m_schoolOf[static_cast<std::size_t>(pupil)] >= 0)
                incidents[fact.incident].push_back(fact.person);
        }
        for (const auto& [incident, group] : incidents) {
            std::vector<std::int32_t> schools;
            for (const auto person : group) schools.push_back(m_schoolOf[static_cast<std::size_t>(at(person).pupil)]);
            std::ranges::sort(schools);
            if (group.size() >= 3 && schools.front() != schools.back()) add(found, group);
        }
        m_cases.push_back(std::move(found));
    }

    void twice() {
        SpecialCase found{"held_twice", "A person whom the police hold under two numbers", {}};
        for (const auto person : m_twice) add(found, {person});
        m_cases.push_back(std::move(found));
    }

    const World& m_world;
    std::vector<std::int32_t> m_schoolOf;
    std::vector<bool> m_known;
    std::vector<PersonIndex> m_twice;
    std::vector<SpecialCase> m_cases;
};

}  // namespace

std::vector<SpecialCase> specialCases(const World& world, const Registers& registers, const Delivered& delivered) {
    return Finder(world, registers, delivered).all();
}

}  // namespace fairlead::demo
