// The truth beside the deliveries.
#include "core/demo/truth.h"

#include <map>
#include <set>
#include <unordered_map>

#include <catch2/catch_all.hpp>

#include "core/base/csv.h"
#include "core/demo/schools.h"
#include "tests/core/demo/small_city.h"

using namespace fairlead;
using namespace fairlead::demo;
using demo::test::smallCity;
using fairlead::test::valueOf;

namespace {

std::vector<ExpectedSpell> spells() {
    TaskContext task;
    const auto& city = smallCity();
    return valueOf(expectedSpells(city.world, city.registers, task));
}

/// The facts that stand after every delivery was taken in, worked out from the rows alone.
std::map<std::string, record::FactRow> takenIn() {
    const auto& city = smallCity();
    std::map<std::string, record::FactRow> held;
    for (std::size_t i = 0; i < city.plan.size(); ++i) {
        const Interval period{city.plan[i].periodFrom, city.plan[i].periodUntil};
        const auto prefix = Registers::factRef(city.plan[i].agency, 0).substr(0, 3);
        std::erase_if(held, [&](const auto& entry) {
            const auto& fact = entry.second;
            const bool event = record::entry(fact.kind).shape == record::Shape::Event;
            const Interval days{*fact.from, fact.until.value_or(event ? *fact.from + 1 : Date::never())};
            return entry.first.starts_with(prefix) && days.overlaps(period);
        });
        for (const auto& fact : city.rows[i].facts) held[fact.factRef] = fact;
    }
    return held;
}

std::map<std::string, PersonIndex> peopleByRef() {
    std::map<std::string, PersonIndex> people;
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto agency = static_cast<Agency>(a);
        const auto& sources = smallCity().registers.sources(agency);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            people[Registers::personRef(agency, static_cast<std::int32_t>(i))] = sources[i].person;
        }
    }
    return people;
}

/// Days of one indicator by person, from facts that `holds` picks.
template <typename Test>
std::set<std::pair<PersonIndex, std::int32_t>> daysOf(int lasting, Test holds) {
    std::set<std::pair<PersonIndex, std::int32_t>> days;
    static const auto facts = takenIn();
    static const auto people = peopleByRef();
    for (const auto& [ref, fact] : facts) {
        if (fact.cancelled || !holds(fact, people.at(fact.personRef))) continue;
        const auto until =
            lasting > 0 ? *fact.from + lasting : std::min(fact.until.value_or(Date::never()), cityEnd() + 400);
        for (auto day = *fact.from; day < until; day = day + 1) days.emplace(people.at(fact.personRef), day.days);
    }
    return days;
}

std::set<std::pair<PersonIndex, std::int32_t>> daysExpected(std::string_view indicator) {
    std::set<std::pair<PersonIndex, std::int32_t>> days;
    for (const auto& spell : spells()) {
        if (spell.indicator != indicator) continue;
        const auto until = std::min(spell.span.until, cityEnd() + 400);
        for (auto day = spell.span.from; day < until; day = day + 1) days.emplace(spell.person, day.days);
    }
    return days;
}

}  // namespace

TEST_CASE("expected spells are sorted, disjoint and not empty", "[demo]") {
    const auto all = spells();
    REQUIRE(all.size() > 1000);
    std::set<std::string_view> indicators;
    for (std::size_t i = 0; i < all.size(); ++i) {
        indicators.insert(all[i].indicator);
        CHECK_FALSE(all[i].span.isEmpty());
        if (i == 0 || all[i - 1].person != all[i].person || all[i - 1].indicator != all[i].indicator) continue;
        CHECK(all[i - 1].span.until < all[i].span.from);
    }
    CHECK(indicators.size() == 12);
}

