// An older workspace in the desktop's own session: asked, upgraded as a copy, opened.

#include <QPushButton>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "app/desktop/workspace_session.h"
#include "core/base/file.h"
#include "core/custody/upgrade.h"
#include "core/workspace/passphrase.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"
#include "ui/shell/desk.h"
#include "ui/shell/main_window.h"
#include "ui/shell/unlock_page.h"
#include "ui/style/passphrase_edit.h"

using namespace fairlead;
using namespace fairlead::ui;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPassphrase = "four small boats at dusk";

/// The small town as version 2 left it, under a cost that a desktop accepts.
void makeOlder(test::WorkspaceFixture& fixture) {
    constexpr crypto::KdfCost kLeast{.passes = 3, .memoryBytes = std::size_t{256} << 20U};
    fixture.load(test::deliverSmallTown(fixture));
    fixture.link();
    test::valueOf(workspace::changePassphrase(*fixture.workspace, fixture.passphrase,
                                              crypto::Secret::copyOf(kPassphrase), kLeast,
                                              access::KdfPolicy::forTests()));
    fixture.becomeOld();
}

QPushButton* upgradeButton(const UnlockPage& page) {
    for (QPushButton* found : page.findChildren<QPushButton*>()) {
        if (found->text() == "Make an upgraded copy" && found->isVisible()) {
            return found;
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a real workspace of an older format is upgraded as a copy that the desktop then opens", "[ui][opening]") {
    test::WorkspaceFixture fixture;
    makeOlder(fixture);
    const std::string before = test::valueOf(readFile(fixture.path / "core.db"));
    const fs::path copy = custody::upgradedName(fixture.path);
    MainWindow window(desktop::workspaceMakers(fixture.resources, fixture.clock, {}));
    window.resize(1366, 768);
    window.show();
    const auto settle = [&] { REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }, 60'000)); };
    window.unlock(fixture.path, crypto::Secret::copyOf(kPassphrase));
    settle();
    auto* page = window.findChild<UnlockPage*>();
    REQUIRE(upgradeButton(*page) != nullptr);
    CHECK(window.desk() == nullptr);
    CHECK_FALSE(fs::exists(copy));
    // The wrong passphrase makes nothing.
    QTest::keyClicks(page->findChild<PassphraseEdit*>(), "four small boats at dawn");
    QTest::mouseClick(upgradeButton(*page), Qt::LeftButton);
    settle();
    CHECK(window.desk() == nullptr);
    CHECK_FALSE(fs::exists(copy));
    QTest::keyClicks(page->findChild<PassphraseEdit*>(), QString::fromUtf8(kPassphrase));
    QTest::mouseClick(upgradeButton(*page), Qt::LeftButton);
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }, 60'000));
    CHECK(fs::exists(copy / "header"));
    CHECK_FALSE(fs::exists(copy.string() + ".part"));
    CHECK(test::valueOf(readFile(fixture.path / "core.db")) == before);
}
