// EntryDelegate: entries of a list of places (pages, chapters, modules).

#pragma once

#include <QStyledItemDelegate>

class QListView;

namespace fairlead::ui {

/// Of an entry: true where a group of entries begins. A line stands above it.
inline constexpr int kBeginsGroupRole = Qt::UserRole + 1;

/// Draws an entry: the current one on the selected colour with a bar of the accent, the focus ring round the whole
/// entry and clear of its text.
class EntryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// Long texts go on in the next line.
    enum class Lines { One, Wrapped };

    explicit EntryDelegate(Lines lines, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    [[nodiscard]] int textFlags() const;
    Lines m_lines;
};

/// Makes a list one of places: one stop of the Tab key, nothing to edit, entries that wrap.
void showEntries(QListView& list);

}  // namespace fairlead::ui
