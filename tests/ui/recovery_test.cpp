// Recovery sheets and new keys on the users page, and the sheets where nobody can sign in: over made-up answers, and
// over a real workspace in which each role is another person's.

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

#include "core/base/file.h"
#include "tests/ui/at_unit.h"
#include "tests/ui/opened.h"
#include "tests/ui/pictures.h"
#include "ui/governance/recover_dialog.h"
#include "ui/governance/recovery_dialogs.h"
#include "ui/governance/rotate_dialog.h"
#include "ui/governance/users_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/unlock_page.h"
#include "ui/shell/users_work.h"
#include "ui/task/task_strip.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::AtUnit;
using made_up::child;
using made_up::click;
using made_up::column;
using made_up::Opened;
using made_up::said;
using Mood = made_up::MadeUpSession::Mood;

namespace {

enum Part { Recovery = 2, Keys = 3 };

/// Types a sheet as it stands on paper.
void type(QWidget& form, int sheet, const QString& page) {
    for (const QString& line : page.split(QLatin1Char('\n'))) {
        const QStringList words = line.simplified().split(QLatin1Char(' '));
        if (words.size() != 2 || words[0].size() != 1) {
            continue;
        }
        auto* field = child<PassphraseEdit>(form, QStringLiteral("Sheet %1, line %2").arg(sheet).arg(words[0]));
        REQUIRE(field != nullptr);
        field->forget();
        QTest::keyClicks(field, words[1]);
    }
}

/// What the sheets' form shows when its button is pressed.
QString shown(SheetsDialog& form, int sheet) {
    click(form, QStringLiteral("Sheet %1").arg(sheet));
    return child<TextLabel>(form, "The sheet that is shown")->text();
}

template <typename Form>
QPointer<Form> openedForm(QWidget& page, const QString& button) {
    click(page, button);
    QPointer<Form> form = page.findChild<Form*>();
    REQUIRE(form != nullptr);
    return form;
}

UsersPage* usersAt(Opened& opened, int part) {
    opened.window.desk()->showUsers();
    opened.settle();
    opened.settle();
    auto* page = qobject_cast<UsersPage*>(opened.window.page());
    REQUIRE(page != nullptr);
    page->showPart(part);
    return page;
}

/// Of the acts of the page, those whose buttons are there.
QStringList acts(UsersPage& page) {
    QStringList words;
    for (const char* act : {"Add a user…", "Change roles…", "Retire…", "Change your passphrase…", "Make sheets…",
                            "Try the sheets…", "Rotate keys…"}) {
        if (child<QPushButton>(page, act)->isVisible()) {
            words << act;
        }
    }
    return words;
}

}  // namespace

