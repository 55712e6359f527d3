#include "core/demo/deliveries.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/demo/schools.h"

namespace fairlead::demo {

namespace {

using record::FactKind;

constexpr int kRepeatedDays = 60;
constexpr int kToldOfDeath = 30;  // days
constexpr std::size_t kRowsBetweenLooks = 1024;

bool overlaps(Date from, Date until, const Delivery& delivery) {
    return from < delivery.periodUntil && std::max(until, from + 1) > delivery.periodFrom;
}

bool isEvent(FactKind kind) { return record::entry(kind).shape == record::Shape::Event; }

/// Where a row lies for the question whether a period covers it.
bool covers(const Delivery& delivery, const record::FactRow& row) {
    const auto openEnd = isEvent(row.kind) ? *row.from + 1 : Date::never();
    return overlaps(*row.from, row.until.value_or(openEnd), delivery);
}

bool enrolledIn(const Enrolment& enrolment, const Delivery& delivery) {
    return enrolment.from < delivery.periodUntil && enrolment.until > delivery.periodFrom;
}

/// Marks every source of the families that have a marked one.
void addFamilies(const World& world, const Registers& registers, const Delivery& delivery,
                 std::vector<bool>& mentioned) {
    for (const auto& family : world.families) {
        bool any = false;
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto source = registers.sourceOf(delivery.agency, i);
            any = any || (source >= 0 && mentioned[static_cast<std::size_t>(source)]);
        }
        for (PersonIndex i = family.first; any && i < family.first + family.count; ++i) {
            const auto source = registers.sourceOf(delivery.agency, i);
            if (source < 0 ||
                registers.sources(delivery.agency)[static_cast<std::size_t>(source)].knownFrom > delivery.dataAsAt)
                continue;
            mentioned[static_cast<std::size_t>(source)] = true;
        }
    }
}

void mentionFacts(const World& world, const Registers& registers, const Delivery& delivery,
                  std::vector<bool>& mentioned) {
    for (std::size_t i = 0; i < world.facts.size(); ++i) {
        if (world.facts[i].agency != delivery.agency) continue;
        const auto source = registers.sourceOfFact(i);
        if (source >= 0 && factIn(world, registers, i, delivery)) mentioned[static_cast<std::size_t>(source)] = true;
    }
}

void mentionRoll(const World& world, const Registers& registers, const Delivery& delivery,
                 std::vector<bool>& mentioned) {
    for (const auto& enrolment : world.enrolments) {
        if (!enrolledIn(enrolment, delivery)) continue;
        const auto source =
            registers.sourceOf(Agency::Education, world.pupils[static_cast<std::size_t>(enrolment.pupil)].person);
        if (source >= 0) mentioned[static_cast<std::size_t>(source)] = true;
    }
}

/// Rows about families: who is whose parent, who are brothers and sisters, and the agency's family number.
class FamilyRows {
public:
    FamilyRows(const World& world, const Registers& registers, const Delivery& delivery,
               const std::vector<bool>& mentioned, record::ExtractRows& rows)
        : m_world(world), m_registers(registers), m_delivery(delivery), m_mentioned(mentioned), m_rows(rows) {}

    void write(std::int32_t index) {
        const auto& family = m_world.families[static_cast<std::size_t>(index)];
        PersonIndex lastChild = kNobody;
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            if (!has(i)) continue;
            if (filesFamilies() && at(i).place != Place::Grandparent && at(i).place != Place::AbsentFather) {
                const auto source = m_registers.sourceOf(m_delivery.agency, i);
                const auto known = m_registers.sources(m_delivery.agency)[static_cast<std::size_t>(source)].knownFrom;
                m_rows.families.push_back(
                    {ref(i), Registers::familyRef(m_delivery.agency, index), known, std::nullopt});
            }
            if (at(i).place == Place::Child) {
                adults(family, i);
                if (lastChild != kNobody && filesFamilies()) relate(lastChild, i, "sibling_of");
                lastChild = i;
            }
            const bool grandparent = at(i).place == Place::Grandparent && filesFamilies();
            if (grandparent && at(family.first).place == Place::Mother && has(family.first)) {
                relate(i, family.first, "parent_of");
            }
        }
    }

private:
    [[nodiscard]] const Person& at(PersonIndex index) const { return m_world.persons[static_cast<std::size_t>(index)]; }
    [[nodiscard]] bool filesFamilies() const {
        return m_delivery.agency == Agency::SocialCare || m_delivery.agency == Agency::EarlyHelp;
    }
    [[nodiscard]] bool has(PersonIndex person) const {
        const auto source = m_registers.sourceOf(m_delivery.agency, person);
        return source >= 0 && m_mentioned[static_cast<std::size_t>(source)];
    }
    [[nodiscard]] std::string ref(PersonIndex person) const {
        return Registers::personRef(m_delivery.agency, m_registers.sourceOf(m_delivery.agency, person));
    }

