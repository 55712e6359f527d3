// What the police are called to: missing children, crime, antisocial behaviour, domestic incidents, adults.
#include <algorithm>
#include <array>

#include "core/demo/lives.h"
#include "core/demo/schools.h"

namespace fairlead::demo {

namespace {

using record::FactKind;
using record::Role;

// Home Office classes: assault with injury, assault without injury, harassment, public fear, theft from the
// person, robbery, criminal damage, knife in public, possession of drugs.
constexpr std::array<const char*, 9> kAgainstChildren = {"8N", "105A", "8L", "9A", "39", "34B", "58A", "10D", "92E"};
constexpr std::array<const char*, 6> kAgainstAdults = {"8N", "105A", "8L", "45", "58A", "49"};
constexpr std::array<const char*, 3> kNuisance = {"nuisance", "personal", "environmental"};
constexpr std::array<const char*, 3> kGrades = {"standard", "medium", "high"};

/// Children by neighbourhood, so that those who meet live near each other.
class Playground {
public:
    explicit Playground(const World& world)
        : m_children(static_cast<std::size_t>(world.neighbourhoods)), m_world(world) {
        for (const auto& pupil : world.pupils) {
            const auto& person = world.persons[static_cast<std::size_t>(pupil.person)];
            const auto family = static_cast<std::size_t>(person.family);
            m_children.at(static_cast<std::size_t>(world.families[family].neighbourhood)).push_back(pupil.person);
        }
    }