TEST_CASE("sheets are made, kept, tried and used by the people who may, all on the screen", "[ui][unit][recovery]") {
    AtUnit at;
    at.sit("Olive");
    auto* page = at.open(at.governance().users());
    at.settle();
    page->showPart(Recovery);
    auto* table = page->findChild<DataTable*>();
    CHECK(table->allRows() == 0);
    CHECK(table->emptyText().startsWith("No sheets were made"));
    CHECK_FALSE(child<QPushButton>(*page, "Try the sheets…")->isEnabled());

    const auto making = openedForm<MakeSheetsDialog>(*page, "Make sheets…");
    at.sign(*making, "Stan", "not his passphrase");
    click(*making, "Make both sheets");
    at.settle();
    REQUIRE(making != nullptr);
    CHECK(said(*making).contains("passphrase"));
    auto* further = child<QComboBox>(*making, "Further person");
    further->setCurrentIndex(further->findText("Gwen"));
    at.sign(*making, "Stan", at.passphraseOf("Stan"));
    click(*making, "Make both sheets");
    CHECK(said(*making) == "The further person enters a passphrase too.");
    QTest::keyClicks(child<PassphraseEdit>(*making, "Passphrase of the further person"),
                     QString::fromStdString(at.passphraseOf("Gwen")));
    click(*making, "Make both sheets");
    at.settle();
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return making == nullptr; }));
    QPointer<SheetsDialog> sheets = page->findChild<SheetsDialog*>();
    REQUIRE(sheets != nullptr);
    click(*sheets, "Write it to a file…");
    CHECK(said(*sheets) == "Choose a sheet first.");
    const QString first = shown(*sheets, 1), second = shown(*sheets, 2);
    CHECK(first.startsWith("Fairlead recovery sheet 1 of 2\n1  "));
    CHECK(first != second);
    const auto file = at.unit.fixture.folder / "second.txt";
    auto made = std::make_shared<custody::SheetsMade>();
    made->second = crypto::Secret::copyOf(second.section('\n', 1).toStdString() + "\n");
    at.governance().usersWork().keepSheet({made, 2}, file);
    at.settle();
    CHECK(said(*sheets).startsWith("Written to "));
    CHECK(test::valueOf(readFile(file)).contains(second.section('\n', 1).toStdString()));
    click(*sheets, "Close");
    REQUIRE(QTest::qWaitFor([&] { return sheets == nullptr; }));
    CHECK(column(*table, 0) == QStringList{"Made", "Open", "Open", "Open", "Open", "Open", "Can add", "Tried", "Used"});
    CHECK(column(*table, 1)[0].endsWith(", by Olive and Stan and Gwen"));
    CHECK(column(*table, 1)[6] == "whatever role is needed");
    CHECK(column(*table, 1)[7].startsWith("never"));

    auto drill = openedForm<DrillDialog>(*page, "Try the sheets…");
    click(*drill, "Try them");
    CHECK(said(*drill) == "Sheet 1, line 1 is empty.");
    QString slip = first;
    const auto third = slip.indexOf("\n3  ") + 4;
    slip[third] = slip[third] == 'A' ? 'B' : 'A';
    type(*drill, 1, slip);
    type(*drill, 2, second);
    click(*drill, "Try them");
    at.settle();
    CHECK(said(*drill).startsWith("A line of sheet 1 is not as it was printed."));
    CHECK(said(*drill).endsWith("Detail: line 3 is mistyped"));
    type(*drill, 1, first);  // The other lines stayed; what is right may be typed twice.
    click(*drill, "Try them");
    at.settle();
    at.settle();
    CHECK(said(*drill).startsWith("The sheets open what they should: facts and figures"));
    CHECK(child<PassphraseEdit>(*drill, "Sheet 2, line 4")->text().isEmpty());
    click(*drill, "Close");
    CHECK(column(*table, 1)[7].contains("by Olive: they opened everything they should"));

    // Nobody signs in: the unlock page takes the sheets.
    at.window.lock();
    at.unit.fixture.workspace.reset();
    auto* unlock = at.window.findChild<UnlockPage*>();
    click(*unlock, "Use recovery sheets…");
    const QPointer<RecoverDialog> use = at.window.findChild<RecoverDialog*>();
    REQUIRE(use != nullptr);
    const auto enter = [&](const char* field, const QString& words) {
        auto* edit = child<QLineEdit>(*use, field);
        REQUIRE(edit != nullptr);
        edit->clear();
        QTest::keyClicks(edit, words);
    };
    type(*use, 1, first);
    type(*use, 2, second);
    enter("Who brought sheet 1", "Head of unit");
    enter("Who brought sheet 2", "head of unit");
    enter("Name of the new user, as the audit log shows it", "Nora");
    const auto add = [&] {
        for (const char* field : {"Passphrase of the new user", "The same again"}) {
            enter(field, QString::fromStdString(at.passphraseOf("Nora")));
        }
        click(*use, "Add the user");
        at.settle();
    };
    add();
    REQUIRE(use != nullptr);
    CHECK(said(*use).startsWith("Two different people bring the sheets"));
    enter("Who brought sheet 2", "Records lead");
    child<QComboBox>(*use, "Role")->setCurrentText("Governance auditor");
    add();
    REQUIRE(QTest::qWaitFor([&] { return use == nullptr; }));
    CHECK(at.window.page() == unlock);
    CHECK(child<QComboBox>(*unlock, "Who opens it")->currentText() == "Nora");
    CHECK(at.user("Nora").roles == access::Roles{access::Role::GovernanceAuditor});
    at.sit("Nora");
    CHECK(at.governance().first() == at.window.page());

    at.sit("Olive");
    page = at.open(at.governance().users());
    at.settle();
    page->showPart(Recovery);
    CHECK(column(*page->findChild<DataTable*>(), 1)[8].endsWith("they have been out; make new sheets"));
    at.sit("Ana");
    page = at.open(at.governance().users());
    page->showPart(Recovery);
    CHECK(page->findChild<DataTable*>()->emptyText() == "A key officer makes the sheets and sees how they stand.");
    CHECK_FALSE(child<QPushButton>(*page, "Make sheets…")->isEnabled());
    page->showPart(Keys);
    CHECK_FALSE(child<QPushButton>(*page, "Rotate keys…")->isEnabled());
}

