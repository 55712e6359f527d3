#include "ui/governance/act_dialog.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/flow_layout.h"
#include "ui/style/labelled_field.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

ActDialog::ActDialog(const Words& words, QWidget* parent)
    : QDialog(parent),
      m_form(new QWidget),
      m_column(new QVBoxLayout(m_form)),
      m_message(new TextLabel(QString(), TextRole::Body)),
      m_submit(new QPushButton(words.submit)) {
    setWindowTitle(words.title);
    setAccessibleName(words.title);
    m_message->wrap();
    m_column->setSpacing(10);
    m_column->addWidget(new TextLabel(words.title, TextRole::Title));
    m_column->addWidget(m_message);
    say(words.meaning, false);
}

void ActDialog::add(QWidget* widget) { m_column->addWidget(widget); }

void ActDialog::addField(const QString& label, QWidget* field) {
    field->setAccessibleName(label);
    add(labelledField(label, field));
}

void ActDialog::finish() {
    m_column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(windowTitle());
    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons);
    auto* cancel = new QPushButton(tr("Cancel"));
    setPrimary(*m_submit);
    m_submit->setDefault(true);
    row->addWidget(m_submit);
    row->addWidget(cancel);
    connect(m_submit, &QPushButton::clicked, this, &ActDialog::submit);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->addWidget(scroll, 1);
    whole->addWidget(buttons);
    constexpr int kWidth = 560, kMostHeight = 640, kSides = 40;
    const QSize wanted(scaled(kWidth), std::min(m_form->sizeHint().height() + scaled(90), scaled(kMostHeight)));
    const QSize room = parentWidget() == nullptr ? wanted : parentWidget()->window()->size() - QSize(kSides, kSides);
    resize(wanted.boundedTo(room));
}

void ActDialog::submit() {
    if (const QString words = missing(); !words.isEmpty()) {
        say(words, true);
        return;
    }
    m_submit->setEnabled(false);
    say(tr("Working…"), false);
    send();
}

void ActDialog::showError(const Error& error) {
    m_submit->setEnabled(true);
    say(errorInWords(error), true);
}

void ActDialog::say(const QString& words, bool isError) {
    m_message->setInk(isError ? Ink::Error : Ink::Secondary);
    m_message->setText(words);
}

}  // namespace fairlead::ui
