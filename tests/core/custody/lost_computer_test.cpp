// A computer is lost with a workspace that is closed: what somebody has who has its files and no passphrase.

#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/custody/recovery.h"
#include "core/record/identifiers.h"
#include "core/release/involvement.h"
#include "core/release/pack.h"
#include "core/release/release.h"
#include "core/workspace/reveal.h"
#include "core/workspace/saved_views.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/memory_scan.h"
#include "tests/support/page_statistic.h"
#include "tests/support/results.h"
#include "tests/support/word_search.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSchools = 100, kPupils = 4950;

/// What is planted: words that stand nowhere else.
std::string schoolName(std::uint64_t number) { return Marker(1'000'000 + number).word(); }
std::string surname(std::uint64_t number) { return Marker(2'000'000 + number).word(); }
std::string upn(std::uint64_t number) {
    const auto digits = fmt::format("8012{:08}", 10'000'000 + number * 7);
    return std::string(1, record::upnCheckLetter(digits).value()) + digits;
}
/// In what people type: reasons, purposes, names of views.
std::string typed(std::uint64_t number) { return Marker(3'000'000 + number).word(); }
constexpr std::uint64_t kTyped = 6;

WordSearch allPlanted() {
    WordSearch search;
    for (std::uint64_t i = 0; i < kSchools; ++i) search.add(schoolName(i));
    for (std::uint64_t i = 0; i < kPupils; ++i) {
        search.add(surname(i));
        search.add(upn(i));
    }
    for (std::uint64_t i = 0; i < kTyped; ++i) search.add(typed(i));
    return search;
}

/// Schools and pupils under planted names, known to education and, some of them, to the police.
void load(Unit& unit) {
    Rows education, police;
    education.school(kSchool, "Harbour School");
    for (std::uint64_t i = 0; i < kSchools; ++i)
        education.school(120'000 + static_cast<std::int64_t>(i), schoolName(i) + " School");
    for (std::uint64_t i = 0; i < kPupils; ++i) {
        const auto ref = fmt::format("R{}", i);
        const auto born = day("2009-09-01") + static_cast<std::int32_t>(i * 2531 % 2500);
        education.person(ref, "Alex", surname(i), born.iso()).identifier(ref, "upn", upn(i));
        education.roll(ref, 120'000 + static_cast<std::int64_t>(i % kSchools), "9", "2024-09-01");
        if (i % 20 != 0) continue;
        police.person(ref, "Alex", surname(i), born.iso());
        police.event("M" + ref, ref, record::FactKind::MissingEpisode, "2026-06-12", "M");
    }
    unit.open("Stan");
    unit.fixture.load({unit.fixture.deliver("education", 2, "2023-09-01", "2026-07-02", education),
                       unit.fixture.deliver("police", 2, "2024-01-01", "2026-07-02", police)});
    unit.fixture.link();
}

record::PersonKey anybody(workspace::Workspace& workspace) {
    auto pupils = valueOf(workspace.core().prepare("SELECT person FROM membership ORDER BY person LIMIT 1"));
    REQUIRE(valueOf(pupils.next()));
    return {pupils.integer(0)};
}

/// A reason, a view, an involvement, a release, recovery sheets and a pack: all that is kept beside the rows.
void work(Unit& unit) {
    workspace::Workspace& stan = unit.open("Stan");
    const record::PersonKey child = anybody(stan);
    valueOf(workspace::reveal(stan, {child}, "asked for by " + typed(0)));
    valueOf(release::recordInvolvement(stan, {.child = child,
                                              .coversFamily = false,
                                              .team = typed(1),
                                              .worker = "Ana",
                                              .purpose = "support plan for " + typed(2),
                                              .gateway = "children_act_2004_s10",
                                              .days = {day("2026-06-01"), day("2026-12-01")},
                                              .source = typed(3)}));
    {
        const Seconder olive("Olive");
        valueOf(release::releaseNames(stan, olive.person, {"Ana", {}, day("2026-08-01")}));
    }
    valueOf(release::makePack(stan, unit.fixture.task));
    {
        const Seconder steward("Stan");
        valueOf(custody::makeSheets(unit.open("Olive"), steward.person));
    }
    valueOf(workspace::reveal(unit.open("Ana"), {child}, "asked for by " + typed(4)));
    workspace::SavedView view;
    view.name = typed(5);
    view.page = "overview";
    valueOf(workspace::saveView(*unit.fixture.workspace, view));
    unit.fixture.workspace.reset();
}

std::set<std::string> wordsIn(const WordSearch& search, std::string_view bytes) {
    std::set<std::string> words;
    for (const auto& hit : search.in(bytes)) words.insert(hit.word);
    return words;
}

/// A database in the clear, as a program would leave it that forgot its key.
std::string plainDatabase(const fs::path& path, const std::string& word) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    const std::string sql = "CREATE TABLE name(surname TEXT); INSERT INTO name VALUES('" + word + "')";
    REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_close(database) == SQLITE_OK);
    return bytesOf(path);
}

}  // namespace

