// The synthetic city as it truly is: people, families, homes, schools and what happened to them, before any
// agency wrote it down. Plain values; positions in the vectors are the ids.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/demo/names.h"
#include "core/record/fact_kind.h"

namespace fairlead::demo {

/// Position of a person in World::persons; kNobody = none.
using PersonIndex = std::int32_t;
inline constexpr PersonIndex kNobody = -1;

/// The first day that the city's records speak of: 1 September 2023.
Date historyStart();
/// The day at which the city ends, and the default as-at date: 30 June 2026.
Date cityEnd();
/// The last day in the baseline deliveries: 31 March 2026.
Date baselineEnd();

/// What an address is to the one who lives there.
enum class HomeKind : std::uint8_t { Home, Placement, Hostel, Refuge, ChildrensHome };

/// A dwelling.
struct Address {
    std::int32_t street = 0;  ///< Position in Names::streets, or, when elsewhere, Names::streetsElsewhere.
    std::int32_t number = 1;  ///< House number.
    std::int32_t flat = 0;    ///< 0 = the whole house.
    bool elsewhere = false;   ///< Outside Bristol.
    HomeKind kind = HomeKind::Home;
};

/// A time at an address.
struct Stay {
    std::int32_t address = 0;
    Date from;
    Date until = Date::never();
    HomeKind kind = HomeKind::Home;
};

/// What a person is in their family.
enum class Place : std::uint8_t { None, Mother, Father, StepParent, AbsentFather, Child, Grandparent };

/// A human being.
struct Person {
    Date birth;
    Date death = Date::never();
    Sex sex = Sex::Female;
    Community community = Community::British;
    Place place = Place::None;
    bool sameNameAsParent = false;  ///< A son with his father's names.
    std::string forename;
    std::string middle;         ///< May be empty.
    std::string surname;        ///< From surnameSince on.
    std::string formerSurname;  ///< Before that; empty = never another.
    Date surnameSince = Date::beginning();
    std::int32_t family = -1;    ///< Position in World::families; -1 = not in a family with children.
    std::int32_t firstStay = 0;  ///< World::stays[firstStay, firstStay + stayCount), by date.
    std::int32_t stayCount = 0;
    std::int32_t pupil = -1;  ///< Position in World::pupils; -1 = never on a roll.
    PersonIndex twin = kNobody;
};

/// Parents and their children, with the strain that the family is under (0 to 3: it makes what happens to
/// brothers and sisters happen together).
struct Family {
    PersonIndex first = 0;  ///< Members are World::persons[first, first + count).
    std::int32_t count = 0;
    std::int32_t neighbourhood = 0;
    std::int32_t strain = 0;
    bool refuge = false;       ///< Mother and children stayed in the refuge.
    bool sharedHouse = false;  ///< Shares an address with an unrelated family.
};

/// A school; an academised one has had two URNs.
struct School {
    std::int64_t urn = 0;
    std::int64_t predecessorUrn = 0;  ///< 0 = none; closed the day before `academised`.
    Date academised;
    std::string name;
    std::string formerName;
    std::string phase;  ///< "primary", "secondary", "pru".
    int establishment = 0;
    std::int32_t neighbourhood = 0;
};

/// A child's school identity.
struct Pupil {
    PersonIndex person = kNobody;
    std::string upn;
    std::string temporaryUpn;           ///< Used before `upnSince`; empty = none.
    Date upnSince = Date::beginning();  ///< never() = the school never put it right.
    std::string uln;                    ///< Ten digits, from 14 years on; empty before.
    Date joined = Date::beginning();    ///< Came to a school of the city.
    Date left = Date::never();          ///< Left the schools of the city.
    int lastYear = 11;                  ///< 13 for those who stay for the sixth form.
    bool dual = false;                  ///< Also registered at a pupil referral unit.
};

/// A pupil's time at a school within one school year.
struct Enrolment {
    std::int32_t pupil = 0;
    std::int32_t school = 0;
    int year = 0;       ///< National curriculum year; 0 = reception.
    char status = 'C';  ///< C, M (main), S (subsidiary).
    Date from;
    Date until = Date::never();
};

/// The five agencies, in the order in which their deliveries are loaded.
enum class Agency : std::uint8_t { Education, SocialCare, EarlyHelp, Health, Police };
inline constexpr std::size_t kAgencies = 5;

/// What a later delivery changes in a fact.
enum class Change : std::uint8_t { None, Cancelled, OneDayLater, Withdrawn };

/// What happened to one person, as one agency came to record it.
struct Fact {
    PersonIndex person = kNobody;
    std::int32_t incident = 0;  ///< Shared by everybody in one incident; 0 = the fact alone.
    record::FactKind kind = record::FactKind::LookedAfter;
    record::Role role = record::Role::Subject;
    Agency agency = Agency::Police;
    Change change = Change::None;
    bool cancelled = false;   ///< From the first record on.
    const char* code = "";    ///< A literal.
    std::int32_t value = -1;  ///< -1 = none.
    Date from;
    Date until = Date::never();        ///< never() = still open, or an event of one day.
    Date recorded;                     ///< When the agency wrote it down.
    Date endRecorded = Date::never();  ///< When it wrote down the end.
    Date changedOn = Date::never();    ///< When `change` took effect.
};

/// The whole city.
struct World {
    std::uint64_t seed = 1;
    std::int64_t pupilTarget = 0;  ///< Pupils on roll at cityEnd().
    std::vector<Person> persons;
    std::vector<Family> families;
    std::vector<Address> addresses;
    std::vector<Stay> stays;
    std::vector<School> schools;
    std::vector<Pupil> pupils;
    std::vector<Enrolment> enrolments;  ///< By pupil, then date.
    std::vector<Fact> facts;
    std::int32_t neighbourhoods = 1;
    std::int32_t refugeAddress = -1;
    std::int32_t incidents = 0;   ///< Incident numbers given out.
    std::int32_t placements = 0;  ///< Children placed in care.

    /// The stay of a person on a day, or null.
    [[nodiscard]] const Stay* stayOn(const Person& person, Date day) const;
};

/// The school year's first of September that `day` lies in.
Date schoolYearStart(Date day);
/// National curriculum year (0 = reception) of a child in the school year that starts in September of `year`.
int curriculumYear(Date birth, int year);

/// Replaces the stays of a person; the stays must be in order of time.
void setStays(World& world, PersonIndex person, const std::vector<Stay>& stays);

}  // namespace fairlead::demo
