// Early help, social care and care placements, family by family.
#include <algorithm>
#include <array>

#include "core/demo/lives.h"

namespace fairlead::demo {

namespace {

using record::FactKind;
using record::Role;

constexpr std::array<const char*, 5> kAbuse = {"NEG", "EMO", "PHY", "SAB", "MUL"};
constexpr std::array<const char*, 8> kNeeds = {"N1", "N2", "N3", "N4", "N5", "N6", "N8", "N9"};
constexpr std::array<const char*, 4> kLegalStatuses = {"C2", "C1", "V2", "E1"};
constexpr std::array<const char*, 4> kExploitation = {"cse", "cce", "trafficking", "gangs"};

struct Factor {
    const char* code;
    std::uint32_t weight;
    int leastAge;
};
constexpr std::array<Factor, 25> kFactors = {
    {{"3B", 200, 0}, {"4B", 180, 0}, {"1B", 100, 0}, {"2B", 110, 0}, {"20", 90, 0},  {"16A", 75, 0},  {"17A", 70, 0},
     {"18C", 22, 0}, {"18B", 14, 4}, {"19C", 10, 0}, {"19B", 6, 5},  {"4A", 70, 8},  {"15A", 26, 11}, {"10A", 40, 11},
     {"14A", 55, 8}, {"24A", 9, 11}, {"11A", 7, 11}, {"13A", 6, 11}, {"12A", 2, 11}, {"7A", 35, 6},   {"5A", 45, 3},
     {"5B", 30, 0},  {"3A", 45, 0},  {"2A", 22, 12}, {"21", 40, 0}}};

/// Everything that early help and social care do with one family.
class CareOfFamily {
public:
    CareOfFamily(World& world, Homes& homes, FactWriter& facts, std::size_t family)
        : m_world(world),
          m_homes(homes),
          m_facts(facts),
          m_family(world.families[family]),
          m_random(world.seed, "care", family),
          m_children(childrenOf(world, m_family)) {}

    void live() {
        earlyHelp();
        childInNeed();
        protectionPlan();
        lookedAfter();
        shortBreaks();
        exploitation();
    }

private:
    [[nodiscard]] Fact fact(PersonIndex person, FactKind kind, const char* code, Date from, Date until) const {
        Fact made;
        made.person = person;
        made.kind = kind;
        made.agency = kind == FactKind::EarlyHelp ? Agency::EarlyHelp : Agency::SocialCare;
        made.code = code;
        made.from = from;
        made.until = until;
        return made;
    }

    /// True for a child of the age at the day; a child born during the span joins at birth.
    [[nodiscard]] bool joins(PersonIndex child, const Interval& span) const {
        const auto birth = m_world.persons[static_cast<std::size_t>(child)].birth;
        return birth < span.until && ageInYears(birth, std::max(birth, span.from)) < 17;
    }

    void statusForChildren(FactKind kind, const char* code, const Interval& span) {
        for (const auto child : m_children) {
            if (!joins(child, span)) continue;
            const auto birth = m_world.persons[static_cast<std::size_t>(child)].birth;
            m_facts.status(fact(child, kind, code, std::max(span.from, birth), span.until));
        }
    }

