#include "tests/ui/made_up.h"

#include <array>

namespace fairlead::ui::made_up {

namespace {

using indicator::Count;
using indicator::Figure;

Date day(int year, unsigned month, unsigned date) { return Date::fromCivil(year, month, date).value(); }

Figure figure(int pupils, int before, int events = -1) {
    Figure made;
    made.pupils = Count::of(pupils);
    made.events = events < 0 ? Count::notApplicable() : Count::of(events);
    made.change = {Count::of(pupils - before), day(2026, 5, 31)};
    const auto dates = indicator::readingDates(asAt());
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const int start = pupils * 3 / 4;
        const int value = i + 1 == dates.size()
                              ? pupils
                              : start + (before - start) * static_cast<int>(i) / 10 + static_cast<int>(i * 7 % 3);
        made.series.push_back({dates[i], Count::of(value), Count::notApplicable(), i + 1 == dates.size()});
    }
    return made;
}

indicator::IndicatorFigure part(const char* id, const char* title, Figure value) {
    indicator::IndicatorFigure made;
    made.id = id;
    made.title = title;
    made.figure = std::move(value);
    return made;
}

PupilNames names(bool revealed) {
    PupilNames all;
    for (int i = 0; i < 80; ++i) {
        std::string letters(1, static_cast<char>('A' + i % 26));
        if (i >= 26) {
            letters.insert(letters.begin(), static_cast<char>('A' + i / 26 - 1));
        }
        all[record::PersonKey{i + 1}] = revealed ? "Invented Name " + letters : "Pupil " + letters;
    }
    return all;
}

}  // namespace

Date asAt() { return day(2026, 6, 22); }

OverviewContent overview(bool revealed) {
    OverviewContent content;
    content.schoolName = "Bristol Secondary School (synthetic)";
    content.yearGroups = {"7", "8", "9", "10", "11"};
    content.linkedShare = 0.976;
    content.pendingLinks = 38;
    content.names = names(revealed);
    content.namesRevealed = revealed;
    indicator::Overview& o = content.overview;
    o.school = {137000};
    o.asAt = asAt();
    o.knownAt = {3};
    o.onRoll = 1204;
    o.window = {asAt() - 29, asAt() + 1};
    o.dataAsAt = day(2026, 6, 20);
    o.sources = {{"police", "police_records", day(2026, 6, 20)},
                 {"social_care", "childrens_social_care", day(2026, 6, 15)}};
    o.groups = {{indicator::Group::ReceivingSupport,
                 "receiving_support",
                 "Receiving support",
                 figure(226, 217),
                 {part("child_in_care", "Child in care", figure(6, 6)),
                  part("child_protection_plan", "Child protection plan", figure(14, 12)),
                  part("child_in_need", "Child in need", figure(61, 64)),
                  part("early_help", "Open to Families in Focus", figure(158, 148))}},
                {indicator::Group::CurrentRisk,
                 "current_risk",
                 "Current risk",
                 figure(153, 149),
                 {part("risk_of_neet", "Risk of NEET", figure(74, 68)),
                  part("mental_health", "Mental health concern", figure(86, 85)),
                  part("serious_exploitation", "Risk of serious exploitation", figure(62, 63)),
                  part("serious_harm", "Risk of serious harm", figure(1, 1))}},
                {indicator::Group::Events,
                 "events",
                 "Events in the last 30 days",
                 figure(58, 64, 97),
                 {part("missing", "Missing person incident", figure(9, 7, 17)),
                  part("crime", "Crime incident", figure(0, 3, 0)), part("asb", "ASB incident", figure(31, 35, 56)),
                  part("domestic", "Domestic incident", figure(22, 22, 24))}}};
    const std::array<const char*, 5> titles{"Reported missing", "Risk of NEET", "Risk of NEET", "Mental health concern",
                                            "Child in need"};
    const std::array<const char*, 5> agencies{"police", "education", "education", "health", "social_care"};
    const std::array<const char*, 5> ids{"missing", "risk_of_neet", "risk_of_neet", "mental_health", "child_in_need"};
    for (int i = 0; i < 41; ++i) {
        const auto k = static_cast<std::size_t>(i % 5);
        o.newIndicators.push_back({asAt() - 1 - i * 28 / 41,
                                   {i + 1},
                                   std::to_string(7 + i % 5),
                                   ids[k],
                                   titles[k],
                                   i == 3,
                                   agencies[k],
                                   "records",
                                   i % 3 == 2 ? 96 : 100});
    }
    const std::array<int, 7> counts{14, 7, 7, 5, 5, 4, 4};
    for (int i = 0; i < 7; ++i) {
        o.families.push_back({{i + 7}, std::to_string(10 - i % 4), counts[static_cast<std::size_t>(i)], 2 + i % 4});
    }
    for (int i = 0; i < 9; ++i) {
        content.behind["risk_of_neet"].insert({i + 1});
        content.behind["current_risk"].insert({i + 1});
    }
    return content;
}

