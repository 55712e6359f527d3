// The second clock: whatever is loaded, linked, decided and approved later, a reading as known then stays what it was.

#include <algorithm>
#include <random>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/workspace/change.h"
#include "core/workspace/columns.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/schools.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using record::FactKind;
using record::LoadId;

namespace {

constexpr std::int64_t kSchools[] = {kSchool, 107002};
constexpr const char* kAgencies[] = {"education", "social_care", "police", "health"};

using Random = std::mt19937;

int pick(Random& random, int low, int high) { return std::uniform_int_distribution(low, high)(random); }
bool oneIn(Random& random, int n) { return pick(random, 1, n) == 1; }

/// Somebody as one agency knows them.
struct Known {
    std::string ref;
    std::string forenames;
    std::string surname;
    std::size_t child = 0;
    std::string home;
    std::int64_t school = 0;
    std::string year;
};

/// A fact as one agency holds it now.
struct Held {
    std::string ref;
    std::string person;
    FactKind kind = FactKind::MissingEpisode;
    Date from;
    std::string until;
    std::string code;
    record::Role role = record::Role::Subject;
    std::string incident;
};

/// An agency's files, which change from delivery to delivery.
struct Agency {
    std::string name;
    std::vector<Known> persons;
    std::vector<Held> facts;
    std::int64_t delivered = 0;
    int made = 0;
};

/// A city of a few families, whose agencies write down what they like.
class SmallCity {
public:
    explicit SmallCity(unsigned seed) : m_random(seed) {
        for (const char* name : kAgencies) m_agencies.push_back({name, {}, {}, 0, 0});
        for (int child = 0; child < 10; ++child) {
            // Half of them turned ten in these months: from then on they can be suspects.
            m_born.push_back(day(child % 2 == 0 ? "2015-08-15" : "2010-01-15") + pick(m_random, 0, 180));
            for (Agency& agency : m_agencies) {
                if (agency.name != "education" && oneIn(m_random, 3)) continue;
                Known known{fmt::format("{}{}", agency.name[0], child),
                            kForenames[child],
                            kSurnames[child / 2],
                            static_cast<std::size_t>(child),
                            fmt::format("1000123456{}", 60 + child / 2),
                            kSchools[child % 2],
                            std::to_string(6 + child / 2)};
                if (oneIn(m_random, 4)) known.surname += " Hill";
                agency.persons.push_back(known);
            }
        }
        for (Agency& agency : m_agencies)
            for (int i = 0; i < 20; ++i) addFact(agency, day("2026-03-01"));
    }

    /// The agency's files move on, and its next delivery up to `until` is made.
    std::filesystem::path nextDelivery(WorkspaceFixture& fixture, std::size_t at, Date until) {
        Agency& agency = m_agencies[at];
        if (agency.delivered > 0) moveOn(agency, until);
        return fixture.deliver(agency.name, ++agency.delivered, "2025-01-01", until.iso(), rowsOf(agency));
    }

private:
    static constexpr const char* kForenames[] = {"Amelia", "Samuel", "Ffion", "Idris",  "Nadia",
                                                 "Oscar",  "Petra",  "Ruben", "Tamsin", "Yusuf"};
    static constexpr const char* kSurnames[] = {"Okafor", "Pemberthy", "Castellan", "Drummond", "Ostrander"};

