// The page of what protects a sitting.

#include <QPushButton>
#include <QSignalSpy>

#include "app/desktop/workspace_session.h"
#include "tests/support/temp_folder.h"
#include "tests/ui/in_page.h"
#include "tests/ui/opened.h"
#include "ui/governance/posture_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/session_watch.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;

TEST_CASE("what asks for a look stands first, and a line that is chosen says what it means", "[ui][posture]") {
    PosturePage page;
    auto* table = page.findChild<DataTable*>();
    CHECK(table->emptyText() == "Nothing has been looked at yet.");
    page.setFindings(std::make_shared<const PosturePage::Findings>(made_up::findings({"xcb", true, true, true})));
    page.show();
    CHECK(made_up::column(*table, 1) ==
          QStringList{"Swap", "Reading of extracts", "Screen and keys", "Clock", "Roles"});
    CHECK(made_up::column(*table, 0) == QStringList{"open", "weak", "open", "not known", "weak"});
    table->setCurrentIndex(table->model()->index(0, 0));
    CHECK(page.explained().startsWith("Memory may be written to a disk in the clear"));
    page.showPart(1);
    CHECK(table->allRows() == 14);
    table->setCurrentIndex(table->model()->index(0, 0));
    CHECK(page.explained() == "The workspace lies on an encrypted disk (dm-crypt).");
    QSignalSpy again(&page, &PosturePage::readRequested);
    made_up::click(page, "Look again");
    CHECK(again.size() == 1);
}

TEST_CASE("where everything protects, the page says so in a sentence", "[ui][posture]") {
    PosturePage page;
    page.setFindings(std::make_shared<const PosturePage::Findings>(
        PosturePage::Findings{{posture::Topic::Clock, posture::Standing::Protected, {}}}));
    CHECK(page.findChild<DataTable*>()->allRows() == 0);
    CHECK(page.findChild<DataTable*>()->emptyText() == "Everything that was looked at protects.");
    CHECK(page.explained() == "Choose a line to read what it means.");
}

TEST_CASE("the page is reached by key, and tells what is heard of the desktop's session", "[ui][posture]") {
    Opened opened;
    opened.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(opened.shows<PosturePage>());
    CHECK(opened.session->calls.back() == "posture offscreen");
    const auto* page = opened.window.findChild<PosturePage*>();
    REQUIRE(page->findings() != nullptr);
    const auto lock = std::ranges::find(*page->findings(), posture::Topic::SessionLock, &posture::Finding::topic);
    CHECK(lock->standing == posture::Standing::Open);
    made_up::click(*opened.window.page(), "Look again");
    opened.settle();
    CHECK(page->findings()->size() == 14);
}

TEST_CASE("the panel of a real workspace is measured on this computer", "[ui][posture]") {
    const test::TempFolder folder;
    const SessionMakers makers =
        desktop::workspaceMakers({std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "resources"},
                                 std::make_shared<FixedClock>(Date::fromCivil(2026, 6, 30).value()), {});
    const auto session =
        makers.create({folder / "small.fairlead", "Olive", {}}, crypto::Secret::copyOf("lantern gravel otter museum"))
            .value();
    TaskContext task;
    const auto findings = session->posture({"wayland", true, true, true}, task).value();
    const auto standing = [&](posture::Topic topic) {
        return std::ranges::find(*findings, topic, &posture::Finding::topic)->standing;
    };
    CHECK(findings->size() == posture::kTopics);
    CHECK(standing(posture::Topic::FolderRights) == posture::Standing::Protected);
    CHECK(standing(posture::Topic::Roles) == posture::Standing::Weak);
    CHECK(standing(posture::Topic::Screen) == posture::Standing::Protected);
    // This test program limits nothing, and the panel says so.
    CHECK(standing(posture::Topic::Network) == posture::Standing::Open);
}
