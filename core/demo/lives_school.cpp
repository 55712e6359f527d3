// What schools record about their pupils, and referrals of children to mental-health services.
#include <algorithm>
#include <array>

#include "core/demo/lives.h"

namespace fairlead::demo {

namespace {

using record::FactKind;

/// A school term with the sessions (half days) that it had.
struct Term {
    std::array<int, 3> from;
    std::array<int, 3> until;
    int sessions;
    const char* sessionsText;
};
// Dates and sessions invented after the usual shape of the year. The summer term of 2026 is not over.
constexpr std::array<Term, 8> kTerms = {{{{2023, 9, 4}, {2023, 12, 21}, 142, "142"},
                                         {{2024, 1, 8}, {2024, 3, 29}, 110, "110"},
                                         {{2024, 4, 15}, {2024, 7, 24}, 128, "128"},
                                         {{2024, 9, 3}, {2024, 12, 21}, 144, "144"},
                                         {{2025, 1, 6}, {2025, 4, 5}, 116, "116"},
                                         {{2025, 4, 22}, {2025, 7, 24}, 122, "122"},
                                         {{2025, 9, 2}, {2025, 12, 20}, 144, "144"},
                                         {{2026, 1, 5}, {2026, 3, 28}, 112, "112"}}};
constexpr std::array<std::array<int, 3>, 9> kReviews = {{{2023, 11, 15},
                                                         {2024, 3, 1},
                                                         {2024, 6, 5},
                                                         {2024, 11, 15},
                                                         {2025, 3, 3},
                                                         {2025, 6, 5},
                                                         {2025, 11, 14},
                                                         {2026, 3, 2},
                                                         {2026, 6, 5}}};

Date dateOf(const std::array<int, 3>& civil) {
    return *Date::fromCivil(civil[0], static_cast<unsigned>(civil[1]), static_cast<unsigned>(civil[2]));
}

Fact schoolFact(PersonIndex person, FactKind kind, Date day) {
    Fact made;
    made.person = person;
    made.kind = kind;
    made.agency = Agency::Education;
    made.from = day;
    return made;
}

/// One pupil's school years.
class SchoolYears {
public:
    SchoolYears(World& world, FactWriter& facts, std::int32_t pupil)
        : m_facts(facts), m_random(world.seed, "school years", static_cast<std::uint64_t>(pupil)) {
        const auto person = world.pupils[static_cast<std::size_t>(pupil)].person;
        m_person = person;
        m_strain =
            world.families[static_cast<std::size_t>(world.persons[static_cast<std::size_t>(person)].family)].strain;
    }

    void live(std::span<const Enrolment> enrolments) {
        attendance(enrolments);
        suspensions(enrolments);
        checklists(enrolments);
    }

private:
    static const Enrolment* onDay(std::span<const Enrolment> enrolments, Date day) {
        for (const auto& one : enrolments) {
            if (one.status != 'S' && one.from <= day && day < one.until) return &one;
        }
        return nullptr;
    }

    void attendance(std::span<const Enrolment> enrolments) {
        const auto usual = absencePercent();
        for (const auto& term : kTerms) {
            const auto from = dateOf(term.from);
            const auto until = dateOf(term.until);
            const auto percent = std::clamp(usual + m_random.between(-4, 4), 0, 100);
            const auto written = until + m_random.between(4, 18);
            if (onDay(enrolments, until - 3) == nullptr || onDay(enrolments, from + 10) == nullptr) continue;
            auto made = schoolFact(m_person, FactKind::AttendanceTerm, from);
            made.until = until;
            made.code = term.sessionsText;
            made.value = term.sessions * percent / 100;
            made.recorded = written;
            m_facts.status(made);
        }
    }

    int absencePercent() {
        if (m_random.chance(underStrain(14'000, m_strain, false))) return m_random.between(50, 90);
        if (m_random.chance(underStrain(150'000, m_strain, false))) return m_random.between(10, 34);
        return m_random.between(1, 9);
    }

    void suspensions(std::span<const Enrolment> enrolments) {
        for (int i = 0; i < 3; ++i) {
            if (!m_random.chance(underStrain(45'000, m_strain, true))) continue;
            const auto day = m_random.day(historyStart() + 7, cityEnd());
            const auto* enrolment = onDay(enrolments, day);
            const auto month = day.civil().month;
            if (enrolment == nullptr || month == 8 || (enrolment->year < 7 && !m_random.chance(150'000))) continue;
            auto made = schoolFact(m_person, FactKind::SchoolExclusion, day);
            const bool permanent = m_random.chance(15'000);
            made.code = permanent ? "PERM" : "SUSP";
            if (!permanent) made.value = m_random.between(1, 5) * 2;
            m_facts.event(made);
        }
    }

    /// Reviews by the school's careers lead in Years 8 to 11; reviews with fewer than two points are not sent.
    void checklists(std::span<const Enrolment> enrolments) {
        int usual = m_random.between(0, 2);
        if (m_random.chance(underStrain(62'000, m_strain, false))) usual = m_random.between(4, 7);
        for (const auto& civil : kReviews) {
            const auto day = dateOf(civil) + m_random.between(-6, 6);
            const auto points = std::max(0, usual + m_random.between(-1, 1));
            const auto* enrolment = onDay(enrolments, day);
            if (enrolment == nullptr || enrolment->year < 8 || enrolment->year > 11 || points < 2) continue;
            auto made = schoolFact(m_person, FactKind::NeetChecklist, day);
            made.value = points;
            made.code = points >= 4 ? "high" : "some";
            m_facts.event(made);
        }
    }

    FactWriter& m_facts;
    Random m_random;
    PersonIndex m_person = kNobody;
    std::int32_t m_strain = 0;
};

}  // namespace

Status liveSchools(World& world, TaskContext& task) {
    FactWriter facts(world);
    std::size_t next = 0;
    const std::span<const Enrolment> all(world.enrolments);
    while (next < all.size()) {
        const auto first = next;
        while (next < all.size() && all[next].pupil == all[first].pupil) ++next;
        SchoolYears(world, facts, all[first].pupil).live(all.subspan(first, next - first));
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    return {};
}

Status liveHealth(World& world, TaskContext& task) {
    FactWriter facts(world);
    for (std::size_t i = 0; i < world.persons.size(); ++i) {
        const auto& person = world.persons[i];
        if (person.place != Place::Child) continue;
        Random random(world.seed, "health", i);
        const auto strain = world.families[static_cast<std::size_t>(person.family)].strain;
        const auto span = drawSpan(200, random);
        const auto age = ageOn(world, static_cast<PersonIndex>(i), span.from);
        if (age < 5 || age > 17 || !random.chance(underStrain(age >= 11 ? 360'000 : 170'000, strain, false))) continue;
        Fact made = schoolFact(static_cast<PersonIndex>(i), FactKind::MentalHealthReferral, span.from);
        made.agency = Agency::Health;
        made.until = span.until;
        facts.status(made);
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    return {};
}

}  // namespace fairlead::demo
