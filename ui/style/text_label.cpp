#include "ui/style/text_label.h"

#include <QPainter>
#include <QTextDocument>
#include <QVBoxLayout>

namespace fairlead::ui {

QString plainToolTip(const QString& text) {
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

TextLabel::TextLabel(const QString& text, TextRole role, Ink ink, QWidget* parent)
    : QLabel(parent), m_role(role), m_ink(ink) {
    setTextFormat(Qt::PlainText);
    setText(text);
    follow();
    connect(&lookChanges(), &LookChanges::changed, this, &TextLabel::follow);
}

void TextLabel::wrap() {
    setWordWrap(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding);
    QSizePolicy policy = sizePolicy();
    policy.setVerticalPolicy(QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TextLabel::elide() {
    m_elides = true;
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void TextLabel::paintEvent(QPaintEvent* event) {
    const QString whole = text();
    const QRect room = contentsRect();
    const bool fits = !m_elides || fontMetrics().horizontalAdvance(whole) <= room.width();
    if (m_elides && toolTip().isEmpty() == !fits) {
        setToolTip(fits ? QString() : plainToolTip(whole));
    }
    if (fits) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(room, static_cast<int>(alignment().toInt()),
                     fontMetrics().elidedText(whole, Qt::ElideRight, room.width()));
}

void TextLabel::setInk(Ink ink) {
    m_ink = ink;
    follow();
}

void TextLabel::follow() {
    const Tokens& t = tokens();
    setFont(ui::font(m_role));
    QPalette own = palette();
    own.setColor(QPalette::WindowText, m_ink == Ink::Text        ? t.text
                                       : m_ink == Ink::Secondary ? t.secondaryText
                                                                 : t.error);
    setPalette(own);
}

DraftChip::DraftChip(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Draft"));
    connect(&lookChanges(), &LookChanges::changed, this, &QWidget::updateGeometry);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize DraftChip::sizeHint() const {
    const QFontMetrics metrics(ui::font(TextRole::BodyStrong));
    return {metrics.horizontalAdvance(tr("DRAFT")) + scaled(8), metrics.height() + 2};
}

void DraftChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().draftGround);
    painter.drawRoundedRect(rect(), 2, 2);
    painter.setPen(tokens().draftText);
    painter.setFont(ui::font(TextRole::BodyStrong));
    painter.drawText(rect(), Qt::AlignCenter, tr("DRAFT"));
}

Card::Card(QWidget* parent) : QWidget(parent) {}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens().hairline);
    painter.setBrush(tokens().card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

Card* cardOf(std::initializer_list<QWidget*> parts) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(8, 8, 8, 8);
    for (QWidget* part : parts) {
        column->addWidget(part, qobject_cast<TextLabel*>(part) == nullptr ? 1 : 0);
    }
    return card;
}

}  // namespace fairlead::ui
