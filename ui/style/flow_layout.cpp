#include "ui/style/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace fairlead::ui {

FlowLayout::FlowLayout(QWidget* parent, int gap) : QLayout(parent), m_gap(gap) { setContentsMargins(0, 0, 0, 0); }

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) { m_items.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    QLayoutItem* item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::sizeHint() const {
    QSize size(0, 0);
    for (const auto& item : m_items) {
        size =
            QSize(size.width() + item->sizeHint().width() + m_gap, std::max(size.height(), item->sizeHint().height()));
    }
    return size;
}

QSize FlowLayout::minimumSize() const {
    QSize size(0, 0);
    for (const auto& item : m_items) {
        size = size.expandedTo(item->minimumSize());
    }
    return size;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const {
    struct Line {
        std::vector<std::pair<int, QLayoutItem*>> items;
        int width = 0;
        int height = 0;
    };
    std::vector<Line> lines(1);
    for (int i = 0; i < count(); ++i) {
        QLayoutItem* item = itemAt(i);
        if (item->isEmpty()) {
            continue;
        }
        const int width = std::min(item->sizeHint().width(), rect.width());
        if (!lines.back().items.empty() && lines.back().width + m_gap + width > rect.width()) {
            lines.emplace_back();
        }
        Line& line = lines.back();
        line.width += width + (line.items.empty() ? 0 : m_gap);
        line.height = std::max(line.height, item->sizeHint().height());
        line.items.emplace_back(i, item);
    }
    int y = rect.top();
    for (const Line& line : lines) {
        int x = rect.left();
        bool pushed = false;
        for (const auto& [index, item] : line.items) {
            if (index >= m_rightFrom && !pushed) {
                x += rect.width() - line.width;
                pushed = true;
            }
            const QSize size(std::min(item->sizeHint().width(), rect.width()), item->sizeHint().height());
            if (apply) {
                item->setGeometry(QRect(QPoint(x, y + (line.height - size.height()) / 2), size));
            }
            x += size.width() + m_gap;
        }
        y += line.height + m_gap;
    }
    return std::max(0, y - m_gap - rect.top());
}

}  // namespace fairlead::ui
