#include "ui/governance/audit_page.h"

#include <QPushButton>

#include "ui/governance/audit_tables.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

enum AuditPart { AsksForALook, NamesShown, Acts, Entries };

}  // namespace

AuditPage::AuditPage(QWidget* parent)
    : PartsPage(tr("Audit log"), {tr("Asks for a look"), tr("Names shown"), tr("Kinds of acts"), tr("Entries")},
                parent),
      m_keep(addAction(tr("Keep the checkpoint…"))) {
    connect(m_keep, &QPushButton::clicked, this, &AuditPage::checkpointRequested);
    connect(addAction(tr("Check again")), &QPushButton::clicked, this, &AuditPage::readRequested);
    m_keep->setEnabled(false);
}

void AuditPage::setView(std::shared_ptr<const workspace::AuditView> view) {
    m_view = std::move(view);
    m_keep->setEnabled(m_view->soundness.intact);
    standing().setInk(m_view->soundness.intact ? Ink::Text : Ink::Error);
    standing().setText(soundnessInWords(*m_view));
    refill();
}

PartsPage::Part AuditPage::partNow(int part) const {
    if (!m_view) {
        return {{}, std::make_shared<const TableContent>(), tr("The log has not been read yet.")};
    }
    const audit::WorkingHours& hours = m_view->hours;
    switch (part) {
        case AsksForALook:
            return {tr("Refusals, acts that failed or never ended, acts begun outside %1:00 to %2:00 on working days, "
                       "releases that nobody used, entries under a clock that was set back. None of them is a "
                       "reproach: ask whoever it was.")
                        .arg(hours.from, 2, 10, QLatin1Char('0'))
                        .arg(hours.until, 2, 10, QLatin1Char('0')),
                    lookTable(*m_view), tr("Nothing asks for a look.")};
        case NamesShown:
            return {tr("How often names were asked for, for a typed reason, and of how many people; somebody asked for "
                       "twice counts twice. Hours are those of this computer."),
                    revealTable(*m_view), tr("No names have been shown.")};
        case Acts:
            return {tr("The first six are the kinds of processing that the Data Protection Act 2018, section 62, wants "
                       "logged."),
                    actTable(*m_view), tr("Nothing has been done yet.")};
        default: break;
    }
    return {tr("The newest %1 of %2 entries. Names of pupils never stand in the log.")
                .arg(number(static_cast<std::int64_t>(m_view->newest.size())),
                     number(static_cast<std::int64_t>(m_view->report.entries))),
            entryTable(*m_view), tr("Nothing has been done yet.")};
}

}  // namespace fairlead::ui
