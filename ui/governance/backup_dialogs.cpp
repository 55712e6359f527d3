#include "ui/governance/backup_dialogs.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

/// What a chosen folder is.
enum class Choice : std::uint8_t { IsThere, New, NewWorkspace };

/// A button that has a folder chosen for `field`; `name` is what a new one may be called.
QPushButton* chooserFor(QLineEdit* field, Choice choice, const QString& title, const QString& name = {}) {
    auto* button = new QPushButton(BackupDialog::tr("Choose…"));
    button->setAccessibleName(title);
    QObject::connect(button, &QPushButton::clicked, field, [field, choice, title, name] {
        auto* dialog = new QFileDialog(field->window(), title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        if (choice == Choice::IsThere) {
            dialog->setFileMode(QFileDialog::Directory);
            dialog->setOption(QFileDialog::ShowDirsOnly);
        } else {
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            dialog->selectFile(name);
        }
        if (choice == Choice::NewWorkspace) {
            dialog->setNameFilter(BackupDialog::tr("Workspace folder (*.fairlead)"));
            dialog->setDefaultSuffix(QStringLiteral("fairlead"));
        }
        QObject::connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
    });
    return button;
}

}  // namespace

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
             chooserFor(m_folder, Choice::New, tr("Choose where the backup goes"), name));
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
    addField(tr("Folder of the backup"), m_backup,
             chooserFor(m_backup, Choice::IsThere, tr("Choose the folder of the backup")));
    addField(tr("New workspace (NAME.fairlead)"), m_folder,
             chooserFor(m_folder, Choice::NewWorkspace, tr("Choose where the workspace goes")));
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
