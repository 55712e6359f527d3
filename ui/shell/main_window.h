// MainWindow: menu bar, marking bar, one of start page, unlock page or desk, status bar.

#pragma once

#include <QKeySequence>
#include <QMainWindow>
#include <filesystem>

#include "ui/governance/act_dialog.h"
#include "ui/shell/idle_lock.h"
#include "ui/shell/preferences.h"
#include "ui/shell/session.h"
#include "ui/task/task_runner.h"

class QAction;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace fairlead::ui {

class Desk;
class Page;
class SessionWatch;
class StartPage;
class TextLabel;
class UnlockPage;

/// The window of the program.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// `idleClock`: by which the window notices that nobody uses it; empty is the computer's.
    explicit MainWindow(SessionMakers makers, IdleLock::Clock idleClock = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Takes over how the program looked last time, and writes every change of it to this file from now on.
    void keepPreferences(const QString& file);
    /// Asks for the passphrase of a workspace; `note` says why.
    void askToUnlock(const std::filesystem::path& folder, const QString& note = {});
    /// Opens a workspace with a passphrase that is known (--passphrase-file, the demo).
    void unlock(const std::filesystem::path& folder, crypto::Secret passphrase);
    /// Closes the workspace and asks for its passphrase; `note` says why.
    void lock(const QString& note = {});
    /// Locks whenever the desktop's session is left; the watch must live as long as the window.
    void follow(const SessionWatch& watch);
    /// The start page.
    void showStart();

    /// The desk of the open workspace; null while it is locked.
    [[nodiscard]] Desk* desk() const { return m_desk; }
    /// The page that is shown.
    [[nodiscard]] Page* page() const;
    /// True while a workspace is being opened, or its desk works.
    [[nodiscard]] bool isBusy() const;

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void buildFileMenu();
    void addIdleMenu(QMenu* menu);
    void buildViewMenu();
    void addViewMenus(QMenu* menu);
    void buildGoMenu();
    void buildDataMenus();
    void buildHelpMenu();
    void followState();
    void followTables();
    void savePreferences();
    void openPalette();
    void showAbout();
    void chooseWorkspace();
    void chooseNewWorkspace();
    void chooseKeysFolder();
    void askToRestore();
    void restore(const std::filesystem::path& backup, const std::filesystem::path& folder);
    void create(const NewWorkspaceRequest& request, crypto::Secret passphrase);
    void upgrade(const UpgradeWanted& wanted);
    [[nodiscard]] QStringList usersOf(const std::filesystem::path& folder) const;
    void enter(Result<std::shared_ptr<Session>> opened, const std::filesystem::path& folder);
    void openSynthetic();
    void askForSheets();
    void recover(const RecoveryWanted& wanted);
    /// Whatever was typed to open a workspace.
    void forgetTyped();
    /// Something that the desk does, in a menu.
    struct DeskAction {
        QString words;
        QKeySequence keys;
        void (Desk::*act)();
    };
    /// What must be open for it.
    enum class Needs { Workspace, School };
    void addDeskAction(QMenu* menu, Needs needs, const DeskAction& about);

    SessionMakers m_makers;
    QString m_preferencesFile;
    Preferences m_preferences;
    TaskRunner m_runner;
    TaskRunner m_restoreRunner;
    IdleLock m_idle;
    std::filesystem::path m_folder;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    UnlockPage* m_unlock = nullptr;
    Desk* m_desk = nullptr;
    ActForm m_form;      ///< Of the start page.
    ActForm m_recovery;  ///< Of the unlock page.
    TextLabel* m_status = nullptr;
    QToolButton* m_jobs = nullptr;
    const SessionWatch* m_watch = nullptr;  ///< Null where nobody listens to the desktop's session.
    std::vector<QAction*> m_deskActions;    ///< Need an open workspace.
    std::vector<QAction*> m_schoolActions;  ///< Need an open school.
};

}  // namespace fairlead::ui