DrillContent drill(bool revealed) {
    DrillContent content;
    content.request = {{{137000}, asAt(), {}}, "risk_of_neet"};
    content.schoolName = "Bristol Secondary School (synthetic)";
    content.rule =
        "A school's careers lead recorded, in a review within the last 12 months, that the published checklist puts "
        "the pupil at risk.";
    content.trend.id = "risk_of_neet";
    content.trend.title = "Risk of NEET";
    content.trend.unit = indicator::Unit::Pupils;
    content.trend.points = figure(74, 68).series;
    const std::array<int, 5> counts{4, 7, 12, 20, 31};
    for (int i = 0; i < 5; ++i) {
        content.years.push_back(
            {std::to_string(7 + i), 240, Count::of(counts[static_cast<std::size_t>(i)]), Count::notApplicable()});
    }
    content.names = names(revealed);
    content.namesRevealed = revealed;
    for (int i = 0; i < 74; ++i) {
        indicator::PupilRow row;
        row.pupil = {i + 1};
        row.yearGroup = std::to_string(7 + i % 5);
        row.indicators = {"Risk of NEET"};
        row.firstSeen = asAt() - 20 * (i % 15) - 1;
        row.latest = asAt() - i % 15 - 1;
        row.sources = {"education"};
        row.linkStrength = i % 4 == 0 ? 96 : 100;
        content.pupils.push_back(std::move(row));
    }
    return content;
}

workspace::JoinStory joinStory() {
    workspace::PairStory pair;
    pair.a.dataset = "police/police_records";
    pair.b.dataset = "education/school_roll";
    pair.why.steps = {{"Start", "before anything is compared", -15.2, 0.0},
                      {"Forenames", "alike", 3.1, 0.0},
                      {"Surname", "the same", 6.4, 2.3},
                      {"Birth date", "the same", 12.9, 0.0},
                      {"Postcode", "another one", -1.7, 0.0}};
    pair.why.bits = 7.8;
    pair.why.probability = 0.9955;
    pair.why.sentence = "The surname is the same: strong evidence for. The postcode is another one: some against.";
    pair.verdict.together = true;
    pair.verdict.sentence = "They are together: the weight lies above the threshold.";
    workspace::PersonStep step;
    step.step.link.bits = 7.8;
    step.datasetA = pair.a.dataset;
    step.datasetB = pair.b.dataset;
    pair.how = {step};
    return {"police/police_records", {"education/school_roll", "social_care/social_care"}, pair};
}

