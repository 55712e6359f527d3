#include "ui/governance/backup_dialogs.h"

#include <QLineEdit>

#include "ui/style/path_choice.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

BackupDialog::BackupDialog(const QString& name, TaskRunner& runner, QWidget* parent)
    : ActDialog({tr("Back up the workspace"),
                 tr("Every file is copied into a new folder, read back and compared. It opens with the passphrases of "
                    "now. Keep it on another disk."),
                 tr("Back up"), tr("Copying and comparing. It can be stopped; nothing is left of the copy then."),
                 tr("Stopped. There is no backup.")},
                parent),
      m_folder(new QLineEdit) {
    auto* limits = new TextLabel(
        tr("What is purged later, and who leaves later, stays in the backup: delete it when its time is over."),
        TextRole::Note, Ink::Secondary);
    limits->wrap();
    add(limits);
    addField(tr("New folder, outside the workspace"), m_folder,
             chooserOfNew(m_folder, {.title = tr("Choose where the backup goes"), .name = name}));
    follow(runner);
    finish();
    m_folder->setFocus(Qt::OtherFocusReason);
}

QString BackupDialog::missing() const {
    return m_folder->text().trimmed().isEmpty() ? tr("Choose a new folder for the backup.") : QString();
}

void BackupDialog::send() { emit submitted(pathOf(m_folder->text().trimmed())); }

RestoreDialog::RestoreDialog(TaskRunner& runner, QWidget* parent)
    : ActDialog({tr("Restore a backup"),
                 tr("Every file of the backup is compared with its list and copied into a new folder, which is a "
                    "workspace then. The backup stays as it is."),
                 tr("Restore"), tr("Comparing and copying."), tr("Stopped. Nothing was restored.")},
                parent),
      m_backup(new QLineEdit),
      m_folder(new QLineEdit) {
    addField(tr("Folder of the backup"), m_backup, chooserOfFolder(m_backup, tr("Choose the folder of the backup")));
    addField(tr("New workspace (NAME.fairlead)"), m_folder,
             chooserOfNew(m_folder, newWorkspace(tr("Choose where the workspace goes"))));
    follow(runner);
    finish();
    m_backup->setFocus(Qt::OtherFocusReason);
}

QString RestoreDialog::missing() const {
    if (m_backup->text().trimmed().isEmpty()) {
        return tr("Choose the folder of the backup.");
    }
    return m_folder->text().trimmed().endsWith(QStringLiteral(".fairlead"))
               ? QString()
               : tr("Choose a new folder whose name ends in .fairlead.");
}

void RestoreDialog::send() { emit submitted(pathOf(m_backup->text().trimmed()), pathOf(m_folder->text().trimmed())); }

}  // namespace fairlead::ui
