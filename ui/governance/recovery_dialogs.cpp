#include "ui/governance/recovery_dialogs.h"

#include <QButtonGroup>
#include <QPushButton>

#include "ui/governance/recovery_tables.h"
#include "ui/governance/second_person.h"
#include "ui/governance/sheet_fields.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

MakeSheetsDialog::MakeSheetsDialog(const UsersContent& content, QWidget* parent)
    : ActDialog({tr("Make recovery sheets"),
                 tr("Two sheets of paper that together add a user when passphrases are lost; one alone tells nothing. "
                    "They are shown once, after this. Older sheets open nothing any more."),
                 tr("Make both sheets")},
                parent) {
    const QStringList people = allowedTo(access::Action::HandOverKeys, content);
    if (!people.isEmpty() || !content.isAlone) {
        m_second =
            new SecondPerson({tr("Second person, whose keys are on them: a data steward"), people, !content.isAlone});
        add(m_second);
    }
    if (people.size() > 1) {
        m_further = new SecondPerson(
            {tr("Further person: a governance auditor, so that they can make one"), people, false, true});
        add(m_further);
    }
    finish();
}

QString MakeSheetsDialog::missing() const {
    const QString second = m_second == nullptr ? QString() : m_second->missing();
    return second.isEmpty() && m_further != nullptr ? m_further->missing() : second;
}

void MakeSheetsDialog::send() {
    SheetsOrder order;
    if (m_second != nullptr) {
        order.second = m_second->name();
        order.secondPassphrase = m_second->take();
    }
    if (m_further != nullptr) {
        order.further = m_further->name();
        order.furtherPassphrase = m_further->take();
    }
    emit submitted(order);
}

SheetsDialog::SheetsDialog(std::shared_ptr<const custody::SheetsMade> made, QWidget* parent)
    : ActDialog(
          {.title = tr("The recovery sheets"),
           .meaning =
               tr("Show each sheet to the one who will keep it, and to nobody else; copy it onto paper, and try both "
                  "afterwards. When this is closed they cannot be shown again."),
           .submit = tr("Write it to a file…"),
           .stopped = tr("Nothing was written."),
           .isMain = false,
           .leave = tr("Close")},
          parent),
      m_sheet{std::move(made), 0},
      m_choice(new QButtonGroup(this)),
      m_page(new TextLabel(tr("Choose a sheet when its keeper alone looks at the screen."), TextRole::Title)) {
    auto* open = new TextLabel(tr("Together they open: %1.").arg(keysInWords(m_sheet.sheets->keys)), TextRole::Body);
    open->wrap();
    add(open);
    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons);
    for (const int which : {1, 2}) {
        auto* button = new QPushButton(tr("Sheet %1").arg(which));
        button->setCheckable(true);
        m_choice->addButton(button, which);
        row->addWidget(button);
    }
    add(buttons);
    m_page->wrap();
    m_page->setAccessibleName(tr("The sheet that is shown"));
    add(m_page);
    auto* note = new TextLabel(tr("A file is for a printer elsewhere: print it, destroy it, and mind that a copy of a "
                                  "file is easily left behind."),
                               TextRole::Note, Ink::Secondary);
    note->wrap();
    add(note);
    connect(m_choice, &QButtonGroup::idClicked, this, &SheetsDialog::showSheet);
    finish();
}

void SheetsDialog::showSheet(int which) {
    m_sheet.which = which;
    const std::string_view lines = m_sheet.text().view();
    m_page->setText(tr("Fairlead recovery sheet %1 of 2\n%2")
                        .arg(which)
                        .arg(QString::fromLatin1(lines.data(), static_cast<qsizetype>(lines.size())).trimmed()));
}

QString SheetsDialog::missing() const { return m_sheet.which == 0 ? tr("Choose a sheet first.") : QString(); }

void SheetsDialog::send() { emit fileRequested(m_sheet); }

DrillDialog::DrillDialog(QWidget* parent)
    : ActDialog(
          {.title = tr("Try the recovery sheets"),
           .meaning =
               tr("Each keeper types a sheet. It is shown what they open; nothing is changed but the audit log, which "
                  "notes that they were tried."),
           .submit = tr("Try them"),
           .leave = tr("Close")},
          parent),
      m_sheets(new SheetFields) {
    add(m_sheets);
    finish();
    m_sheets->begin();
}

void DrillDialog::showReport(const custody::DrillReport& report) {
    m_sheets->forget();
    showWords(drillInWords(report));
}

QString DrillDialog::missing() const { return m_sheets->missing(); }

void DrillDialog::send() { emit submitted(m_sheets->typed()); }

}  // namespace fairlead::ui
