// The pages of releases, of counts for readers and of pairs for reviewers.

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>

#include "tests/ui/in_page.h"
#include "tests/ui/opened.h"
#include "tests/ui/pictures.h"
#include "ui/governance/audit_page.h"
#include "ui/governance/decision_dialogs.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/release_dialogs.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/users_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/navigation.h"
#include "ui/shell/notice_bar.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"
#include "ui/text/sentences.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::child;
using made_up::click;
using made_up::column;
using made_up::Opened;

namespace {

/// The page of releases, opened as a steward does.
struct AtReleases : Opened {
    ReleasesPage* page;
    DataTable* table;

    AtReleases() {
        auto* governance = window.desk()->findChild<Governance*>();
        governance->open(governance->releases());
        settle();
        page = qobject_cast<ReleasesPage*>(window.page());
        REQUIRE(page != nullptr);
        table = page->findChild<DataTable*>();
    }
    template <typename Form>
    Form* form() const {
        auto* found = page->findChild<Form*>();
        REQUIRE(found != nullptr);
        return found;
    }
    static QString said(const QDialog& form) { return form.findChildren<TextLabel*>()[1]->text(); }
    QString notice() const { return window.findChild<NoticeBar*>()->words(); }
};

}  // namespace

TEST_CASE("releases say to whom, for what, how often shown and who signed; involvements how they stand",
          "[ui][releases]") {
    AtReleases at;
    CHECK(column(*at.table, 1) == QStringList{"Ana", "Ana"});
    CHECK(column(*at.table, 2) == QStringList{"stands", "over, NOT SOUND: signatures do not fit"});
    CHECK(column(*at.table, 4) == QStringList{"3 of 25", "3 of 25"});
    CHECK(column(*at.table, 5) == QStringList{"12 of 60", "0 of 60"});
    CHECK(column(*at.table, 6)[1] == "not used");
    CHECK(column(*at.table, 7)[0] == "Family plan of the summer term");
    CHECK(column(*at.table, 8)[0] == "Children Act 2004, section 11");
    CHECK(column(*at.table, 9)[0] == "Stan and Olive");
    at.page->showPart(1);
    CHECK(column(*at.table, 3) == QStringList{"current", "ended"});
    CHECK(column(*at.table, 4) == QStringList{"Pupil B, Bristol Secondary School, and family", "a child"});
}

TEST_CASE("an involvement is recorded, and withdrawn with what rests on it", "[ui][releases]") {
    AtReleases at;
    click(*at.page, "Record an involvement…");
    auto* form = at.form<InvolvementDialog>();
    click(*form, "Record");
    CHECK(at.said(*form) == "Enter the team.");
    QTest::keyClicks(child<QLineEdit>(*form, "Team"), "Early Help South");
    QTest::keyClicks(child<QLineEdit>(*form, "The child there, as Pupil C"), "C");
    QTest::keyClicks(child<QLineEdit>(*form, "What for, without names"), "help");
    click(*form, "Record");
    CHECK(at.said(*form) == "Say what for, in 10 characters or more.");
    QTest::keyClicks(child<QLineEdit>(*form, "What for, without names"), " with the move of school");
    auto* until = child<QDateEdit>(*form, "The day on which it is over");
    until->setDate(until->date().addDays(-200));
    QTest::keyClicks(child<QLineEdit>(*form, "Where it is recorded"), "referral 2050");
    click(*form, "Record");
    CHECK(at.said(*form) == "It is over before it begins: choose a later day.");
    until->setDate(until->date().addDays(200));
    const auto* worker = child<QComboBox>(*form, "Worker, a user of this workspace");
    CHECK(worker->findText("Ana") >= 0);
    CHECK(worker->findText("Gwen") < 0);
    CHECK(worker->findText("Stan") < 0);
    click(*form, "Record");
    at.settle();
    CHECK(at.session->calls.back() == "involve Ana C 137000 children_act_2004_s10");
    CHECK(at.notice().startsWith("Involvement 3 is recorded."));
    CHECK(at.page->findChild<InvolvementDialog*>() == nullptr);
    at.page->showPart(1);
    CHECK(column(*at.table, 2).back() == "Early Help South");
    at.table->showRow(0);
    click(*at.page, "Withdraw…");
    auto* withdraw = at.form<WithdrawDialog>();
    QTest::keyClicks(child<QLineEdit>(*withdraw, "Reason, for the audit log; no name of a child"), "closed");
    click(*withdraw, "Withdraw");
    CHECK(at.said(*withdraw) == "Give the reason in 10 characters or more.");
    QTest::keyClicks(child<QLineEdit>(*withdraw, "Reason, for the audit log; no name of a child"), " in June");
    click(*withdraw, "Withdraw");
    at.settle();
    CHECK(at.session->calls.back() == "end involvement closed in June");
    CHECK(at.notice().contains("So are the releases that rest on it: 1."));
    CHECK(column(*at.table, 3)[0] == "withdrawn");
    CHECK_FALSE(child<QPushButton>(*at.page, "Withdraw…")->isEnabled());
}