TEST_CASE("expected spells of events are the days after each event that still stands", "[demo]") {
    using record::FactKind;
    using record::FactRow;
    using record::Role;
    const auto oldEnough = [](const FactRow& fact, PersonIndex person) {
        return fact.role != Role::Suspect || ageInYears(smallCity().person(person).birth.monthEnd(), *fact.from) >= 10;
    };
    CHECK(daysExpected("crime") == daysOf(30, [&](const FactRow& fact, PersonIndex person) {
              const bool role = fact.role == Role::Victim || fact.role == Role::Suspect;
              return fact.kind == FactKind::Crime && role && oldEnough(fact, person);
          }));
    CHECK(daysExpected("asb") == daysOf(30, [&](const FactRow& fact, PersonIndex person) {
              const bool role = fact.role == Role::Victim || fact.role == Role::Suspect;
              return fact.kind == FactKind::AntisocialBehaviour && role && oldEnough(fact, person);
          }));
    CHECK(daysExpected("missing") == daysOf(30, [](const FactRow& fact, PersonIndex) {
              return fact.kind == FactKind::MissingEpisode && fact.code == "M";
          }));
    CHECK(daysExpected("domestic_incident") ==
          daysOf(30, [](const FactRow& fact, PersonIndex) { return fact.kind == FactKind::DomesticIncident; }));
    CHECK(daysExpected("risk_of_neet") == daysOf(120, [](const FactRow& fact, PersonIndex) {
              return fact.kind == FactKind::NeetChecklist && fact.code == "high";
          }));
}

TEST_CASE("expected spells of statuses last as long as the status", "[demo]") {
    using record::FactKind;
    using record::FactRow;
    CHECK(daysExpected("child_in_need") ==
          daysOf(0, [](const FactRow& fact, PersonIndex) { return fact.kind == FactKind::ChildInNeed; }));
    CHECK(daysExpected("early_help") ==
          daysOf(0, [](const FactRow& fact, PersonIndex) { return fact.kind == FactKind::EarlyHelp; }));
    CHECK(daysExpected("child_protection_plan") ==
          daysOf(0, [](const FactRow& fact, PersonIndex) { return fact.kind == FactKind::ChildProtectionPlan; }));
    CHECK(daysExpected("child_in_care") == daysOf(0, [](const FactRow& fact, PersonIndex) {
              return fact.kind == FactKind::LookedAfter && fact.code != "V3" && fact.code != "V4";
          }));
}

TEST_CASE("pupils with an indicator on the last day are as many as plausible", "[demo]") {
    const auto& world = smallCity().world;
    std::set<PersonIndex> pupils;
    const auto schools = currentSchools(world);
    for (std::size_t i = 0; i < schools.size(); ++i) {
        if (schools[i] >= 0) pupils.insert(world.pupils[i].person);
    }
    std::map<std::string_view, std::set<PersonIndex>> holding;
    for (const auto& spell : spells()) {
        if (spell.span.contains(cityEnd()) && pupils.contains(spell.person))
            holding[spell.indicator].insert(spell.person);
    }
    // Per thousand pupils; wide, because two thousand pupils are few.
    const std::map<std::string_view, std::pair<double, double>> bands = {{"child_in_care", {3, 18}},
                                                                         {"child_protection_plan", {1, 12}},
                                                                         {"child_in_need", {15, 60}},
                                                                         {"early_help", {18, 70}},
                                                                         {"risk_of_neet", {8, 40}},
                                                                         {"mental_health_concern", {25, 80}},
                                                                         {"serious_exploitation", {1, 15}},
                                                                         {"serious_harm", {1, 18}},
                                                                         {"missing", {0.4, 9}},
                                                                         {"crime", {4, 25}},
                                                                         {"asb", {2, 20}},
                                                                         {"domestic_incident", {5, 35}}};
    for (const auto& [indicator, band] : bands) {
        INFO(indicator);
        const auto perThousand = static_cast<double>(holding[indicator].size()) / 2.0;
        CHECK(perThousand >= band.first);
        CHECK(perThousand <= band.second);
    }
}

TEST_CASE("the truth names every source person once and nobody else", "[demo]") {
    const auto& city = smallCity();
    const auto table = valueOf(parseCsv(personsCsv(city.world, city.registers, city.delivered), "persons.csv"));
    std::set<std::string> named;
    const auto ref = table.column("person_ref");
    REQUIRE(ref != CsvTable::npos);
    for (const auto& row : table.rows) CHECK(named.insert(row.cells[ref]).second);
    std::set<std::string> delivered;
    for (const auto& rows : city.rows) {
        for (const auto& row : rows.persons) delivered.insert(row.personRef);
    }
    CHECK(named == delivered);
}

