#include "ui/governance/purge_dialog.h"

#include <QLineEdit>

#include "ui/governance/second_person.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

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
    : ActDialog(
          {tr("Purge deliveries"), tr("It takes a data steward, who is signed in, and a key officer."), tr("Purge"),
           tr("Purging. It can be stopped until the new files take their places; nothing has changed then."),
           tr("Stopped. Nothing was purged.")},
          parent),
      m_reason(new QLineEdit),
      m_second(new SecondPerson({tr("Second person, who signs the new keys: a key officer"),
                                 holdersOf(access::FileKey::Officer, content.users), !content.mayAlone})) {
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
    add(what);
    add(limits);
    addField(tr("Reason, for the certificate and the audit log; no names"), m_reason);
    add(m_second);
    follow(runner);
    finish();
    m_reason->setFocus(Qt::OtherFocusReason);
}

QString PurgeDialog::missing() const {
    return m_reason->text().trimmed().size() < kShortestReason
               ? tr("Give the reason in %1 characters or more.").arg(number(kShortestReason))
               : m_second->missing();
}

void PurgeDialog::send() {
    emit submitted({m_deliveries, m_reason->text().trimmed().toStdString(), m_second->name(), m_second->take()});
}

}  // namespace fairlead::ui