TEST_CASE("a release is made by two people, and a refusal is said in its form", "[ui][releases]") {
    AtReleases at;
    click(*at.page, "Release names…");
    auto* form = at.form<ReleaseDialog>();
    auto* to = child<QComboBox>(*form, "To");
    CHECK(to->findText("Stan") < 0);  // Nobody releases to themselves.
    CHECK(to->currentText() == "Ana");
    auto* ground = form->findChild<QCheckBox*>();
    ground->setChecked(false);
    click(*form, "Release");
    CHECK(at.said(*form).startsWith("Names are released for involvements:"));
    ground->setChecked(true);
    auto* budget = child<QLineEdit>(*form, "How many names it may show in all, each once a sitting");
    QTest::keyClicks(budget, "0");
    click(*form, "Release");
    CHECK(at.said(*form) == "Say how many names it may show in all: 1 to 1,000.");
    budget->clear();
    click(*form, "Release");
    CHECK(at.said(*form) == "The second person enters a passphrase too.");
    CHECK(child<QComboBox>(*form, "Second person")->currentText() == "Olive");
    auto* secret = child<PassphraseEdit>(*form, "Passphrase of the second person");
    QTest::keyClicks(secret, "wrong");
    click(*form, "Release");
    at.settle();
    CHECK(at.said(*form).contains("passphrase"));
    CHECK(secret->text().isEmpty());
    auto* until = child<QDateEdit>(*form, "The day on which it is over");
    until->setDate(until->date().addDays(100));
    QTest::keyClicks(secret, "right");
    click(*form, "Release");
    at.settle();
    CHECK(at.said(*form).startsWith("A release is over on a later day than today, and lasts no longer than it may."));
    until->setDate(until->date().addDays(-100));
    QTest::keyClicks(secret, "right");
    click(*form, "Release");
    at.settle();
    CHECK(at.session->calls.back() == "release to Ana with Olive for 1");
    CHECK(at.notice() == "Release 3 names 3.");
    CHECK(at.table->allRows() == 3);
    at.table->showRow(0);
    click(*at.page, "Withdraw…");
    QTest::keyClicks(child<QLineEdit>(*at.form<WithdrawDialog>(), "Reason, for the audit log; no name of a child"),
                     "the case was closed");
    click(*at.form<WithdrawDialog>(), "Withdraw");
    at.settle();
    CHECK(at.session->calls.back() == "withdraw the case was closed");
}

TEST_CASE("who may not release sees what is released to them, and is offered no act", "[ui][releases]") {
    AtReleases at;
    at.session->released.mayRelease = false;
    auto* governance = at.window.desk()->findChild<Governance*>();
    governance->open(governance->releases());
    at.settle();
    CHECK(at.table->allRows() == 2);
    for (const char* words : {"Record an involvement…", "Release names…", "Withdraw…"}) {
        CHECK_FALSE(child<QPushButton>(*at.page, words)->isEnabled());
    }
}

