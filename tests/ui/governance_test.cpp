// The pages about the workspace itself: what was done in it, and who may open it.

#include "ui/shell/governance.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include "tests/ui/in_page.h"
#include "tests/ui/opened.h"
#include "ui/governance/audit_page.h"
#include "ui/governance/audit_tables.h"
#include "ui/governance/user_dialog.h"
#include "ui/governance/users_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/navigation.h"
#include "ui/shell/notice_bar.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::child;
using made_up::click;
using made_up::column;
using made_up::Opened;

TEST_CASE("the audit page says whether the log is sound and what asks for a look", "[ui][governance]") {
    Opened opened;
    opened.window.desk()->showAudit();
    opened.settle();
    auto* page = qobject_cast<AuditPage*>(opened.window.page());
    REQUIRE(page != nullptr);
    auto* table = page->findChild<DataTable*>();
    CHECK(column(*table, 0) == QStringList{"out of hours", "denied"});
    CHECK(column(*table, 2) == QStringList{"Stan", "Ana"});
    page->showPart(1);
    CHECK(column(*table, 4) == QStringList{"outside", "within"});
    page->showPart(3);
    CHECK(column(*table, 7) == QStringList{"", "Review before the autumn panel", "", ""});
    CHECK(column(*table, 3) == QStringList{"", "", "Stan", ""});
    CHECK(soundnessInWords(*page->view()).startsWith("The log is sound: 1,204 entries, root "));
    auto* governance = opened.window.desk()->findChild<Governance*>();
    governance->keepCheckpoint("checkpoint.txt");
    opened.settle();
    CHECK(opened.session->calls.back() == "checkpoint fairlead.local/made-up");

    opened.session->logIsSound = false;
    click(*page, "Check again");
    opened.settle();
    CHECK(soundnessInWords(*page->view()) ==
          "The log is NOT sound from entry 412 on: the entry was changed. Keep the workspace folder as it is for "
          "whoever looks into it.");
    CHECK_FALSE(child<QPushButton>(*page, "Keep the checkpoint…")->isEnabled());
}

TEST_CASE("a user is added by two people, and a wrong passphrase keeps the form", "[ui][governance]") {
    Opened opened;
    opened.window.desk()->showUsers();
    opened.settle();
    auto* page = qobject_cast<UsersPage*>(opened.window.page());
    REQUIRE(page != nullptr);
    auto* table = page->findChild<DataTable*>();
    CHECK(column(*table, 0) == QStringList{"Olive (you)", "Stan", "Gwen", "Ana", "Test analyst"});
    CHECK(column(*table, 2).back() == "has left");
    click(*page, "Add a user…");
    QPointer<UserDialog> dialog = page->findChild<UserDialog*>();
    REQUIRE(dialog != nullptr);
    const auto say = [&] { return dialog->findChildren<TextLabel*>()[1]->text(); };
    click(*dialog, "Add");
    CHECK(say() == "Enter the name.");
    QTest::keyClicks(child<QLineEdit>(*dialog, "Name, as the audit log shows it"), "Ben");
    click(*dialog, "Add");
    CHECK(say() == "Choose at least one role.");
    child<QCheckBox>(*dialog, "Analyst")->setChecked(true);
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "Passphrase of the new user"), "four unrelated words here");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "The same again"), "four unrelated words");
    click(*dialog, "Add");
    CHECK(say() == "The two passphrases differ. Enter the same one twice.");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "The same again"), " here");
    click(*dialog, "Add");
    CHECK(say() == "The second person enters a passphrase too.");
    CHECK(child<QComboBox>(*dialog, "Second person")->currentText() == "Stan");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "Passphrase of the second person"), "wrong");
    click(*dialog, "Add");
    opened.settle();
    REQUIRE(dialog != nullptr);
    CHECK(say().contains("passphrase"));
    CHECK(opened.session->who.users.size() == 5);
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "Passphrase of the new user"), "four unrelated words here");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "The same again"), "four unrelated words here");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "Passphrase of the second person"), "right");
    click(*dialog, "Add");
    opened.settle();
    REQUIRE(QTest::qWaitFor([&] { return dialog == nullptr; }));
    CHECK(column(*table, 0).back() == "Ben");
    CHECK(column(*table, 1).back() == "Analyst");
}

