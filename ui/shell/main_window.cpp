#include "ui/shell/main_window.h"

#include <QAction>
#include <QDateTime>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <tuple>

#include "core/base/stack.h"
#include "core/custody/upgrade.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/backup_dialogs.h"
#include "ui/governance/recover_dialog.h"
#include "ui/help/learn_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/navigation.h"
#include "ui/shell/session_watch.h"
#include "ui/shell/start_page.h"
#include "ui/shell/unlock_page.h"
#include "ui/style/clipboard.h"
#include "ui/style/look.h"
#include "ui/style/path_choice.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/task/jobs_dialog.h"

namespace fairlead::ui {

MainWindow::MainWindow(SessionMakers makers, IdleLock::Clock idleClock, QWidget* parent)
    : QMainWindow(parent), m_makers(std::move(makers)), m_idle(std::move(idleClock), this) {
    build();
    buildFileMenu();
    buildViewMenu();
    buildGoMenu();
    buildDataMenus();
    buildHelpMenu();
    connect(&m_idle, &IdleLock::expired, this, [this] {
        if (m_desk != nullptr) {
            lock(tr("Locked because nobody used it for a while. Enter the passphrase to go on."));
        } else {
            forgetTyped();
        }
    });
    followState();
    m_start->firstFocus()->setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow() { forgetCopies(); }

void MainWindow::follow(const SessionWatch& watch) {
    m_watch = &watch;
    connect(&watch, &SessionWatch::left, this, [this](SessionLeft why) {
        if (m_runner.isRunning()) {
            showStart();  // Being opened: it closes again.
        }
        if (m_desk == nullptr) {
            forgetTyped();
            return;
        }
        lock(why == SessionLeft::Suspending
                 ? tr("Locked because the computer went to sleep. Enter the passphrase to go on.")
             : why == SessionLeft::SwitchedAway
                 ? tr("Locked because somebody else used the screen. Enter the passphrase to go on.")
                 : tr("Locked with the screen. Enter the passphrase to go on."));
    });
}

void MainWindow::build() {
    setWindowTitle(tr("Fairlead"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/fairlead.svg")));
    m_start = new StartPage(!m_makers.syntheticFolder.empty());
    m_unlock = new UnlockPage(m_runner);
    m_runner.setTitle(tr("Opening the workspace"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_unlock);
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new MarkingBar);
    column->addWidget(m_stack, 1);
    setCentralWidget(whole);
    m_status = new TextLabel(QString(), TextRole::Note);
    m_status->setContentsMargins(6, 0, 6, 0);
    // The line may be longer than a narrow window; it must not keep the window wide.
    m_status->elide();
    m_jobs = new QToolButton;
    m_jobs->setAutoRaise(true);
    m_jobs->setFocusPolicy(Qt::TabFocus);
    m_jobs->setToolTip(tr("What was worked on since the workspace was opened (Ctrl+Shift+J)"));
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_jobs);
    statusBar()->setSizeGripEnabled(false);
    connect(m_jobs, &QToolButton::clicked, this, [this] {
        if (m_desk != nullptr) {
            m_desk->toggleJobs();
        }
    });
    connect(m_start, &StartPage::openRequested, this, &MainWindow::chooseWorkspace);
    connect(m_start, &StartPage::restoreRequested, this, &MainWindow::askToRestore);
    connect(m_start, &StartPage::newRequested, this, &MainWindow::chooseNewWorkspace);
    connect(m_start, &StartPage::syntheticRequested, this, &MainWindow::openSynthetic);
    connect(m_unlock, &UnlockPage::backRequested, this, &MainWindow::showStart);
    connect(m_unlock, &UnlockPage::keysFolderRequested, this, &MainWindow::chooseKeysFolder);
    connect(m_unlock, &UnlockPage::openSubmitted, this,
            [this] { unlock(m_unlock->folder(), m_unlock->takePassphrase()); });
    connect(m_unlock, &UnlockPage::recoveryRequested, this, &MainWindow::askForSheets);
    connect(m_unlock, &UnlockPage::upgradeSubmitted, this, &MainWindow::upgrade);
    connect(m_unlock, &UnlockPage::createSubmitted, this,
            [this](const NewWorkspaceRequest& request) { create(request, m_unlock->takePassphrase()); });
}

void MainWindow::keepPreferences(const QString& file) {
    m_preferencesFile = file;
    m_preferences = readPreferences(file);
    resize(m_preferences.window);
    setTheme(m_preferences.theme);
    setTextPercent(m_preferences.textPercent);
    m_idle.setLimit(std::chrono::minutes(m_preferences.lockMinutes));
    connect(&lookChanges(), &LookChanges::changed, this, &MainWindow::savePreferences);
}

void MainWindow::savePreferences() {
    m_preferences.theme = theme();
    m_preferences.textPercent = textPercent();
    m_preferences.lockMinutes = static_cast<int>(m_idle.limit().count());
    if (m_desk != nullptr && m_desk->hasOverview()) {
        std::tie(m_preferences.yearGroup, m_preferences.figure) = m_desk->filters();
        m_preferences.evidence = m_desk->pupil().isEvidenceShown();
    }
    if (!isMaximized()) {
        m_preferences.window = size();
    }
    writePreferences(m_preferencesFile, m_preferences);
}

void MainWindow::followTables() {
    for (DataTable* table : m_desk->tables()) {
        table->setHiddenColumns(m_preferences.hiddenColumns.value(table->objectName()));
        connect(table, &DataTable::columnsChanged, this, [this, table] {
            m_preferences.hiddenColumns[table->objectName()] = table->hiddenColumns();
            savePreferences();
        });
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    savePreferences();
    QMainWindow::closeEvent(event);
}

Page* MainWindow::page() const {
    return m_stack->currentWidget() == m_desk && m_desk != nullptr ? m_desk->page()
                                                                   : static_cast<Page*>(m_stack->currentWidget());
}

bool MainWindow::isBusy() const {
    return m_runner.isRunning() || m_restoreRunner.isRunning() || (m_desk != nullptr && m_desk->isBusy());
}

void MainWindow::showStart() {
    m_runner.cancel();
    m_stack->setCurrentWidget(m_start);
    m_start->firstFocus()->setFocus(Qt::OtherFocusReason);
    followState();
}

QStringList MainWindow::usersOf(const std::filesystem::path& folder) const {
    QStringList names;
    for (const std::string& name : m_makers.users ? m_makers.users(folder) : std::vector<std::string>()) {
        names.append(text(name));
    }
    return names;
}

void MainWindow::askToUnlock(const std::filesystem::path& folder, const QString& note) {
    m_folder = folder;
    m_unlock->askToOpen(folder, usersOf(folder), note);
    m_stack->setCurrentWidget(m_unlock);
    m_unlock->firstFocus()->setFocus(Qt::OtherFocusReason);
    followState();
}

void MainWindow::unlock(const std::filesystem::path& folder, crypto::Secret passphrase) {
    if (m_unlock->folder() != folder) {
        askToUnlock(folder);
    }
    m_stack->setCurrentWidget(m_unlock);
    m_unlock->setBusy(true);
    auto secret = std::make_shared<const crypto::Secret>(std::move(passphrase));
    using Opened = std::shared_ptr<Session>;
    m_runner.start<Opened>([open = m_makers.open, folder, secret, user = m_unlock->user().toStdString()](
                               TaskContext&) { return open(folder, *secret, user); },
                           [this, folder](Result<Opened> opened) { enter(std::move(opened), folder); });
}

void MainWindow::create(const NewWorkspaceRequest& request, crypto::Secret passphrase) {
    m_unlock->setBusy(true);
    auto secret = std::make_shared<const crypto::Secret>(std::move(passphrase));
    using Opened = std::shared_ptr<Session>;
    m_runner.start<Opened>(
        [make = m_makers.create, request, secret](TaskContext&) { return make(request, *secret); },
        [this, folder = request.folder](Result<Opened> opened) { enter(std::move(opened), folder); });
}

void MainWindow::upgrade(const UpgradeWanted& wanted) {
    m_unlock->setBusy(true);
    auto secret = std::make_shared<const crypto::Secret>(m_unlock->takePassphrase());
    using Opened = std::shared_ptr<Session>;
    m_runner.start<Opened>(
        [make = m_makers.upgrade, wanted, secret](TaskContext& task) { return make(wanted, *secret, task); },
        [this, to = wanted.to](Result<Opened> opened) { enter(std::move(opened), to); });
}

void MainWindow::askForSheets() {
    auto* form = new RecoverDialog(this);
    connect(form, &RecoverDialog::submitted, this, &MainWindow::recover);
    m_recovery.open(form);
}

void MainWindow::recover(const RecoveryWanted& wanted) {
    m_unlock->setBusy(true);
    m_runner.start<void>(
        [add = m_makers.recover, folder = m_folder, wanted](TaskContext&) {
            return add ? add(folder, wanted) : fail(ErrorCode::NotFound, "recovery");
        },
        [this, name = text(wanted.user)](Result<void> done) {
            m_unlock->setBusy(false);
            if (!done) {
                if (!m_recovery.showError(done.error())) {
                    m_unlock->showError(done.error());
                }
                return;
            }
            m_recovery.close();
            m_unlock->welcome(usersOf(m_folder), name,
                              tr("%1 may open the workspace now. Make new recovery sheets: these have "
                                 "been out.")
                                  .arg(name));
            m_unlock->firstFocus()->setFocus(Qt::OtherFocusReason);
        });
}

void MainWindow::forgetTyped() {
    m_unlock->takePassphrase();
    m_recovery.close();
}

void MainWindow::enter(Result<std::shared_ptr<Session>> opened, const std::filesystem::path& folder) {
    if (m_stack->currentWidget() != m_unlock) {
        return;  // The reader went back meanwhile: the workspace is closed again.
    }
    if (!opened) {
        m_unlock->setBusy(false);
        // Of a database: a header of an early version is read no more.
        const Error& error = opened.error();
        if (error.code == ErrorCode::OlderFormat && error.subject.ends_with(".db")) {
            m_unlock->askToUpgrade(custody::upgradedName(folder));
        } else {
            m_unlock->showError(error);
        }
        return;
    }
    m_folder = folder;
    m_idle.setGuarding(true);
    m_unlock->setBusy(false);
    m_desk = new Desk(std::move(*opened));
    auto* governance = m_desk->findChild<Governance*>();
    if (m_watch != nullptr) {
        governance->follow(*m_watch);
    }
    // The page that asks for it goes with the desk: not while it still asks.
    connect(
        governance, &Governance::workspaceRequested, this,
        [this](const std::filesystem::path& other) {
            lock();
            askToUnlock(other);
        },
        Qt::QueuedConnection);
    followTables();
    m_desk->learn().setDone(m_preferences.learnt);
    connect(&m_desk->learn(), &LearnPage::doneChanged, this, [this] {
        m_preferences.learnt = m_desk->learn().done();
        savePreferences();
    });
    m_desk->pupil().setEvidenceShown(m_preferences.evidence);
    m_desk->restoreFilters(m_preferences.yearGroup, m_preferences.figure);
    m_stack->addWidget(m_desk);
    m_stack->setCurrentWidget(m_desk);
    setWindowTitle(tr("%1 – Fairlead").arg(text(folder.filename().string())));
    connect(m_desk, &Desk::statusChanged, m_status, &QLabel::setText);
    connect(m_desk, &Desk::pageChanged, this, &MainWindow::followState);
    connect(&m_desk->jobs(), &JobsDialog::changed, this, [this] { m_jobs->setText(m_desk->jobs().inWords()); });
    followState();
    m_desk->begin();
}

void MainWindow::lock(const QString& note) {
    savePreferences();
    m_idle.setGuarding(false);
    // The desk goes at once, with all that it showed; its work is asked to stop and waited for.
    delete m_desk;
    m_desk = nullptr;
    forgetCopies();
    wipeUnusedStack();
    m_status->clear();
    setWindowTitle(tr("Fairlead"));
    m_unlock->askToOpen(m_folder, usersOf(m_folder), note);
    m_stack->setCurrentWidget(m_unlock);
    m_unlock->firstFocus()->setFocus(Qt::OtherFocusReason);
    followState();
}

void MainWindow::followState() {
    m_jobs->setVisible(m_desk != nullptr);
    m_jobs->setText(m_desk == nullptr ? QString() : m_desk->jobs().inWords());
    for (QAction* action : m_deskActions) {
        action->setEnabled(m_desk != nullptr);
    }
    for (QAction* action : m_schoolActions) {
        action->setEnabled(m_desk != nullptr && m_desk->hasOverview());
    }
}

void MainWindow::chooseWorkspace() {
    chooseFolder(this, tr("Open a workspace"), [this](const std::filesystem::path& folder) {
        if (m_desk != nullptr) {
            lock();
        }
        askToUnlock(folder);
    });
}

void MainWindow::chooseNewWorkspace() {
    chooseNew(this, newWorkspace(tr("New workspace")), [this](const std::filesystem::path& folder) {
        if (m_desk != nullptr) {
            lock();
        }
        m_unlock->askToCreate(folder);
        m_stack->setCurrentWidget(m_unlock);
        m_unlock->firstFocus()->setFocus(Qt::OtherFocusReason);
    });
}

void MainWindow::askToRestore() {
    auto* form = new RestoreDialog(m_restoreRunner, this);
    connect(form, &RestoreDialog::submitted, this, &MainWindow::restore);
    m_form.open(form);
}

void MainWindow::restore(const std::filesystem::path& backup, const std::filesystem::path& folder) {
    m_restoreRunner.setTitle(tr("Restoring a backup"));
    m_restoreRunner.start<custody::Backup>(
        [make = m_makers.restore, backup, folder](TaskContext& task) { return make(backup, folder, task); },
        [this, folder](Result<custody::Backup> restored) {
            if (!restored) {
                m_form.showError(restored.error());
                return;
            }
            m_form.close();
            askToUnlock(
                folder,
                tr("Restored as of %1. It opens with the passphrases of then. What was purged since is "
                   "in it again: look at Retention.")
                    .arg(QDateTime::fromMSecsSinceEpoch(restored->atMs).toString(QStringLiteral("dd/MM/yyyy HH:mm"))));
        });
}

void MainWindow::chooseKeysFolder() {
    chooseFolder(this, tr("Folder of the agencies' keys"),
                 [this](const std::filesystem::path& folder) { m_unlock->setKeysFolder(folder); });
}

}  // namespace fairlead::ui
