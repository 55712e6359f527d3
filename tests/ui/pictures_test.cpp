#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temp_folder.h"
#include "tests/ui/made_up.h"
#include "ui/shell/main_window.h"
#include "ui/shell/picture_tour.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("the tour saves a picture of every page, light and dark at 100 and 200 per cent, and with high contrast",
          "[ui][pictures]") {
    const char* wanted = std::getenv("FAIRLEAD_PICTURES");
    const test::TempFolder folder;
    MainWindow window(made_up::makers());
    window.show();
    TourPlan plan;
    plan.pictures = wanted != nullptr ? std::filesystem::path(wanted) : folder.path();
    plan.workspace = "made-up.fairlead";
    plan.passphrase = crypto::Secret::copyOf("right");
    const auto pictures = plan.pictures;
    PictureTour tour(window, std::move(plan));
    QSignalSpy finished(&tour, &PictureTour::finished);
    tour.start();
    REQUIRE(finished.wait(180'000));
    constexpr int kPages = 24;
    constexpr int kLooks = 5;
    CHECK(finished.front().at(0).toInt() == kPages * kLooks);
    CHECK(finished.front().at(1).toBool());
    const QImage overview(QString::fromStdString((pictures / "overview-light-100.png").string()));
    CHECK(overview.size() == QSize(1366, 768));
}
