// The retention page over a real workspace: what is overdue is purged by its one owner, and the certificate proves it.

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "app/desktop/open_session.h"
#include "core/base/file.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"
#include "tests/ui/pictures.h"
#include "ui/governance/backup_dialogs.h"
#include "ui/governance/purge_dialog.h"
#include "ui/governance/retention_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/retention_work.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

SessionMakers makersOver(test::WorkspaceFixture& fixture) {
    SessionMakers makers;
    makers.open = [&fixture](const std::filesystem::path&, const crypto::Secret&,
                             const std::string&) -> Result<std::shared_ptr<Session>> {
        FAIRLEAD_TRY(auto gateways, extract::GatewayRegister::load(fixture.resources.folder / "gateways"));
        return std::make_shared<desktop::WorkspaceSession>(fixture.workspace, std::move(gateways));
    };
    makers.restore = custody::restore;
    return makers;
}

void settled(const MainWindow& window) {
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }));
}

/// Shows the window with the workspace open at the page.
RetentionPage* openPage(MainWindow& window, const test::WorkspaceFixture& fixture) {
    window.resize(1366, 768);
    window.show();
    window.unlock(fixture.path, crypto::Secret::copyOf("any"));
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
    auto* governance = window.desk()->findChild<Governance*>();
    governance->open(governance->retention().page());
    settled(window);
    return governance->retention().page();
}

void click(QWidget& parent, const QString& words) {
    for (QPushButton* button : parent.findChildren<QPushButton*>()) {
        if (button->text() == words) {
            REQUIRE(button->isEnabled());
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    FAIL("no button " << words.toStdString());
}

/// Fills in the fields of the form that is open, in their order, and begins its act.
template <typename Form>
void fillIn(QWidget& parent, const QStringList& fields, const QString& act) {
    auto* form = parent.findChild<Form*>();
    REQUIRE(form != nullptr);
    qsizetype at = 0;
    for (QLineEdit* field : form->template findChildren<QLineEdit*>()) {
        field->setText(fields.value(at++));
    }
    REQUIRE(at == fields.size());
    click(*form, act);
}

}  // namespace

TEST_CASE("an overdue delivery is purged on its page, and its certificate is a file", "[ui][governance]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSmallTown(fixture));
    fixture.link();
    fixture.clock->set(test::day("2027-07-05"));
    MainWindow window(makersOver(fixture));
    RetentionPage* const page = openPage(window, fixture);
    const auto settle = [&] { settled(window); };
    REQUIRE(window.page() == page);
    REQUIRE(page->content()->deliveries.size() == 3);
    CHECK(page->content()->mayAlone);
    CHECK(page->content()->deliveries[1].daysLeft == -5);
    page->findChild<DataTable*>()->showRow(1);  // The police's.
    click(*page, "Choose or leave out");
    click(*page, "Count what would go");
    settle();
    CHECK(page->part() == 1);
    keepPictures(window, "retention-real-counts");
    click(*page, "Purge…");
    auto* dialog = page->findChild<PurgeDialog*>();
    REQUIRE(dialog != nullptr);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), "the agreement ended in June");
    const QPointer<PurgeDialog> gone = dialog;
    click(*dialog, "Purge");
    settle();
    settle();
    CHECK(QTest::qWaitFor([&] { return gone == nullptr; }));
    INFO(window.findChild<NoticeBar*>()->words().toStdString());
    REQUIRE(page->content()->purges.size() == 1);
    CHECK(page->content()->deliveries[1].purgedOn == test::day("2027-07-05"));
    CHECK(page->content()->purges[0].second.empty());
    CHECK(page->part() == 3);
    keepPictures(window, "retention-real-purged");
    const auto file = fixture.folder / "certificate.txt";
    window.desk()->findChild<Governance*>()->retention().writeCertificate(1, file);
    settle();
    const std::string text = test::valueOf(readFile(file));
    CHECK(text.contains("police/police_records number 1"));
    CHECK(text.contains("one person alone: roles not separated"));
}

TEST_CASE("a workspace is backed up on its page and becomes one again elsewhere", "[ui][governance]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSmallTown(fixture));
    MainWindow window(makersOver(fixture));
    RetentionPage* const page = openPage(window, fixture);
    const auto settle = [&] { settled(window); };
    const auto folder = fixture.folder / "kept", elsewhere = fixture.folder / "elsewhere.fairlead";
    click(*page, "Back up…");
    fillIn<BackupDialog>(*page, {text((fixture.path / "inside").string())}, "Back up");
    settle();
    REQUIRE(page->findChild<BackupDialog*>() != nullptr);  // Refused: it stays open.
    keepPictures(*page->findChild<BackupDialog*>(), "backup-refused");
    fillIn<BackupDialog>(*page, {text(folder.string())}, "Back up");
    settle();
    CHECK(window.findChild<NoticeBar*>()->words().contains("read back and compared"));
    CHECK(test::valueOf(custody::checkBackup(folder)).files.size() >= 5);
    window.lock();
    window.showStart();
    click(window, "Restore a backup…");
    keepPictures(*window.findChild<RestoreDialog*>(), "restore");
    fillIn<RestoreDialog>(window, {text(folder.string()), text(elsewhere.string())}, "Restore");
    settle();
    keepPictures(window, "restored");
    CHECK(std::filesystem::exists(elsewhere / "core.db"));
    CHECK(test::valueOf(readFile(elsewhere / "header")) == test::valueOf(readFile(fixture.path / "header")));
    CHECK(QTest::qWaitFor([&] { return window.findChild<RestoreDialog*>() == nullptr; }));
}

TEST_CASE("every field of the purge dialog has its width at 200 per cent", "[ui][governance]") {
    setTextPercent(kLargestTextPercent);
    QWidget window;
    window.resize(1366, 768);
    TaskRunner runner;
    PurgeDialog dialog({}, {}, runner, &window);
    dialog.show();
    for (const QLineEdit* field : dialog.findChildren<QLineEdit*>()) {
        CHECK(field->mapTo(&dialog, QPoint(field->width(), 0)).x() <= dialog.width());
    }
    CHECK(dialog.height() <= window.height());
    setTextPercent(kSmallestTextPercent);
}
