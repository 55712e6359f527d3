// A day at the desktop for tests/residue/day.py: the desktop program with somebody at its keyboard. New workspace,
// load, link, look at everything, reveal names, briefing, table, lock. The passphrase comes as the first line of the
// standard input, a character at a time, and is nowhere in this program. FAIRLEAD_DAY names the folder of the day.

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDrag>
#include <QEventLoop>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTextEdit>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

#include "app/desktop/program.h"
#include "core/extract/reader_process.h"
#include "ui/governance/pairs_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/main_window.h"
#include "ui/style/page.h"
#include "ui/style/passphrase_edit.h"
#include "ui/table/data_table.h"

namespace {

using namespace fairlead::ui;

constexpr int kPatienceMs = 300'000;

[[noreturn]] void giveUp(const QString& what) {
    std::fprintf(stderr, "the day failed: %s\n", qPrintable(what));
    std::fflush(stderr);
    ::_exit(3);
}

void waitFor(const QString& what, const std::function<bool()>& holds) {
    if (!QTest::qWaitFor(holds, kPatienceMs)) {
        giveUp(what);
    }
}

/// A character of the standard input, straight from the system: no buffer keeps it.
char nextCharacter() {
    char character = 0;
    if (::read(STDIN_FILENO, &character, 1) != 1) {
        giveUp(QStringLiteral("no passphrase came"));
    }
    return character;
}

/// Somebody at the keyboard of the window.
class Day {
public:
    explicit Day(MainWindow& window) : m_window(window), m_folder(QString::fromLocal8Bit(qgetenv("FAIRLEAD_DAY"))) {}

    void run() {
        createWorkspace();
        loadAndLink();
        watchCopies();
        lookAround();
        writeFiles();
        lock();
    }

private:
    template <typename T>
    T* named(const QString& words) const {
        for (T* found : m_window.findChildren<T*>()) {
            if (found->isVisible() && (found->accessibleName() == words || textOf(found).remove('&') == words)) {
                return found;
            }
        }
        giveUp(words);
    }
    static QString textOf(const QAbstractButton* button) { return button->text(); }
    static QString textOf(const QWidget*) { return {}; }

