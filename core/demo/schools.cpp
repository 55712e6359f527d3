#include "core/demo/schools.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/record/identifiers.h"

namespace fairlead::demo {

namespace {

// Invented names: two syllable lists that make 375 different ones.
constexpr std::array<std::string_view, 25> kFirst = {"Alder",  "Birch",  "Copper",  "Dove",  "Ember",  "Fern",  "Gorse",
                                                     "Harrow", "Iron",   "Juniper", "Kite",  "Lark",   "Maple", "North",
                                                     "Oak",    "Plover", "Quarry",  "Rowan", "Silver", "Thorn", "Upper",
                                                     "Violet", "Willow", "Yarrow",  "Wren"};
constexpr std::array<std::string_view, 15> kSecond = {"bank",  "brook",  "croft", "field", "gate",
                                                      "mead",  "ridge",  "stone", "well",  "wood",
                                                      "haven", "bridge", "combe", "leaze", "wick"};

constexpr std::int64_t kFirstUrn = 990'001;
constexpr std::int64_t kFirstPredecessorUrn = 980'001;

std::string inventedName(std::size_t number) {
    const auto first = number % kFirst.size();
    const auto second = (number / kFirst.size() + number) % kSecond.size();
    const bool again = number >= kFirst.size() * kSecond.size();
    return fmt::format("{}{}{}", kFirst.at(first), kSecond.at(second), again ? " Park" : "");
}

std::int32_t scaled(std::int64_t pupils, std::int64_t perTwoThousand) {
    return static_cast<std::int32_t>(std::max<std::int64_t>(1, (pupils * perTwoThousand + 1000) / 2000));
}

/// Gives out valid pupil numbers, each once.
class UpnBook {
public:
    std::string next(int authority, int establishment, int year, bool temporary) {
        auto& serial = m_serials[{authority * 10'000 + establishment, year * 2 + (temporary ? 1 : 0)}];
        ++serial;
        std::string twelve;
        if (temporary) {
            constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";
            const auto letter = kLetters.at(static_cast<std::size_t>(serial) % kLetters.size());
            const auto rest = serial / static_cast<int>(kLetters.size());
            twelve = fmt::format("{:03}{:04}{:02}{:02}{}", authority, establishment, year % 100, rest % 100, letter);
        } else {
            twelve = fmt::format("{:03}{:04}{:02}{:03}", authority, establishment + serial / 1000, year % 100,
                                 serial % 1000);
        }
        const auto letter = record::upnCheckLetter(twelve);
        FAIRLEAD_CHECK(letter.has_value());
        return *letter + twelve;
    }

private:
    std::map<std::pair<int, int>, int> m_serials;
};

std::string uniqueLearnerNumber(std::uint64_t number) {
    // Nine digits and 10 - (weighted sum mod 11); numbers for which that is 10 or 0 do not exist.
    for (std::uint64_t nine = 100'000'000 + number * 97;; ++nine) {
        const auto digits = fmt::format("{}", nine);
        int sum = 0;
        for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * (10 - static_cast<int>(i));
        if (sum % 11 == 0) continue;
        return fmt::format("{}{}", digits, 10 - sum % 11);
    }
}

/// Puts one pupil into schools, year by year.
class Enroller {
public:
    explicit Enroller(World& world) : m_world(world), m_counts(schoolCounts(world.pupilTarget)) {}

    void enrol(std::int32_t index) {
        auto& pupil = m_world.pupils[static_cast<std::size_t>(index)];
        const auto& child = m_world.persons[static_cast<std::size_t>(pupil.person)];
        Random random(m_world.seed, "enrol", static_cast<std::uint64_t>(index));
        const auto home = m_world.families[static_cast<std::size_t>(child.family)].neighbourhood;
        Way way{.pupil = index, .home = home};
        way.primary = random.chance(880'000) ? home : neighbour(home, random);
        way.secondary = secondaryOf(random.chance(860'000) ? home : neighbour(home, random));
        number(pupil, child, home, random);
        for (int year = 2023; year <= 2025; ++year) {
            const auto curriculum = curriculumYear(child.birth, year);
            if (curriculum < 0 || curriculum > pupil.lastYear) continue;
            const auto from = std::max(*Date::fromCivil(year, 9, 1), pupil.joined);
            auto until = year == 2025 ? Date::never() : *Date::fromCivil(year + 1, 9, 1);
            until = std::min(until, pupil.left);
            if (from >= until || from > cityEnd()) continue;
            const bool isDual = pupil.dual && year == 2025;
            if (year == 2025 && curriculum >= 8 && !isDual && random.chance(6'000))
                way.secondary = referralUnit(random);
            attend(way, curriculum, isDual ? 'M' : 'C', {from, until}, random);
            if (isDual) addUnit(index, curriculum, from, until, random);
        }
    }

private:
    /// The schools that a pupil goes to, now.
    struct Way {
        std::int32_t pupil = 0;
        std::int32_t home = 0;
        std::int32_t primary = 0;
        std::int32_t secondary = 0;
    };

    /// One school year, for a few with a change of school in its middle.
    void attend(Way& way, int curriculum, char status, Interval year, Random& random) {
        const bool isPrimary = curriculum <= 6;
        auto& school = isPrimary ? way.primary : way.secondary;
        const auto last = std::min(year.until, cityEnd());
        if (random.chance(40'000) && last - year.from > 90 && last - year.from < 366) {
            const auto when = random.day(year.from + 40, last - 30);
            m_world.enrolments.push_back({way.pupil, school, curriculum, status, year.from, when});
            const auto next = isPrimary ? neighbour(way.primary, random) : secondaryOf(neighbour(way.home, random));
            school = next == school ? other(next, isPrimary) : next;
            year.from = when;
        }
        m_world.enrolments.push_back({way.pupil, school, curriculum, status, year.from, year.until});
    }

    std::int32_t neighbour(std::int32_t home, Random& random) const {
        return (home + random.between(1, 3)) % m_world.neighbourhoods;
    }

    [[nodiscard]] std::int32_t secondaryOf(std::int32_t home) const {
        return m_counts.primaries + home * m_counts.secondaries / m_counts.primaries;
    }

    std::int32_t referralUnit(Random& random) const {
        const auto number = random.below(static_cast<std::uint64_t>(m_counts.referralUnits));
        return m_counts.primaries + m_counts.secondaries + static_cast<std::int32_t>(number);
    }

    [[nodiscard]] std::int32_t other(std::int32_t school, bool primary) const {
        if (primary) return (school + 1) % m_counts.primaries;
        return m_counts.primaries + (school - m_counts.primaries + 1) % m_counts.secondaries;
    }

    void addUnit(std::int32_t pupil, int curriculum, Date from, Date until, Random& random) {
        const auto start = random.day(from, std::max(from, cityEnd() - 30));
        if (start >= until) return;
        const auto unit = referralUnit(random);
        m_world.enrolments.push_back({pupil, unit, curriculum, 'S', start, until});
    }

    void number(Pupil& pupil, const Person& child, std::int32_t home, Random& random) {
        const bool fromElsewhere = pupil.joined > historyStart() && random.chance(600'000);
        // Bath and North East Somerset, North Somerset, South Gloucestershire, Bolton, Birmingham.
        constexpr std::array<int, 5> kOthers = {800, 802, 803, 350, 330};
        const auto authority = fromElsewhere ? kOthers.at(random.below(kOthers.size())) : 801;
        const auto establishment = fromElsewhere ? 2000 + random.between(0, 1500)
                                                 : m_world.schools[static_cast<std::size_t>(home)].establishment;
        const auto allocated = schoolYearStart(child.birth).civil().year + 5;
        pupil.upn = m_upns.next(authority, establishment, allocated, false);
        const bool temporary = random.chance(pupil.joined > historyStart() ? 300'000 : 3'000);
        if (temporary) {
            const auto first = std::max(pupil.joined, historyStart());
            const auto year = first.civil().year;
            pupil.temporaryUpn =
                m_upns.next(801, m_world.schools[static_cast<std::size_t>(home)].establishment, year, true);
            pupil.upnSince = random.chance(300'000) ? Date::never() : first + random.between(40, 200);
        }
        if (ageInYears(child.birth, cityEnd()) >= 14) {
            pupil.uln = uniqueLearnerNumber(static_cast<std::uint64_t>(&pupil - m_world.pupils.data()));
        }
    }

    World& m_world;
    SchoolCounts m_counts;
    UpnBook m_upns;
};

}  // namespace

SchoolCounts schoolCounts(std::int64_t pupils) { return {scaled(pupils, 7), scaled(pupils, 2), scaled(pupils, 1)}; }

void openSchools(World& world) {
    const auto counts = schoolCounts(world.pupilTarget);
    world.neighbourhoods = counts.primaries;
    const auto total = counts.primaries + counts.secondaries + counts.referralUnits;
    for (std::int32_t i = 0; i < total; ++i) {
        School school;
        school.urn = kFirstUrn + i;
        const bool primary = i < counts.primaries;
        const bool secondary = !primary && i < counts.primaries + counts.secondaries;
        school.phase = primary ? "primary" : (secondary ? "secondary" : "pru");
        school.establishment = (primary ? 2000 : (secondary ? 4000 : 1100)) + i * 2;
        school.neighbourhood = i % counts.primaries;
        const auto name = inventedName(static_cast<std::size_t>(i));
        const bool academised = i == counts.primaries || i % 40 == 39;
        school.name = name + (primary ? " Primary School" : (secondary ? " School" : " Learning Centre"));
        if (academised) {
            school.predecessorUrn = kFirstPredecessorUrn + i;
            school.academised = *Date::fromCivil(2025, 9, 1);
            school.formerName = school.name;
            school.name = name + (primary ? " Primary Academy" : " Academy");
        }
        world.schools.push_back(std::move(school));
    }
}

void enrolPupils(World& world) {
    Enroller enroller(world);
    for (std::size_t i = 0; i < world.pupils.size(); ++i) enroller.enrol(static_cast<std::int32_t>(i));
}

std::vector<std::int32_t> currentSchools(const World& world) {
    std::vector<std::int32_t> schoolOf(world.pupils.size(), -1);
    for (const auto& one : world.enrolments) {
        const bool current = one.from <= cityEnd() && cityEnd() < one.until;
        if (current && one.status != 'S') schoolOf[static_cast<std::size_t>(one.pupil)] = one.school;
    }
    return schoolOf;
}

std::int64_t urnOn(const School& school, Date day) {
    return school.predecessorUrn != 0 && day < school.academised ? school.predecessorUrn : school.urn;
}

}  // namespace fairlead::demo