    void relate(PersonIndex one, PersonIndex other, const char* kind) {
        // It ends with a life, as soon as the agency has been told.
        const auto died = std::min(at(one).death, at(other).death);
        const bool told = died != Date::never() && died + kToldOfDeath <= m_delivery.dataAsAt;
        const auto until = told ? std::optional(died) : std::nullopt;
        m_rows.relationships.push_back({ref(one), ref(other), kind, at(other).birth, until});
    }

    void adults(const Family& family, PersonIndex child) {
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto place = at(i).place;
            if (!has(i) || place == Place::Child || (place == Place::Grandparent && filesFamilies())) continue;
            // Schools hardly tell a step-parent from a parent; nor does early help. A grandparent is whom they call.
            const bool step = place == Place::StepParent && m_delivery.agency == Agency::SocialCare;
            const bool carer = step || place == Place::Grandparent;
            relate(i, child, carer ? "carer_of" : "parent_of");
        }
    }

    const World& m_world;
    const Registers& m_registers;
    const Delivery& m_delivery;
    const std::vector<bool>& m_mentioned;
    record::ExtractRows& m_rows;
};

void writeSchools(const World& world, const Delivery& delivery, record::ExtractRows& rows) {
    for (const auto& school : world.schools) {
        record::SchoolRow row{school.urn, school.name, school.phase, "801", std::nullopt, std::nullopt, 0};
        if (school.predecessorUrn != 0) {
            const bool done = school.academised <= delivery.dataAsAt;
            rows.schools.push_back({school.predecessorUrn, school.formerName, school.phase, "801", std::nullopt,
                                    done ? std::optional(school.academised) : std::nullopt, done ? school.urn : 0});
            if (!done) continue;
            row.opened = school.academised;
        }
        rows.schools.push_back(std::move(row));
    }
}

void writeRoll(const World& world, const Registers& registers, const Delivery& delivery, record::ExtractRows& rows) {
    for (const auto& enrolment : world.enrolments) {
        if (!enrolledIn(enrolment, delivery)) continue;
        const auto person = world.pupils[static_cast<std::size_t>(enrolment.pupil)].person;
        record::RollRow row;
        row.personRef = Registers::personRef(Agency::Education, registers.sourceOf(Agency::Education, person));
        row.urn = urnOn(world.schools[static_cast<std::size_t>(enrolment.school)], enrolment.from);
        row.yearGroup = enrolment.year == 0 ? std::string("R") : fmt::format("{}", enrolment.year);
        row.enrolment = std::string(1, enrolment.status);
        row.from = enrolment.from;
        if (enrolment.until <= delivery.dataAsAt) row.until = enrolment.until;
        rows.roll.push_back(std::move(row));
    }
}

}  // namespace

std::vector<Delivery> deliveryPlan() {
    std::vector<Delivery> plan;
    for (int round = 0; round < 4; ++round) {
        const auto end = baselineEnd().monthStart().plusMonths(round).monthEnd();
        const auto from = round == 0 ? historyStart() : end.monthStart() - kRepeatedDays;
        for (std::size_t i = 0; i < kAgencies; ++i) {
            Delivery one;
            one.agency = static_cast<Agency>(i);
            one.sequence = round + 1;
            one.periodFrom = from;
            one.dataAsAt = end;
            one.periodUntil = one.dataAsAt + 1;
            one.extractedOn = one.dataAsAt + 1;
            plan.push_back(one);
        }
    }
    return plan;
}

