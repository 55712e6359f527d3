// FamilyMaker: one family with its parents, children and homes.

#pragma once

#include <vector>

#include "core/demo/homes.h"
#include "core/demo/names.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// A dwelling that a family left, and when.
struct Vacancy {
    std::int32_t address = 0;
    Date since;
};

/// Makes families one after the other, each from its own stream of random numbers.
class FamilyMaker {
public:
    /// All three outlive this.
    FamilyMaker(World& world, const Names& names, Homes& homes);

    /// Appends one more family to the world.
    void make();
    /// Dwellings that families have left.
    [[nodiscard]] const std::vector<Vacancy>& vacancies() const { return m_vacancies; }

private:
    /// What is decided before the people are made.
    struct Plan {
        Community mothers = Community::British;
        Community fathers = Community::British;
        bool mother = true;
        bool father = true;         ///< Lives with the family.
        bool absentFather = false;  ///< Known, lives elsewhere.
        bool stepParent = false;
        bool married = false;
        Date firstBirth;
    };

    Plan plan(Random& random) const;
    PersonIndex addParent(const Plan& plan, Place place, Random& random);
    void nameParents(const Plan& plan, Random& random);
    void addChildren(const Plan& plan, Random& random);
    void addChild(const Plan& plan, Date birth, PersonIndex twinOf, Random& random);
    void nameChild(const Plan& plan, Person& child, Random& random) const;
    void addGrandparents(const Plan& plan, Random& random);
    void changeNames(const Plan& plan, Random& random);
    void settle(Random& random);
    void stayInRefuge(Random& random);
    void endLives(Random& random);

    PersonIndex add(Place place, Sex sex, Community community, Date birth, Random& random);
    [[nodiscard]] PersonIndex member(Place place) const;
    Person& person(PersonIndex index) { return m_world.persons[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Person& person(PersonIndex index) const {
        return m_world.persons[static_cast<std::size_t>(index)];
    }

    World& m_world;
    const Names& m_names;
    Homes& m_homes;
    Family m_family;
    std::string m_childSurname;
    std::vector<std::int32_t>
        m_lastHome;  ///< By neighbourhood: where the next unrelated family may share; -1 = nowhere.
    std::vector<Vacancy> m_vacancies;
};

/// Draws a community in the proportions of the city (invented; resources/docs/synthetic-city.md).
Community drawCommunity(Random& random);

}  // namespace fairlead::demo