TEST_CASE("each refusal of a release has a sentence of its own", "[ui][releases]") {
    const std::string anyCode = text::sentencesFor(ErrorCode::InvalidArgument).what;
    for (const char* subject : {"children of a release", "end of a release", "names of a release",
                                "involvements of a release", "recipient of a release"}) {
        INFO(subject);
        CHECK(text::sentencesFor(Error{ErrorCode::InvalidArgument, subject, {}}).what != anyCode);
    }
    CHECK(text::sentencesFor(Error{ErrorCode::GatewayNotInForce, "gateway of an involvement", {}}).what !=
          std::string(text::sentencesFor(ErrorCode::GatewayNotInForce).what));
    CHECK(std::string(
              text::sentencesFor(Error{ErrorCode::Denied, "manage users", "two different people are needed"}).what) ==
          "Two different people do this together.");
}

TEST_CASE("an aggregate reader begins at the counts of the schools, and meets no person", "[ui][releases]") {
    auto session = std::make_shared<made_up::MadeUpSession>();
    session->roles = {access::Role::AggregateReader};
    MainWindow window(made_up::makers(session));
    window.show();
    window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
    auto* page = qobject_cast<PackPage*>(window.page());
    REQUIRE(page != nullptr);
    auto* table = page->findChild<DataTable*>();
    REQUIRE(table->allRows() == 12);
    emit page->rowOpened(table->content().rows[2].key);
    CHECK(page->part() == 1);
    CHECK(column(*table, 1) == QStringList{"25", "[c]", "0", "[x]"});
    QStringList pages;
    const auto* model = window.findChild<Navigation*>()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        pages << model->index(row, 0).data().toString();
    }
    CHECK(pages == QStringList{"School counts", "Protection", "Users", "Handbook", "Learn"});
    CHECK(child<QPushButton>(*page, "Make the pack of today") == nullptr);
    // Whatever stands in a table of any page: no person, and no small number.
    for (const DataTable* any : window.desk()->tables()) {
        for (const TableRow& row : any->content().rows) {
            for (const TableCell& cell : row.cells) {
                CHECK_FALSE(cell.text.startsWith("Pupil"));
                CHECK_FALSE(cell.text.contains("Applegarth"));
            }
        }
    }
    for (const TableRow& row : table->content().rows) {
        const int count = row.cells[1].sortKey.toInt();
        CHECK((count <= 0 || count >= 5));
    }
    for (const char* asked : {"sources", "releases", "pairs"}) {
        CHECK(std::ranges::find(session->calls, asked) == session->calls.end());
    }
}

TEST_CASE("who makes the pack is told what was made", "[ui][releases]") {
    Opened opened;
    auto* governance = opened.window.desk()->findChild<Governance*>();
    governance->open(governance->pack());
    opened.settle();
    click(*governance->pack(), "Make the pack of today");
    opened.settle();
    opened.settle();
    CHECK(std::ranges::find(opened.session->calls, "make pack") != opened.session->calls.end());
    CHECK(opened.session->calls.back() == "pack");
}

