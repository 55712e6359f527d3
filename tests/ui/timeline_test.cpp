#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/made_up.h"
#include "ui/drill/drill_tables.h"
#include "ui/drill/pupil_page.h"
#include "ui/table/data_table.h"
#include "ui/timeline/timeline_view.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("a pupil's lanes are support, concerns, events by role and what was not supplied", "[ui][timeline]") {
    auto content = made_up::pupil();
    content.timeline.spells.back().evidence.back().role = record::Role::Victim;
    const auto timeline = pupilTimeline(content);
    CHECK(timeline->lanes == QStringList{"Support", "Concerns", "Events", "Events, as victim", "Not supplied"});
    REQUIRE(timeline->items.size() == 5);
    CHECK(timeline->items[0].spoken == "Open to Families in Focus, since 03/02/2026");
    CHECK(timeline->items[2].isEvent);
    CHECK(timeline->items[3].lane == 3);
    CHECK(timeline->items[4].isGap);
    CHECK(timeline->items[4].spoken == "Police supplied nothing, 01/03/2026 to 31/03/2026");
    content.timeline.spells.clear();
    content.timeline.gaps.clear();
    CHECK(pupilTimeline(content)->lanes == QStringList{"Support"});
}

TEST_CASE("bars that overlap stand below each other", "[ui][timeline]") {
    auto content = std::make_shared<TimelineContent>();
    content->asAt = made_up::asAt();
    content->lanes = {"Support", "Events"};
    const Date day = made_up::asAt();
    content->items = {{0, {day - 100}, "a", "a", false, false, 1},
                      {0, {day - 50, day - 40}, "b", "b", false, false, 2},
                      {0, {day - 30, day - 20}, "c", "c", false, false, 3},
                      {1, {day - 10, day - 9}, "d", "d", true, false, 4}};
    TimelineView view("Timeline");
    view.resize(600, 200);
    view.setContent(content);
    CHECK(view.stepRect(0).top() < view.stepRect(1).top());
    CHECK(view.stepRect(1).top() == view.stepRect(2).top());
    CHECK(view.stepRect(3).top() > view.stepRect(2).bottom());
    CHECK(view.stepRect(1).right() < view.stepRect(2).left());
}

TEST_CASE("arrow keys step through a lane and over lanes, plus and minus zoom, nought shows all", "[ui][timeline]") {
    TimelineView view("Timeline");
    view.setContent(pupilTimeline(made_up::pupil()));
    view.resize(900, view.sizeHint().height());
    view.show();
    QSignalSpy opened(&view, &TimelineView::opened);
    const Interval all = view.shownDays();
    CHECK(view.currentStep() == 0);
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.currentStep() == 0);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Down);
    CHECK(view.spokenStep(view.currentStep()) == "Events: Missing person incident, 02/06/2026");
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.spokenStep(view.currentStep()) == "Events: Missing person incident, 30/05/2026");
    QTest::keyClick(&view, Qt::Key_Plus);
    const Interval near = view.shownDays();
    CHECK(near.until - near.from < all.until - all.from);
    CHECK(near.contains(Date::fromCivil(2026, 5, 30).value()));
    QTest::keyClick(&view, Qt::Key_Home);
    CHECK(view.shownDays().contains(Date::fromCivil(2026, 2, 3).value()));
    QTest::keyClick(&view, Qt::Key_0);
    CHECK(view.shownDays() == all);
    QTest::keyClick(&view, Qt::Key_Return);
    CHECK(opened.size() == 1);
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(&view, Qt::Key_Plus);
    }
    CHECK(view.shownDays().until - view.shownDays().from == 28);
}

TEST_CASE("a screen reader finds the marks of a timeline as its children", "[ui][timeline]") {
    TimelineView view("Timeline");
    view.setContent(pupilTimeline(made_up::pupil()));
    view.resize(900, 200);
    view.show();
    QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&view);
    REQUIRE(picture != nullptr);
    CHECK(picture->role() == QAccessible::Chart);
    REQUIRE(picture->childCount() == 5);
    CHECK(picture->child(1)->text(QAccessible::Name) == "Concerns: Risk of NEET, since 21/06/2026");
    CHECK_FALSE(picture->child(1)->rect().isEmpty());
    view.setContent(std::make_shared<const TimelineContent>());
    CHECK(picture->childCount() == 0);
    CHECK_FALSE(view.grab().isNull());
}

TEST_CASE("a mark of the timeline marks its record", "[ui][timeline]") {
    PupilPage page;
    page.setPupil(std::make_shared<const PupilContent>(made_up::pupil()));
    page.show();
    auto* view = page.findChild<TimelineView*>();
    const auto* table = page.findChild<DataTable*>();
    QTest::keyClick(view, Qt::Key_End);
    QTest::keyClick(view, Qt::Key_Up);
    CHECK(table->currentRowAsText(false).contains("Missing person"));
    QTest::keyClick(view, Qt::Key_Home);
    CHECK(table->currentRowAsText(false).contains("Open to Families in Focus"));
}