PupilContent pupil(bool revealed) {
    PupilContent content;
    content.overview = {{137000}, asAt(), {}};
    content.schoolName = "Bristol Secondary School (synthetic)";
    content.name = revealed ? "Invented Name B" : "Pupil B";
    content.namesRevealed = revealed;
    content.yearGroup = "11";
    content.timeline.pupil = {2};
    content.timeline.asAt = asAt();
    content.deliveries[{1}] = {"education_2026-06-20.fxt", "fact", {"Education Act 2002, section 175"}};
    content.deliveries[{2}] = {"police_2026-06-20.fxt", "fact", {"Crime and Disorder Act 1998, section 115"}};
    const auto line = [](Date from, record::FactKind kind, std::int64_t delivery, std::int64_t row, record::Role role) {
        indicator::EvidenceLine made;
        made.happened = {from, from + 1};
        made.covers = made.happened;
        made.kind = kind;
        made.role = role;
        made.recorded = from + 1;
        made.received = {3};
        made.delivery = {delivery};
        made.sourceRow = row;
        made.fact = {row};
        made.agency = delivery == 1 ? "education" : "police";
        made.agreementRef = "ISA-04";
        made.retainUntil = day(2027, 6, 20);
        return made;
    };
    using record::FactKind;
    using record::Role;
    content.timeline.spells = {{"early_help",
                                "Open to Families in Focus",
                                indicator::Group::ReceivingSupport,
                                {day(2026, 2, 3)},
                                {line(day(2026, 2, 3), FactKind::EarlyHelp, 1, 4410, Role::Subject)},
                                {}},
                               {"risk_of_neet",
                                "Risk of NEET",
                                indicator::Group::CurrentRisk,
                                {day(2026, 6, 21), day(2027, 6, 21)},
                                {line(day(2026, 6, 21), FactKind::NeetChecklist, 1, 8841, Role::Subject)},
                                {}},
                               {"missing",
                                "Missing person incident",
                                indicator::Group::Events,
                                {day(2026, 5, 30), day(2026, 6, 29)},
                                {line(day(2026, 5, 30), FactKind::MissingEpisode, 2, 120, Role::Subject),
                                 line(day(2026, 6, 2), FactKind::MissingEpisode, 2, 131, Role::Subject)},
                                {}}};
    content.newIndicators = {"risk_of_neet"};
    content.timeline.gaps = {{"police", "police_records", {day(2026, 3, 1), day(2026, 4, 1)}}};
    return content;
}

QualityContent quality() {
    using namespace workspace;
    QualityContent content;
    content.asAt = asAt();
    content.knownAt = {3};
    content.linked = true;
    const QualitySource police{1, "police", "police_records"};
    const QualitySource health{2, "health", "mental_health_referrals"};
    SupplyLine whole{police, {}, day(2026, 6, 20), 3, 0, {}};
    SupplyLine holes{health, {}, day(2026, 5, 31), 2, 1, {"no clinic in August"}};
    FieldLine names{police, Field::BirthDate, {930, 1000}, {}};
    VolumeLine crime{police, record::FactKind::Crime, {}, Limits{40, 20, 60}, {4}};
    for (int i = 0; i < 13; ++i) {
        content.months.push_back(asAt().monthStart().plusMonths(i - 12));
        whole.months.push_back(Supply::Whole);
        holes.months.push_back(static_cast<Supply>(i % 5));
        names.months.push_back({i == 3 ? 60 : 93, i == 5 ? 0 : 100});
        crime.months.push_back(i == 4 ? 75 : 38 + i);
    }
    content.supply = {whole, holes};
    content.fields = {names};
    content.volumes = {crime, {health, record::FactKind::MentalHealthReferral, crime.months, std::nullopt, {}}};
    content.rules = {{health, Rule::BornInFuture, {0, 600}, {}},
                     {police, Rule::RecordedBefore, {2, 900}, {{"police_3.fxt", 8841, 0}, {"police_3.fxt", 0, 12}}}};
    content.refusals = {{day(2026, 6, 21), "HashMismatch", "health_3.fxt", "table fact"}};
    content.sourceLinks = {{police, {217, 1000}, {974, 1000}, 33}, {health, {975, 1000}, {975, 1000}, 4}};
    content.schoolLinks = {
        {{137000}, "Bristol Secondary School (synthetic)", Count::of(1204), Count::of(1100), 91.4, Count::of(38)},
        {{137001}, "A small school", Count::suppressed(), Count::suppressed(), {}, Count::suppressed()}};
    content.unlinkable = {25, 0};
    content.unlinkableRows = {{police, 77, {Field::Name, Field::Identifier}, false}};
    content.fairness = {{"sex", "F", indicator::Count::of(970), indicator::Count::of(930), 95.9},
                        {"sex", "U", indicator::Count::suppressed(), indicator::Count::suppressed(), std::nullopt}};
    return content;
}

