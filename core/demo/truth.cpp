#include "core/demo/truth.h"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "core/base/csv.h"

namespace fairlead::demo {

namespace {

using record::FactKind;
using record::FactRow;
using record::Role;

constexpr int kMonth = 30;
constexpr int kTerm = 120;
constexpr int kHalfYear = 180;
constexpr int kYear = 365;

using Codes = std::initializer_list<std::string_view>;

bool oneOf(std::string_view code, Codes codes) { return std::ranges::find(codes, code) != codes.end(); }

/// Writes the spells of one fact.
class SpellMaker {
public:
    SpellMaker(PersonIndex person, const FactRow& row, Date birth, std::vector<ExpectedSpell>& spells)
        : m_person(person), m_row(row), m_birth(birth), m_spells(spells) {}

    void make() {
        if (m_row.cancelled) return;
        switch (m_row.kind) {
            case FactKind::LookedAfter:
                if (!oneOf(m_row.code, {"V3", "V4"})) during("child_in_care");
                break;
            case FactKind::ChildProtectionPlan: during("child_protection_plan"); break;
            case FactKind::ChildInNeed: during("child_in_need"); break;
            case FactKind::EarlyHelp: during("early_help"); break;
            case FactKind::NeetChecklist:
                if (m_row.code == "high") lasting("risk_of_neet", kTerm);
                break;
            case FactKind::MentalHealthReferral: during("mental_health_concern"); break;
            case FactKind::SdqScore:
                if (m_row.value.value_or(0) >= 17) lasting("mental_health_concern", kYear);
                break;
            case FactKind::AssessmentFactor: factor(); break;
            case FactKind::ExploitationDecision: lasting("serious_exploitation", kYear); break;
            case FactKind::Section47Enquiry: during("serious_harm"); break;
            default: events(); break;
        }
    }

private:
    void during(std::string_view indicator) {
        m_spells.push_back({m_person, indicator, {*m_row.from, m_row.until.value_or(Date::never())}});
    }
    void lasting(std::string_view indicator, int days) {
        m_spells.push_back({m_person, indicator, {*m_row.from, *m_row.from + days}});
    }

    void factor() {
        if (oneOf(m_row.code, {"4A", "15A"})) lasting("mental_health_concern", kYear);
        if (oneOf(m_row.code, {"11A", "12A", "13A", "24A"})) lasting("serious_exploitation", kYear);
        if (oneOf(m_row.code, {"16A", "17A", "18A", "18B", "18C", "19A", "19B", "19C"}))
            lasting("serious_harm", kHalfYear);
    }

    void events() {
        // A workspace knows the month of birth only, and takes the youngest age that it allows.
        const bool oldEnough = ageInYears(m_birth.monthEnd(), *m_row.from) >= 10;
        const bool suspect = m_row.role == Role::Suspect && oldEnough;
        switch (m_row.kind) {
            case FactKind::MissingEpisode:
                if (m_row.code == "M") lasting("missing", kMonth);
                break;
            case FactKind::Crime:
                if (m_row.role == Role::Victim || suspect) lasting("crime", kMonth);
                break;
            case FactKind::AntisocialBehaviour:
                if (m_row.role == Role::Victim || m_row.role == Role::Subject || suspect) lasting("asb", kMonth);
                break;
            case FactKind::DomesticIncident:
                if (m_row.role == Role::Victim || m_row.role == Role::Linked || m_row.role == Role::Suspect)
                    lasting("domestic_incident", kMonth);
                break;
            default: break;
        }
    }

