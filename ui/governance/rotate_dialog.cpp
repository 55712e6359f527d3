#include "ui/governance/rotate_dialog.h"

#include <QLineEdit>

#include "ui/governance/recovery_tables.h"
#include "ui/governance/second_person.h"
#include "ui/style/look.h"
#include "ui/style/path_choice.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

constexpr const char* kEnding = ".fairlead";

}  // namespace

RotateDialog::RotateDialog(const UsersContent& content, TaskRunner& runner, QWidget* parent)
    : ActDialog({tr("Rotate keys"),
                 tr("Everything is copied into a new folder under new keys and compared row by row; passphrases stay. "
                    "This folder stays as it is until you delete it."),
                 tr("Rotate"), tr("Copying and comparing. It can be stopped at any time; nothing is left of it then."),
                 tr("Stopped. Nothing is left of the new folder.")},
                parent),
      m_folder(new QLineEdit),
      m_second(new SecondPerson({tr("Second person, who signs for everybody's new keys: a key officer"),
                                 allowedTo(access::Action::ManageUsers, content), !content.isAlone})) {
    auto* room = new TextLabel(tr("The new folder needs as much room as this one: %1. Recovery sheets and the counts "
                                  "for readers are not taken along, because they hold old keys: make both anew there.")
                                   .arg(roomInWords(content.bytes)),
                               TextRole::Note, Ink::Secondary);
    room->wrap();
    add(room);
    addField(tr("New folder; its name ends in %1").arg(QLatin1String(kEnding)), m_folder,
             chooserOfNew(m_folder, newWorkspace(tr("Choose the new folder"))));
    add(m_second);
    follow(runner);
    finish();
    m_folder->setFocus(Qt::OtherFocusReason);
}

QString RotateDialog::missing() const {
    const QString folder = m_folder->text().trimmed();
    if (!folder.startsWith(QLatin1Char('/')) || !folder.endsWith(QLatin1String(kEnding))) {
        return tr("Choose the new folder: its whole path, with a name that ends in %1.").arg(QLatin1String(kEnding));
    }
    return m_second->missing();
}

void RotateDialog::send() { emit submitted({pathOf(m_folder->text().trimmed()), m_second->name(), m_second->take()}); }

RotatedDialog::RotatedDialog(const custody::RotationReport& report, std::filesystem::path folder, QWidget* parent)
    : ActDialog({.title = tr("The keys are new"),
                 .meaning = tr("%1 rows of %2 tables are under new keys, and agree with those that were read.")
                                .arg(number(report.rows), number(static_cast<std::int64_t>(report.tables))),
                 .submit = tr("Lock, and open the new workspace"),
                 .leave = tr("Stay here")},
                parent),
      m_folder(std::move(folder)) {
    for (const QString& words :
         {tr("It lies in %1.").arg(text(m_folder.string())),
          tr("Work there from now on, with the passphrases of before. Make new recovery sheets, new counts for readers "
             "and a new backup there."),
          tr("This folder is as it was: whoever has it and an old key opens it. When the new one has proved itself, "
             "keep or destroy this one and its backups as your rules say. It holds the audit log until today, a copy "
             "of which the new one has.")}) {
        auto* line = new TextLabel(words, TextRole::Body);
        line->wrap();
        add(line);
    }
    finish();
}

void RotatedDialog::send() { emit openRequested(m_folder); }

}  // namespace fairlead::ui
