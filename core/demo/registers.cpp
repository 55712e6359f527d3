#include "core/demo/registers.h"

#include <algorithm>

#include <fmt/format.h>

namespace fairlead::demo {

namespace {

constexpr std::array<std::string_view, kAgencies> kAgencyIds = {"education", "social_care", "early_help", "health",
                                                                "police"};
constexpr std::array<std::string_view, kAgencies> kDatasetIds = {"school_roll", "childrens_social_care", "early_help",
                                                                 "mental_health_referrals", "police_records"};
constexpr std::array<std::string_view, kAgencies> kPrefixes = {"ED", "SC", "EH", "MH", "PN"};

/// Spreads numbers over [0, prime): neighbours end far apart, and no two meet.
std::uint64_t spread(std::uint64_t number, std::uint64_t prime, std::uint64_t agency) {
    return (number * 7'368'787 + 1'299'709 * (agency + 1)) % prime;
}

bool isParent(Place place) {
    return place == Place::Mother || place == Place::Father || place == Place::StepParent ||
           place == Place::AbsentFather;
}

}  // namespace

std::string_view agencyId(Agency agency) { return kAgencyIds.at(static_cast<std::size_t>(agency)); }
std::string_view datasetId(Agency agency) { return kDatasetIds.at(static_cast<std::size_t>(agency)); }

Registers::Registers(const World& world) : m_world(world) {
    for (std::size_t i = 0; i < kAgencies; ++i) {
        const auto agency = static_cast<Agency>(i);
        auto days = agency == Agency::Education ? education() : daysOfFacts(agency);
        if (agency == Agency::SocialCare || agency == Agency::EarlyHelp) addRelatives(agency, days);
        if (agency == Agency::Police) addContacts(days);
        fill(agency, days);
    }
    addFurtherContacts();
    markSuspects();
}

Registers::Days Registers::daysOfFacts(Agency agency) const {
    Days days(m_world.persons.size(), Date::never());
    for (const auto& fact : m_world.facts) {
        if (fact.agency != agency) continue;
        auto& day = days[static_cast<std::size_t>(fact.person)];
        day = std::min(day, fact.recorded);
    }
    return days;
}

Registers::Days Registers::education() const {
    Days days(m_world.persons.size(), Date::never());
    for (const auto& enrolment : m_world.enrolments) {
        const auto child = m_world.pupils[static_cast<std::size_t>(enrolment.pupil)].person;
        auto& day = days[static_cast<std::size_t>(child)];
        day = std::min(day, enrolment.from);
        const auto& family =
            m_world.families[static_cast<std::size_t>(m_world.persons[static_cast<std::size_t>(child)].family)];
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto place = m_world.persons[static_cast<std::size_t>(i)].place;
            if (!isParent(place)) continue;
            Random random(m_world.seed, "contact", static_cast<std::uint64_t>(i));
            const auto share =
                place == Place::AbsentFather ? 450'000 : (place == Place::StepParent ? 700'000 : 980'000);
            if (!random.chance(share)) continue;
            auto& contact = days[static_cast<std::size_t>(i)];
            contact = std::min(contact, enrolment.from);
        }
    }
    return days;
}

