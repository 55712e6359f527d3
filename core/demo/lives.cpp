#include "core/demo/lives.h"

#include <algorithm>
#include <array>

namespace fairlead::demo {

namespace {

// A late record or a correction reaches the next delivery only if its day is within the sixty days that the
// delivery repeats, counted from the start of the month: fifty days leave room for police files that end early.
constexpr int kLatestRecord = 45;
constexpr int kLatestChange = 50;

int lag(Random& random) {
    switch (random.weighted({80, 15, 5})) {
        case 0: return random.between(0, 3);
        case 1: return random.between(4, 14);
        default: return random.between(15, kLatestRecord);
    }
}

}  // namespace

bool FactWriter::alive(const Fact& fact) const {
    const auto& person = m_world.persons[static_cast<std::size_t>(fact.person)];
    return fact.from >= person.birth && fact.from < person.death && fact.from <= cityEnd();
}

void FactWriter::record(Fact& fact, Random& random) const {
    if (fact.recorded == Date{}) fact.recorded = fact.from + lag(random);
    if (fact.until != Date::never()) {
        const auto later = random.chance(900'000) ? random.between(0, 5) : random.between(6, 28);
        // What was written down after its end was written with its end.
        fact.endRecorded = fact.recorded >= fact.until ? fact.recorded : fact.until + later;
    }
}

void FactWriter::change(Fact& fact, Random& random) const {
    const auto room = kLatestChange - (fact.recorded - fact.from);
    if (room < 4) return;
    const auto when = fact.recorded + random.between(3, room);
    if (fact.kind == record::FactKind::Crime && random.chance(20'000)) {
        fact.cancelled = true;
    } else if (fact.kind == record::FactKind::Crime && random.chance(15'000)) {
        fact.change = Change::Cancelled;
    } else if (random.chance(8'000)) {
        fact.change = Change::Withdrawn;
    } else if (random.chance(8'000) && fact.until == Date::never()) {
        fact.change = Change::OneDayLater;
    }
    if (fact.change != Change::None) fact.changedOn = when;
}

void FactWriter::event(Fact fact) {
    if (fact.from < historyStart() || !alive(fact)) return;
    Random random(m_world.seed, "fact", m_world.facts.size());
    record(fact, random);
    change(fact, random);
    m_world.facts.push_back(fact);
}

void FactWriter::status(Fact fact) {
    const auto& person = m_world.persons[static_cast<std::size_t>(fact.person)];
    fact.until = std::min(fact.until, person.death);
    if (fact.until <= historyStart() || fact.until <= fact.from || !alive(fact)) return;
    if (fact.until > cityEnd()) fact.until = Date::never();
    Random random(m_world.seed, "fact", m_world.facts.size());
    record(fact, random);
    // A status is rarely taken back, and only soon after it began.
    if (random.chance(4'000) && fact.recorded - fact.from < 20) {
        fact.change = Change::Withdrawn;
        fact.changedOn = fact.recorded + random.between(3, 25);
    }
    m_world.facts.push_back(fact);
}

Interval drawSpan(int meanDays, Random& random) {
    const auto length = random.between(meanDays / 2, meanDays * 3 / 2);
    const auto from = random.day(historyStart() - meanDays, cityEnd());
    return {from, from + length};
}

std::int64_t underStrain(std::int64_t basePerMillion, std::int32_t strain, bool strong) {
    constexpr std::array<std::int64_t, 4> kStrong = {25, 130, 500, 1200};  // percent; the mean over families is 1
    constexpr std::array<std::int64_t, 4> kMild = {70, 140, 250, 300};
    const auto percent = (strong ? kStrong : kMild).at(static_cast<std::size_t>(strain));
    return std::min<std::int64_t>(basePerMillion * percent / 100, 900'000);
}

std::vector<PersonIndex> childrenOf(const World& world, const Family& family) {
    std::vector<PersonIndex> children;
    for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
        if (world.persons[static_cast<std::size_t>(i)].place == Place::Child) children.push_back(i);
    }
    return children;
}

int ageOn(const World& world, PersonIndex person, Date day) {
    const auto birth = world.persons[static_cast<std::size_t>(person)].birth;
    return day < birth ? -1 : ageInYears(birth, day);
}

}  // namespace fairlead::demo