TEST_CASE("a steward and an officer put everything under new keys, and go on in the new folder",
          "[ui][unit][recovery]") {
    AtUnit at;
    at.sit("Stan");
    auto* page = at.open(at.governance().users());
    page->showPart(Keys);
    CHECK(column(*page->findChild<DataTable*>(), 1) ==
          QStringList{"Stan, Ana", "Stan, Lin", "Olive, Stan, Gwen, Ana, Lin, Rita", "Gwen", "Olive"});
    const auto folder = at.unit.fixture.folder / "new.fairlead";
    const auto form = openedForm<RotateDialog>(*page, "Rotate keys…");
    auto* where = child<QLineEdit>(*form, "New folder; its name ends in .fairlead");
    const auto rotateInto = [&](const QString& name, const std::string& typed) {
        where->setText(name);
        at.sign(*form, "Olive", typed);
        click(*form, "Rotate");
        at.settle();
    };
    rotateInto("new", at.passphraseOf("Olive"));
    CHECK(said(*form).startsWith("Choose the new folder"));
    child<PassphraseEdit>(*form, "Passphrase of the second person")->forget();
    rotateInto(text(folder.string()), "not her passphrase");
    CHECK(said(*form).contains("passphrase"));
    rotateInto(text(at.unit.fixture.path.string()), at.passphraseOf("Olive"));
    CHECK(said(*form).contains("exists already"));
    CHECK_FALSE(std::filesystem::exists(folder));
    rotateInto(text(folder.string()), at.passphraseOf("Olive"));
    REQUIRE(QTest::qWaitFor([&] { return form == nullptr; }));
    auto* done = page->findChild<RotatedDialog*>();
    REQUIRE(done != nullptr);
    CHECK(said(*done).endsWith("are under new keys, and agree with those that were read."));
    click(*done, "Lock, and open the new workspace");
    REQUIRE(QTest::qWaitFor([&] { return at.window.desk() == nullptr; }));
    auto* unlock = at.window.findChild<UnlockPage*>();
    CHECK(at.window.page() == unlock);
    CHECK(unlock->folder() == folder);
    at.window.unlock(folder, test::passphraseOf("Stan"));
    REQUIRE(QTest::qWaitFor([&] { return at.window.desk() != nullptr; }));
    at.settle();
    at.window.desk()->openSchool({test::kSchool});
    at.settle();
    CHECK(at.window.desk()->hasOverview());
    CHECK(std::filesystem::exists(at.unit.fixture.path / "header"));
}

TEST_CASE("a rotation shows that it runs, and nothing is left of one that is stopped", "[ui][recovery]") {
    Opened opened;
    opened.session->who.self = "02";  // Stan.
    auto* page = usersAt(opened, Keys);
    CHECK(acts(*page) == QStringList{"Rotate keys…"});
    keepPictures(opened.window, "users-keys");
    const auto form = openedForm<RotateDialog>(*page, "Rotate keys…");
    keepPictures(*form, "rotate");
    child<QLineEdit>(*form, "New folder; its name ends in .fairlead")->setText("/town/new.fairlead");
    const auto rotate = [&] {
        QTest::keyClicks(child<PassphraseEdit>(*form, "Passphrase of the second person"), "right");
        click(*form, "Rotate");
    };
    opened.session->mood = Mood::Waits;
    rotate();
    auto* strip = form->findChild<TaskStrip*>();
    REQUIRE(QTest::qWaitFor([&] { return strip->isVisible(); }));
    keepPictures(*form, "rotating");
    click(*form, "Close");
    opened.settle();
    REQUIRE(form != nullptr);
    CHECK(said(*form) == "Stopped. Nothing is left of the new folder.");
    opened.session->mood = Mood::Denies;
    rotate();
    opened.settle();
    CHECK(said(*form).startsWith("Your roles in this workspace do not include: rotate keys."));
    keepPictures(*form, "rotation-denied");
    opened.session->mood = Mood::Answers;
    rotate();
    opened.settle();
    CHECK(opened.session->calls.back() == "rotate into new.fairlead");
    auto* done = page->findChild<RotatedDialog*>();
    REQUIRE(done != nullptr);
    keepPictures(*done, "rotated");
    click(*done, "Stay here");
    CHECK(opened.window.desk() != nullptr);
}