void Registers::addRelatives(Agency agency, Days& days) const {
    for (const auto& family : m_world.families) {
        auto first = Date::never();
        for (PersonIndex i = family.first; i < family.first + family.count; ++i)
            first = std::min(first, days[static_cast<std::size_t>(i)]);
        if (first == Date::never()) continue;
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto& person = m_world.persons[static_cast<std::size_t>(i)];
            Random random(m_world.seed, agencyId(agency), static_cast<std::uint64_t>(i));
            const bool grown =
                person.place == Place::Child && ageInYears(person.birth, std::max(person.birth, first)) >= 18;
            const bool absent = person.place == Place::Grandparent || person.place == Place::AbsentFather;
            const bool left = agency == Agency::EarlyHelp && absent;
            if (grown || left || (absent && !random.chance(550'000))) continue;
            auto& day = days[static_cast<std::size_t>(i)];
            day = std::min(day, std::max(first, person.birth + 3));
        }
    }
}

void Registers::addContacts(Days& days) const {
    for (std::size_t i = 0; i < m_world.persons.size(); ++i) {
        const auto& person = m_world.persons[i];
        if (person.family < 0 || person.place == Place::Child) continue;
        Random random(m_world.seed, "police contact", i);
        if (!random.chance(person.place == Place::Grandparent ? 300'000 : 420'000)) continue;
        const auto day = random.day(historyStart() - 1500, cityEnd() - 10);
        if (day < person.death) days[i] = std::min(days[i], day);
    }
}

void Registers::fill(Agency agency, const Days& days) {
    auto& sources = m_sources[index(agency)];
    auto& first = m_first[index(agency)];
    first.assign(days.size(), -1);
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (days[i] > cityEnd()) continue;
        first[i] = static_cast<std::int32_t>(sources.size());
        sources.push_back({static_cast<PersonIndex>(i), days[i], false, false});
        Random random(m_world.seed, "duplicate", i);
        if (agency == Agency::Police && random.chance(20'000))
            sources.push_back({static_cast<PersonIndex>(i), days[i], true, false});
    }
}

// Whom a school asks for beyond those at home: a parent elsewhere, whom its admission register has to name when known,
// and somebody to call when no parent answers, often a grandparent. Rates: resources/docs/synthetic-city.md.
void Registers::addFurtherContacts() {
    auto& sources = m_sources[index(Agency::Education)];
    auto& first = m_first[index(Agency::Education)];
    for (const auto& family : m_world.families) {
        auto since = Date::never();
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto source = first[static_cast<std::size_t>(i)];
            if (source >= 0) since = std::min(since, sources[static_cast<std::size_t>(source)].knownFrom);
        }
        for (PersonIndex i = family.first; since <= cityEnd() && i < family.first + family.count; ++i) {
            const auto& person = m_world.persons[static_cast<std::size_t>(i)];
            const bool elsewhere = person.place == Place::AbsentFather;
            if (first[static_cast<std::size_t>(i)] >= 0 || !(elsewhere || person.place == Place::Grandparent)) continue;
            Random random(m_world.seed, "further contact", static_cast<std::uint64_t>(i));
            const auto share = elsewhere ? 550'000 : (person.sex == Sex::Female ? 750'000 : 550'000);
            if (!random.chance(share)) continue;
            first[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(sources.size());
            sources.push_back({i, since, false, false});
        }
    }
}

void Registers::markSuspects() {
    for (std::size_t i = 0; i < m_world.facts.size(); ++i) {
        const auto& fact = m_world.facts[i];
        const bool suspect = fact.role == record::Role::Suspect || fact.kind == record::FactKind::AdultSuspect;
        if (fact.agency != Agency::Police || !suspect) continue;
        const auto source = sourceOfFact(i);
        if (source < 0) continue;
        m_sources[index(Agency::Police)][static_cast<std::size_t>(source)].suspect = true;
    }
}

std::int32_t Registers::sourceOfFact(std::size_t fact) const {
    const auto& one = m_world.facts[fact];
    const auto first = sourceOf(one.agency, one.person);
    if (first < 0) return first;
    const auto& sources = m_sources[index(one.agency)];
    const auto next = static_cast<std::size_t>(first) + 1;
    const bool second = next < sources.size() && sources[next].duplicate && (mixed(fact) & 1U) != 0;
    return second ? first + 1 : first;
}

std::string Registers::personRef(Agency agency, std::int32_t source) {
    const auto number = spread(static_cast<std::uint64_t>(source), 9'999'991, index(agency));
    return fmt::format("{}{:07}", kPrefixes.at(index(agency)), number);
}

std::string Registers::factRef(Agency agency, std::size_t fact) {
    return fmt::format("{}-{:08}", kPrefixes.at(index(agency)), spread(fact, 99'999'989, index(agency)));
}

std::string Registers::incidentRef(std::int32_t incident) {
    return fmt::format("INC{:08}", spread(static_cast<std::uint64_t>(incident), 99'999'989, 7));
}

std::string Registers::familyRef(Agency agency, std::int32_t family) {
    return fmt::format("{}-FAM{:07}", kPrefixes.at(index(agency)),
                       spread(static_cast<std::uint64_t>(family), 9'999'991, 20 + index(agency)));
}

}  // namespace fairlead::demo
