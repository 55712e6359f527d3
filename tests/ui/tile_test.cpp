#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/made_up.h"
#include "ui/style/look.h"
#include "ui/tile/tile_grid.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

TileContent neet() {
    const auto overview = made_up::overview();
    const auto& part = overview.overview.groups[1].indicators[0];
    return {text(part.id), text(part.title), part.figure, false, 0, QString()};
}

std::vector<std::vector<TileContent>> groups(std::size_t parts) {
    std::vector<TileContent> tiles;
    for (std::size_t i = 0; i < parts; ++i) {
        tiles.push_back(neet());
    }
    return {tiles, tiles, tiles};
}

}  // namespace

TEST_CASE("a tile reads out its name, its figure with the unit, and the change", "[ui][tile]") {
    TileWidget tile(neet());
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&tile);
    REQUIRE(interface != nullptr);
    CHECK(interface->role() == QAccessible::Button);
    CHECK(interface->text(QAccessible::Name) == "Risk of NEET, 74 pupils, up 6 on 31/05/2026");
}

TEST_CASE("a suppressed figure reads out as suppressed and shows no number", "[ui][tile]") {
    TileContent content = neet();
    content.figure.pupils = indicator::Count::suppressed();
    content.figure.change.difference = indicator::Count::suppressed();
    TileWidget tile(content);
    CHECK(tile.accessibleName() == "Risk of NEET, suppressed: small number, change not known");
}

TEST_CASE("Enter, Space and a click open a tile", "[ui][tile]") {
    TileWidget tile(neet());
    tile.show();
    QSignalSpy opened(&tile, &TileWidget::opened);
    QTest::keyClick(&tile, Qt::Key_Return);
    QTest::keyClick(&tile, Qt::Key_Space);
    QTest::mouseClick(&tile, Qt::LeftButton);
    REQUIRE(opened.size() == 3);
    CHECK(opened.front().front().toString() == "risk_of_neet");
}

TEST_CASE("tiles stand five beside each other, and three, two, one as the room shrinks", "[ui][tile]") {
    TileGrid grid;
    grid.setGroups(groups(5));
    const int tile = grid.tiles().front()->minimumSizeHint().width();
    CHECK(grid.columnsFor(5 * tile + 100) == 5);
    CHECK(grid.columnsFor(5 * tile - 1) == 3);
    CHECK(grid.columnsFor(3 * tile - 1) == 2);
    CHECK(grid.columnsFor(2 * tile - 1) == 1);
    CHECK(grid.columnsFor(10) == 1);
}

TEST_CASE("no tile is narrower or lower than its text at any text size", "[ui][tile]") {
    TileGrid grid;
    grid.setGroups(groups(5));
    for (const int percent : {100, 125, 150, 200}) {
        setTextPercent(percent);
        grid.resize(1162, grid.heightForWidth(1162));
        grid.show();
        QTest::qWait(1);
        for (const TileWidget* tile : grid.tiles()) {
            INFO(percent);
            CHECK(tile->width() >= tile->minimumSizeHint().width());
            CHECK(tile->height() >= tile->minimumSizeHint().height());
            CHECK(grid.rect().contains(tile->geometry()));
        }
    }
    setTextPercent(100);
}

TEST_CASE("arrow keys move among the tiles and new figures keep the focus", "[ui][tile]") {
    TileGrid grid;
    grid.setGroups(groups(5));
    grid.resize(1200, grid.heightForWidth(1200));
    grid.show();
    grid.activateWindow();
    const auto tiles = grid.tiles();
    tiles[0]->setFocus();
    QTest::keyClick(tiles[0], Qt::Key_Right);
    CHECK(grid.focusWidget() == tiles[1]);
    QTest::keyClick(tiles[1], Qt::Key_Down);
    CHECK(grid.focusWidget() == tiles[6]);
    grid.setGroups(groups(5));
    CHECK(grid.tiles() == tiles);
    CHECK(grid.focusWidget() == tiles[6]);
}
