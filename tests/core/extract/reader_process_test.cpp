#include "core/extract/reader_process.h"

#include <thread>

#include <catch2/catch_all.hpp>

#include "core/base/text.h"
#include "core/extract/reader_wire.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/core/extract/misbehaving_reader.h"
#include "tests/support/results.h"

namespace fairlead::extract {

using test::ExtractFixture;
using test::valueOf;
using worker::Restriction;

TEST_CASE("a process of its own reads the same rows as this one would", "[extract][reader]") {
    ExtractFixture fixture;
    fixture.build(3000);
    const auto here = valueOf(fixture.open());
    CHECK_FALSE(here.reader.has_value());
    fixture.options.reader = thisProgram();
    const auto there = valueOf(fixture.open());
    CHECK(there.rowIds == here.rowIds);
    CHECK(there.rows.facts.size() == 3000);
    CHECK(there.rows.persons.at(2999).forenames == here.rows.persons.at(2999).forenames);
    CHECK(there.rows.facts.at(15).value == here.rows.facts.at(15).value);
    REQUIRE(there.reader.has_value());
    for (const auto restriction : {Restriction::Processor, Restriction::Writing, Restriction::OpenFiles,
                                   Restriction::Dumps, Restriction::Privileges, Restriction::DiesWithOwner}) {
        CHECK(there.reader->has(restriction));
    }
    CHECK(std::filesystem::is_empty(fixture.staging));
}

TEST_CASE("an extract with a passphrase is read by a process of its own too", "[extract][reader]") {
    ExtractFixture fixture;
    const auto passphrase = crypto::Secret::copyOf("six words that nobody else knows");
    Sealing sealing;
    sealing.passphrase = &passphrase;
    sealing.signer = &fixture.signer;
    valueOf(build(test::policeRows(5), test::policeDraft(), sealing, fixture.path, fixture.task));
    fixture.options.reader = thisProgram();
    fixture.options.passphrase = &passphrase;
    CHECK(valueOf(fixture.open()).rows.persons.size() == 5);
    const auto other = crypto::Secret::copyOf("six words that somebody guesses");
    fixture.options.passphrase = &other;
    CHECK(fixture.refusal() == ErrorCode::WrongKey);
}

TEST_CASE("what a process of its own finds wrong is the refusal, under the file's own name", "[extract][reader]") {
    ExtractFixture fixture;
    fixture.build(400);
    fixture.options.reader = thisProgram();
    const auto good = test::bytesOf(fixture.path);
    auto bytes = good;
    bytes[4096 * 2 + 100] = static_cast<char>(bytes[4096 * 2 + 100] ^ 0x10);
    test::writeBytes(fixture.path, bytes);
    fixture.mendManifest();
    const auto damaged = fixture.refusedWith();
    CHECK(damaged.code == ErrorCode::ExtractDamaged);
    CHECK(damaged.subject == "police.fxt");
    test::writeBytes(fixture.path, good);
    fixture.alterFile("CREATE VIEW everybody AS SELECT * FROM person");
    CHECK(fixture.refusal() == ErrorCode::ExtractSchema);
    fixture.alterFile("DROP VIEW everybody; UPDATE person SET sex = 'Q' WHERE row_id = 7");
    const auto value = fixture.refusedWith();
    CHECK(value.code == ErrorCode::ExtractValue);
    CHECK(value.detail == "1 value is not allowed: table person, row 7, column sex: unknown code");
}

TEST_CASE("a process that crashes, hangs, hungers or talks nonsense ends in a refusal with nothing loaded",
          "[extract][reader][T-X4]") {
    ExtractFixture fixture;
    fixture.build(40);
    fixture.options.deadline = std::chrono::seconds(4);
    for (const auto& way : test::misbehaviours()) {
        INFO(way.name);
        fixture.options.deadline = std::chrono::milliseconds(way.name.starts_with("hang") ? 300 : 20'000);
        fixture.options.reader = test::misbehavingProgram(way.name);
        const auto error = fixture.refusedWith();
        const bool isRows = way.name == "nothing-but-done";
        const bool isValue = way.name == "other-values";
        CHECK(error.code == (isRows    ? ErrorCode::RowCountMismatch
                             : isValue ? ErrorCode::ExtractValue
                                       : ErrorCode::ExtractDamaged));
        CHECK_THAT(error.detail, Catch::Matchers::ContainsSubstring(std::string(way.refusal)));
        CHECK(error.subject == "police.fxt");
    }
    // The control: the same file under a process that behaves.
    fixture.options.reader = thisProgram();
    CHECK(fixture.open().has_value());
}

TEST_CASE("a process that was taken over can read its one file and nothing else", "[extract][reader]") {
    ExtractFixture fixture;
    fixture.build(5);
    fixture.options.reader = thisProgram();
    const auto confinement = valueOf(fixture.open()).reader;
    REQUIRE(confinement.has_value());
    fixture.options.reader = test::misbehavingProgram("everything");
    const auto error = fixture.refusedWith();
    const bool oneFile = confinement->has(Restriction::OneFile), calls = confinement->has(Restriction::SystemCalls);
    if (!oneFile && !calls) {
        // It became another program, whose words are no answer.
        CHECK(error.code == ErrorCode::ExtractDamaged);
        return;
    }
    // A kernel without one of the two: what the other forbids must still be impossible.
    CHECK(error.code == ErrorCode::ExtractValue);
    const auto possible = split(error.detail, ' ');
    const auto impossible = [&](std::initializer_list<std::string_view> acts) {
        for (const auto act : acts) {
            INFO(act);
            CHECK(std::ranges::find(possible, act) == possible.end());
        }
    };
    if (oneFile) impossible({"write", "create", "remove", "other-file", "folder"});
    if (calls) impossible({"write", "create", "remove", "network", "socket", "process", "signal"});
    if (oneFile && calls) CHECK(error.detail == "read");
}

TEST_CASE("stopping ends the process that reads at once", "[extract][reader]") {
    ExtractFixture fixture;
    fixture.build(5);
    fixture.options.reader = test::misbehavingProgram("hang");
    std::stop_source stop;
    TaskContext task(stop.get_token());
    std::jthread later([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    const auto opened = open(fixture.path, fixture.options, task);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::Cancelled);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    CHECK(std::filesystem::is_empty(fixture.staging));
}

TEST_CASE("a program that cannot be started is said, and the file is not read here instead", "[extract][reader]") {
    ExtractFixture fixture;
    fixture.build(5);
    fixture.options.reader = worker::WorkerProgram{fixture.folder / "nothing", "--read-extract"};
    CHECK(fixture.refusal() == ErrorCode::Internal);
}

TEST_CASE("an order survives the wire, and bytes that are none are refused", "[extract][reader]") {
    ReadOrder order;
    order.copy = "/a/b c.fxt";
    order.rawKey = false;
    order.deadline = std::chrono::seconds(3);
    order.agency = "police";
    order.tables = {0, 2, 7};
    const auto bytes = orderBytes(order);
    const auto again = valueOf(orderFrom(bytes));
    CHECK(again.copy == order.copy);
    CHECK(again.rawKey == order.rawKey);
    CHECK(again.deadline == order.deadline);
    CHECK(again.agency == order.agency);
    CHECK(again.tables == order.tables);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(orderFrom(std::string_view(bytes).substr(0, size)).has_value());
    }
    CHECK_FALSE(orderFrom(bytes + "x").has_value());
}

}  // namespace fairlead::extract