TEST_CASE("only what the row and the roles allow is offered on the users page", "[ui][governance]") {
    Opened opened;
    opened.window.desk()->showUsers();
    opened.settle();
    auto* page = qobject_cast<UsersPage*>(opened.window.page());
    auto* table = page->findChild<DataTable*>();
    const auto offered = [&](const char* words) { return child<QPushButton>(*page, words)->isEnabled(); };
    CHECK_FALSE(offered("Retire…"));  // Nobody retires themselves.
    table->showRow(3);
    CHECK(offered("Retire…"));
    click(*page, "Retire…");
    click(*page->findChild<UserDialog*>(), "Retire");
    opened.settle();
    CHECK(column(*table, 2)[3] == "has left");
    table->showRow(4);
    CHECK_FALSE(offered("Change roles…"));
    page->showPart(1);
    CHECK(table->content().columns.size() == 1 + access::kRoles.size());
    CHECK(table->content().rows.size() == access::kActions.size());
    opened.session->who.mayManage = false;
    opened.window.desk()->showSchools();
    opened.window.desk()->showUsers();
    opened.settle();
    page->showPart(0);
    CHECK_FALSE(offered("Add a user…"));
    CHECK(offered("Change your passphrase…"));
    click(*page, "Change your passphrase…");
    auto* dialog = page->findChild<UserDialog*>();
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "Passphrase of now"), "right");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "New passphrase"), "better");
    QTest::keyClicks(child<PassphraseEdit>(*dialog, "The same again"), "better");
    click(*dialog, "Change");
    opened.settle();
    CHECK(opened.session->calls.back() == "passphrase better");
}

TEST_CASE("names that are not released are counted on the screen", "[ui][governance]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    const auto* notice = opened.window.findChild<NoticeBar*>();
    opened.session->withheld = {.notReleased = 12, .overBudget = 0};
    opened.window.desk()->revealNames("review before the autumn panel");
    opened.settle();
    CHECK(notice->words().startsWith("12 names of this page are not released to you"));
    opened.session->withheld = {.notReleased = 0, .overBudget = 3};
    opened.window.desk()->revealNames("review before the autumn panel");
    opened.settle();
    CHECK(notice->words().startsWith("3 names of this page are released to you, but more than their release may"));
    CHECK(notice->words().endsWith("or ask a data steward for a new release."));
}

TEST_CASE("the reason for seeing names is asked once a sitting, however often they are hidden", "[ui][governance]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    Desk& desk = *opened.window.desk();
    desk.toggleNames();
    auto* dialog = desk.findChild<ReasonDialog*>();
    REQUIRE(dialog != nullptr);
    QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(), "review before the autumn panel");
    click(*dialog, "Reveal names");
    opened.settle();
    const std::string shown = opened.session->calls.back();
    REQUIRE(QTest::qWaitFor([&] { return desk.findChild<ReasonDialog*>() == nullptr; }));
    desk.toggleNames();
    opened.settle();
    const std::string hidden = opened.session->calls.back();
    CHECK(hidden != shown);
    desk.toggleNames();
    opened.settle();
    CHECK(desk.findChild<ReasonDialog*>() == nullptr);
    CHECK(opened.session->calls.back() == shown);
}

TEST_CASE("whoever looks after the workspace begins there, and is offered no page of the data", "[ui][governance]") {
    for (const auto& [role, wantsAudit] :
         {std::pair(access::Role::GovernanceAuditor, true), std::pair(access::Role::KeyOfficer, false)}) {
        auto session = std::make_shared<made_up::MadeUpSession>();
        session->roles = {role};
        MainWindow window(made_up::makers(session));
        window.show();
        window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
        REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
        CHECK((qobject_cast<AuditPage*>(window.page()) != nullptr) == wantsAudit);
        QStringList pages;
        const auto* model = window.findChild<Navigation*>()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            pages << model->index(row, 0).data().toString();
        }
        CHECK(pages.contains("Audit log") == wantsAudit);
        CHECK(pages.contains("Users"));
        CHECK_FALSE(pages.contains("Schools"));
        CHECK_FALSE(pages.contains("Data quality"));
        CHECK(std::ranges::find(session->calls, "sources") == session->calls.end());
    }
}