    void earlyHelp() {
        if (!m_random.chance(underStrain(270'000, m_family.strain, true))) return;
        const auto span = drawSpan(240, m_random);
        statusForChildren(FactKind::EarlyHelp, "", span);
        if (m_random.chance(200'000)) adultSupport(Agency::EarlyHelp, span.from + m_random.between(5, 60));
    }

    void adultSupport(Agency agency, Date day) {
        auto made = fact(m_family.first, FactKind::AdultSupport,
                         m_random.chance(500'000) ? "mental_health" : "substance", day, Date::never());
        made.agency = agency;
        if (m_world.persons[static_cast<std::size_t>(m_family.first)].place != Place::Child) m_facts.event(made);
    }

    void childInNeed() {
        if (!m_random.chance(underStrain(165'000, m_family.strain, true))) return;
        const auto span = drawSpan(270, m_random);
        statusForChildren(FactKind::ChildInNeed, kNeeds.at(m_random.weighted({50, 9, 3, 9, 18, 4, 2, 2})), span);
        const bool enquiry = m_random.chance(300'000);
        const auto assessed = span.from + m_random.between(20, 45);
        for (const auto child : m_children) {
            if (!joins(child, span)) continue;
            if (enquiry) enquire(child, span.from + m_random.between(0, 12));
            assess(child, assessed);
        }
        if (m_random.chance(300'000)) adultSupport(Agency::SocialCare, span.from + m_random.between(10, 90));
    }

    void enquire(PersonIndex child, Date from) {
        m_facts.status(fact(child, FactKind::Section47Enquiry, "", from, from + m_random.between(8, 18)));
    }

    void assess(PersonIndex child, Date day) {
        const auto age = ageOn(m_world, child, day);
        if (age < 0) return;
        std::array<std::uint32_t, kFactors.size()> weights{};
        for (std::size_t i = 0; i < kFactors.size(); ++i)
            weights.at(i) = age >= kFactors.at(i).leastAge ? kFactors.at(i).weight : 0;
        const auto count = m_random.between(1, 3);
        for (int i = 0; i < count; ++i) {
            const auto chosen = m_random.weighted(weights);
            weights.at(chosen) = 0;
            m_facts.event(fact(child, FactKind::AssessmentFactor, kFactors.at(chosen).code, day, Date::never()));
        }
    }

    void protectionPlan() {
        if (!m_random.chance(underStrain(16'000, m_family.strain, true))) return;
        const auto span = drawSpan(330, m_random);
        for (const auto child : m_children) {
            if (joins(child, span)) enquire(child, span.from - m_random.between(15, 25));
        }
        statusForChildren(FactKind::ChildProtectionPlan, kAbuse.at(m_random.weighted({47, 36, 7, 4, 6})), span);
    }

    void lookedAfter() {
        if (!m_random.chance(underStrain(26'000, m_family.strain, true))) return;
        const auto span = drawSpan(700, m_random);
        const auto* code = kLegalStatuses.at(m_random.weighted({48, 16, 32, 4}));
        const auto together = m_random.chance(600'000);
        std::int32_t sharedHome = -1;
        for (const auto child : m_children) {
            if (!joins(child, span) || !m_random.chance(720'000)) continue;
            const auto birth = m_world.persons[static_cast<std::size_t>(child)].birth;
            const Interval own{std::max(span.from, birth), span.until};
            m_facts.status(fact(child, FactKind::LookedAfter, code, own.from, own.until));
            sharedHome = place(child, own, together ? sharedHome : -1);
            questionnaires(child, own);
        }
    }

    /// Moves the child to a placement for the time in care; the dwelling is returned for the next child.
    std::int32_t place(PersonIndex child, const Interval& span, std::int32_t shared) {
        const bool first = m_world.placements == 0;
        const bool away = m_random.chance(280'000) || first;  // the first of every city is placed out of the area
        const bool home = ageOn(m_world, child, span.from) >= 10 && m_random.chance(150'000);
        const auto kind = home ? HomeKind::ChildrensHome : HomeKind::Placement;
        if (shared < 0) {
            const auto neighbourhood =
                static_cast<std::int32_t>(m_random.below(static_cast<std::uint64_t>(m_world.neighbourhoods)));
            shared = away ? m_homes.newHomeElsewhere(m_random) : m_homes.newHome(neighbourhood, m_random);
        }
        ++m_world.placements;
        std::vector<Stay> stays;
        const auto person = m_world.persons[static_cast<std::size_t>(child)];
        for (std::int32_t i = person.firstStay; i < person.firstStay + person.stayCount; ++i) {
            auto stay = m_world.stays[static_cast<std::size_t>(i)];
            if (stay.from < span.from)
                stays.push_back({stay.address, stay.from, std::min(stay.until, span.from), stay.kind});
        }
        stays.push_back({shared, span.from, span.until, kind});
        for (std::int32_t i = person.firstStay; i < person.firstStay + person.stayCount; ++i) {
            auto stay = m_world.stays[static_cast<std::size_t>(i)];
            if (stay.until > span.until)
                stays.push_back({stay.address, std::max(stay.from, span.until), stay.until, stay.kind});
        }
        auto& target = m_world.persons[static_cast<std::size_t>(child)];
        target.firstStay = static_cast<std::int32_t>(m_world.stays.size());
        target.stayCount = static_cast<std::int32_t>(stays.size());
        m_world.stays.insert(m_world.stays.end(), stays.begin(), stays.end());
        return shared;
    }

    void questionnaires(PersonIndex child, const Interval& span) {
        for (auto day = span.from + m_random.between(60, 300); day < span.until && day <= cityEnd();
             day = day + m_random.between(330, 390)) {
            const auto age = ageOn(m_world, child, day);
            if (age < 4 || age > 16) continue;
            auto made = fact(child, FactKind::SdqScore, "", day, Date::never());
            made.value = m_random.chance(370'000) ? m_random.between(17, 34) : m_random.between(2, 16);
            m_facts.event(made);
        }
    }

    void shortBreaks() {
        for (const auto child : m_children) {
            if (!m_random.chance(4'000)) continue;
            const auto span = drawSpan(500, m_random);
            if (joins(child, span) && ageOn(m_world, child, span.from) >= 0) {
                m_facts.status(
                    fact(child, FactKind::LookedAfter, m_random.chance(900'000) ? "V4" : "V3", span.from, span.until));
            }
        }
    }

    void exploitation() {
        for (const auto child : m_children) {
            if (!m_random.chance(underStrain(19'000, m_family.strain, true))) continue;
            const auto* code = kExploitation.at(m_random.weighted({34, 48, 6, 12}));
            for (auto day = m_random.day(historyStart(), cityEnd()); day <= cityEnd();
                 day = day + m_random.between(300, 355)) {
                const auto age = ageOn(m_world, child, day);
                if (age >= 11 && age < 18)
                    m_facts.event(fact(child, FactKind::ExploitationDecision, code, day, Date::never()));
                if (!m_random.chance(400'000)) break;
            }
        }
    }

    World& m_world;
    Homes& m_homes;
    FactWriter& m_facts;
    const Family m_family;
    Random m_random;
    std::vector<PersonIndex> m_children;
};

}  // namespace

Status liveCare(World& world, Homes& homes, TaskContext& task) {
    FactWriter facts(world);
    for (std::size_t i = 0; i < world.families.size(); ++i) {
        CareOfFamily(world, homes, facts, i).live();
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    return {};
}

}  // namespace fairlead::demo
