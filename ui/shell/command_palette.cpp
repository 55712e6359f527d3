#include "ui/shell/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "ui/style/look.h"

namespace fairlead::ui {

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent)
    : QDialog(parent),
      m_entries(std::move(entries)),
      m_typed(new QLineEdit),
      m_found(new QSortFilterProxyModel(this)),
      m_list(new QListView) {
    setWindowTitle(tr("Go to or do"));
    m_typed->setPlaceholderText(tr("Type a page, a school or its URN, or what to do"));
    m_typed->setAccessibleName(tr("Go to or do"));
    m_typed->installEventFilter(this);
    auto* model = new QStandardItemModel(this);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry& entry = m_entries[i];
        auto* item =
            new QStandardItem(entry.kind.isEmpty() ? entry.words : tr("%1   ·   %2").arg(entry.words, entry.kind));
        item->setData(QVariant::fromValue<qulonglong>(i), Qt::UserRole);
        item->setEditable(false);
        model->appendRow(item);
    }
    m_found->setSourceModel(model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_typed);
    column->addWidget(m_list, 1);
    resize(scaled(520), scaled(360));
    connect(m_typed, &QLineEdit::textChanged, this, &CommandPalette::choose);
    connect(m_list, &QListView::activated, this, &CommandPalette::act);
    connect(m_list, &QListView::clicked, this, &CommandPalette::act);
    choose({});
}

int CommandPalette::shown() const { return m_found->rowCount(); }

void CommandPalette::choose(const QString& typed) {
    QString pattern;
    for (const QString& word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        pattern += QStringLiteral("(?=.*%1)").arg(QRegularExpression::escape(word));
    }
    m_found->setFilterRegularExpression(
        QRegularExpression(QLatin1Char('^') + pattern, QRegularExpression::CaseInsensitiveOption));
    m_list->setCurrentIndex(m_found->index(0, 0));
}

void CommandPalette::act() {
    const QModelIndex chosen = m_list->currentIndex();
    if (!chosen.isValid()) {
        return;
    }
    const auto act = m_entries[chosen.data(Qt::UserRole).toULongLong()].act;
    accept();
    act();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (row >= 0 && row < m_found->rowCount()) {
                m_list->setCurrentIndex(m_found->index(row, 0));
            }
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            act();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace fairlead::ui