TEST_CASE("Ten thousand names, pupil numbers and schools are in no file of a closed workspace, in no form",
          "[custody][T-L1]") {
    Unit unit;
    load(unit);
    work(unit);
    const auto search = allPlanted();
    REQUIRE(search.words() >= 10'000);
    std::size_t bytes = 0, files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(unit.fixture.path)) {
        if (!entry.is_regular_file()) continue;
        const auto content = bytesOf(entry.path());
        const auto hits = search.in(content);
        INFO(entry.path().filename() << ": " << hits.size() << " places"
                                     << (hits.empty() ? "" : ", the first as " + hits.front().form));
        CHECK(hits.empty());
        CHECK(wordsIn(search, entry.path().string()).empty());
        if (entry.path().extension() == ".db") CHECK(ordinaryPagesOf(content) == "");
        ++files;
        bytes += content.size();
    }
    CHECK(files >= 8);
    CHECK(bytes > 1'000'000);
    // They are there for whoever has the keys: all of them, but what is sealed to the auditor.
    unit.open("Stan");
    const auto seen = wordsIn(search, unit.fixture.content());
    CHECK(seen.size() >= 2 * kPupils + kSchools);
    // And the search finds what is there, in each form.
    const std::string word = surname(7);
    const auto found = [&](const std::string& text) {
        std::set<std::string> forms;  // Two spellings of a word can have one Base64.
        for (const auto& hit : search.in("before " + text + " after")) {
            CHECK(hit.word == word);
            forms.insert(hit.form);
        }
        return forms.size() == 1 ? *forms.begin() : std::string("not found");
    };
    CHECK(found(word) == "bytes");
    std::string little, big;
    for (const char c : word) {
        little += std::string{c, '\0'};
        big += std::string{'\0', c};
    }
    CHECK(found(little) == "UTF-16LE");
    CHECK(found(big) == "UTF-16BE");
    for (std::size_t before = 0; before < 3; ++before)
        CHECK(found(crypto::base64(std::string(before, '?') + word + "??")) == fmt::format("Base64 from {}", before));
}

TEST_CASE("A closed workspace shows users and sizes and nothing of what it is about", "[custody][T-L1]") {
    Unit unit;
    unit.fixture.workspace.reset();
    const auto header = bytesOf(unit.fixture.path / "header");
    CHECK(header.contains("Olive"));  // Whoever works in it is named: said in resources/docs/threats.md.
    for (const std::string word : {"police", "social_care", "early_help", "education", "health", "school", "Harbour",
                                   "Okafor", "Pemberthy", "107001", "H801200001002"}) {
        INFO(word);
        CHECK_FALSE(header.contains(word));
    }
}

TEST_CASE("Every page of both databases looks like chance", "[custody][T-L1]") {
    Unit unit;
    unit.fixture.workspace.reset();
    for (const char* name : {"core.db", "identity.db"}) {
        INFO(name);
        const auto file = bytesOf(unit.fixture.path / name);
        CHECK(file.size() >= 2 * kDatabasePageBytes);
        CHECK(ordinaryPagesOf(file) == "");
    }
    // The same look at a page in the clear.
    CHECK_FALSE(ordinaryPagesOf(plainDatabase(unit.fixture.folder / "plain.db", "Pemberthy")).empty());
}
