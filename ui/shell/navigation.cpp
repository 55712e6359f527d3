#include "ui/shell/navigation.h"

#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/entry_delegate.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

namespace {

constexpr int kWidth = 176;

}  // namespace

Navigation::Navigation(QWidget* parent) : QListView(parent) {
    setAccessibleName(tr("Pages"));
    setModel(&m_pages);
    setItemDelegate(new EntryDelegate(EntryDelegate::Lines::One, this));
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setTabKeyNavigation(false);
    connect(&lookChanges(), &LookChanges::changed, this, [this] {
        doItemsLayout();
        updateGeometry();
        scrollTo(currentIndex());
    });
}

// Where the reader is stays in sight.
void Navigation::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    scrollTo(currentIndex());
}

void Navigation::setPages(const QList<QStringList>& groups) {
    QStringList wanted;
    for (const QStringList& group : groups) {
        wanted << group;
    }
    if (wanted == names()) {
        return;
    }
    m_pages.clear();
    for (const QStringList& group : groups) {
        for (const QString& name : group) {
            auto* entry = new QStandardItem(name);
            entry->setData(m_pages.rowCount() > 0 && &name == &group.front(), kBeginsGroupRole);
            m_pages.appendRow(entry);
        }
    }
    updateGeometry();
}

QStringList Navigation::names() const {
    QStringList names;
    for (int row = 0; row < m_pages.rowCount(); ++row) {
        names << m_pages.index(row, 0).data().toString();
    }
    return names;
}

QSize Navigation::sizeHint() const {
    return {std::max(scaled(kWidth) - (textPercent() - 100) / 2, m_pages.rowCount() == 0 ? 0 : sizeHintForColumn(0)),
            200};
}

QSize Navigation::minimumSizeHint() const { return {sizeHint().width(), 100}; }

NavigationPanel::NavigationPanel(Navigation* list, const QString& workspace, QWidget* parent) : QWidget(parent) {
    auto* note = new TextLabel(tr("Workspace\n%1").arg(workspace), TextRole::Note, Ink::Secondary);
    note->wrap();
    note->setContentsMargins(8, 0, 8, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->addWidget(list, 1);
    column->addWidget(note);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void NavigationPanel::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), tokens().card); }

MarkingBar::MarkingBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(
        tr("Protective marking: OFFICIAL-SENSITIVE, personal data of children. Handling: named safeguarding lead only, "
           "do not forward"));
    connect(&lookChanges(), &LookChanges::changed, this, &QWidget::updateGeometry);
}

QSize MarkingBar::sizeHint() const { return {400, QFontMetrics(ui::font(TextRole::NoteStrong)).height() + 6}; }

void MarkingBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().markingGround);
    painter.setPen(tokens().markingText);
    painter.setFont(ui::font(TextRole::NoteStrong));
    // The marking itself is never cut; the handling words give way when text is large.
    const QString whole = tr(
        "OFFICIAL-SENSITIVE  ·  PERSONAL DATA (CHILDREN)  ·  Handling: named safeguarding lead only, do not forward");
    const QString kernel = tr("OFFICIAL-SENSITIVE  ·  PERSONAL DATA (CHILDREN)");
    const bool fits = painter.fontMetrics().horizontalAdvance(whole) <= width() - 12;
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, fits ? whole : kernel);
}

}  // namespace fairlead::ui