    void addFact(Agency& agency, Date before) {
        Held held;
        held.ref = fmt::format("{}F{}", agency.name, ++agency.made);
        held.person =
            agency.persons[static_cast<std::size_t>(pick(m_random, 0, static_cast<int>(agency.persons.size()) - 1))]
                .ref;
        held.from = before - pick(m_random, 1, 90);
        if (agency.name == "police") {
            held.kind = oneIn(m_random, 3) ? FactKind::MissingEpisode : FactKind::Crime;
            held.code = held.kind == FactKind::Crime ? "8N" : "M";
            if (held.kind == FactKind::Crime)
                held.role = oneIn(m_random, 3) ? record::Role::Victim : record::Role::Suspect;
            if (oneIn(m_random, 2)) held.incident = fmt::format("OCC{}", pick(m_random, 1, 6));
        } else if (agency.name == "social_care") {
            held.kind = oneIn(m_random, 2) ? FactKind::ChildInNeed : FactKind::ChildProtectionPlan;
            held.code = held.kind == FactKind::ChildInNeed ? "N1" : "NEG";
            if (oneIn(m_random, 2)) held.until = (held.from + pick(m_random, 1, 80)).iso();
        } else if (agency.name == "health") {
            held.kind = FactKind::MentalHealthReferral;
            if (oneIn(m_random, 2)) held.until = (held.from + pick(m_random, 1, 80)).iso();
        } else {
            held.kind = FactKind::SchoolExclusion;
            held.code = "SUSP";
        }
        agency.facts.push_back(held);
    }

    void moveOn(Agency& agency, Date until) {
        std::erase_if(agency.facts, [&](const Held&) { return oneIn(m_random, 8); });
        for (Held& held : agency.facts)
            if (oneIn(m_random, 6)) held.from = held.from - pick(m_random, 1, 20);
        for (int i = pick(m_random, 2, 8); i > 0; --i) addFact(agency, until);
        for (Known& known : agency.persons) {
            // What is found out about a birth, each agency writes down with its next delivery.
            if (oneIn(m_random, 5)) m_born[known.child] = m_born[known.child].plusMonths(pick(m_random, -6, 9));
            if (oneIn(m_random, 8)) known.home = fmt::format("1000123456{}", 60 + pick(m_random, 0, 4));
            if (oneIn(m_random, 10)) known.surname = kSurnames[pick(m_random, 0, 4)];
            if (oneIn(m_random, 8)) known.school = kSchools[pick(m_random, 0, 1)];
        }
    }

    [[nodiscard]] Rows rowsOf(const Agency& agency) const {
        Rows rows;
        if (agency.name == "education") rows.school(kSchools[0], "Harbour School").school(kSchools[1], "Hill School");
        for (const Known& known : agency.persons) {
            rows.person(known.ref, known.forenames, known.surname, m_born[known.child].iso())
                .home(known.ref, known.home);
            if (agency.name == "education") rows.roll(known.ref, known.school, known.year, "2025-09-01");
        }
        for (const Held& held : agency.facts)
            rows.event(held.ref, held.person, held.kind, held.from.iso(), held.code, held.role, held.incident);
        for (std::size_t i = 0; i < agency.facts.size(); ++i)
            if (!agency.facts[i].until.empty()) rows.rows.facts[i].until = day(agency.facts[i].until);
        return rows;
    }

