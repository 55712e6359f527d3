#include "ui/tile/tile_widget.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"
#include "ui/style/sparkline.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

constexpr int kPadding = 11;
constexpr int kGroupBar = 4;
constexpr int kSparklineWidth = 84;

TextRole nameRole(const TileContent& content) {
    return content.isGroup ? TextRole::TileNameStrong : TextRole::TileName;
}
TextRole figureRole(const TileContent& content) { return content.isGroup ? TextRole::GroupFigure : TextRole::Figure; }

int lineHeight(TextRole role) { return QFontMetrics(ui::font(role)).height(); }

int textWidth(TextRole role, const QString& text) { return QFontMetrics(ui::font(role)).horizontalAdvance(text); }

}  // namespace

TileWidget::TileWidget(TileContent content, QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, this, [this] { emit opened(m_content.figureId); });
    connect(&lookChanges(), &LookChanges::changed, this, [this] {
        updateGeometry();
        update();
    });
    setContent(std::move(content));
}

void TileWidget::setContent(TileContent content) {
    m_content = std::move(content);
    setAccessibleName(spoken());
    setToolTip(m_content.isGroup ? tr("Pupils with at least one of the indicators beside it, each counted once")
                                 : QString());
    updateGeometry();
    update();
}

QString TileWidget::spoken() const {
    const indicator::Figure& figure = m_content.figure;
    QStringList parts{m_content.name};
    parts << (figure.pupils.isValue() ? countText(figure.pupils) + QLatin1Char(' ') + unitLine(figure, m_content.onRoll)
                                      : unitLine(figure));
    parts << changeSpoken(figure.change);
    if (!m_content.note.isEmpty()) {
        parts << m_content.note;
    }
    return parts.join(QStringLiteral(", "));
}

QSize TileWidget::minimumSizeHint() const {
    const QString unit = unitLine(m_content.figure, m_content.onRoll);
    const QString change = changeText(m_content.figure.change, m_content.isGroup);
    const int name = textWidth(nameRole(m_content), m_content.name);
    const int figure =
        textWidth(figureRole(m_content), countText(m_content.figure.pupils)) + scaled(kSparklineWidth) + scaled(12);
    const int bottom = textWidth(TextRole::Note, unit) + scaled(10) + textWidth(TextRole::NoteStrong, change);
    const int note = textWidth(TextRole::Note, m_content.note);
    const int content = std::max({name, figure, bottom, note});
    // All figures in a row have the height of a group's figure, so that rows stay level.
    int height = lineHeight(TextRole::TileName) + lineHeight(TextRole::GroupFigure) - scaled(10) +
                 lineHeight(TextRole::Note) + scaled(15);
    if (!m_content.note.isEmpty()) {
        height += lineHeight(TextRole::Note);
    }
    return {content + 2 * kPadding + kGroupBar, height};
}

QSize TileWidget::sizeHint() const { return minimumSizeHint(); }

void TileWidget::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (arrow) {
        event->ignore();  // The grid knows where the other tiles lie; QAbstractButton does not.
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void TileWidget::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier) {
        emit filterRequested(m_content.figureId);
        return;
    }
    QAbstractButton::mousePressEvent(event);
}

void TileWidget::focusInEvent(QFocusEvent* event) {
    // The loud ring is for those who move by keyboard; a click or a new page marks the tile quietly.
    m_keyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QAbstractButton::focusInEvent(event);
}

void TileWidget::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool marked = hasFocus() && !m_keyboardFocus;
    const double edge = marked ? 0.5 : 0;
    painter.setPen(QPen(marked || underMouse() || isDown() ? t.accent : t.hairline, marked ? 2 : 1));
    painter.setBrush(isDown() ? t.selectedRow : t.card);
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 4, 4);
    if (m_content.isGroup) {
        painter.fillRect(QRectF(1, 5, kGroupBar, height() - 10), t.accent);
    }
    if (hasFocus() && m_keyboardFocus) {
        drawFocusRing(painter, rect());
    }
    const QRect inner = rect().adjusted(kPadding + kGroupBar, scaled(7), -kPadding, -scaled(6));
    painter.setFont(ui::font(nameRole(m_content)));
    painter.setPen(m_content.isGroup ? t.text : t.secondaryText);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_content.name, Qt::ElideRight, inner.width()));
    const int nameBottom = inner.top() + lineHeight(nameRole(m_content));

    int bottom = inner.bottom();
    painter.setFont(ui::font(TextRole::Note));
    if (!m_content.note.isEmpty()) {
        painter.setPen(t.secondaryText);
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine, m_content.note);
        bottom -= lineHeight(TextRole::Note);
    }
    const QRect lastLine(inner.left(), bottom - lineHeight(TextRole::Note) + 1, inner.width(),
                         lineHeight(TextRole::Note));
    painter.setPen(t.secondaryText);
    painter.drawText(lastLine, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     unitLine(m_content.figure, m_content.onRoll));
    painter.setFont(ui::font(TextRole::NoteStrong));
    painter.setPen(t.text);
    painter.drawText(lastLine, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                     changeText(m_content.figure.change, m_content.isGroup));

    const QRect middle(inner.left(), nameBottom, inner.width(), lastLine.top() - nameBottom);
    painter.setFont(ui::font(figureRole(m_content)));
    painter.drawText(middle, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                     countText(m_content.figure.pupils));
    const double sparkHeight = std::min<double>(scaled(26), middle.height() - 4);
    const QRectF spark(inner.right() - scaled(kSparklineWidth), middle.center().y() - sparkHeight / 2,
                       scaled(kSparklineWidth), sparkHeight);
    paintSparkline(painter, spark, sparklineOf(m_content.figure.series));
}

}  // namespace fairlead::ui
