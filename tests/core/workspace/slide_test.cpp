// The overview of the source slide, recomputed from facts.

#include <cstdlib>

#include <catch2/catch_all.hpp>

#include "core/workspace/overview.h"
#include "tests/core/workspace/slide_school.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

const indicator::GroupFigure& group(const indicator::Overview& overview, std::string_view id) {
    const auto found = std::ranges::find(overview.groups, id, &indicator::GroupFigure::id);
    REQUIRE(found != overview.groups.end());
    return *found;
}

std::vector<int> partsOf(const indicator::GroupFigure& figure) {
    std::vector<int> parts;
    for (const indicator::IndicatorFigure& part : figure.indicators) {
        REQUIRE(part.figure.pupils.isValue());
        parts.push_back(part.figure.pupils.value);
    }
    return parts;
}

}  // namespace

TEST_CASE("The slide's readable figures come out of the facts of a school as at 22/06/2022", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSlideSchool(fixture));
    fixture.link();
    workspace::OverviewRequest request;
    request.school = {kSlideSchool};
    request.asAt = day("2022-06-22");
    const auto page = valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
    CHECK(page->schoolName == "Bristol Secondary School (synthetic)");

    const auto& risk = group(page->overview, "current_risk");
    CHECK(risk.figure.pupils == indicator::Count::of(153));
    CHECK(partsOf(risk) == std::vector{74, 86, 62, 1});

    std::vector<std::pair<std::string, std::string>> fresh;
    for (const indicator::NewIndicator& line : page->overview.newIndicators)
        fresh.emplace_back(line.date.uk(), line.title);
    CHECK(std::ranges::is_sorted(page->overview.newIndicators, std::greater{}, &indicator::NewIndicator::date));
    std::ranges::sort(fresh);
    CHECK(fresh == std::vector<std::pair<std::string, std::string>>{{"20/06/2022", "Child in need"},
                                                                    {"21/06/2022", "Mental-health concern"},
                                                                    {"21/06/2022", "Reported missing"},
                                                                    {"21/06/2022", "Risk of NEET"},
                                                                    {"21/06/2022", "Risk of NEET"},
                                                                    {"21/06/2022", "Risk of NEET"}});

    std::vector<int> families;
    for (const indicator::FamilyCount& line : page->overview.families) families.push_back(line.count);
    CHECK(families == std::vector{14, 7, 7, 5, 5, 4, 4});
}

// In a folder of its own, unless a journey names one: it goes on with the files.
TEST_CASE("The slide's extracts and keys can be taken to another folder", "[workspace][slide-files]") {
    const TempFolder own;
    const char* named = std::getenv("FAIRLEAD_SLIDE_DIR");
    const std::filesystem::path folder = named != nullptr ? std::filesystem::path(named) : own.path();
    WorkspaceFixture fixture;
    const auto delivered = deliverSlideSchool(fixture);
    REQUIRE_FALSE(delivered.empty());
    for (const auto& file : delivered) {
        for (const char* extension : {".fxt", ".fxm"}) {
            auto part = file;
            part.replace_extension(extension);
            std::filesystem::copy_file(part, folder / part.filename());
            CHECK(bytesOf(folder / part.filename()) == bytesOf(part));
        }
    }
    std::filesystem::copy(fixture.folder / "keys", folder / "keys");
    CHECK_FALSE(std::filesystem::is_empty(folder / "keys"));
}
