// Dialogs that ask for the place of a file or folder. They keep no list of what was chosen before.

#pragma once

#include <QString>
#include <filesystem>
#include <functional>

class QDialog;
class QLineEdit;
class QPushButton;
class QWidget;

namespace fairlead::ui {

/// What is to be written where somebody says.
struct NewPath {
    QString title;
    QString kinds{};   ///< "Text (*.txt)"; empty: any.
    QString ending{};  ///< "txt": added where nobody types one.
    QString name{};    ///< What it may be called.
};
/// What is done with the place that was chosen.
using PathTaken = std::function<void(const std::filesystem::path& path)>;

/// Asks where something is to be written; the dialog goes with `parent`, and `take` is not called then.
QDialog* chooseNew(QWidget* parent, const NewPath& wanted, const PathTaken& take);
/// Asks for a folder that is there; as chooseNew().
QDialog* chooseFolder(QWidget* parent, const QString& title, const PathTaken& take);

/// A button beside `field` whose dialog fills it in.
QPushButton* chooserOfNew(QLineEdit* field, const NewPath& wanted);
/// The same for a folder that is there.
QPushButton* chooserOfFolder(QLineEdit* field, const QString& title);
/// A workspace's folder that is to be made.
NewPath newWorkspace(const QString& title);

}  // namespace fairlead::ui