    /// Another child within two years of age, rather under strain than not; nobody when the draw finds none.
    [[nodiscard]] PersonIndex companion(PersonIndex child, Random& random) const {
        const auto& one = m_world.persons[static_cast<std::size_t>(child)];
        const auto& near = m_children.at(
            static_cast<std::size_t>(m_world.families[static_cast<std::size_t>(one.family)].neighbourhood));
        for (int tries = 0; tries < 12 && !near.empty(); ++tries) {
            const auto candidate = near[random.below(near.size())];
            const auto& other = m_world.persons[static_cast<std::size_t>(candidate)];
            const auto strain = m_world.families[static_cast<std::size_t>(other.family)].strain;
            const auto apart = other.birth - one.birth;
            if (candidate != child && apart > -730 && apart < 730 && random.chance(underStrain(400'000, strain, false)))
                return candidate;
        }
        return kNobody;
    }

private:
    std::vector<std::vector<PersonIndex>> m_children;
    const World& m_world;
};

/// Writes what the police record.
class PoliceYears {
public:
    explicit PoliceYears(World& world) : m_world(world), m_facts(world), m_playground(world) {}

    void family(std::size_t index) {
        const auto family = m_world.families[index];
        Random random(m_world.seed, "police", index);
        for (const auto child : childrenOf(m_world, family)) {
            missing(child, family.strain, random);
            victim(child, family.strain, random);
            antisocial(child, family.strain, random);
            suspectAlone(child, family.strain, random);
        }
        domestic(family, random);
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            if (personAt(i).place != Place::Child && random.chance(underStrain(60'000, family.strain, true))) {
                const auto day =
                    anyDay(random);  // drawn by itself: the order of a call's arguments is the compiler's choice
                add(i, FactKind::AdultSuspect, Role::Subject, kAgainstAdults.at(random.below(kAgainstAdults.size())),
                    day, 0);
            }
        }
    }

    void outsider(PersonIndex person) {
        Random random(m_world.seed, "outsider", static_cast<std::uint64_t>(person));
        const auto count = 1 + static_cast<int>(random.weighted({70, 20, 10}));
        for (int i = 0; i < count; ++i) {
            const auto* code = kAgainstAdults.at(random.below(kAgainstAdults.size()));
            const auto day = anyDay(random);
            switch (random.weighted({42, 20, 14, 10, 14})) {
                case 0: add(person, FactKind::Crime, Role::Victim, code, day, m_facts.newIncident()); break;
                case 1: add(person, FactKind::AdultSuspect, Role::Subject, code, day, 0); break;
                case 2: add(person, FactKind::Crime, Role::Witness, code, day, m_facts.newIncident()); break;
                case 3:
                    add(person, FactKind::AntisocialBehaviour, Role::Suspect, "nuisance", day, m_facts.newIncident());
                    break;
                default:
                    add(person, FactKind::AdultDomestic, Role::Subject, partyOf(person), day, m_facts.newIncident());
                    break;
            }
        }
    }

    /// One domestic incident at a family's home.
    void domesticIncident(const Family& family, Date day, Random& random, bool everyChild) {
        const auto incident = m_facts.newIncident();
        const auto* grade = kGrades.at(random.weighted({60, 30, 10}));
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto place = personAt(i).place;
            const bool adult = place == Place::Mother || place == Place::Father || place == Place::StepParent;
            if (adult) add(i, FactKind::AdultDomestic, Role::Subject, partyOf(i), day, incident);
            const auto age = ageOn(m_world, i, day);
            if (place != Place::Child || age < 0 || age >= 18 || (!everyChild && !random.chance(780'000))) continue;
            const bool party = age >= 16 && random.chance(80'000);
            add(i, FactKind::DomesticIncident, party ? Role::Victim : Role::Linked, grade, day, incident);
        }
    }

private:
    const Person& personAt(PersonIndex index) const { return m_world.persons[static_cast<std::size_t>(index)]; }
    /// An adult's part in a domestic incident: a simplification of the demo.
    const char* partyOf(PersonIndex adult) const { return personAt(adult).sex == Sex::Male ? "suspect" : "victim"; }
    static Date anyDay(Random& random) { return random.day(historyStart(), cityEnd()); }

    void add(PersonIndex person, FactKind kind, Role role, const char* code, Date day, std::int32_t incident) {
        Fact made;
        made.person = person;
        made.kind = kind;
        made.role = role;
        made.code = code;
        made.incident = incident;
        made.from = day;
        m_facts.event(made);
    }

    /// False near the tenth birthday: a workspace keeps the month of birth only, so that a day there would be moot.
    bool oldEnoughIsClear(PersonIndex person, Date day) const {
        const auto tenth = personAt(person).birth.plusMonths(120);
        return day > tenth + 62 || day < tenth - 62;
    }

    bool inCareOn(PersonIndex person, Date day) const {
        const auto* stay = m_world.stayOn(personAt(person), day);
        return stay != nullptr && (stay->kind == HomeKind::Placement || stay->kind == HomeKind::ChildrensHome);
    }

    void missing(PersonIndex child, std::int32_t strain, Random& random) {
        const auto start = anyDay(random);
        const bool inCare = inCareOn(child, start);
        if (!random.chance(inCare ? 450'000 : underStrain(115'000, strain, true))) return;
        auto day = start;
        const auto episodes = 1 + static_cast<int>(random.weighted({45, 22, 13, 9, 6, 5}));
        for (int i = 0; i < episodes && day <= cityEnd(); ++i, day = day + random.between(4, 60)) {
            const auto age = ageOn(m_world, child, day);
            if (age < 11 || age > 17) continue;
            Fact made;
            made.person = child;
            made.kind = FactKind::MissingEpisode;
            made.code = "M";
            made.from = day;
            made.until = day + random.between(1, 4);
            m_facts.event(made);
            if (!inCareOn(child, day)) continue;
            made.agency = Agency::SocialCare;  // the placement reports too, under a number of its own
            made.code = random.chance(850'000) ? "M" : "A";
            m_facts.event(made);
        }
    }

    void victim(PersonIndex child, std::int32_t strain, Random& random) {
        for (int i = 0; i < 3; ++i) {
            if (!random.chance(underStrain(125'000, strain, false))) continue;
            const auto day = anyDay(random);
            if (ageOn(m_world, child, day) < 4 || ageOn(m_world, child, day) > 19) continue;
            const auto incident = m_facts.newIncident();
            const auto* code = kAgainstChildren.at(random.weighted({22, 30, 16, 8, 8, 6, 10, 0, 0}));
            add(child, FactKind::Crime, Role::Victim, code, day, incident);
            if (random.chance(380'000)) join(m_playground.companion(child, random), Role::Suspect, code, day, incident);
            if (random.chance(160'000)) join(m_playground.companion(child, random), Role::Witness, code, day, incident);
        }
    }

    void join(PersonIndex person, Role role, const char* code, Date day, std::int32_t incident) {
        if (person == kNobody || ageOn(m_world, person, day) < 5 || !oldEnoughIsClear(person, day)) return;
        add(person, FactKind::Crime, role, code, day, incident);
    }

    void suspectAlone(PersonIndex child, std::int32_t strain, Random& random) {
        if (!random.chance(underStrain(75'000, strain, true))) return;
        const auto day = anyDay(random);
        const auto age = ageOn(m_world, child, day);
        if (age < 12 || age > 19) return;
        add(child, FactKind::Crime, Role::Suspect,
            kAgainstChildren.at(random.weighted({5, 5, 0, 10, 20, 2, 25, 8, 25})), day, m_facts.newIncident());
    }

    void antisocial(PersonIndex child, std::int32_t strain, Random& random) {
        for (int i = 0; i < 2; ++i) {
            if (!random.chance(underStrain(150'000, strain, false))) continue;
            const auto day = anyDay(random);
            const auto age = ageOn(m_world, child, day);
            if (age < 9 || age > 18) continue;
            const auto incident = m_facts.newIncident();
            const auto* code = kNuisance.at(random.weighted({70, 20, 10}));
            const auto group = random.between(1, 4);
            for (int member = 0; member < group; ++member) {
                const auto who = member == 0 ? child : m_playground.companion(child, random);
                const auto role =
                    std::array{Role::Suspect, Role::Victim, Role::Linked}.at(random.weighted({64, 24, 12}));
                if (who == kNobody || ageOn(m_world, who, day) < 6 || !oldEnoughIsClear(who, day)) continue;
                add(who, FactKind::AntisocialBehaviour, role, code, day, incident);
            }
        }
    }

    void domestic(const Family& family, Random& random) {
        if (!random.chance(underStrain(230'000, family.strain, true))) return;
        const auto incidents = 1 + static_cast<int>(random.weighted({22, 16, 14, 12, 10, 8, 7, 6, 5}));
        for (int i = 0; i < incidents; ++i) domesticIncident(family, anyDay(random), random, false);
    }

    World& m_world;
    FactWriter m_facts;
    Playground m_playground;
};

/// The number of schools that the pupils of a family attend on the last day, and how many they are.
std::pair<std::size_t, std::size_t> schoolsAndPupils(const World& world, const Family& family,
                                                     const std::vector<std::int32_t>& schoolOf) {
    std::vector<std::int32_t> schools;
    for (const auto child : childrenOf(world, family)) {
        const auto pupil = world.persons[static_cast<std::size_t>(child)].pupil;
        if (pupil >= 0 && schoolOf[static_cast<std::size_t>(pupil)] >= 0)
            schools.push_back(schoolOf[static_cast<std::size_t>(pupil)]);
    }
    const auto pupils = schools.size();
    std::ranges::sort(schools);
    schools.erase(std::ranges::unique(schools).begin(), schools.end());
    return {schools.size(), pupils};
}

/// Every city has an incident in its last month at the home of three pupils who go to two schools.
void threeSiblings(World& world, PoliceYears& police) {
    const auto schoolOf = currentSchools(world);
    for (const auto& family : world.families) {
        const auto [schools, pupils] = schoolsAndPupils(world, family, schoolOf);
        if (schools < 2 || pupils < 3) continue;
        Random random(world.seed, "three siblings");
        const auto chosen = family;  // the world's facts grow, its families do not
        police.domesticIncident(chosen, cityEnd() - 16, random, true);
        return;
    }
}

}  // namespace

Status livePolice(World& world, TaskContext& task) {
    PoliceYears police(world);
    for (std::size_t i = 0; i < world.families.size(); ++i) {
        police.family(i);
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    for (std::size_t i = 0; i < world.persons.size(); ++i) {
        if (world.persons[i].family < 0) police.outsider(static_cast<PersonIndex>(i));
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    threeSiblings(world, police);
    return {};
}

}  // namespace fairlead::demo
