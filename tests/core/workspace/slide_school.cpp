#include "tests/core/workspace/slide_school.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/record/identifiers.h"

namespace fairlead::test {

namespace {

using record::FactKind;

constexpr int kPupils = 240;
constexpr std::array<std::string_view, 16> kForenames{"Amelia",  "Basil",  "Ciara", "Dominic", "Esther", "Ffion",
                                                      "Gregory", "Hester", "Idris", "Jocelyn", "Kwame",  "Lavinia",
                                                      "Magnus",  "Noor",   "Osian", "Perpetua"};
constexpr std::array<std::string_view, 15> kSurnames{
    "Arkwright", "Bellweather", "Cresswell",  "Dunmore",  "Eastgate", "Farthing",  "Greenhalgh", "Holloway",
    "Inkpen",    "Jessop",      "Kettlewell", "Lockhart", "Mossman",  "Nettleton", "Oakeshott"};

/// The pupil's record in one agency: the same name, birth date and UPN everywhere, under the agency's own key.
void addPupil(Rows& rows, int pupil) {
    const std::string twelve = fmt::format("8012150{:05}", pupil);
    const auto number = static_cast<std::size_t>(pupil);
    const Date birth = day("2005-09-05") + (pupil * 7);
    const std::string ref = fmt::format("R{}", pupil);
    rows.person(ref, std::string(kForenames.at(number % kForenames.size())),
                std::string(kSurnames.at(number % kSurnames.size())), birth.iso(), pupil % 2 == 0 ? "F" : "M");
    rows.identifier(ref, "upn", *record::upnCheckLetter(twelve) + twelve);
}

std::string refOf(int pupil) { return fmt::format("R{}", pupil); }

std::string factOf(std::string_view letter, int pupil) { return fmt::format("{}{}", letter, pupil); }

/// Pupils 1 to 74 were reviewed as high; the last three of them on the day before the slide's date.
Rows education() {
    Rows rows;
    rows.school(kSlideSchool, "Bristol Secondary School (synthetic)");
    for (int pupil = 1; pupil <= kPupils; ++pupil) {
        addPupil(rows, pupil);
        const int year = 11 - (pupil - 1) / 53;
        rows.roll(refOf(pupil), kSlideSchool, std::to_string(year), "2021-09-01");
        if (pupil > 74) continue;
        const bool isNew = pupil > 71;
        rows.event(factOf("N", pupil), refOf(pupil), FactKind::NeetChecklist, isNew ? "2022-06-21" : "2022-04-01",
                   "high");
    }
    return rows;
}

/// Pupils 68 to 153: 86 of them, so that seven are among those reviewed. The last was referred on the day before.
Rows health() {
    Rows rows;
    for (int pupil = 68; pupil <= 153; ++pupil) {
        addPupil(rows, pupil);
        rows.status(factOf("H", pupil), refOf(pupil), FactKind::MentalHealthReferral,
                    pupil == 153 ? "2022-06-21" : "2022-01-10");
    }
    return rows;
}

/// A panel's decisions on 62 pupils who have another indicator too, one enquiry, and one child in need since 20/06.
Rows socialCare() {
    Rows rows;
    for (int pupil = 6; pupil <= 67; ++pupil) {
        addPupil(rows, pupil);
        rows.event(factOf("E", pupil), refOf(pupil), FactKind::ExploitationDecision, "2021-12-01", "cce");
    }
    addPupil(rows, 100);
    rows.status("S100", refOf(100), FactKind::Section47Enquiry, "2022-05-01");
    addPupil(rows, 200);
    rows.status("C200", refOf(200), FactKind::ChildInNeed, "2022-06-20", "", "N1");
    return rows;
}

/// A parent's records in the 30 days: each its own incident, but for one that is there twice.
void addParent(Rows& rows, int pupil, int incidents) {
    const auto number = static_cast<std::size_t>(pupil);
    const std::string ref = fmt::format("P{}", pupil);
    addPupil(rows, pupil);
    rows.person(ref, std::string(kForenames.at((number * 5) % kForenames.size())),
                fmt::format("{}-Quill", kSurnames.at((number * 4) % kSurnames.size())),
                (day("1979-02-03") + pupil * 31).iso());
    rows.parent(ref, refOf(pupil));
    for (int i = 0; i < incidents; ++i) {
        const std::string on = (day("2022-05-25") + i * 2).iso();
        const auto kind = i % 2 == 0 ? FactKind::AdultSuspect : FactKind::AdultDomestic;
        rows.event(fmt::format("A{}-{}", pupil, i), ref, kind, on, "", record::Role::Subject,
                   fmt::format("OCC{}-{}", pupil, i));
    }
    rows.event(fmt::format("A{}-again", pupil), ref, FactKind::AdultDomestic, "2022-05-25", "", record::Role::Subject,
               fmt::format("OCC{}-0", pupil));
    rows.event(fmt::format("A{}-before", pupil), ref, FactKind::AdultSuspect, "2022-05-20", "", record::Role::Subject,
               fmt::format("OCC{}-before", pupil));
}

Rows police() {
    Rows rows;
    addPupil(rows, 210);
    rows.event("M210", refOf(210), FactKind::MissingEpisode, "2022-06-21", "M");
    constexpr std::array<int, 7> kIncidents{14, 7, 7, 4, 5, 5, 4};  // as the slide has them, not sorted
    for (std::size_t i = 0; i < kIncidents.size(); ++i) addParent(rows, 220 + static_cast<int>(i), kIncidents.at(i));
    return rows;
}

}  // namespace

std::vector<std::filesystem::path> deliverSlideSchool(WorkspaceFixture& fixture) {
    return {fixture.deliver("education", 1, "2021-09-01", "2022-06-23", education()),
            fixture.deliver("health", 1, "2021-09-01", "2022-06-23", health()),
            fixture.deliver("social_care", 1, "2021-09-01", "2022-06-23", socialCare()),
            fixture.deliver("police", 1, "2021-09-01", "2022-06-23", police())};
}

}  // namespace fairlead::test
