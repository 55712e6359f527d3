// Lives: what truly happened to the people of the city in about three years, and how each agency came to
// record it (late, corrected, withdrawn). Rates: resources/docs/synthetic-city.md.

#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/demo/homes.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// Appends facts to the world. Every fact gets a day of recording, some get a later change; days at which the
/// person was not alive, or outside the city's history, are left out.
class FactWriter {
public:
    /// `world` outlives this.
    explicit FactWriter(World& world) : m_world(world) {}

    /// A new incident number.
    std::int32_t newIncident() { return ++m_world.incidents; }
    /// An event on one day.
    void event(Fact fact);
    /// A status from fact.from until fact.until; an end after the city's end is open.
    void status(Fact fact);

private:
    void record(Fact& fact, Random& random) const;
    void change(Fact& fact, Random& random) const;
    [[nodiscard]] bool alive(const Fact& fact) const;
    World& m_world;
};

/// A span of time that a status may take: drawn so that it may overlap the history at either end.
Interval drawSpan(int meanDays, Random& random);
/// `base` per million, more under strain: by the family's strain, with `strong` about 50 times from calm to severe.
std::int64_t underStrain(std::int64_t basePerMillion, std::int32_t strain, bool strong);

/// Children's social care and early help: needs, plans, care, assessments, enquiries, exploitation decisions.
/// `homes` gives the placements their dwellings.
Status liveCare(World& world, Homes& homes, TaskContext& task);
/// Police: missing, crime, antisocial behaviour, domestic incidents, adults.
Status livePolice(World& world, TaskContext& task);
/// Schools: attendance, suspensions, NEET checklists.
Status liveSchools(World& world, TaskContext& task);
/// Health: referrals to mental-health services.
Status liveHealth(World& world, TaskContext& task);

/// Indices of the children of a family.
std::vector<PersonIndex> childrenOf(const World& world, const Family& family);
/// Age in completed years on a day; negative before birth.
int ageOn(const World& world, PersonIndex person, Date day);

}  // namespace fairlead::demo