    Random m_random;
    std::vector<Agency> m_agencies;
    std::vector<Date> m_born;  ///< By child, as thought now.
};

std::string textOf(const indicator::Count& count) { return indicator::shorthand(count); }

std::string textOf(const indicator::Figure& figure) {
    std::string text =
        fmt::format("{}/{}/{}", textOf(figure.pupils), textOf(figure.events), textOf(figure.change.difference));
    for (const auto& point : figure.series)
        text += fmt::format(" {}{}", textOf(point.pupils), point.incomplete ? "*" : "");
    return text;
}

std::string textOf(const workspace::OverviewPage& page) {
    const indicator::Overview& all = page.overview;
    std::string text = fmt::format("{} on roll {}, linked {:.4f}, {} wait\n", all.asAt.iso(), all.onRoll,
                                   page.linkedShare, page.pendingLinks);
    for (const auto& group : all.groups) {
        text += fmt::format("{} {}\n", group.id, textOf(group.figure));
        for (const auto& one : group.indicators)
            text += fmt::format("  {} v{} {} {} {}\n", one.id, one.version, indicator::name(one.status), one.stale,
                                textOf(one.figure));
    }
    for (const auto& one : all.newIndicators)
        text += fmt::format("new {} {} {} {} {} {}\n", one.date.iso(), one.pupil.value, one.yearGroup, one.indicator,
                            one.late, one.linkStrength);
    for (const auto& one : all.families)
        text += fmt::format("family {} {} of {}\n", one.pupil.value, one.count, one.members);
    for (const auto& one : all.sources) text += fmt::format("{}/{} {}\n", one.agency, one.dataset, one.dataAsAt.iso());
    return text;
}

std::string textOf(const workspace::DrillPage& page) {
    std::string text;
    for (const auto& one : page.years) text += fmt::format("{} {} {}\n", one.yearGroup, one.onRoll, textOf(one.pupils));
    for (const auto& one : page.pupils)
        text += fmt::format("{} {} since {} to {} {} {}\n", one.pupil.value, one.yearGroup, one.firstSeen.iso(),
                            one.latest.iso(), one.linkStrength, one.events);
    return text;
}

std::string textOf(const workspace::TimelinePage& page) {
    std::string text;
    for (const auto& spell : page.timeline.spells) {
        text += fmt::format("{} {} {}\n", spell.indicator, spell.days.from.iso(), spell.days.until.iso());
        for (const auto& line : spell.evidence)
            text += fmt::format("  {} {} {} {} {} {}\n", line.fact.value, line.covers.from.iso(),
                                line.covers.until.iso(), line.received.value, line.late, line.sourceRow);
    }
    for (const auto& gap : page.timeline.gaps)
        text += fmt::format("gap {} {} {}\n", gap.agency, gap.days.from.iso(), gap.days.until.iso());
    return text;
}

/// Everything that pages say of both schools at one moment.
std::string readAll(WorkspaceFixture& fixture, Date asAt, workspace::KnownAt knownAt) {
    std::string text;
    for (const std::int64_t urn : kSchools) {
        workspace::OverviewRequest request;
        request.school = {urn};
        request.asAt = asAt;
        request.knownAt = knownAt;
        auto page = workspace::overview(*fixture.workspace, request, fixture.task);
        if (!page) {
            // A school that no load had named by then.
            REQUIRE(page.error().code == ErrorCode::NotFound);
            continue;
        }
        text += textOf(**page);
        for (const char* figure : {"events", "crime", "receiving_support", "child_in_need"}) {
            const auto drilled = valueOf(workspace::drill(*fixture.workspace, request, figure, fixture.task));
            text += textOf(*drilled);
            for (const auto& row : drilled->pupils)
                text += textOf(*valueOf(workspace::timeline(*fixture.workspace, request, row.pupil, fixture.task)));
        }
    }
    return text;
}

struct Remembered {
    std::string when;
    Date asAt;
    workspace::KnownAt knownAt;
    std::string text;
};

class Past {
public:
    explicit Past(unsigned seed) : m_seed(seed), m_random(seed), m_city(seed) {}

    void start() {
        m_fixture.clock->set(m_today);
        std::vector<std::filesystem::path> files;
        for (std::size_t at = 0; at < std::size(kAgencies); ++at)
            files.push_back(m_city.nextDelivery(m_fixture, at, m_today));
        m_fixture.load(files);
        remember("the first load");
    }

    void step(int number) {
        m_today = m_today + pick(m_random, 1, 4);
        m_fixture.clock->set(m_today);
        const int what = pick(m_random, 0, 9);
        std::string name;
        if (what <= 4) {
            // Until the next load a load's number still means what comes after it.
            const auto last = valueOf(workspace::scalar(m_fixture.workspace->core(), "SELECT max(id) FROM load"));
            keep(fmt::format("load {} before the next", last), LoadId{last});
            const auto at = static_cast<std::size_t>(pick(m_random, 0, std::size(kAgencies) - 1));
            m_fixture.load({m_city.nextDelivery(m_fixture, at, m_today)});
            name = fmt::format("a delivery of {}", kAgencies[at]);
        } else if (what <= 6) {
            m_fixture.link();
            name = "a linkage run";
        } else if (what == 7) {
            decide();
            m_fixture.link();
            name = "a decision";
        } else if (what == 8) {
            name = changeDefinition();
        } else {
            m_fixture.reopen();
            name = "opening again";
        }
        remember(fmt::format("step {}: {}", number, name));
    }

