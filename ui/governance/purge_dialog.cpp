#include "ui/governance/purge_dialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/governance/second_person.h"
#include "ui/style/flow_layout.h"
#include "ui/style/labelled_field.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/task/task_strip.h"

namespace fairlead::ui {

namespace {

constexpr qsizetype kShortestReason = 10;

QString whatGoes(const custody::PurgePreview& preview) {
    QStringList deliveries;
    for (const custody::DeliveryEnd& delivery : preview.deliveries) {
        deliveries << PurgeDialog::tr("%1: %2, number %3")
                          .arg(agencyInWords(delivery.agency), datasetInWords(delivery.dataset),
                               number(delivery.sequence));
    }
    return PurgeDialog::tr("%1\n%2 rows go for good, %3 stay; %4 records of persons go whole.")
        .arg(deliveries.join(QLatin1Char('\n')), number(preview.rows().went), number(preview.rows().stayed),
             number(preview.personsGone()));
}

}  // namespace

PurgeDialog::PurgeDialog(const custody::PurgePreview& preview, const RetentionContent& content, TaskRunner& runner,
                         QWidget* parent)
    : QDialog(parent),
      m_runner(runner),
      m_message(new TextLabel(QString(), TextRole::Body)),
      m_reason(new QLineEdit),
      m_submit(new QPushButton(tr("Purge"))) {
    setWindowTitle(tr("Purge deliveries"));
    setAccessibleName(windowTitle());
    for (const custody::DeliveryEnd& delivery : preview.deliveries) {
        m_deliveries.push_back(delivery.delivery);
    }
    auto* what = new TextLabel(whatGoes(preview), TextRole::Body);
    what->wrap();
    auto* limits = new TextLabel(
        tr("Both files are written anew under new keys. Backups made before, and briefings and tables that were "
           "exported, are not reached. The certificate says so too."),
        TextRole::Note, Ink::Secondary);
    limits->wrap();
    m_message->wrap();
    m_reason->setAccessibleName(tr("Reason, for the certificate and the audit log; no names"));
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setSpacing(10);
    for (QWidget* line :
         std::initializer_list<QWidget*>{new TextLabel(windowTitle(), TextRole::Title), what, limits, m_message,
                                         labelledField(m_reason->accessibleName(), m_reason)}) {
        column->addWidget(line);
    }
    m_second = new SecondPerson({tr("Second person, who signs the new keys: a key officer"),
                                 holdersOf(access::FileKey::Officer, content.users), !content.mayAlone});
    column->addWidget(m_second);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(windowTitle());
    auto* whole = new QVBoxLayout(this);
    whole->addWidget(scroll, 1);
    whole->addWidget(new TaskStrip(runner));
    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons);
    auto* close = new QPushButton(tr("Close"));
    setPrimary(*m_submit);
    row->addWidget(m_submit);
    row->addWidget(close);
    whole->addWidget(buttons);
    connect(m_submit, &QPushButton::clicked, this, &PurgeDialog::submit);
    connect(close, &QPushButton::clicked, this, &PurgeDialog::reject);
    connect(this, &PurgeDialog::submitted, close, [close] { close->setEnabled(false); });
    connect(&runner, &TaskRunner::idle, close, [close] { close->setEnabled(true); });
    constexpr int kWidth = 560, kHeight = 520, kSides = 40;
    const QSize wanted(scaled(kWidth), scaled(kHeight));
    resize(parent == nullptr ? wanted : wanted.boundedTo(parent->window()->size() - QSize(kSides, kSides)));
    m_reason->setFocus(Qt::OtherFocusReason);
}

void PurgeDialog::submit() {
    if (m_runner.isRunning()) {
        return;
    }
    if (m_reason->text().trimmed().size() < kShortestReason) {
        say(tr("Give the reason in %1 characters or more.").arg(number(kShortestReason)), true);
        return;
    }
    if (const QString words = m_second->missing(); !words.isEmpty()) {
        say(words, true);
        return;
    }
    const PurgeOrder order{m_deliveries, m_reason->text().trimmed().toStdString(), m_second->name(), m_second->take()};
    m_submit->setEnabled(false);
    say(tr("Purging. It can be stopped until the new files take their places; nothing has changed then."), false);
    emit submitted(order);
}

void PurgeDialog::showError(const Error& error) {
    m_submit->setEnabled(true);
    const bool isStopped = error.code == ErrorCode::Cancelled;
    say(isStopped ? tr("Stopped. Nothing was purged.") : errorInWords(error), !isStopped);
}

void PurgeDialog::reject() {
    if (m_runner.isRunning()) {
        m_runner.cancel();
        return;
    }
    QDialog::reject();
}

void PurgeDialog::say(const QString& words, bool isError) {
    m_message->setInk(isError ? Ink::Error : Ink::Secondary);
    m_message->setText(words);
}

}  // namespace fairlead::ui
