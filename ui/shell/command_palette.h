// CommandPalette: everything that can be done or opened from here, found by typing (Ctrl+K).

#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace fairlead::ui {

/// Something to do or to open.
struct PaletteEntry {
    QString words;  ///< "Bristol Secondary School, URN 137000".
    QString kind;   ///< "School", "Page", "Ctrl+L".
    std::function<void()> act;
};

/// A field and a list: typing keeps the entries that hold every word, Enter does the one that is marked, Esc leaves.
class CommandPalette final : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent = nullptr);
    /// Entries that hold every word that was typed.
    [[nodiscard]] int shown() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const QString& typed);
    void act();

    std::vector<PaletteEntry> m_entries;
    QLineEdit* m_typed;
    QSortFilterProxyModel* m_found;
    QListView* m_list;
};

}  // namespace fairlead::ui
