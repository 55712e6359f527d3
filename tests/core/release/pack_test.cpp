#include "core/release/pack.h"

#include <catch2/catch_all.hpp>

#include "core/base/file.h"
#include "core/workspace/overview.h"
#include "core/workspace/reveal.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using indicator::Count;
using release::disclosed;
using workspace::Workspace;

TEST_CASE("A count in the pack tells of no fewer than five, neither by itself nor by what it leaves",
          "[release][T-I1]") {
    for (int of = 0; of <= 60; ++of)
        for (int count = 0; count <= of; ++count) {
            INFO(count << " of " << of);
            const Count shown = disclosed(Count::of(count), of);
            const int rest = of - count;
            const bool tells = (count > 0 && count < 5) || (count > 0 && rest > 0 && rest < 5);
            CHECK(shown.isValue() != tells);
            if (shown.isValue()) {
                CHECK(shown.value % 5 == 0);
                CHECK(std::abs(shown.value - count) <= 2);
                CHECK((shown.value == 0) == (count == 0));
            }
        }
    CHECK(disclosed(Count::notSupplied(), 20) == Count::notSupplied());
    CHECK(disclosed(Count::notApplicable(), 20) == Count::notApplicable());
}

TEST_CASE("The pack opens for an aggregate reader and for nobody else", "[release]") {
    Unit unit;
    CHECK(codeOf(release::readPack(unit.open("Rita"))) == ErrorCode::NotFound);
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        const auto made = release::makePack(unit.open(name), unit.fixture.task);
        CHECK(isDenied(made) == !access::allows({role}, access::Action::MakePack));
    }
    const std::string file = valueOf(readFile(unit.fixture.path / release::kPackFile));
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        const auto read = release::readPack(unit.open(name));
        CHECK(isDenied(read) == !access::allows({role}, access::Action::ReadPack));
    }
    // A reader who came later has no key for it.
    unit.add("Ravi", {access::Role::AggregateReader});
    CHECK(codeOf(release::readPack(unit.open("Ravi"))) == ErrorCode::NotFound);
    CHECK(valueOf(release::readPack(unit.open("Rita"))).schools.size() == 2);
    // Any change is found.
    for (std::size_t i = 0; i < file.size(); i += 7) {
        std::string changed = file;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        valueOf(writeFileAtomically(unit.fixture.path / release::kPackFile, changed));
        INFO(i);
        CHECK_FALSE(release::readPack(*unit.fixture.workspace).has_value());
    }
}

TEST_CASE("No person, pseudonym, name or small count is in the pack", "[release][T-I1]") {
    Unit unit;
    Workspace& stan = unit.open("Stan");
    workspace::OverviewRequest request;
    request.school = {kSchool};
    const auto page = valueOf(workspace::overview(stan, request, unit.fixture.task));
    std::vector<std::string> marks = {"Pupil ",       "Okafor", "Whitby", "Amelia",  "Ffion",
                                      "Pemberthy",    "Samuel", "Grace",  "2011-03", "H801200001002",
                                      "100012345671", "C1",     "P1",     "E1"};
    for (const auto& [pupil, label] : page->pseudonyms) {
        marks.push_back(label);
        marks.push_back(fmt::format("\"{}\"", pupil.value));
    }
    valueOf(release::makePack(stan, unit.fixture.task));
    const std::string file = valueOf(readFile(unit.fixture.path / release::kPackFile));
    const auto pack = valueOf(release::readPack(unit.open("Rita")));
    std::string text;
    for (const release::PackSchool& school : pack.schools) {
        text += fmt::format("{} {} {}\n", school.urn.value, school.name, school.phase);
        CHECK(school.onRoll == (school.name == "Harbour School" ? Count::suppressed() : Count::of(0)));
        CHECK_FALSE(school.figures.empty());
        for (const release::PackFigure& figure : school.figures) {
            text += fmt::format("{} {} {}\n", figure.id, figure.title, indicator::shorthand(figure.pupils));
            // Of three pupils every figure that is not 0 is small.
            if (figure.pupils.isValue()) CHECK(figure.pupils.value == 0);
        }
    }
    for (const std::string& mark : marks) {
        INFO(mark);
        CHECK_FALSE(text.contains(mark));
        if (mark.size() > 4) CHECK_FALSE(file.contains(mark));
    }
    CHECK_FALSE(file.contains("Harbour"));
    // What the reader opens is all that the reader holds.
    for (const access::FileKey key : access::kFileKeys)
        CHECK(unit.fixture.workspace->holds(key) == (key == access::FileKey::Audit));
}
