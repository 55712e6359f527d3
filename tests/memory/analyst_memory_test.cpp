// Another role's names are not hidden from an analyst but absent: from the keys that their passphrase gives, and from
// the memory of the process in which they work.

#include <catch2/catch_all.hpp>

#include "core/workspace/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/reveal.h"
#include "core/workspace/roll_page.h"
#include "core/workspace/schools.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/memory_scan.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::FileKey;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFirst = 500, kPupils = 40;

/// Masked: the words themselves are made by copies of this process alone.
std::vector<Marker> markers() {
    std::vector<Marker> all;
    for (std::uint64_t number = kFirst; number < kFirst + kPupils; ++number) all.emplace_back(number);
    return all;
}

/// A unit whose pupils have the planted names, at `place`.
bool makeUnit(const fs::path& place) {
    Unit unit;
    Rows education, police;
    education.school(kSchool, "Harbour School");
    for (const Marker& marker : markers()) {
        const std::string name = marker.word();
        education.person(name, name, name, "2011-03-14").roll(name, kSchool, "10", "2023-09-01");
        police.person(name, name, name, "2011-03-14");
        police.event("M" + name, name, record::FactKind::MissingEpisode, "2026-06-12", "M");
    }
    unit.open("Stan");
    unit.fixture.load({unit.fixture.deliver("education", 2, "2023-09-01", "2026-07-02", education),
                       unit.fixture.deliver("police", 2, "2024-01-01", "2026-07-02", police)});
    unit.fixture.link();
    unit.fixture.workspace.reset();
    fs::copy(unit.fixture.path, place, fs::copy_options::recursive);
    return true;
}

std::shared_ptr<workspace::Workspace> opened(const fs::path& place, const std::string& name) {
    const auto passphrase = passphraseOf(name);
    return valueOf(workspace::Workspace::open(place, {passphrase, name}, {projectPath("resources")},
                                              std::make_shared<SetClock>(day("2026-07-03")),
                                              access::KdfPolicy::forTests()));
}

/// What somebody does who looks at a school, at every pupil of it, and asks for names.
std::size_t namesAfterWork(workspace::Workspace& workspace) {
    TaskContext task;
    workspace::OverviewRequest request;
    request.school = {kSchool};
    valueOf(workspace::schools(workspace));
    valueOf(workspace::rollPage(workspace, request, task));
    const auto page = valueOf(workspace::overview(workspace, request, task));
    CHECK(page->pseudonyms.size() >= kPupils);
    std::vector<record::PersonKey> pupils;
    for (const auto& [pupil, label] : page->pseudonyms) pupils.push_back(pupil);
    return valueOf(workspace::reveal(workspace, pupils, "to see what there is to see")).names.size();
}

}  // namespace

TEST_CASE("A sitting of an analyst has no key of identity.db and no name in its memory", "[memory][T-C2]") {
    const TempFolder folder;
    const auto place = folder / "town.fairlead";
    inChild([&] { return makeUnit(place); });
    CHECK(scanMemory(markers()).empty());
    {
        const auto workspace = opened(place, "Ana");
        for (const FileKey key : access::kFileKeys) {
            CHECK(workspace->holds(key) == access::holds({access::Role::Analyst}, key));
            const crypto::Secret& secret = workspace->keyring().keys.of(key);
            CHECK(secret.isEmpty() != workspace->holds(key));
            if (secret.isEmpty()) continue;
            // Whatever is held does not open it: SQLite says that it is no database.
            const auto names = store::Database::open(place / "identity.db", secret);
            REQUIRE_FALSE(names.has_value());
            CHECK(names.error().code == (secret.size() == 48 ? ErrorCode::WrongKey : ErrorCode::InvalidArgument));
        }
        CHECK_FALSE(workspace->holds(FileKey::Identity));
        CHECK(namesAfterWork(*workspace) == 0);
        const auto found = scanMemory(markers());
        INFO(describe(found));
        CHECK(found.empty());
    }
    // The same work by a steward brings them into memory, where the search finds them.
    inChild([&] {
        const auto workspace = opened(place, "Stan");
        return namesAfterWork(*workspace) >= kPupils && !scanMemory(markers()).empty();
    });
}