std::optional<record::FactRow> factIn(const World& world, const Registers& registers, std::size_t fact,
                                      const Delivery& delivery) {
    const auto& one = world.facts[fact];
    if (one.agency != delivery.agency || one.recorded > delivery.dataAsAt) return std::nullopt;
    const bool changed = one.changedOn <= delivery.dataAsAt;
    if (changed && one.change == Change::Withdrawn) return std::nullopt;
    record::FactRow row;
    row.kind = one.kind;
    row.role = one.role;
    row.from = changed && one.change == Change::OneDayLater ? one.from + 1 : one.from;
    if (*row.from > delivery.dataAsAt) return std::nullopt;
    if (one.until != Date::never() && one.endRecorded <= delivery.dataAsAt) row.until = one.until;
    if (!covers(delivery, row)) return std::nullopt;
    row.factRef = Registers::factRef(one.agency, fact);
    row.personRef = Registers::personRef(one.agency, registers.sourceOfFact(fact));
    if (one.incident > 0) row.incidentRef = Registers::incidentRef(one.incident);
    row.recorded = one.recorded;
    row.code = one.code;
    if (one.value >= 0) row.value = one.value;
    row.cancelled = one.cancelled || (changed && one.change == Change::Cancelled);
    return row;
}

std::optional<record::FactRow> factAfterAll(const World& world, const Registers& registers, std::size_t fact,
                                            const std::vector<Delivery>& plan) {
    std::optional<record::FactRow> state;
    for (const auto& delivery : plan) {
        if (delivery.agency != world.facts[fact].agency) continue;
        auto row = factIn(world, registers, fact, delivery);
        if (row) {
            state = std::move(row);
        } else if (state && covers(delivery, *state)) {
            state.reset();
        }
    }
    return state;
}

std::vector<bool> mentionedIn(const World& world, const Registers& registers, const Delivery& delivery) {
    const auto& sources = registers.sources(delivery.agency);
    std::vector<bool> mentioned(sources.size(), false);
    const bool police = delivery.agency == Agency::Police;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const bool known = sources[i].knownFrom <= delivery.dataAsAt;
        mentioned[i] = known && (delivery.sequence == 1 || (police && sources[i].knownFrom >= delivery.periodFrom));
    }
    if (delivery.sequence == 1) return mentioned;
    mentionFacts(world, registers, delivery, mentioned);
    if (delivery.agency == Agency::Education) mentionRoll(world, registers, delivery, mentioned);
    if (!police && delivery.agency != Agency::Health) addFamilies(world, registers, delivery, mentioned);
    return mentioned;
}

Result<record::ExtractRows> rowsOf(const World& world, const Registers& registers, const RecordWriter& writer,
                                   const Delivery& delivery, TaskContext& task) {
    record::ExtractRows rows;
    const auto stopped = [&](std::size_t row) { return row % kRowsBetweenLooks == 0 && task.cancelled(); };
    const auto mentioned = mentionedIn(world, registers, delivery);
    for (std::size_t i = 0; i < mentioned.size(); ++i) {
        if (stopped(i)) return fail(ErrorCode::Cancelled);
        if (mentioned[i]) writer.write(delivery.agency, static_cast<std::int32_t>(i), delivery.dataAsAt, rows);
    }
    if (delivery.agency != Agency::Police && delivery.agency != Agency::Health) {
        FamilyRows families(world, registers, delivery, mentioned, rows);
        for (std::size_t i = 0; i < world.families.size(); ++i) {
            if (stopped(i)) return fail(ErrorCode::Cancelled);
            families.write(static_cast<std::int32_t>(i));
        }
    }
    if (delivery.agency == Agency::Education) {
        writeSchools(world, delivery, rows);
        writeRoll(world, registers, delivery, rows);
    }
    for (std::size_t i = 0; i < world.facts.size(); ++i) {
        if (stopped(i)) return fail(ErrorCode::Cancelled);
        if (auto row = factIn(world, registers, i, delivery)) rows.facts.push_back(std::move(*row));
    }
    return rows;
}

}  // namespace fairlead::demo