PeopleContent people(bool revealed) {
    PeopleContent content;
    content.request = {{137000}, asAt(), {}};
    content.schoolName = "Bristol Secondary School (synthetic)";
    content.names = names(revealed);
    content.namesRevealed = revealed;
    for (int i = 0; i < 60; ++i) {
        PersonLine line{{i + 1}, std::to_string(7 + i % 5), day(2025, 9, 3), {}};
        if (i % 4 == 0) {
            line.held.push_back(
                {"Child in need", indicator::Group::ReceivingSupport, day(2026, 2, 3), day(2026, 2, 3)});
        }
        if (i % 5 == 0) {
            line.held.push_back({"Risk of NEET", indicator::Group::CurrentRisk, day(2026, 5, 1), day(2026, 6, 2)});
        }
        if (i % 7 == 0) {
            line.held.push_back({"Missing person", indicator::Group::Events, day(2026, 6, 1), day(2026, 6, 12)});
        }
        content.pupils.push_back(std::move(line));
    }
    return content;
}

CompareContent comparison(bool revealed) {
    CompareContent content;
    content.request = {{137000}, day(2026, 5, 31), asAt(), record::LoadId{2}, record::LoadId{3}};
    content.schoolName = "Bristol Secondary School (synthetic)";
    content.yearGroups = {"7", "8", "9", "10", "11"};
    content.loads = {{{1}, day(2026, 5, 1), day(2026, 4, 30)},
                     {{2}, day(2026, 6, 1), day(2026, 5, 31)},
                     {{3}, day(2026, 6, 22), day(2026, 6, 20)}};
    content.names = names(revealed);
    content.namesRevealed = revealed;
    using indicator::Cause;
    const auto part = [](Cause cause, std::vector<record::PersonKey> gained, std::vector<record::PersonKey> lost) {
        return indicator::ChangePart{cause, std::move(gained), std::move(lost), {}, {}};
    };
    const std::vector<indicator::ChangePart> nothing{part(Cause::Definitions, {}, {}), part(Cause::Links, {}, {}),
                                                     part(Cause::Records, {}, {}), part(Cause::Roll, {}, {}),
                                                     part(Cause::Time, {}, {})};
    std::vector<indicator::ChangePart> parts{part(Cause::Definitions, {}, {}), part(Cause::Links, {}, {{9}}),
                                             part(Cause::Records, {{3}, {4}}, {{1}}), part(Cause::Roll, {{5}}, {}),
                                             part(Cause::Time, {{30}, {31}, {32}, {33}, {34}, {35}}, {{40}})};
    const auto add = [&](const std::string& id, const std::string& title, const std::string& group, int now) {
        ComparedLine line{id, title, group, title == group, {}, {now, now, now, 0}};
        const bool moved = id == "risk_of_neet" || id == "events";
        line.explanation.before = moved ? now - 6 : now;
        line.explanation.after = now;
        line.explanation.parts = moved ? parts : nothing;
        if (id == "risk_of_neet") {
            line.bounds = {now, now - 2, now + 2, 4};
        }
        if (id == "events") {
            line.explanation.countsEvents = true;
            line.explanation.eventsBefore = 95;
            line.explanation.eventsAfter = 97;
            line.explanation.parts.back().eventsGained = {{501, {{30}}}, {502, {{36}}}, {503, {{31}, {32}}}};
            line.explanation.parts.back().eventsLost = {{400, {{40}}}};
        }
        content.figures.push_back(std::move(line));
    };
    for (const indicator::GroupFigure& group : overview().overview.groups) {
        add(group.id, group.title, group.title, group.figure.pupils.value);
        for (const indicator::IndicatorFigure& one : group.indicators) {
            add(one.id, one.title, group.title, one.figure.pupils.value);
        }
    }
    return content;
}

