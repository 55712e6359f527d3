// The pages of users, releases, counts and pairs over a real workspace in which each role is another person's: what is
// clicked there is in the files afterwards, and what a role does not hold is not on its screen.

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QRadioButton>

#include <catch2/catch_test_macros.hpp>

#include "core/release/pack.h"
#include "tests/support/results.h"
#include "tests/ui/at_unit.h"
#include "tests/ui/pictures.h"
#include "ui/drill/join_panel.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/decision_dialogs.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/release_dialogs.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/user_dialog.h"
#include "ui/governance/users_page.h"
#include "ui/people/people_page.h"
#include "ui/style/passphrase_edit.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::AtUnit;
using made_up::child;
using made_up::click;
using made_up::column;
using made_up::said;

TEST_CASE("users are added, changed and retired on the page, by two people where keys change hands", "[ui][unit]") {
    AtUnit at;
    at.sit("Olive");
    auto* page = at.open(at.governance().users());
    CHECK(at.window.page() == page);
    auto* table = page->findChild<DataTable*>();
    const auto rowOf = [&](const QString& name) { return static_cast<int>(column(*table, 0).indexOf(name)); };

    click(*page, "Add a user…");
    QPointer<UserDialog> form = page->findChild<UserDialog*>();
    const auto fill = [&] {
        for (const char* field : {"Passphrase of the new user", "The same again"}) {
            QTest::keyClicks(child<PassphraseEdit>(*form, field), "Bea rows the boat alone");
        }
    };
    QTest::keyClicks(child<QLineEdit>(*form, "Name, as the audit log shows it"), "Bea");
    child<QCheckBox>(*form, "Analyst")->setChecked(true);
    fill();
    at.sign(*form, "Stan", "not his passphrase");
    click(*form, "Add");
    at.settle();
    REQUIRE(form != nullptr);
    CHECK(said(*form).contains("passphrase"));
    CHECK(at.user("Bea").id.empty());
    fill();
    at.sign(*form, "Stan", at.passphraseOf("Stan"));
    click(*form, "Add");
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return form == nullptr; }));
    CHECK(at.user("Bea").roles == access::Roles{access::Role::Analyst});

    table->showRow(rowOf("Bea"));
    click(*page, "Change roles…");
    form = page->findChild<UserDialog*>();
    child<QCheckBox>(*form, "Link reviewer")->setChecked(true);
    at.sign(*form, "Stan", at.passphraseOf("Stan"));
    click(*form, "Change");
    at.settle();
    REQUIRE(form != nullptr);  // Two roles that one person must not have.
    CHECK(at.user("Bea").roles == access::Roles{access::Role::Analyst});
    child<QCheckBox>(*form, "Analyst")->setChecked(false);
    at.sign(*form, "Stan", at.passphraseOf("Stan"));
    click(*form, "Change");
    at.settle();
    CHECK(at.user("Bea").roles == access::Roles{access::Role::LinkReviewer});

    table->showRow(rowOf("Bea"));
    click(*page, "Retire…");
    click(*page->findChild<UserDialog*>(), "Retire");
    at.settle();
    CHECK_FALSE(at.user("Bea").active);
    CHECK(column(*table, 2)[rowOf("Bea")] == "has left");

    at.sit("Ana");
    page = at.open(at.governance().users());
    for (const char* words : {"Add a user…", "Change roles…", "Retire…"}) {
        CHECK_FALSE(child<QPushButton>(*page, words)->isEnabled());
    }
}