    PersonIndex m_person;
    const FactRow& m_row;
    Date m_birth;
    std::vector<ExpectedSpell>& m_spells;
};

/// Sorts, and joins what overlaps or touches.
void join(std::vector<ExpectedSpell>& spells) {
    std::ranges::sort(spells, [](const ExpectedSpell& a, const ExpectedSpell& b) {
        return std::tie(a.person, a.indicator, a.span) < std::tie(b.person, b.indicator, b.span);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < spells.size(); ++i) {
        if (spells[i].span.isEmpty()) continue;
        if (kept > 0) {
            auto& last = spells[kept - 1];
            if (last.person == spells[i].person && last.indicator == spells[i].indicator &&
                spells[i].span.from <= last.span.until) {
                last.span.until = std::max(last.span.until, spells[i].span.until);
                continue;
            }
        }
        spells[kept++] = spells[i];
    }
    spells.resize(kept);
}

std::string optionalIso(Date date) { return date == Date::never() ? std::string() : date.iso(); }

std::string_view basisOf(Place place) {
    switch (place) {
        case Place::Child: return "child";
        case Place::StepParent: return "step_parent";
        case Place::AbsentFather: return "parent_elsewhere";
        case Place::Grandparent: return "grandparent";
        default: return "parent";
    }
}

}  // namespace

std::string truthId(PersonIndex person) { return fmt::format("P{:07}", person + 1); }

Result<Delivered> deliveredSources(const World& world, const Registers& registers, TaskContext& task) {
    Delivered delivered;
    for (std::size_t i = 0; i < kAgencies; ++i)
        delivered.at(i).assign(registers.sources(static_cast<Agency>(i)).size(), false);
    for (const auto& delivery : deliveryPlan()) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const auto mentioned = mentionedIn(world, registers, delivery);
        auto& all = delivered.at(static_cast<std::size_t>(delivery.agency));
        for (std::size_t i = 0; i < mentioned.size(); ++i) all[i] = all[i] || mentioned[i];
    }
    return delivered;
}

Result<std::vector<ExpectedSpell>> expectedSpells(const World& world, const Registers& registers, TaskContext& task) {
    std::vector<ExpectedSpell> spells;
    const auto plan = deliveryPlan();
    for (std::size_t i = 0; i < world.facts.size(); ++i) {
        const auto row = factAfterAll(world, registers, i, plan);
        const auto person = world.facts[i].person;
        if (row) SpellMaker(person, *row, world.persons[static_cast<std::size_t>(person)].birth, spells).make();
        if (i % 1024 == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
    }
    join(spells);
    return spells;
}

std::string personsCsv(const World& world, const Registers& registers, const Delivered& delivered) {
    const std::array<std::string, 10> header = {"person_id", "agency",   "dataset", "person_ref", "birth_date",
                                                "sex",       "forename", "surname", "community",  "family_place"};
    auto text = csvLine(header);
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto agency = static_cast<Agency>(a);
        const auto& sources = registers.sources(agency);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (!delivered.at(a)[i]) continue;
            const auto& person = world.persons[static_cast<std::size_t>(sources[i].person)];
            const std::array<std::string, 10> cells = {truthId(sources[i].person),
                                                       std::string(agencyId(agency)),
                                                       std::string(datasetId(agency)),
                                                       Registers::personRef(agency, static_cast<std::int32_t>(i)),
                                                       person.birth.iso(),
                                                       person.sex == Sex::Female ? "F" : "M",
                                                       person.forename,
                                                       person.surname,
                                                       std::string(name(person.community)),
                                                       person.family < 0 ? "" : std::string(basisOf(person.place))};
            text += csvLine(cells);
        }
    }
    return text;
}

std::string familiesCsv(const World& world, const Registers& registers, const Delivered& delivered,
                        const std::vector<std::int32_t>& connected) {
    std::vector<bool> known(world.persons.size(), false);
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto& sources = registers.sources(static_cast<Agency>(a));
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (delivered.at(a)[i]) known[static_cast<std::size_t>(sources[i].person)] = true;
        }
    }
    const std::array<std::string, 6> header = {"person_id", "family_id", "from", "until", "basis", "connected"};
    auto text = csvLine(header);
    for (std::size_t f = 0; f < world.families.size(); ++f) {
        const auto& family = world.families[f];
        Date firstBirth = Date::never();
        for (const auto& person :
             std::span(world.persons)
                 .subspan(static_cast<std::size_t>(family.first), static_cast<std::size_t>(family.count))) {
            if (person.place == Place::Child) firstBirth = std::min(firstBirth, person.birth);
        }
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            if (!known[static_cast<std::size_t>(i)]) continue;
            const auto& person = world.persons[static_cast<std::size_t>(i)];
            const auto from = person.place == Place::Child ? person.birth : firstBirth;
            const auto group = connected[static_cast<std::size_t>(i)];
            const std::array<std::string, 6> cells = {truthId(i),
                                                      fmt::format("F{:07}", f + 1),
                                                      optionalIso(from),
                                                      optionalIso(person.death),
                                                      std::string(basisOf(person.place)),
                                                      group == 0 ? std::string() : fmt::format("{}", group)};
            text += csvLine(cells);
        }
    }
    return text;
}

std::string spellsCsv(const std::vector<ExpectedSpell>& spells) {
    const std::array<std::string, 4> header = {"person_id", "indicator", "from", "until"};
    auto text = csvLine(header);
    for (const auto& spell : spells) {
        const std::array<std::string, 4> cells = {truthId(spell.person), std::string(spell.indicator),
                                                  spell.span.from.iso(), optionalIso(spell.span.until)};
        text += csvLine(cells);
    }
    return text;
}

}  // namespace fairlead::demo
