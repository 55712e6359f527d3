#include "ui/shell/notice_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>

#include "ui/shell/session.h"
#include "ui/style/flow_layout.h"
#include "ui/style/no_drag.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), m_words(new TextLabel(QString(), TextRole::Body)), m_close(new QPushButton(tr("Close"))) {
    m_words->wrap();
    m_close->setAccessibleName(tr("Close this message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 14, 8);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void NoticeBar::say(const QString& words, bool isFault) {
    m_words->setInk(isFault ? Ink::Error : Ink::Text);
    m_words->setText(words);
    setAccessibleName(words);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString NoticeBar::words() const { return isHidden() ? QString() : m_words->text(); }

void NoticeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().card);
    painter.setPen(tokens().hairline);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

ReasonDialog::ReasonDialog(QWidget* parent)
    : QDialog(parent), m_reason(new QPlainTextEdit), m_reveal(new QPushButton(tr("Reveal names"))) {
    setWindowTitle(tr("Reveal names"));
    auto* words =
        new TextLabel(tr("Why do you need the names? Your reason is written to the audit log before any name is read. "
                         "Write at least %1 characters; do not write a child's name here.")
                          .arg(kShortestReason),
                      TextRole::Body);
    words->wrap();
    m_reason->setAccessibleName(tr("Reason for revealing names"));
    m_reason->setTabChangesFocus(true);
    keepFromDragging(*m_reason);
    m_reason->setFixedHeight(scaled(84));
    auto* cancel = new QPushButton(tr("Keep pseudonyms"));
    setPrimary(*m_reveal);
    m_reveal->setEnabled(false);
    m_reveal->setDefault(true);
    auto* buttons = new FlowLayout;
    buttons->addWidget(m_reveal);
    buttons->addWidget(cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(words);
    column->addWidget(m_reason);
    column->addLayout(buttons);
    resize(scaled(480), sizeHint().height());
    connect(m_reason, &QPlainTextEdit::textChanged, this,
            [this] { m_reveal->setEnabled(m_reason->toPlainText().trimmed().size() >= kShortestReason); });
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        emit given(m_reason->toPlainText().trimmed());
        accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

}  // namespace fairlead::ui
