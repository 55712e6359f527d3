#include "ui/style/path_choice.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("PathChoice", english); }

QDialog* opened(QFileDialog* dialog, const PathTaken& take) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [take](const QString& name) { take(pathOf(name)); });
    dialog->open();
    return dialog;
}

QPushButton* chooser(const QString& title) {
    auto* button = new QPushButton(tr("Choose…"));
    button->setAccessibleName(title);
    return button;
}

}  // namespace

QDialog* chooseNew(QWidget* parent, const NewPath& wanted, const PathTaken& take) {
    auto* dialog = new QFileDialog(parent, wanted.title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (!wanted.kinds.isEmpty()) {
        dialog->setNameFilter(wanted.kinds);
    }
    dialog->setDefaultSuffix(wanted.ending);
    if (!wanted.name.isEmpty()) {
        dialog->selectFile(wanted.name);
    }
    return opened(dialog, take);
}

QDialog* chooseFolder(QWidget* parent, const QString& title, const PathTaken& take) {
    auto* dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    return opened(dialog, take);
}

QPushButton* chooserOfNew(QLineEdit* field, const NewPath& wanted) {
    auto* button = chooser(wanted.title);
    QObject::connect(button, &QPushButton::clicked, field, [field, wanted] {
        chooseNew(field, wanted, [field](const std::filesystem::path& path) { field->setText(text(path.string())); });
    });
    return button;
}

QPushButton* chooserOfFolder(QLineEdit* field, const QString& title) {
    auto* button = chooser(title);
    QObject::connect(button, &QPushButton::clicked, field, [field, title] {
        chooseFolder(field, title, [field](const std::filesystem::path& path) { field->setText(text(path.string())); });
    });
    return button;
}

NewPath newWorkspace(const QString& title) {
    return {title, tr("Workspace folder (*.fairlead)"), QStringLiteral("fairlead")};
}

}  // namespace fairlead::ui
