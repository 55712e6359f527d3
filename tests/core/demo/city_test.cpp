// The city on disk.
#include "core/demo/city.h"

#include <set>

#include <catch2/catch_all.hpp>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/extract/extract.h"
#include "core/extract/gateway_register.h"
#include "core/extract/key_files.h"
#include "tests/core/demo/small_city.h"

using namespace fairlead;
using namespace fairlead::demo;
using fairlead::test::bytesOf;
using fairlead::test::codeOf;
using fairlead::test::projectPath;
using fairlead::test::TempFolder;
using fairlead::test::valueOf;
using fairlead::test::writeBytes;

namespace {

DemoOptions optionsFor(const std::filesystem::path& folder, std::int64_t pupils = 60) {
    return {pupils, 42, folder, projectPath("resources/names")};
}

std::size_t entriesOf(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) count += entry.exists() ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("every extract of a city opens with the unit's key and holds the city's rows", "[demo]") {
    const TempFolder temp;
    TaskContext task;
    const auto summary = valueOf(createCity(optionsFor(temp / "city"), task));
    CHECK(summary.pupils == 60);
    CHECK(summary.asAt.iso() == "2026-06-30");
    REQUIRE(summary.extracts.size() == 20);
    const auto unit = valueOf(extract::readKeyPairs(temp.path() / "city/keys/unit.key"));
    const auto register_ = valueOf(extract::GatewayRegister::load(projectPath("resources/gateways")));
    const auto city = demo::test::makeCity(60, 42);
    std::filesystem::create_directory(temp / "staging");
    std::filesystem::permissions(temp / "staging", std::filesystem::perms::owner_all);
    for (std::size_t i = 0; i < summary.extracts.size(); ++i) {
        const auto& entry = summary.extracts[i];
        INFO(entry.file);
        const auto signer = valueOf(extract::readPublicKeys(temp.path() / "city/keys" / (entry.agency + ".pub")));
        extract::OpenOptions options;
        options.today = summary.asAt;
        options.staging = temp / "staging";
        options.unit = &*unit.seal;
        options.trusted[crypto::fingerprint(*signer.sign)] = {entry.agency, *signer.sign};
        options.gatewaysInForce = register_.inForceOn(summary.asAt);
        const auto opened = valueOf(extract::open(temp.path() / "city" / entry.file, options, task));
        CHECK(opened.authenticated);
        CHECK(opened.manifest.agency == entry.agency);
        CHECK(opened.manifest.sequence == entry.sequence);
        CHECK(opened.manifest.onePersonPerRow == (entry.agency != "police"));
        CHECK(opened.manifest.retainUntil.iso() == "2031-12-31");
        CHECK(demo::test::textOf(opened.rows) == demo::test::textOf(city->rows[i]));
    }
}

TEST_CASE("a city describes itself and keeps its truth beside the extracts", "[demo]") {
    const TempFolder temp;
    TaskContext task;
    const auto summary = valueOf(createCity(optionsFor(temp / "city"), task));
    for (const auto* file :
         {"truth/persons.csv", "truth/families.csv", "truth/expected_spells.csv", "README.txt", "demo.json"}) {
        CHECK(bytesOf(temp.path() / "city" / file).size() > 100);
    }
    const auto json = bytesOf(temp.path() / "city/demo.json");
    CHECK(json.find("\"as_at\":\"2026-06-30\"") != std::string::npos);
    CHECK(json.find("\"file\":\"extracts/police_police_records_004.fxt\"") != std::string::npos);
    std::int64_t pupils = 0;
    for (const auto& school : summary.schools) pupils += school.pupils;
    CHECK(pupils == 60);
    const auto truth = valueOf(parseCsv(bytesOf(temp.path() / "city/truth/persons.csv"), "persons.csv"));
    std::set<std::string> persons;
    for (const auto& row : truth.rows) persons.insert(row.cells[0]);
    CHECK(static_cast<std::int64_t>(persons.size()) == summary.persons);
}

TEST_CASE("the truth of a seed is the same every time, the keys are not", "[demo]") {
    const TempFolder temp;
    TaskContext task;
    REQUIRE(createCity(optionsFor(temp / "one"), task));
    REQUIRE(createCity(optionsFor(temp / "two"), task));
    for (const auto* file :
         {"truth/persons.csv", "truth/families.csv", "truth/expected_spells.csv", "README.txt", "demo.json"}) {
        CHECK(bytesOf(temp.path() / "one" / file) == bytesOf(temp.path() / "two" / file));
    }
    CHECK(bytesOf(temp.path() / "one/keys/unit.pub") != bytesOf(temp.path() / "two/keys/unit.pub"));
}

TEST_CASE("a folder that holds something is left alone", "[demo]") {
    const TempFolder temp;
    writeBytes(temp / "mine.txt", "mine");
    TaskContext task;
    CHECK(codeOf(createCity(optionsFor(temp.path()), task)) == ErrorCode::AlreadyExists);
    CHECK(bytesOf(temp / "mine.txt") == "mine");
    CHECK(entriesOf(temp.path()) == 1);
    CHECK(codeOf(createCity(optionsFor(temp / "mine.txt"), task)) == ErrorCode::AlreadyExists);
}

TEST_CASE("an empty folder is used, and is empty again after a failure", "[demo]") {
    const TempFolder temp;
    TaskContext task;
    auto options = optionsFor(temp.path());
    options.namesFolder = temp / "nowhere";
    CHECK(codeOf(createCity(options, task)) == ErrorCode::NotFound);
    CHECK(entriesOf(temp.path()) == 0);
    CHECK(codeOf(createCity(optionsFor(temp.path(), 3), task)) == ErrorCode::InvalidArgument);
    CHECK(entriesOf(temp.path()) == 0);
    REQUIRE(createCity(optionsFor(temp.path()), task));
    CHECK(entriesOf(temp.path()) == 5);
}

TEST_CASE("a stopped city leaves nothing behind", "[demo]") {
    const TempFolder temp;
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    CHECK(codeOf(createCity(optionsFor(temp / "city", 500), task)) == ErrorCode::Cancelled);
    CHECK_FALSE(std::filesystem::exists(temp / "city"));
}