TEST_CASE("a name that two people release on the page is shown to who is involved, and counted", "[ui][unit]") {
    AtUnit at;
    at.sit("Stan");
    auto* page = at.open(at.governance().releases());
    CHECK(at.window.page() == page);
    click(*page, "Record an involvement…");
    QPointer<ReleaseForm> form = page->findChild<ReleaseForm*>();
    auto* worker = child<QComboBox>(*form, "Worker, a user of this workspace");
    worker->setCurrentIndex(worker->findText("Ana"));
    QTest::keyClicks(child<QLineEdit>(*form, "Team"), "Early Help North");
    auto* school = child<QComboBox>(*form, "School of the child");
    school->setCurrentIndex(school->findData(QString::number(test::kSchool)));
    QTest::keyClicks(child<QLineEdit>(*form, "The child there, as Pupil C"), "Z");
    QTest::keyClicks(child<QLineEdit>(*form, "What for, without names"), "support plan after the June referral");
    auto* gateway = child<QComboBox>(*form, "Legal gateway");
    gateway->setCurrentIndex(gateway->findData("children_act_2004_s10"));
    QTest::keyClicks(child<QLineEdit>(*form, "Where it is recorded"), "referral 2041");
    click(*form, "Record");
    at.settle();
    CHECK(said(*form).startsWith("Pupil Z was not found."));
    child<QLineEdit>(*form, "The child there, as Pupil C")->setText("a");
    click(*form, "Record");
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return form == nullptr; }));
    CHECK(at.notice().startsWith("Involvement 1 is recorded."));

    click(*page, "Release names…");
    form = page->findChild<ReleaseForm*>();
    auto* to = child<QComboBox>(*form, "To");
    to->setCurrentIndex(to->findText("Ana"));
    at.sign(*form, "Olive", "not her passphrase");
    click(*form, "Release");
    at.settle();
    CHECK(said(*form).contains("passphrase"));
    at.sign(*form, "Olive", at.passphraseOf("Olive"));
    click(*form, "Release");
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return form == nullptr; }));
    CHECK(at.notice() == "Release 1 names 1.");
    CHECK(column(*page->findChild<DataTable*>(), 9) == QStringList{"Stan and Olive"});

    at.sit("Ana");
    at.window.desk()->openSchool({test::kSchool});
    at.settle();
    at.window.desk()->showPeople();
    at.settle();
    CHECK(at.cells().filter("Okafor").isEmpty());
    at.window.desk()->revealNames("strategy meeting on 2 July");
    at.settle();
    at.settle();
    CHECK(at.cells().filter("Okafor").size() + at.cells().filter("Pemberthy").size() > 0);
    CHECK(at.notice().contains("names of this page are not released to you"));
    page = at.open(at.governance().releases());
    CHECK(column(*page->findChild<DataTable*>(), 5) == QStringList{"1 of 20"});
    CHECK_FALSE(child<QPushButton>(*page, "Release names…")->isEnabled());

    at.sit("Stan");
    page = at.open(at.governance().releases());
    page->showPart(1);
    click(*page, "Withdraw…");
    form = page->findChild<ReleaseForm*>();
    QTest::keyClicks(child<QLineEdit>(*form, "Reason, for the audit log; no name of a child"), "the case was closed");
    click(*form, "Withdraw");
    at.settle();
    CHECK(at.notice().contains("So are the releases that rest on it: 1."));
    at.sit("Ana");
    at.window.desk()->openSchool({test::kSchool});
    at.settle();
    at.window.desk()->showPeople();
    at.window.desk()->revealNames("strategy meeting on 3 July");
    at.settle();
    at.settle();
    CHECK((at.cells().filter("Okafor") + at.cells().filter("Pemberthy")).isEmpty());

    // What Ana asked was written down before she saw it, with her reason, and the release that was used.
    at.window.lock();
    const auto records = test::auditOf(at.unit.open("Gwen"));
    const auto asked = std::ranges::find_if(records, [](const audit::Record& record) {
        const auto purpose = record.entry.details.find("purpose");
        return record.entry.verb == audit::Verb::Consultation && record.entry.state == audit::State::Intent &&
               purpose != record.entry.details.end() && purpose->second == "strategy meeting on 2 July";
    });
    REQUIRE(asked != records.end());
    CHECK(asked->entry.details.at("release") == "1");
}

