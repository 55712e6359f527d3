// TileGrid: rows of tiles that reflow: five beside each other, or three, two, one when text is larger.

#pragma once

#include <QWidget>
#include <vector>

#include "ui/tile/tile_widget.h"

namespace fairlead::ui {

/// Lays out groups of tiles; every group begins a new line. Columns are 5, 3, 2 or 1: the most that leave every tile
/// its whole text.
class TileGrid final : public QWidget {
    Q_OBJECT

public:
    explicit TileGrid(QWidget* parent = nullptr);

    /// Shows these groups. Tiles are kept where the shape is the same, so that focus stays.
    void setGroups(const std::vector<std::vector<TileContent>>& groups);
    /// The tiles in reading order.
    [[nodiscard]] std::vector<TileWidget*> tiles() const;
    /// Columns at a width.
    [[nodiscard]] int columnsFor(int width) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// A tile was opened.
    void opened(const QString& figureId);
    /// The lists are to be filtered by a tile's figure.
    void filterRequested(const QString& figureId);
    /// A tile's menu is wanted, at a point of the screen.
    void menuRequested(fairlead::ui::TileWidget* tile, const QPoint& at);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();
    [[nodiscard]] QSize largestTile() const;
    std::vector<std::vector<TileWidget*>> m_groups;
};

}  // namespace fairlead::ui