TEST_CASE("each part of the users page offers its own acts, and is found in the palette", "[ui][recovery]") {
    Opened opened;
    auto* page = usersAt(opened, 0);
    CHECK(acts(*page) == QStringList{"Add a user…", "Change roles…", "Retire…", "Change your passphrase…"});
    page->showPart(1);
    CHECK(acts(*page).isEmpty());
    page->showPart(Recovery);
    CHECK(acts(*page) == QStringList{"Make sheets…", "Try the sheets…"});
    CHECK(column(*page->findChild<DataTable*>(), 1) ==
          QStringList{"23/05/2026, by Olive and Stan", "facts and figures, under pseudonyms",
                      "names, birth dates, addresses", "writing and checking the audit log",
                      "deciding who may open the workspace",
                      "every role but a governance auditor: make them with one too",
                      "24/05/2026, by Olive: they opened everything they should", "never"});
    keepPictures(opened.window, "users-recovery");
    opened.window.desk()->showSchools();
    opened.settle();
    opened.action("Go to or do…")->trigger();
    auto* palette = opened.window.findChild<CommandPalette*>();
    QTest::keyClicks(palette->findChild<QLineEdit*>(), "users recovery");
    CHECK(palette->shown() == 1);
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Return);
    opened.settle();
    CHECK(opened.window.page() == page);
    CHECK(page->part() == Recovery);
}

TEST_CASE("where sheets are refused or there are none, the page says so", "[ui][recovery]") {
    Opened opened;
    auto* page = usersAt(opened, Recovery);
    auto drill = openedForm<DrillDialog>(*page, "Try the sheets…");
    keepPictures(*drill, "drill");
    opened.session->mood = Mood::Denies;
    const auto made = made_up::sheetsMade();
    const auto lines = [](const crypto::Secret& sheet) { return QString::fromStdString(std::string(sheet.view())); };
    type(*drill, 1, lines(made->first));
    type(*drill, 2, lines(made->second));
    click(*drill, "Try them");
    opened.settle();
    CHECK(said(*drill).startsWith("Your roles in this workspace do not include: make and try recovery sheets."));
    keepPictures(*drill, "drill-denied");
    opened.session->mood = Mood::Answers;
    click(*drill, "Close");
    const auto making = openedForm<MakeSheetsDialog>(*page, "Make sheets…");
    keepPictures(*making, "make-sheets");
    QTest::keyClicks(child<PassphraseEdit>(*making, "Passphrase of the second person"), "right");
    click(*making, "Make both sheets");
    opened.settle();
    auto* sheets = page->findChild<SheetsDialog*>();
    REQUIRE(sheets != nullptr);
    CHECK(shown(*sheets, 2).startsWith("Fairlead recovery sheet 2 of 2"));
    keepPictures(*sheets, "sheets");
    click(*sheets, "Close");
    opened.session->sheets.sheets.reset();
    opened.window.desk()->showSchools();
    page = usersAt(opened, Recovery);
    CHECK(page->findChild<DataTable*>()->emptyText().startsWith("No sheets were made"));
    CHECK_FALSE(child<QPushButton>(*page, "Try the sheets…")->isEnabled());
    keepPictures(opened.window, "users-no-sheets");
}

TEST_CASE("what was typed on the unlock page goes when nobody uses the window", "[ui][recovery]") {
    const auto session = std::make_shared<made_up::MadeUpSession>();
    auto now = std::make_shared<std::chrono::milliseconds>(0);
    MainWindow window(made_up::makers(session), [now] { return *now; });
    window.resize(1366, 768);
    window.show();
    window.askToUnlock("made-up.fairlead");
    keepPictures(window, "unlock-recovery");
    auto* unlock = window.findChild<UnlockPage*>();
    QTest::mouseClick(child<QPushButton>(*unlock, "Use recovery sheets…"), Qt::LeftButton);
    const QPointer<RecoverDialog> form = window.findChild<RecoverDialog*>();
    REQUIRE(form != nullptr);
    child<PassphraseEdit>(*form, "Sheet 1, line 1")->setText("ABCD");
    *now += IdleLock::kUsual;
    window.findChild<IdleLock*>()->look();
    CHECK(QTest::qWaitFor([&] { return form == nullptr; }));
}
