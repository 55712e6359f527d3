#include "ui/style/entry_delegate.h"

#include <QListView>
#include <QPainter>
#include <algorithm>

#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

constexpr int kRow = 32;
constexpr int kIndent = 18;
constexpr int kRight = 12;
constexpr int kAbove = 6;
constexpr int kGroupGap = 9;

int gapAbove(const QModelIndex& index) { return index.data(kBeginsGroupRole).toBool() ? kGroupGap : 0; }

}  // namespace

EntryDelegate::EntryDelegate(Lines lines, QObject* parent) : QStyledItemDelegate(parent), m_lines(lines) {}

int EntryDelegate::textFlags() const {
    const int lines = m_lines == Lines::One ? static_cast<int>(Qt::TextSingleLine) : static_cast<int>(Qt::TextWordWrap);
    return static_cast<int>(Qt::AlignLeft) | static_cast<int>(Qt::AlignVCenter) | lines;
}

void EntryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const int gap = gapAbove(index);
    const QRect entry = option.rect.adjusted(0, gap, 0, 0);
    painter->save();
    if (gap > 0) {
        painter->setPen(t.hairline);
        painter->drawLine(entry.left() + kIndent, entry.top() - gap / 2 - 1, entry.right() - kRight,
                          entry.top() - gap / 2 - 1);
    }
    painter->fillRect(entry, current ? t.selectedRow : t.card);
    if (current) {
        painter->fillRect(QRect(entry.left(), entry.top(), 3, entry.height()), t.accent);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        drawFocusRing(*painter, entry, 2);
    }
    painter->setPen(t.text);
    painter->setFont(ui::font(TextRole::Body));
    painter->drawText(entry.adjusted(kIndent, 0, -kRight / 2, 0), textFlags(), index.data().toString());
    painter->restore();
}

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics metrics(ui::font(TextRole::Body));
    const QString words = index.data().toString();
    const auto* list = qobject_cast<const QListView*>(option.widget);
    if (m_lines == Lines::One || list == nullptr) {
        return {kIndent + metrics.horizontalAdvance(words) + kRight, scaled(kRow) + gapAbove(index)};
    }
    const int room = std::max(1, list->viewport()->width() - kIndent - kRight);
    const int height =
        metrics.boundingRect(QRect(0, 0, room, 1 << 20), textFlags() & ~Qt::AlignVCenter, words).height();
    return {kIndent + kRight, std::max(scaled(kRow), height + 2 * kAbove) + gapAbove(index)};
}

void showEntries(QListView& list) {
    list.setItemDelegate(new EntryDelegate(EntryDelegate::Lines::Wrapped, &list));
    list.setEditTriggers(QAbstractItemView::NoEditTriggers);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list.setFrameShape(QFrame::NoFrame);
    list.setTabKeyNavigation(false);
    list.setResizeMode(QListView::Adjust);
    QObject::connect(&lookChanges(), &LookChanges::changed, &list, [&list] { list.doItemsLayout(); });
}

}  // namespace fairlead::ui
