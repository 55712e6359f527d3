// fairlead: the desktop program. Reads the options, makes the sessions' makers and the window, and starts.

#include <QApplication>
#include <QLibraryInfo>
#include <QSettings>
#include <QStandardPaths>
#include <cstdio>

#include "app/desktop/options.h"
#include "app/desktop/workspace_session.h"
#include "core/extract/reader_process.h"
#include "ui/shell/main_window.h"
#include "ui/shell/picture_tour.h"
#include "ui/text/explain.h"

using namespace fairlead;

namespace {

/// Nothing from outside chooses plugins, styles or themes of this program.
void closeTheEnvironment() {
    for (const char* name : {"QT_STYLE_OVERRIDE", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH",
                             "QT_QPA_PLATFORMTHEME", "QT_QPA_GENERIC_PLUGINS", "QT_DEBUG_PLUGINS", "QT_LOGGING_CONF"}) {
        qunsetenv(name);
    }
    // Plugins come from the installed Qt alone, never from the folder of the program or of a document.
    QCoreApplication::setLibraryPaths({QLibraryInfo::path(QLibraryInfo::PluginsPath)});
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
std::filesystem::path syntheticFolder(const desktop::Options& options) {
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

int takePictures(ui::MainWindow& window, const desktop::Options& options, crypto::Secret passphrase) {
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

}  // namespace

int main(int argc, char** argv) {
    if (const auto code = extract::readerMain(argc, argv)) {
        return *code;
    }
    closeTheEnvironment();
    // No file of settings for Qt: its file dialog would keep the folders that were visited in one.
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, QStringLiteral(":/none"));
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("fairlead"));
    QApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
    QString help;
    const auto options = desktop::readOptions(QApplication::arguments(), help);
    if (!options) {
        return complain(options.error());
    }
    if (!help.isEmpty()) {
        std::fputs(help.toUtf8().constData(), stdout);
        return 0;
    }
    const auto resources = desktop::findResources(options->resources);
    if (!resources) {
        return complain(resources.error());
    }
    ui::installLook(application);
    ui::MainWindow window(desktop::workspaceMakers({*resources, extract::thisProgram()},
                                                   std::make_shared<SystemClock>(), syntheticFolder(*options)));
    window.resize(1366, 768);
    if (options->screenshots.empty()) {
        window.keepPreferences(preferencesFile());
    }
    // What the command line asks for goes before what was kept.
    ui::setTheme(options->theme.value_or(ui::theme()));
    ui::setTextPercent(options->textPercent.value_or(ui::textPercent()));
    window.show();
    crypto::Secret passphrase;
    if (!options->passphraseFile.empty()) {
        auto read = desktop::passphraseFrom(options->passphraseFile);
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
    return QApplication::exec();
}
