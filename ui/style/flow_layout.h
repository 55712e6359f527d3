// FlowLayout: controls in a row that go on in the next line when text is large.

#pragma once

#include <QLayout>
#include <memory>
#include <vector>

namespace fairlead::ui {

/// Lays items out from the left; from setRightFrom() on they stand at the right while all fit in one line.
class FlowLayout final : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr, int gap = 8);
    ~FlowLayout() override;

    /// Items from here on stand at the right of the line that they are in.
    void setRightFrom(int index) { m_rightFrom = index; }

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    int m_gap;
    int m_rightFrom = 1 << 20;
};

}  // namespace fairlead::ui