SourcesContent sources() {
    SourcesContent content;
    content.workspaceName = "made-up";
    content.defaultAsAt = asAt();
    content.persons = 5412;
    content.recordsLinked = 14820;
    content.linksForReview = 38;
    content.definitions = "Definitions: 16, version 1";
    const std::array<const char*, 5> agencies{"police", "social_care", "early_help", "education", "health"};
    for (int i = 0; i < 5; ++i) {
        const std::string agency = agencies[static_cast<std::size_t>(i)];
        content.datasets.push_back({agency,
                                    agency + "_records",
                                    3,
                                    3,
                                    day(2026, 6, 20),
                                    {day(2023, 9, 1), day(2026, 6, 21)},
                                    2000 + 117 * i,
                                    {"Children Act 2004, section 10"},
                                    "ISA-0" + std::to_string(i + 1),
                                    day(2027, 6, 20),
                                    i != 3});
    }
    return content;
}

PreviewContent preview(const std::vector<std::filesystem::path>& files) {
    using workspace::Rule;
    PreviewContent content;
    content.files = files;
    content.citations = {{"cda_s115", "Crime and Disorder Act 1998, section 115"}};
    for (const std::int64_t sequence : {6, 7}) {
        workspace::OfferedFile file;
        file.fileName = "police_" + std::to_string(sequence) + ".fxt";
        file.agency = "police";
        file.dataset = "police_records";
        file.sequence = sequence;
        file.period = {day(2026, 5, 1), day(2026, 7, 1)};
        file.dataAsAt = asAt();
        file.retainUntil = day(2027, 6, 20);
        file.purpose = "safeguarding_review";
        file.agreement = "ISA-04";
        file.gateways = {"cda_s115"};
        file.authenticated = sequence == 6;
        file.tables = {{"fact", 1204, {}}, {"person", 310, {}}};
        file.checks = {{Rule::EndsBeforeStart, {0, 1204}}, {Rule::BeforeBirth, {sequence == 6 ? 0 : 31, 1204}}};
        if (sequence == 7) {
            file.tables[0].before = 1180;
            file.tables[1].before = 312;
        }
        content.preview.files.push_back(std::move(file));
    }
    content.notes = {"police_7.fxt: not signed by a key that is known; shown as not authenticated."};
    return content;
}

SchoolsContent schools() {
    SchoolsContent content;
    content.asAt = asAt();
    content.schools.push_back({{137000}, "Bristol Secondary School (synthetic)", "secondary", 1204});
    for (int i = 1; i < 100; ++i) {
        content.schools.push_back(
            {{137000 + i}, "Invented School " + std::to_string(i), i % 3 == 0 ? "secondary" : "primary", 150 + i * 7});
    }
    return content;
}

SchoolsContent glance() {
    SchoolsContent content = schools();
    content.groups = {"Receiving support", "Current risk", "Events in the last 30 days"};
    for (SchoolLine& school : content.schools) {
        school.figures = {figure(school.onRoll / 6, school.onRoll / 7), figure(school.onRoll / 9, school.onRoll / 8),
                          figure(school.onRoll / 20, school.onRoll / 25, school.onRoll / 15)};
    }
    return content;
}

RegisterContent definitions() {
    RegisterContent content;
    content.gateways = {{"children_act_2004_s10", "Children Act 2004, section 10"}};
    for (const char* id : {"child_in_need", "risk_of_neet"}) {
        indicator::Definition made;
        made.id = id;
        made.title = made.id == "risk_of_neet" ? "Risk of NEET" : "Child in need";
        made.group = made.id == "risk_of_neet" ? indicator::Group::CurrentRisk : indicator::Group::ReceivingSupport;
        made.rule = "A record says so on the day.";
        made.criteria = {indicator::Criterion{}};
        made.datasets = {"education/education_records", "social_care/social_care_records"};
        made.gateways = {"children_act_2004_s10", "not_in_the_register"};
        made.owner = "Education analytics";
        made.falsePositives = {"An entry for a brother.", "A date typed wrongly."};
        made.challenge = "Write to the owner.";
        made.reviewBy = day(2027, 1, 31);
        RegisterLine older{made, false, false, 1, {}, {}, {}};
        made.version = 2;
        content.lines.push_back({std::move(made),
                                 true,
                                 true,
                                 4,
                                 {"overview"},
                                 {"health/camhs_records"},
                                 {"30/06/2026: draft. A second reading."}});
        content.lines.push_back(std::move(older));
    }
    return content;
}

}  // namespace fairlead::ui::made_up
