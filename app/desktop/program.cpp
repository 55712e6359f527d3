#include "app/desktop/program.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include "app/desktop/options.h"
#include "app/desktop/workspace_session.h"
#include "core/extract/reader_process.h"
#include "core/worker/own_process.h"
#include "ui/shell/main_window.h"
#include "ui/shell/picture_tour.h"
#include "ui/shell/session_watch.h"
#include "ui/text/explain.h"

namespace fairlead::desktop {

namespace {

/// Nothing from outside chooses plugins, styles or themes of this program, and no library writes down what was opened.
void closeTheEnvironment() {
    for (const char* name :
         {"QT_STYLE_OVERRIDE", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME",
          "QT_QPA_GENERIC_PLUGINS", "QT_DEBUG_PLUGINS", "QT_LOGGING_CONF", "QT_LOGGING_RULES"}) {
        qunsetenv(name);
    }
    // Plugins come from the installed Qt alone, never from the folder of the program or of a document.
    QCoreApplication::setLibraryPaths({QLibraryInfo::path(QLibraryInfo::PluginsPath)});
    // No file of settings for Qt: its file dialog would keep the folders that were visited in one.
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, QStringLiteral(":/none"));
    // Nor another toolkit's dialogs: theirs keep lists of recent files.
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

QStringList wordsOf(std::span<char*> arguments) {
    QStringList words;
    for (const char* word : arguments) {
        words << QString::fromLocal8Bit(word);
    }
    return words;
}

int complain(const Error& error) {
    const std::string words = text::paragraph(text::explain(error));
    std::fprintf(stderr, "fairlead: %s\n", words.c_str());
    if (!error.detail.empty()) {
        std::fprintf(stderr, "  detail: %s\n", error.detail.c_str());
    }
    return 2;
}

/// The folder that installer/demo.sh uses when it is not told another; empty when there is nothing in it.
std::filesystem::path syntheticFolder(const Options& options) {
    std::filesystem::path folder = options.demo;
    if (folder.empty()) {
        const char* data = std::getenv("XDG_DATA_HOME");
        const char* home = std::getenv("HOME");
        if (data == nullptr && home == nullptr) {
            return {};
        }
        folder = data != nullptr ? std::filesystem::path(data) : std::filesystem::path(home) / ".local" / "share";
        folder /= "fairlead-demo";
    }
    std::error_code ignored;
    return std::filesystem::is_directory(folder / "demo.fairlead", ignored) ? folder : std::filesystem::path();
}

/// Where the look is kept: theme, size of text and window, hidden columns. Nothing of a workspace.
QString preferencesFile() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return folder.isEmpty() ? QString() : folder + QStringLiteral("/fairlead/look.ini");
}

int takePictures(ui::MainWindow& window, const Options& options, crypto::Secret passphrase) {
    ui::TourPlan plan{options.screenshots, options.workspace, std::move(passphrase), options.school, options.asAt};
    ui::PictureTour tour(window, std::move(plan));
    bool complete = false;
    QObject::connect(&tour, &ui::PictureTour::finished, qApp, [&complete](int saved, bool whole) {
        std::fprintf(stderr, "fairlead: %d pictures saved\n", saved);
        complete = whole;
        QCoreApplication::quit();
    });
    tour.start();
    QCoreApplication::exec();
    if (!complete) {
        std::fprintf(stderr, "fairlead: not every page could be reached\n");
    }
    return complete ? 0 : 1;
}

constexpr std::string_view kRemoteDisplay = "--remote-display";
constexpr const char* kRemoteDisplayRefused =
    "fairlead: the screen is reached over a network (DISPLAY names a computer, as ssh -X does), and the program\n"
    "  makes no network connection. Start it at the computer of the screen; or with --remote-display, without that\n"
    "  promise: then everything on the screen travels over that network.\n";

/// Whether an X server is wanted that is not reached by a socket of this computer.
bool isRemoteDisplay() {
    const auto value = [](const char* name) {
        const char* text = std::getenv(name);
        return std::string_view(text != nullptr ? text : "");
    };
    const std::string_view display = value("DISPLAY");
    const std::string_view platform = value("QT_QPA_PLATFORM");
    const bool isX = platform.starts_with("xcb") || (platform.empty() && value("WAYLAND_DISPLAY").empty());
    return isX && !display.empty() && !display.starts_with(':') && !display.starts_with("unix:") &&
           !display.starts_with('/');
}

/// Before anything else. False, and a sentence said, where the screen is behind a network and nobody allowed that.
bool limitProgram(std::span<char*> words, bool traceable) {
    if (!worker::shedForeignCode(words.data())) {
        std::fputs("fairlead: LD_PRELOAD or the like is set, and the program cannot be started without it\n", stderr);
        return false;
    }
    const bool isRemote = isRemoteDisplay();
    const bool isAllowed = std::ranges::any_of(words, [](std::string_view word) { return word == kRemoteDisplay; });
    if (isRemote && !isAllowed) {
        std::fputs(kRemoteDisplayRefused, stderr);
        return false;
    }
    worker::limitOwnProcess({.traceable = traceable, .network = isRemote});
    return true;
}

}  // namespace

int runProgram(int argc, char** argv, const Hooks& hooks) {
    if (!limitProgram({argv, static_cast<std::size_t>(argc)}, hooks.traceable)) {
        return 2;
    }
    closeTheEnvironment();
    // Qt has options of its own, for style sheets, plugins and their folders: it gets the program's name alone.
    int nameAlone = 1;
    QApplication application(nameAlone, argv);
    QApplication::setApplicationName(QStringLiteral("fairlead"));
    QApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
    QString help;
    const auto options = readOptions(wordsOf({argv, static_cast<std::size_t>(argc)}), help);
    if (!options) {
        return complain(options.error());
    }
    if (!help.isEmpty()) {
        std::fputs(help.toUtf8().constData(), stdout);
        return 0;
    }
    const auto resources = findResources(options->resources);
    if (!resources) {
        return complain(resources.error());
    }
    ui::installLook(application);
    ui::MainWindow window(workspaceMakers({*resources, extract::thisProgram()}, std::make_shared<SystemClock>(),
                                          syntheticFolder(*options)));
    window.resize(1366, 768);
    const ui::SessionWatch watch;
    window.follow(watch);
    if (options->screenshots.empty()) {
        window.keepPreferences(preferencesFile());
    }
    // What the command line asks for goes before what was kept.
    ui::setTheme(options->theme.value_or(ui::theme()));
    ui::setTextPercent(options->textPercent.value_or(ui::textPercent()));
    window.show();
    crypto::Secret passphrase;
    if (!options->passphraseFile.empty()) {
        auto read = passphraseFrom(options->passphraseFile);
        if (!read) {
            return complain(read.error());
        }
        passphrase = std::move(*read);
    }
    if (!options->screenshots.empty()) {
        return takePictures(window, *options, std::move(passphrase));
    }
    if (!options->workspace.empty()) {
        if (passphrase.isEmpty()) {
            window.askToUnlock(options->workspace);
        } else {
            window.unlock(options->workspace, std::move(passphrase));
        }
    }
    if (hooks.started) {
        hooks.started(window);
    }
    return QApplication::exec();
}

}  // namespace fairlead::desktop
