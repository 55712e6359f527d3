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
#include "ui/task/task_strip.h"

namespace fairlead::ui {

ActDialog::ActDialog(const Words& words, QWidget* parent)
    : QDialog(parent),
      m_words(words),
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

void ActDialog::addField(const QString& label, QWidget* field, QPushButton* beside) {
    field->setAccessibleName(label);
    add(labelledField(label, field, beside));
}

void ActDialog::follow(TaskRunner& runner) { m_runner = &runner; }

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
    const QMargins sides = m_column->contentsMargins();
    buttons->setContentsMargins(sides.left(), 0, sides.right(), 0);  // In line with the fields.
    // Where work is followed, its strip has a Cancel of its own.
    const QString usual = m_runner == nullptr ? tr("Cancel") : tr("Close");
    auto* leave = new QPushButton(m_words.leave.isEmpty() ? usual : m_words.leave);
    if (m_words.isMain) {
        setPrimary(*m_submit);
    }
    m_submit->setDefault(m_words.isMain);
    m_submit->setAutoDefault(m_words.isMain);
    row->addWidget(m_submit);
    row->addWidget(leave);
    connect(m_submit, &QPushButton::clicked, this, &ActDialog::submit);
    connect(leave, &QPushButton::clicked, this, &ActDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->addWidget(scroll, 1);
    if (m_runner != nullptr) {
        whole->addWidget(new TaskStrip(*m_runner));
    }
    whole->addWidget(buttons);
    fit();
    // Fields take their new sizes when they hear of the font, which is after this.
    connect(&lookChanges(), &LookChanges::changed, this, &ActDialog::fit, Qt::QueuedConnection);
}

void ActDialog::fit() {
    constexpr int kWidth = 560, kMostHeight = 640, kSides = 40;
    const QSize wanted(scaled(kWidth), std::min(m_form->sizeHint().height() + scaled(90), scaled(kMostHeight)));
    const QSize room = parentWidget() == nullptr ? wanted : parentWidget()->window()->size() - QSize(kSides, kSides);
    resize(wanted.boundedTo(room));
}

void ActDialog::submit() {
    if (m_runner != nullptr && m_runner->isRunning()) {
        return;
    }
    if (const QString words = missing(); !words.isEmpty()) {
        say(words, true);
        return;
    }
    m_submit->setEnabled(false);
    say(m_words.working.isEmpty() ? tr("Working…") : m_words.working, false);
    send();
}

void ActDialog::showError(const Error& error) {
    const bool isStopped = error.code == ErrorCode::Cancelled && !m_words.stopped.isEmpty();
    m_submit->setEnabled(true);
    say(isStopped ? m_words.stopped : errorInWords(error), !isStopped);
}

void ActDialog::showWords(const QString& words) {
    m_submit->setEnabled(true);
    say(words, false);
}

void ActDialog::reject() {
    if (m_runner != nullptr && m_runner->isRunning()) {
        m_runner->cancel();
        return;
    }
    QDialog::reject();
}

void ActDialog::say(const QString& words, bool isError) {
    m_message->setInk(isError ? Ink::Error : Ink::Secondary);
    m_message->setText(words);
}

void ActForm::open(ActDialog* form) {
    m_form = form;
    form->setAttribute(Qt::WA_DeleteOnClose);
    form->open();
}

void ActForm::close() {
    if (m_form != nullptr) {
        m_form->close();
    }
}

bool ActForm::showError(const Error& error) {
    if (m_form == nullptr) {
        return false;
    }
    m_form->showError(error);
    return true;
}

}  // namespace fairlead::ui
