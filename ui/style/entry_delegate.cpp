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

}  // namespace

EntryDelegate::EntryDelegate(Lines lines, QObject* parent) : QStyledItemDelegate(parent), m_lines(lines) {}

int EntryDelegate::textFlags() const {
    const int lines = m_lines == Lines::One ? static_cast<int>(Qt::TextSingleLine) : static_cast<int>(Qt::TextWordWrap);
    return static_cast<int>(Qt::AlignLeft) | static_cast<int>(Qt::AlignVCenter) | lines;
}

void EntryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const bool current = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, current ? t.selectedRow : t.card);
    if (current) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        drawFocusRing(*painter, option.rect, 2);
    }
    painter->setPen(t.text);
    painter->setFont(ui::font(TextRole::Body));
    painter->drawText(option.rect.adjusted(kIndent, 0, -kRight / 2, 0), textFlags(), index.data().toString());
    painter->restore();
}

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics metrics(ui::font(TextRole::Body));
    const QString words = index.data().toString();
    const auto* list = qobject_cast<const QListView*>(option.widget);
    if (m_lines == Lines::One || list == nullptr) {
        return {kIndent + metrics.horizontalAdvance(words) + kRight, scaled(kRow)};
    }
    const int room = std::max(1, list->viewport()->width() - kIndent - kRight);
    const int height =
        metrics.boundingRect(QRect(0, 0, room, 1 << 20), textFlags() & ~Qt::AlignVCenter, words).height();
    return {kIndent + kRight, std::max(scaled(kRow), height + 2 * kAbove)};
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