TEST_CASE("families and spells are written with open ends left empty", "[demo]") {
    const auto& city = smallCity();
    const auto families =
        valueOf(parseCsv(familiesCsv(city.world, city.registers, city.delivered, city.connected), "families.csv"));
    CHECK(families.header == std::vector<std::string>{"person_id", "family_id", "from", "until", "basis", "connected"});
    CHECK(families.rows.size() > 4000);
    const std::vector<ExpectedSpell> two = {{0, "crime", {*Date::fromCivil(2026, 6, 1), *Date::fromCivil(2026, 7, 1)}},
                                            {1, "early_help", {*Date::fromCivil(2026, 5, 1), Date::never()}}};
    CHECK(spellsCsv(two) ==
          "person_id,indicator,from,until\nP0000001,crime,2026-06-01,2026-07-01\nP0000002,early_help,2026-05-01,\n");
}

TEST_CASE("relatives are connected in the truth by rows that were delivered, and by nothing else", "[demo]") {
    const auto& city = smallCity();
    std::size_t connected = 0, alone = 0, apart = 0;
    for (const auto& family : city.world.families) {
        std::map<std::int32_t, int> members;
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto group = city.connected[static_cast<std::size_t>(i)];
            ++members[group];
            ++(group == 0 ? alone : connected);
        }
        for (const auto& [group, count] : members) CHECK((group == 0 || count > 1));
    }
    std::unordered_map<std::string, PersonIndex> personOf;
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto& sources = city.registers.sources(static_cast<Agency>(a));
        for (std::size_t i = 0; i < sources.size(); ++i)
            personOf[Registers::personRef(static_cast<Agency>(a), static_cast<std::int32_t>(i))] = sources[i].person;
    }
    for (const auto& rows : city.rows) {
        for (const auto& row : rows.relationships) {
            const auto one = static_cast<std::size_t>(personOf.at(row.personRef));
            const auto other = static_cast<std::size_t>(personOf.at(row.otherRef));
            if (city.connected[one] == 0 || city.connected[one] != city.connected[other]) ++apart;
        }
    }
    CHECK(apart == 0);
    CHECK(connected > city.world.families.size());
    CHECK(alone > 0);
    for (std::size_t i = 0; i < city.world.persons.size(); ++i)
        if (city.world.persons[i].family < 0) REQUIRE(city.connected[i] == 0);
}

TEST_CASE("a row more connects the relatives it names", "[demo]") {
    const auto& city = smallCity();
    DeliveredTies ties(city.world, city.registers);
    CHECK(std::ranges::count(ties.groups(), 0) == static_cast<std::ptrdiff_t>(city.world.persons.size()));
    const auto& known = city.registers.sources(Agency::SocialCare);
    std::int32_t one = 0;
    while (city.person(known[static_cast<std::size_t>(one)].person).family < 0 ||
           city.person(known[static_cast<std::size_t>(one)].person).family !=
               city.person(known[static_cast<std::size_t>(one) + 1].person).family)
        ++one;
    const auto ref = [](std::int32_t source) { return Registers::personRef(Agency::SocialCare, source); };
    const auto groupOf = [&](std::int32_t source) {
        return ties.groups()[static_cast<std::size_t>(known[static_cast<std::size_t>(source)].person)];
    };
    record::ExtractRows rows;
    rows.persons.resize(2);
    rows.persons[0].personRef = ref(one);
    rows.persons[1].personRef = ref(one + 1);
    const auto living = [&](std::int32_t source, const char* kind) {
        record::AddressRow row;
        row.personRef = ref(source);
        row.paon = "12";
        row.postcode = source == one ? "BS3 4QA" : "BS34QA";
        row.kind = kind;
        rows.addresses.push_back(row);
    };
    living(one, "home");
    living(one + 1, "refuge");
    ties.take(city.plan[1], rows);
    CHECK(groupOf(one) == 0);
    rows.addresses.clear();
    living(one, "home");
    living(one + 1, "home");
    ties.take(city.plan[1], rows);
    CHECK(groupOf(one) == 1);
    CHECK(groupOf(one + 1) == 1);
}