TEST_CASE("an aggregate reader sees the pack that a steward made, and no page holds a person", "[ui][unit]") {
    AtUnit at;
    at.sit("Rita");
    auto* page = at.governance().pack();
    CHECK(at.window.page() == page);
    CHECK(page->findChild<DataTable*>()->allRows() == 0);
    at.sit("Stan");
    click(*at.open(at.governance().pack()), "Make the pack of today");
    at.settle();
    at.sit("Rita");
    page = at.governance().pack();
    CHECK(at.window.page() == page);
    auto* table = page->findChild<DataTable*>();
    CHECK(table->allRows() == 2);
    emit page->rowOpened(table->content().rows[0].key);
    CHECK(table->allRows() > 10);
    QStringList all = at.cells();
    at.open(at.governance().users());
    all += at.cells();
    for (const char* name : {"Amelia", "Okafor", "Ffion", "Pemberthy", "Samuel", "Pupil"}) {
        INFO(name);
        CHECK(all.filter(name).isEmpty());
    }
    // Three pupils: every count of them is too small to say.
    page->showPart(1);
    for (const QString& count : column(*table, 1)) {
        CHECK((count == "0" || count == "[c]" || count == "[x]" || count == "-"));
    }
    for (Page* hidden : std::initializer_list<Page*>{at.governance().pairs(), at.governance().releases()}) {
        at.governance().open(hidden);
        at.settle();
        CHECK(at.notice().startsWith("Your roles in this workspace do not include"));
    }
}

TEST_CASE("a link reviewer reads the pairs page and is refused everything with an indicator", "[ui][unit]") {
    AtUnit at;
    at.sit("Lin");
    auto* page = at.governance().pairs();
    CHECK(at.window.page() == page);
    const QString empty = page->findChild<DataTable*>()->emptyText();
    CHECK((page->findChild<DataTable*>()->allRows() > 0 || empty == "No pair waits."));
    at.window.desk()->openSchool({test::kSchool});
    at.settle();
    CHECK_FALSE(at.window.desk()->hasOverview());
    CHECK(at.notice().startsWith("Your roles in this workspace do not include: read figures."));
    at.governance().open(at.governance().pack());
    at.settle();
    CHECK(page->findChild<DataTable*>()->content().columns.size() == 4);
}

TEST_CASE("a steward parts two records from a pupil's page, and the reviewer sees the next run take it", "[ui][unit]") {
    AtUnit at;
    at.sit("Stan");
    at.window.desk()->openSchool({test::kSchool});
    at.settle();
    auto* pupil = at.window.desk()->findChild<PupilPage*>();
    at.window.desk()->openPupil({1});
    at.settle();
    REQUIRE(at.window.page() == pupil);
    pupil->askHowJoined();
    at.settle();
    keepPictures(at.window, QStringLiteral("pupil-joined"));
    click(pupil->join(), "Decide about this pair…");
    at.settle();
    auto* page = at.governance().pairs();
    CHECK(at.window.page() == page);
    auto* reason = page->findChild<ReasonDialog*>();
    REQUIRE(reason != nullptr);
    QTest::keyClicks(reason->findChild<QPlainTextEdit*>(), "the school doubts this link");
    click(*reason, "Reveal names");
    at.settle();
    REQUIRE(page->part() == 1);
    CHECK(at.cells().filter("Okafor").size() >= 2);
    click(*page, "Decide…");
    QPointer<PairForm> form = page->findChild<PairForm*>();
    REQUIRE(form != nullptr);
    form->findChildren<QRadioButton*>()[1]->setChecked(true);
    QTest::keyClicks(child<QLineEdit>(*form, "Why"), "compared with the paper file");
    click(*form, "Decide");
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return form == nullptr; }));
    CHECK(at.notice() == "Decided, and in the audit log. The next linkage run takes it.");
    const auto states = [&] {
        page->showPart(3);
        return column(*page->findChild<DataTable*>(), 6);
    };
    CHECK(states() == QStringList{"in force, waits for the next linkage run"});

    at.sit("Lin");
    page = at.governance().pairs();
    CHECK(states() == QStringList{"in force, waits for the next linkage run"});
    CHECK(column(*page->findChild<DataTable*>(), 4) == QStringList{"Stan"});
    at.sit("Stan");
    at.window.desk()->link();
    at.settle();
    at.sit("Lin");
    page = at.governance().pairs();
    CHECK(states() == QStringList{"in force"});
    CHECK(column(*page->findChild<DataTable*>(), 3) == QStringList{"Different people"});
}
