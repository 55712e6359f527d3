// The menus of the MainWindow, and what needs no page.

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFile>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>

#include "ui/governance/posture_page.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/help/loaded_libraries.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/main_window.h"
#include "ui/shell/retention_work.h"
#include "ui/style/look.h"
#include "ui/style/page.h"

namespace fairlead::ui {

namespace {

constexpr int kTextStep = 25;
constexpr std::chrono::minutes kIdleChoices[] = {std::chrono::minutes(2), IdleLock::kUsual, std::chrono::minutes(10),
                                                 IdleLock::kLongest};

/// A page of Governance that has a key.
struct Governed {
    QString words;
    Qt::Key key;
    Page* (*page)(const Governance&);
};

std::vector<Governed> governedPages() {
    return {{MainWindow::tr("R&eleases"), Qt::Key_E, [](const Governance& all) -> Page* { return all.releases(); }},
            {MainWindow::tr("Re&tention"), Qt::Key_R,
             [](const Governance& all) -> Page* { return all.retention().page(); }},
            {MainWindow::tr("Protection"), Qt::Key_P, [](const Governance& all) -> Page* { return all.posture(); }}};
}

}  // namespace

void MainWindow::addDeskAction(QMenu* menu, Needs needs, const DeskAction& about) {
    QAction* action = menu->addAction(about.words, about.keys, this, [this, act = about.act] {
        if (m_desk != nullptr) {
            (m_desk->*act)();
        }
    });
    (needs == Needs::School ? m_schoolActions : m_deskActions).push_back(action);
}

void MainWindow::buildFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    menu->addAction(tr("&Open a workspace…"), QKeySequence(Qt::CTRL | Qt::Key_O), this, &MainWindow::chooseWorkspace);
    menu->addAction(tr("&New workspace…"), QKeySequence(Qt::CTRL | Qt::Key_N), this, &MainWindow::chooseNewWorkspace);
    menu->addSeparator();
    QAction* lockNow = menu->addAction(tr("&Lock now"), QKeySequence(Qt::CTRL | Qt::Key_L), this, [this] {
        if (m_desk != nullptr) {
            lock(tr("Locked. Enter the passphrase to go on."));
        }
    });
    m_deskActions.push_back(lockNow);
    addIdleMenu(menu);
    menu->addSeparator();
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
}

void MainWindow::addIdleMenu(QMenu* menu) {
    QMenu* list = menu->addMenu(tr("Lock when not &used for"));
    auto* group = new QActionGroup(this);
    for (const auto minutes : kIdleChoices) {
        QAction* action = list->addAction(tr("%1 minutes").arg(minutes.count()));
        action->setCheckable(true);
        group->addAction(action);
        connect(list, &QMenu::aboutToShow, action,
                [this, action, minutes] { action->setChecked(m_idle.limit() == minutes); });
        connect(action, &QAction::triggered, this, [this, minutes] {
            m_idle.setLimit(minutes);
            savePreferences();
        });
    }
}

