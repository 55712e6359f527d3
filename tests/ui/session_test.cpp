// The session over a real workspace, as far as it goes without extracts; the journey test of the program does the rest.

#include <catch2/catch_test_macros.hpp>

#include "app/desktop/options.h"
#include "app/desktop/workspace_session.h"
#include "core/base/file.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("a new workspace opens with its passphrase alone, and has no schools yet", "[ui][session]") {
    const test::TempFolder folder;
    const auto clock = std::make_shared<FixedClock>(Date::fromCivil(2026, 6, 30).value());
    const SessionMakers makers =
        desktop::workspaceMakers({std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "resources"}, clock, {});
    const auto passphrase = crypto::Secret::copyOf("lantern gravel otter museum");
    const auto path = folder / "small.fairlead";
    TaskContext task;
    {
        const auto created = makers.create({path, "Analyst", {}}, passphrase);
        REQUIRE(created.has_value());
        CHECK((*created)->name() == "small.fairlead");
        const auto sources = (*created)->sources(task);
        REQUIRE(sources.has_value());
        CHECK((*sources)->datasets.empty());
        CHECK((*sources)->persons == 0);
        CHECK((*created)->schools(Date::fromCivil(2026, 6, 30).value(), task).error().code == ErrorCode::NotFound);
        CHECK_FALSE((*created)->load({folder / "nothing.fxt"}, task).has_value());
        CHECK_FALSE((*created)->link(task).has_value());
        CHECK_FALSE((*created)->overview({{100000}, Date::fromCivil(2026, 6, 30).value(), {}}, "", task).has_value());
        CHECK((*created)->definitions(task).value()->lines.size() > 10);
        CHECK((*created)->glance(Date::fromCivil(2026, 6, 30).value(), task).error().code == ErrorCode::NotFound);
        REQUIRE((*created)->writeTable({folder / "table.csv", "Schools", "csv", "Name\n", 0}, task).has_value());
        CHECK(readFile(folder / "table.csv").value() == "Name\n");
        CHECK_FALSE(
            (*created)->writeTable({folder / "none" / "table.csv", "Schools", "csv", "Name\n", 0}, task).has_value());
        CHECK(makers.open(path, passphrase, {}).error().code == ErrorCode::Busy);
    }
    CHECK(makers.open(path, crypto::Secret::copyOf("something else entirely"), {}).error().code == ErrorCode::WrongKey);
    CHECK(makers.open(path, passphrase, {}).has_value());
}

TEST_CASE("users are added and their passphrases changed through the session, and the log tells it", "[ui][session]") {
    const test::TempFolder folder;
    const SessionMakers makers =
        desktop::workspaceMakers({std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "resources"},
                                 std::make_shared<FixedClock>(Date::fromCivil(2026, 6, 30).value()), {});
    const auto inHand = [](const char* words) {
        return std::make_shared<const crypto::Secret>(crypto::Secret::copyOf(words));
    };
    const auto path = folder / "small.fairlead";
    TaskContext task;
    {
        const auto session = makers.create({path, "Olive", {}}, *inHand("lantern gravel otter museum")).value();
        CHECK(session->users(task).value()->users.size() == 1);
        UserChange add{.kind = UserChange::Kind::Add, .user = "Ana", .roles = {access::Role::Analyst}};
        add.passphrase = inHand("short");
        CHECK(session->changeUsers(add, task).error().code == ErrorCode::WeakPassphrase);
        add.passphrase = inHand("harbour pencil window seven");
        const auto users = session->changeUsers(add, task).value();
        CHECK(users->users.back().name == "Ana");
        CHECK_FALSE(users->rolesSeparated);
        CHECK(users->mayManage);
        const auto audit = session->audit(task).value();
        CHECK(audit->soundness.intact);
        CHECK(audit->names.at(users->users.back().id) == "Ana");
        CHECK(session->keepCheckpoint(folder / "checkpoint.txt", audit->checkpoint).has_value());
        CHECK(readFile(folder / "checkpoint.txt").value() == audit->checkpoint);
    }
    {
        const auto session = makers.open(path, *inHand("harbour pencil window seven"), "Ana").value();
        CHECK(session->may(access::Action::ReadFigures));
        CHECK_FALSE(session->may(access::Action::ReadAudit));
        CHECK_FALSE(session->users(task).value()->mayManage);
        CHECK(session->audit(task).error().code == ErrorCode::Denied);
        UserChange own{.kind = UserChange::Kind::OwnPassphrase};
        own.passphrase = inHand("harbour pencil window eight");
        own.next = inHand("orchard kettle violin stone");
        CHECK(session->changeUsers(own, task).error().code == ErrorCode::WrongKey);
        own.passphrase = inHand("harbour pencil window seven");
        CHECK(session->changeUsers(own, task).has_value());
        CHECK(session->changeUsers({.kind = UserChange::Kind::Retire, .user = "Olive"}, task).error().code ==
              ErrorCode::Denied);
    }
    CHECK(makers.open(path, *inHand("orchard kettle violin stone"), "Ana").has_value());
}

TEST_CASE("options are read, and wrong ones refused by name", "[ui][options]") {
    QString help;
    const auto read = [&](const QStringList& arguments) {
        return desktop::readOptions(QStringList{"fairlead"} + arguments, help);
    };
    const auto options = read(
        {"--demo", "city", "--theme", "dark", "--text-size", "150", "--school", "990001", "--as-at", "2026-06-30"});
    REQUIRE(options.has_value());
    CHECK(options->workspace == std::filesystem::path("city") / "demo.fairlead");
    CHECK(options->passphraseFile == std::filesystem::path("city") / "passphrase");
    CHECK(options->theme == Theme::Dark);
    CHECK(options->textPercent == 150);
    CHECK(options->school->value == 990001);
    CHECK(options->asAt->iso() == "2026-06-30");
    CHECK_FALSE(read({}).value().theme.has_value());
    CHECK(read({"--theme", "high-contrast"}).value().theme == Theme::HighContrast);
    CHECK(read({"--theme", "pink"}).error().subject == "--theme");
    CHECK(read({"--text-size", "20"}).error().subject == "--text-size");
    CHECK(read({"--text-size", "large"}).error().subject == "--text-size");
    CHECK(read({"--as-at", "30/06/2026"}).error().subject == "--as-at");
    CHECK_FALSE(read({"--passphrase", "secret"}).has_value());
    CHECK_FALSE(read({"a", "b"}).has_value());
    CHECK(help.isEmpty());
    CHECK(read({"--help"}).has_value());
    CHECK(help.contains("--passphrase-file"));
}

TEST_CASE("a passphrase is the first line of its file, without its end", "[ui][options]") {
    const test::TempFolder folder;
    test::writeBytes(folder / "secret", "four words and more\r\nsecond line\n");
    CHECK(desktop::passphraseFrom(folder / "secret")->view() == "four words and more");
    CHECK(desktop::passphraseFrom(folder / "nothing").error().code == ErrorCode::NotFound);
}