    void recompute() {
        for (const Remembered& one : m_remembered) {
            INFO("seed " << m_seed << ", remembered after " << one.when << ", as at " << one.asAt.iso());
            CHECK(readAll(m_fixture, one.asAt, one.knownAt) == one.text);
        }
        CHECK(m_texts > 1);
    }

private:
    void keep(const std::string& when, const workspace::KnownAt& knownAt) {
        for (const Date asAt : {m_today - 1, m_today - pick(m_random, 10, 60)})
            m_remembered.push_back({when, asAt, knownAt, readAll(m_fixture, asAt, knownAt)});
    }

    void remember(const std::string& when) {
        keep(when, m_today);
        if (m_remembered.back().text != m_remembered.front().text) ++m_texts;
    }

    /// A reader says of two records of one person, or of a pair that waits, that they are two people, or one.
    void decide() {
        auto& core = m_fixture.workspace->core();
        const bool same = oneIn(m_random, 2);
        auto pairs = valueOf(core.prepare(
            same ? "SELECT a, b FROM pending_link WHERE until_run IS NULL ORDER BY a, b"
                 : "SELECT x.source_person, y.source_person FROM membership x JOIN membership y ON x.person = y.person "
                   "AND x.source_person < y.source_person WHERE x.until_run IS NULL AND y.until_run IS NULL"));
        std::vector<std::pair<std::int64_t, std::int64_t>> found;
        while (valueOf(pairs.next())) found.emplace_back(pairs.integer(0), pairs.integer(1));
        if (found.empty()) return;
        const auto [a, b] = found[static_cast<std::size_t>(pick(m_random, 0, static_cast<int>(found.size()) - 1))];
        valueOf(m_fixture.workspace->identity().execute(
            fmt::format("INSERT INTO decision (a, b, verdict, reader, at_ms, reason, after_run) VALUES "
                        "({}, {}, '{}', 'reader', 0, 'looked at both', 1)",
                        a, b, same ? "same" : "different")));
    }

    std::string changeDefinition() {
        const char* ids[] = {"crime", "missing", "child_in_need", "suspension"};
        const std::string id = ids[pick(m_random, 0, 3)];
        const auto all = valueOf(workspace::definitionRegister(*m_fixture.workspace));
        const auto entry =
            std::ranges::find_if(all.entries, [&](const auto& one) { return one.definition.id == id && one.isNewest; });
        REQUIRE(entry != all.entries.end());
        const auto wanted = entry->definition.status == indicator::DefinitionStatus::Draft
                                ? indicator::DefinitionStatus::Approved
                                : indicator::DefinitionStatus::Retired;
        static_cast<void>(workspace::changeStatus(
            *m_fixture.workspace, {{id, entry->definition.version}, wanted, "agreed by the board on a day"}));
        return fmt::format("{} {}", indicator::name(wanted), id);
    }

    unsigned m_seed;
    Random m_random;
    SmallCity m_city;
    WorkspaceFixture m_fixture;
    Date m_today = day("2026-03-02");
    std::vector<Remembered> m_remembered;
    int m_texts = 0;
};

}  // namespace

TEST_CASE("Every past reading is computed again as it was after any later loads, links, decisions and approvals",
          "[workspace][past]") {
    const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
    Past past(seed);
    past.start();
    for (int number = 1; number <= 16; ++number) past.step(number);
    past.recompute();
}