void MainWindow::buildViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<Theme, QString> choices[] = {{Theme::FollowSystem, tr("&Follow system")},
                                                 {Theme::Light, tr("&Light")},
                                                 {Theme::Dark, tr("&Dark")},
                                                 {Theme::HighContrast, tr("&High contrast")}};
    for (const auto& [choice, words] : choices) {
        QAction* action = themes->addAction(words);
        action->setCheckable(true);
        action->setChecked(choice == theme());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choice] { setTheme(choice); });
        connect(&lookChanges(), &LookChanges::changed, action,
                [action, choice] { action->setChecked(choice == theme()); });
    }
    menu->addSeparator();
    QAction* larger = menu->addAction(tr("&Larger text"), this, [] { setTextPercent(textPercent() + kTextStep); });
    larger->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    menu->addAction(tr("&Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus), this,
                    [] { setTextPercent(textPercent() - kTextStep); });
    menu->addAction(tr("&Normal text"), QKeySequence(Qt::CTRL | Qt::Key_0), this,
                    [] { setTextPercent(kSmallestTextPercent); });
    menu->addSeparator();
    QAction* charts = menu->addAction(tr("&Chart or table"), QKeySequence(Qt::CTRL | Qt::Key_T), this,
                                      [this] { page()->toggleCharts(); });
    m_schoolActions.push_back(charts);
    addDeskAction(menu, Needs::School,
                  {tr("&Evidence beside a pupil's records"), QKeySequence(Qt::Key_F9), &Desk::toggleEvidence});
    addDeskAction(menu, Needs::School,
                  {tr("How a record &joined"), QKeySequence(Qt::CTRL | Qt::Key_J), &Desk::askHowJoined});
    addDeskAction(menu, Needs::School,
                  {tr("&Reveal or hide names…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), &Desk::toggleNames});
    menu->addSeparator();
    addDeskAction(menu, Needs::School,
                  {tr("&Save this view…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), &Desk::chooseViewName});
    addViewMenus(menu);
}

void MainWindow::addViewMenus(QMenu* menu) {
    const auto add = [&](const QString& title, void (*act)(Desk&, const ViewLine&)) {
        QMenu* list = menu->addMenu(title);
        m_deskActions.push_back(list->menuAction());
        connect(list, &QMenu::aboutToShow, this, [this, list, act] {
            list->clear();
            for (const ViewLine& view : m_desk == nullptr ? std::vector<ViewLine>() : m_desk->views()) {
                list->addAction(text(view.name), this, [this, view, act] { act(*m_desk, view); });
            }
            if (list->isEmpty()) {
                list->addAction(tr("No view is kept in this workspace"))->setEnabled(false);
            }
        });
    };
    add(tr("Saved &views"), [](Desk& desk, const ViewLine& view) { desk.openView(view); });
    add(tr("Re&move a saved view"), [](Desk& desk, const ViewLine& view) { desk.removeView(text(view.name)); });
}

void MainWindow::buildGoMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Go"));
    struct Target {
        QString words;
        Qt::Key key;
        void (Desk::*show)();
        bool ofSchool;
    };
    const Target targets[] = {{tr("School &overview"), Qt::Key_1, &Desk::showOverview, true},
                              {tr("&New indicators"), Qt::Key_2, &Desk::showNew, true},
                              {tr("&Families"), Qt::Key_3, &Desk::showFamilies, true},
                              {tr("P&eople"), Qt::Key_4, &Desk::showPeople, true},
                              {tr("&Schools"), Qt::Key_5, &Desk::showSchools, false},
                              {tr("&Indicators"), Qt::Key_6, &Desk::showRegister, false},
                              {tr("&Data sources"), Qt::Key_7, &Desk::showSources, false},
                              {tr("Data &quality"), Qt::Key_8, &Desk::showQuality, false}};
    for (const Target& target : targets) {
        addDeskAction(menu, target.ofSchool ? Needs::School : Needs::Workspace,
                      {target.words, QKeySequence(Qt::CTRL | target.key), target.show});
    }
    addDeskAction(menu, Needs::Workspace, {tr("&Audit log"), QKeySequence(Qt::CTRL | Qt::Key_9), &Desk::showAudit});
    addDeskAction(menu, Needs::Workspace,
                  {tr("&Users"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U), &Desk::showUsers});
    for (const Governed& one : governedPages()) {
        m_deskActions.push_back(
            menu->addAction(one.words, QKeySequence(Qt::CTRL | Qt::SHIFT | one.key), this, [this, page = one.page] {
                if (m_desk != nullptr) {
                    auto* governance = m_desk->findChild<Governance*>();
                    governance->open(page(*governance));
                }
            }));
    }
    menu->addSeparator();
    QAction* palette =
        menu->addAction(tr("&Go to or do…"), QKeySequence(Qt::CTRL | Qt::Key_K), this, [this] { openPalette(); });
    m_deskActions.push_back(palette);
    addDeskAction(menu, Needs::Workspace, {tr("&Back"), QKeySequence(Qt::ALT | Qt::Key_Left), &Desk::back});
    addDeskAction(menu, Needs::Workspace, {tr("For&ward"), QKeySequence(Qt::ALT | Qt::Key_Right), &Desk::forward});
    addDeskAction(menu, Needs::Workspace, {tr("&Up"), QKeySequence(Qt::ALT | Qt::Key_Up), &Desk::up});
    QAction* date =
        menu->addAction(tr("&As-at date"), QKeySequence(Qt::CTRL | Qt::Key_D), this, [this] { page()->focusDate(); });
    m_schoolActions.push_back(date);
    addDeskAction(menu, Needs::School,
                  {tr("&Compare dates"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), &Desk::showCompare});
    QAction* next = menu->addAction(tr("Next &part of the screen"), QKeySequence(Qt::Key_F6), this, [this] {
        if (m_desk != nullptr) {
            m_desk->nextRegion(true);
        }
    });
    QAction* previous =
        menu->addAction(tr("P&revious part of the screen"), QKeySequence(Qt::SHIFT | Qt::Key_F6), this, [this] {
            if (m_desk != nullptr) {
                m_desk->nextRegion(false);
            }
        });
    m_deskActions.push_back(next);
    m_deskActions.push_back(previous);
}

void MainWindow::buildDataMenus() {
    QMenu* dataMenu = menuBar()->addMenu(tr("&Data"));
    addDeskAction(dataMenu, Needs::Workspace, {tr("&Load extracts…"), {}, &Desk::chooseExtracts});
    addDeskAction(dataMenu, Needs::Workspace, {tr("Link &records now"), {}, &Desk::link});
    QMenu* briefing = menuBar()->addMenu(tr("&Briefing"));
    addDeskAction(briefing, Needs::School,
                  {tr("&Make DRAFT briefing…"), QKeySequence(Qt::CTRL | Qt::Key_B), &Desk::chooseBriefing});
    addDeskAction(dataMenu, Needs::Workspace,
                  {tr("&Jobs"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J), &Desk::toggleJobs});
    addDeskAction(dataMenu, Needs::Workspace, {tr("Read the &counts of all schools"), {}, &Desk::readGlance});
}

void MainWindow::buildHelpMenu() {
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    addDeskAction(help, Needs::Workspace, {tr("&Help for this page"), QKeySequence(Qt::Key_F1), &Desk::openHelp});
    addDeskAction(help, Needs::Workspace,
                  {tr("&Definition of this figure"), QKeySequence(Qt::CTRL | Qt::Key_F1), &Desk::openDefinition});
    help->addSeparator();
    addDeskAction(help, Needs::Workspace, {tr("&Learn: six modules"), {}, &Desk::openLearning});
    addDeskAction(help, Needs::Workspace, {tr("What is &new"), {}, &Desk::openChanges});
    help->addSeparator();
    help->addAction(tr("&About Fairlead"), this, &MainWindow::showAbout);
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(QMessageBox::Information, tr("About Fairlead"), QString(), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Fairlead %1").arg(QCoreApplication::applicationVersion()));
    const QStringList libraries = loadedLibraries();
    box->setInformativeText(
        tr("An offline workbench for school safeguarding reviews. It is free software under the GNU "
           "General Public License, version 3 or later.\n\n%1")
            .arg(networkStatement(libraries)));
    box->setDetailedText(libraries.join(QLatin1Char('\n')));
    box->open();
}

void MainWindow::openPalette() {
    std::vector<PaletteEntry> entries;
    for (const QAction* menu : menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (!action->isSeparator() && action->isEnabled() && action->menu() == nullptr) {
                entries.push_back({action->text().remove(QLatin1Char('&')),
                                   action->shortcut().toString(QKeySequence::NativeText),
                                   [action = QPointer<QAction>(action)] {
                                       if (action) {
                                           action->trigger();
                                       }
                                   }});
            }
        }
    }
    if (m_desk != nullptr) {
        m_desk->openPalette(std::move(entries));
    }
}

void MainWindow::openSynthetic() {
    const std::filesystem::path secretFile = m_makers.syntheticFolder / "passphrase";
    QFile file(text(secretFile.string()));
    const std::filesystem::path workspace = m_makers.syntheticFolder / "demo.fairlead";
    if (!file.open(QIODevice::ReadOnly)) {
        askToUnlock(workspace);
        return;
    }
    QByteArray bytes = file.readAll();
    while (bytes.endsWith('\n') || bytes.endsWith('\r')) {
        bytes.chop(1);
    }
    unlock(workspace,
           crypto::Secret::copyOf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
    bytes.fill('\0');
}

}  // namespace fairlead::ui