    void choose(const QString& words) {
        for (QAction* action : m_window.findChildren<QAction*>()) {
            if (action->text().remove('&') == words) {
                action->trigger();
                return;
            }
        }
        giveUp(words);
    }
    void settle() {
        waitFor(QStringLiteral("the work ends"), [this] { return !m_window.isBusy(); });
        QTest::qWait(30);
    }
    void click(const QString& words) {
        QTest::mouseClick(named<QPushButton>(words), Qt::LeftButton);
        settle();
    }
    /// Types into the file dialog that is open, and takes that.
    void answerDialog(const QString& folder, const QString& typed) {
        QFileDialog* dialog = nullptr;
        waitFor(QStringLiteral("a file dialog"), [&] {
            dialog = m_window.findChild<QFileDialog*>();
            return dialog != nullptr && dialog->isVisible();
        });
        dialog->setDirectory(folder);
        QTest::qWait(50);
        auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        field->setText(typed);
        QTest::keyClick(field, Qt::Key_Return);
        waitFor(QStringLiteral("the dialog takes ") + typed,
                [this] { return m_window.findChild<QFileDialog*>() == nullptr; });
        settle();
    }
    void createWorkspace() {
        choose(QStringLiteral("New workspace…"));
        answerDialog(m_folder, QStringLiteral("day.fairlead"));
        QTest::keyClicks(named<QLineEdit>(QStringLiteral("Your name or role, as the audit log shows it")),
                         QStringLiteral("Analyst"));
        QTest::mouseClick(named<QPushButton>(QStringLiteral("Choose the folder of the agencies' keys")),
                          Qt::LeftButton);
        answerDialog(m_folder + QStringLiteral("/city"), QStringLiteral("keys"));
        auto* first = named<PassphraseEdit>(QStringLiteral("Passphrase"));
        auto* second = named<PassphraseEdit>(QStringLiteral("Passphrase again"));
        for (char character = nextCharacter(); character != '\n'; character = nextCharacter()) {
            QTest::keyClick(first, character);
            QTest::keyClick(second, character);
        }
        click(QStringLiteral("Create"));
        waitFor(QStringLiteral("the workspace opens"), [this] { return m_window.desk() != nullptr; });
        settle();
    }
    void loadAndLink() {
        QDir extracts(m_folder + QStringLiteral("/city/extracts"));
        QStringList names;
        for (const QString& name : extracts.entryList({QStringLiteral("*.fxt")}, QDir::Files, QDir::Name)) {
            names << QLatin1Char('"') + name + QLatin1Char('"');
        }
        choose(QStringLiteral("Data sources"));
        settle();
        QTest::mouseClick(named<QPushButton>(QStringLiteral("Load extracts…")), Qt::LeftButton);
        answerDialog(extracts.path(), names.join(QLatin1Char(' ')));
        click(QStringLiteral("Load %1 files").arg(names.size()));
        click(QStringLiteral("Link records now"));
    }
    void reveal() {
        choose(QStringLiteral("Reveal or hide names…"));
        giveReason();
    }
    void giveReason() {
        QPlainTextEdit* field = nullptr;
        waitFor(QStringLiteral("the question for a reason"), [&] {
            for (QPlainTextEdit* found : m_window.findChildren<QPlainTextEdit*>()) {
                field = found->isVisible() && !found->isReadOnly() ? found : field;
            }
            return field != nullptr;
        });
        QTest::keyClicks(field, QStringLiteral("referral of the school this week"));
        click(QStringLiteral("Reveal names"));
        settle();
    }
    /// Says each time when something was put where other programs can paste it from, and lets them.
    void watchCopies() {
        QObject::connect(QApplication::clipboard(), &QClipboard::changed, &m_window, [this] { ++m_copies; });
    }
    void afterCopies() {
        QCoreApplication::processEvents();
        if (std::exchange(m_copies, 0) > 0) {
            pause("copied");
        }
    }
    /// Everything that somebody might try on a widget: select all and copy by key, select with the mouse, drag.
    void tryToCopy(QWidget* widget) {
        widget->setFocus(Qt::OtherFocusReason);
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        for (const auto& [key, with] : {std::pair(Qt::Key_C, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                        std::pair(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier),
                                        std::pair(Qt::Key_Insert, Qt::KeyboardModifiers(Qt::ControlModifier))}) {
            QTest::keyClick(widget, key, with);
            afterCopies();
        }
        auto* view = qobject_cast<QAbstractScrollArea*>(widget);
        QWidget* pressed = view != nullptr ? view->viewport() : widget;
        for (int turn = 0; turn < 2; ++turn) {  // The second time on what the first selected.
            dragAcross(*pressed);
            afterCopies();
        }
    }
    void dragAcross(QWidget& widget) {
        QTimer::singleShot(0, &m_window, [this] {
            if (const auto* drag = m_window.findChild<QDrag*>()) {
                giveUp(QStringLiteral("nothing can be dragged out of ") + drag->parent()->metaObject()->className() +
                       QLatin1Char(' ') + drag->mimeData()->formats().join(QLatin1Char(' ')));
            }
        });
        const QPoint from(6, std::min(10, widget.height() / 2));
        const QPoint to(widget.width() - 6, widget.height() - 2);
        const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButton button, Qt::MouseButtons held) {
            QMouseEvent event(type, at, widget.mapToGlobal(at), button, held, Qt::NoModifier);
            QApplication::sendEvent(&widget, &event);
        };
        send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
        send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton);
        send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton);
        // Released outside: nothing is chosen by it.
        send(QEvent::MouseButtonRelease, QPoint(-50, -50), Qt::LeftButton, Qt::NoButton);
    }
    void tryToCopyPage() {
        std::vector<QPointer<QWidget>> tried;
        for (QWidget* widget : m_window.page()->findChildren<QWidget*>()) {
            const auto* label = qobject_cast<QLabel*>(widget);
            const bool holdsText =
                qobject_cast<QAbstractItemView*>(widget) != nullptr || qobject_cast<QTextEdit*>(widget) != nullptr ||
                qobject_cast<QPlainTextEdit*>(widget) != nullptr || qobject_cast<QLineEdit*>(widget) != nullptr ||
                (label != nullptr && label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
            if (widget->isVisible() && holdsText) {
                tried.emplace_back(widget);
            }
        }
        for (const auto& widget : tried) {
            if (widget != nullptr && widget->isVisible()) {
                tryToCopy(widget);
            }
        }
    }
    void lookAround() {
        Desk& desk = *m_window.desk();
        const std::vector<std::function<void()>> places = {
            [&] { desk.showNew(); },      [&] { desk.showFamilies(); },
            [&] { desk.showPeople(); },   [&] { desk.openFigure(desk.largestFigure()); },
            [&] { desk.showCompare(); },  [&] { desk.openFirstPupil(); },
            [&] { desk.askHowJoined(); }, [&] { desk.showRegister(); },
            [&] { desk.showQuality(); },  [&] { desk.showAudit(); },
            [&] { desk.showUsers(); },    [&] { desk.showOverview(); }};
        desk.openSchool(desk.largestSchool());
        settle();
        reveal();
        for (const auto& go : places) {
            go();
            settle();
            m_window.grab();  // Draws it, also where nobody looks.
            tryToCopyPage();
        }
    }
    void writeFiles() {
        choose(QStringLiteral("Reveal or hide names…"));  // Files hold no names.
        settle();
        choose(QStringLiteral("Make DRAFT briefing…"));
        answerDialog(m_folder + QStringLiteral("/exports"), QStringLiteral("briefing.pdf"));
        m_window.desk()->showPeople();
        settle();
        auto* table = m_window.page()->findChild<DataTable*>();
        table->setFocus();
        table->selectAll();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);  // Pseudonyms may be copied.
        afterCopies();
        emit table->exportRequested(table->sheet());
        answerDialog(m_folder + QStringLiteral("/exports"), QStringLiteral("people.csv"));
    }
    void reviewPair() {
        auto* governance = m_window.desk()->findChild<Governance*>();
        governance->open(governance->pairs());
        settle();
        auto* table = m_window.page()->findChild<DataTable*>();
        if (table->allRows() == 0) {
            giveUp(QStringLiteral("no pair waits for a reader"));
        }
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        giveReason();
        if (!table->sheet().holdsNames) {
            giveUp(QStringLiteral("the two records of the pair"));
        }
        m_window.grab();
        tryToCopyPage();
    }
    /// Says where the day is and stands still until a line comes; the program goes on drawing.
    static void pause(const char* word) {
        std::puts(word);
        std::fflush(stdout);
        QEventLoop loop;
        std::thread reader([&loop] {
            while (nextCharacter() != '\n') {
            }
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        });
        loop.exec();
        reader.join();
    }
    void lock() {
        choose(QStringLiteral("Reveal or hide names…"));  // The reason was given in this sitting.
        settle();
        m_window.desk()->showPeople();
        settle();
        m_window.desk()->openFirstPupil();
        settle();
        tryToCopyPage();
        reviewPair();
        pause("open");
        choose(QStringLiteral("Lock now"));
        waitFor(QStringLiteral("the lock"), [this] { return m_window.desk() == nullptr; });
        pause("locked");
        choose(QStringLiteral("Quit"));
    }

    MainWindow& m_window;
    QString m_folder;
    int m_copies = 0;  ///< Changes of the clipboard or the selection that nobody looked at yet.
};

}  // namespace

int main(int argc, char** argv) {
    if (const auto code = fairlead::extract::readerMain(argc, argv)) {
        return *code;
    }
    // Where the tests are not the administrator's they look from outside only where the program lets them.
    fairlead::desktop::Hooks hooks;
    hooks.traceable = qEnvironmentVariableIsSet("FAIRLEAD_DAY_TRACEABLE");
    hooks.started = [](MainWindow& window) { QTimer::singleShot(0, &window, [&window] { Day(window).run(); }); };
    return fairlead::desktop::runProgram(argc, argv, hooks);
}