TEST_CASE("As known on a day counts what was recorded by its end, linkage runs too", "[workspace][past]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0], files[1]});
    fixture.clock->set(day("2026-07-03"));
    fixture.load({files[2]});
    fixture.clock->set(day("2026-07-05"));
    fixture.link();
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day("2026-06-28");
    const auto at = [&](const char* iso) {
        request.knownAt = day(iso);
        return valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
    };
    CHECK(at("2026-07-01")->overview.knownAt == LoadId{1});
    CHECK(at("2026-07-02")->overview.knownAt == LoadId{1});
    CHECK(at("2026-07-03")->overview.knownAt == LoadId{2});
    CHECK_FALSE(at("2026-07-04")->linked);
    CHECK(at("2026-07-05")->linked);
    CHECK(at("2026-07-05")->knownOn == day("2026-07-05"));
    // The same load as known by its number counts every run that knew no later load.
    request.knownAt = LoadId{2};
    CHECK(valueOf(workspace::overview(*fixture.workspace, request, fixture.task))->linked);

    request.knownAt = day("2026-06-30");
    const auto early = workspace::overview(*fixture.workspace, request, fixture.task);
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().code == ErrorCode::NotFound);
    CHECK(early.error().subject == workspace::kNoLoadByThen);
    request.knownAt = day("2026-07-06");
    CHECK(codeOf(workspace::overview(*fixture.workspace, request, fixture.task)) == ErrorCode::InvalidArgument);

    // The other use cases take a day as well.
    request.knownAt = day("2026-07-02");
    CHECK(valueOf(workspace::drill(*fixture.workspace, request, "missing", fixture.task))->moment.knownAt == LoadId{1});
    const auto change = valueOf(workspace::explainChange(
        *fixture.workspace,
        {{kSchool}, "missing", {day("2026-06-28"), day("2026-07-03")}, {day("2026-06-28"), day("2026-07-05")}},
        fixture.task));
    CHECK(change.from.knownAt == change.to.knownAt);
    CHECK(change.explanation.before == 0);
    CHECK(change.explanation.after == 1);
    CHECK(change.explanation.parts[1].gained.size() == 1);
}

TEST_CASE("A corrected birth month judges ages as known then", "[workspace][past]") {
    WorkspaceFixture fixture;
    Rows education;
    education.school(kSchool, "Harbour School").person("E1", "Ffion", "Pemberthy", "2012-01-20");
    education.roll("E1", kSchool, "9", "2024-09-01");
    const auto police = [](const char* born) {
        Rows rows;
        rows.person("P1", "Ffion", "Pemberthy", born);
        rows.event("X1", "P1", FactKind::Crime, "2026-06-20", "8N", record::Role::Suspect, "OCC1");
        return rows;
    };
    fixture.load({fixture.deliver("education", 1, "2023-09-01", "2026-06-26", education),
                  fixture.deliver("police", 1, "2024-01-01", "2026-06-26", police("2019-01-20"))});
    fixture.link();
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day("2026-06-25");
    // The school's own record has nothing to say of an incident that hangs on an unlinked one.
    auto& core = fixture.workspace->core();
    valueOf(core.execute("UPDATE membership SET person = 1"));
    const auto pupils = [&] {
        return valueOf(workspace::drill(*fixture.workspace, request, "crime", fixture.task))->pupils.size();
    };
    valueOf(core.execute("UPDATE source_person SET birth_month = NULL WHERE id >> 32 = 1"));
    CHECK(pupils() == 0);
    fixture.clock->set(day("2026-07-02"));
    fixture.load({fixture.deliver("police", 2, "2024-01-01", "2026-06-28", police("2012-01-20"))});
    CHECK(pupils() == 1);
    request.knownAt = LoadId{1};
    CHECK(pupils() == 0);
    request.knownAt = day("2026-07-01");
    CHECK(pupils() == 0);
    const auto change = valueOf(workspace::explainChange(
        *fixture.workspace, {{kSchool}, "crime", {day("2026-06-25"), LoadId{1}}, {day("2026-06-25"), LoadId{2}}},
        fixture.task));
    CHECK(change.explanation.parts[2].gained.size() == 1);
    CHECK(change.explanation.parts[2].eventsGained.size() == 1);
}
