#include "ui/tile/tile_grid.h"

#include <QKeyEvent>
#include <algorithm>

#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

constexpr int kGap = 8;
constexpr int kColumnChoices[] = {5, 3, 2, 1};

int linesOf(std::size_t tiles, int columns) { return (static_cast<int>(tiles) + columns - 1) / columns; }

}  // namespace

TileGrid::TileGrid(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&lookChanges(), &LookChanges::changed, this, [this] {
        updateGeometry();
        place();
    });
}

void TileGrid::setGroups(const std::vector<std::vector<TileContent>>& groups) {
    bool sameShape = groups.size() == m_groups.size();
    for (std::size_t g = 0; sameShape && g < groups.size(); ++g) {
        sameShape = groups[g].size() == m_groups[g].size();
    }
    if (!sameShape) {
        for (TileWidget* tile : tiles()) {
            delete tile;
        }
        m_groups.clear();
        for (const auto& group : groups) {
            std::vector<TileWidget*> row;
            for (const TileContent& content : group) {
                auto* tile = new TileWidget(content, this);
                connect(tile, &TileWidget::opened, this, &TileGrid::opened);
                connect(tile, &TileWidget::filterRequested, this, &TileGrid::filterRequested);
                tile->setContextMenuPolicy(Qt::CustomContextMenu);
                connect(tile, &QWidget::customContextMenuRequested, this,
                        [this, tile](const QPoint& at) { emit menuRequested(tile, tile->mapToGlobal(at)); });
                tile->show();
                row.push_back(tile);
            }
            m_groups.push_back(std::move(row));
        }
    } else {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            for (std::size_t i = 0; i < groups[g].size(); ++i) {
                m_groups[g][i]->setContent(groups[g][i]);
            }
        }
    }
    updateGeometry();
    place();
}

std::vector<TileWidget*> TileGrid::tiles() const {
    std::vector<TileWidget*> all;
    for (const auto& group : m_groups) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

QSize TileGrid::largestTile() const {
    QSize largest(0, 0);
    for (const TileWidget* tile : tiles()) {
        largest = largest.expandedTo(tile->minimumSizeHint());
    }
    return largest;
}

int TileGrid::columnsFor(int width) const {
    const int widest = largestTile().width();
    for (const int columns : kColumnChoices) {
        if ((width - (columns - 1) * kGap) / columns >= widest) {
            return columns;
        }
    }
    return 1;
}

int TileGrid::heightForWidth(int width) const {
    const int columns = columnsFor(width);
    int lines = 0;
    for (const auto& group : m_groups) {
        lines += linesOf(group.size(), columns);
    }
    return lines == 0 ? 0 : lines * (largestTile().height() + kGap) - kGap;
}

QSize TileGrid::sizeHint() const {
    return {5 * largestTile().width() + 4 * kGap, heightForWidth(std::max(width(), 1))};
}

QSize TileGrid::minimumSizeHint() const { return {largestTile().width(), heightForWidth(std::max(width(), 1))}; }

void TileGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
    updateGeometry();
}

bool TileGrid::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        place();
    }
    return handled;
}

void TileGrid::keyPressEvent(QKeyEvent* event) {
    // Arrows move among the tiles as they lie on the screen; Tab goes through them in order.
    const auto all = tiles();
    const auto at = std::find(all.begin(), all.end(), focusWidget());
    if (at == all.end()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QPoint centre = (*at)->geometry().center();
    TileWidget* best = nullptr;
    int bestDistance = 0;
    for (TileWidget* tile : all) {
        const QPoint way = tile->geometry().center() - centre;
        const bool ahead = (event->key() == Qt::Key_Right && way.x() > 0 && way.y() == 0) ||
                           (event->key() == Qt::Key_Left && way.x() < 0 && way.y() == 0) ||
                           (event->key() == Qt::Key_Down && way.y() > 0) || (event->key() == Qt::Key_Up && way.y() < 0);
        const int distance = way.manhattanLength();
        if (ahead && (best == nullptr || distance < bestDistance)) {
            best = tile;
            bestDistance = distance;
        }
    }
    if (best != nullptr) {
        best->setFocus(Qt::TabFocusReason);
        return;
    }
    QWidget::keyPressEvent(event);
}

void TileGrid::place() {
    const int columns = columnsFor(width());
    const int tileWidth = (width() - (columns - 1) * kGap) / columns;
    const int tileHeight = largestTile().height();
    int line = 0;
    for (const auto& group : m_groups) {
        for (std::size_t i = 0; i < group.size(); ++i) {
            const int column = static_cast<int>(i) % columns;
            const int row = line + static_cast<int>(i) / columns;
            group[i]->setGeometry(column * (tileWidth + kGap), row * (tileHeight + kGap), tileWidth, tileHeight);
        }
        line += linesOf(group.size(), columns);
    }
}

}  // namespace fairlead::ui