TEST_CASE("a link reviewer reads a pair for a reason that is asked once a sitting, and sees no indicator",
          "[ui][releases]") {
    auto session = std::make_shared<made_up::MadeUpSession>();
    session->roles = {access::Role::LinkReviewer};
    MainWindow window(made_up::makers(session));
    window.show();
    window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
    auto* page = qobject_cast<PairsPage*>(window.page());
    REQUIRE(page != nullptr);
    auto* table = page->findChild<DataTable*>();
    CHECK(column(*table, 3) == QStringList{"not yet", "not yet"});
    emit page->rowOpened(table->content().rows[0].key);
    auto* reason = page->findChild<ReasonDialog*>();
    REQUIRE(reason != nullptr);
    QTest::keyClicks(reason->findChild<QPlainTextEdit*>(), "second reading of the June run");
    click(*reason, "Reveal names");
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && page->part() == 1; }));
    CHECK(session->calls.back() == "pair second reading of the June run");
    CHECK(column(*table, 0) ==
          QStringList{"Dataset", "Agency's own key", "Names", "Birth dates", "Sex", "Addresses", "Identifiers"});
    CHECK(column(*table, 3) ==
          QStringList{"differs", "differs", "the same", "differs", "the same", "the same", "not known on both sides"});
    CHECK(table->content().holdsNames);
    page->showPart(2);
    CHECK(column(*table, 2).back() == "+6.2");
    page->showPart(0);
    CHECK(column(*table, 3) == QStringList{"read", "not yet"});
    session->calls.clear();
    emit page->rowOpened(table->content().rows[1].key);
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && page->part() == 1; }));
    CHECK(session->calls.back() == "pair second reading of the June run");
    page->showPart(1);
    click(*page, "Decide…");
    QPointer<PairForm> form = page->findChild<PairForm*>();
    REQUIRE(form != nullptr);
    click(*form, "Decide");
    CHECK(AtReleases::said(*form) == "Choose one of the three.");
    const auto verdicts = form->findChildren<QRadioButton*>();
    REQUIRE(verdicts.size() == 3);
    verdicts[1]->setFocus();
    QTest::keyClick(verdicts[1], Qt::Key_Space);
    click(*form, "Decide");
    CHECK(AtReleases::said(*form) == "Say why, in 10 characters or more.");
    auto* why = form->findChild<QLineEdit*>();
    QTest::keyClicks(why, "refuse this one please");
    click(*form, "Decide");
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }));
    CHECK(AtReleases::said(*form).startsWith("Another reader has decided otherwise"));
    why->setText("compared with the paper file");
    click(*form, "Decide");
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && form == nullptr; }));
    CHECK(session->calls.back() == "decide different compared with the paper file");
    page->showPart(3);
    CHECK(column(*table, 3) == QStringList{"Different people", "Cannot say", "Different people"});
    CHECK(column(*table, 6) == QStringList{"in force, waits for the next linkage run", "withdrawn by Lin",
                                           "in force, waits for the next linkage run"});
    // Another reader's decision is told, and has to be overruled.
    keepPictures(window, QStringLiteral("pair-decisions"));
    emit page->rowOpened(table->content().rows[2].key);
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && page->part() == 1; }));
    keepPictures(window, QStringLiteral("pair-records"));
    click(*page, "Decide…");
    form = page->findChild<PairForm*>();
    REQUIRE(form != nullptr);
    form->findChildren<QRadioButton*>()[0]->setChecked(true);
    form->findChild<QLineEdit*>()->setText("both schools were asked");
    click(*form, "Decide");
    CHECK(AtReleases::said(*form).startsWith("Lou decided otherwise"));
    keepPictures(*form, QStringLiteral("pair-decision-form"));
    form->findChild<QCheckBox*>()->setChecked(true);
    click(*form, "Decide");
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && form == nullptr; }));
    CHECK(session->calls.back() == "decide same over another both schools were asked");
    page->showPart(3);
    table->setCurrentIndex(table->model()->index(0, 0));
    click(*page, "Take back…");
    form = page->findChild<PairForm*>();
    REQUIRE(form != nullptr);
    form->findChild<QLineEdit*>()->setText("it was the wrong file");
    click(*form, "Take back");
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy() && form == nullptr; }));
    CHECK(session->calls.back() == "take back 4 it was the wrong file");
    QStringList pages;
    const auto* model = window.findChild<Navigation*>()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        pages << model->index(row, 0).data().toString();
    }
    CHECK(pages == QStringList{"Pairs to review", "Protection", "Users", "Handbook", "Learn"});
}
