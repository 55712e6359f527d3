#include "app/desktop/options.h"

#include <QCommandLineParser>
#include <QFile>
#include <algorithm>
#include <cstdlib>
#include <vector>

namespace fairlead::desktop {

namespace {

std::filesystem::path pathOf(const QString& name) { return {name.toStdString()}; }

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(QStringLiteral("An offline workbench for school safeguarding reviews."));
    parser.addPositionalArgument(QStringLiteral("WORKSPACE"), QStringLiteral("Folder of a workspace (NAME.fairlead)."),
                                 QStringLiteral("[WORKSPACE]"));
    const auto add = [&](const char* name, const char* words, const char* value) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(words), QString::fromLatin1(value)});
    };
    add("demo", "Open the synthetic workspace that installer/demo.sh made in this folder.", "DIR");
    add("passphrase-file", "File with the passphrase in its first line.", "FILE");
    add("theme", "light, dark, high-contrast or system.", "THEME");
    add("text-size", "Size of text in per cent, 100 to 200.", "PERCENT");
    add("screenshots", "Save pictures of the pages in this folder and end.", "DIR");
    add("school", "School of the pictures: its URN.", "URN");
    add("as-at", "Day of the pictures: YYYY-MM-DD.", "DATE");
    add("resources", "Folder with indicators, gateways, fonts and models.", "DIR");
    parser.addOption(
        {QStringLiteral("remote-display"),
         QStringLiteral("Allow a screen that is reached over a network (ssh -X); off, no such socket opens.")});
    parser.addHelpOption();
    parser.addVersionOption();
}

Result<ui::Theme> themeOf(const QString& name) {
    if (name == QLatin1String("light")) {
        return ui::Theme::Light;
    }
    if (name == QLatin1String("high-contrast")) {
        return ui::Theme::HighContrast;
    }
    if (name == QLatin1String("dark")) {
        return ui::Theme::Dark;
    }
    if (name == QLatin1String("system")) {
        return ui::Theme::FollowSystem;
    }
    return fail(ErrorCode::InvalidArgument, "--theme", "light, dark, high-contrast or system");
}

}  // namespace

Result<Options> readOptions(const QStringList& arguments, QString& help) {
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments)) {
        return fail(ErrorCode::InvalidArgument, "The command line", parser.errorText().toStdString());
    }
    if (parser.isSet(QStringLiteral("help"))) {
        help = parser.helpText();
        return Options{};
    }
    if (parser.isSet(QStringLiteral("version"))) {
        help = QStringLiteral("fairlead %1\n").arg(QCoreApplication::applicationVersion());
        return Options{};
    }
    const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
    Options options;
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1) {
        return fail(ErrorCode::InvalidArgument, "The command line", "more than one workspace");
    }
    options.workspace = positional.isEmpty() ? std::filesystem::path() : pathOf(positional.first());
    options.demo = pathOf(value("demo"));
    options.passphraseFile = pathOf(value("passphrase-file"));
    options.screenshots = pathOf(value("screenshots"));
    options.resources = pathOf(value("resources"));
    if (parser.isSet(QStringLiteral("theme"))) {
        FAIRLEAD_TRY(options.theme, themeOf(value("theme")));
    }
    if (parser.isSet(QStringLiteral("text-size"))) {
        options.textPercent = value("text-size").toInt();
        if (*options.textPercent < ui::kSmallestTextPercent || *options.textPercent > ui::kLargestTextPercent) {
            return fail(ErrorCode::InvalidArgument, "--text-size", "a number from 100 to 200");
        }
    }
    if (parser.isSet(QStringLiteral("school"))) {
        options.school = record::SchoolUrn{value("school").toLongLong()};
    }
    if (parser.isSet(QStringLiteral("as-at"))) {
        options.asAt = Date::fromIso(value("as-at").toStdString());
        if (!options.asAt) {
            return fail(ErrorCode::InvalidArgument, "--as-at", "a day as YYYY-MM-DD");
        }
    }
    if (!options.demo.empty()) {
        options.workspace = options.demo / "demo.fairlead";
        options.passphraseFile = options.demo / "passphrase";
    }
    return options;
}

Result<crypto::Secret> passphraseFrom(const std::filesystem::path& path) {
    QFile file(ui::text(path.string()));
    if (!file.exists()) {
        return fail(ErrorCode::NotFound, path.string());
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, path.string(), file.errorString().toStdString());
    }
    QByteArray line = file.readLine();
    while (line.endsWith('\n') || line.endsWith('\r')) {
        line.chop(1);
    }
    auto secret = crypto::Secret::copyOf(std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
    line.fill('\0');
    return secret;
}

Result<std::filesystem::path> findResources(const std::filesystem::path& option) {
    std::error_code ignored;
    std::vector<std::filesystem::path> places;
    if (!option.empty()) {
        places.push_back(option);
    } else {
        if (const char* variable = std::getenv("FAIRLEAD_RESOURCES"); variable != nullptr) {
            places.emplace_back(variable);
        }
        const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
        places.push_back(program / "resources");
        places.push_back(program / ".." / "share" / "fairlead");
#ifdef FAIRLEAD_SOURCE_RESOURCES
        places.emplace_back(FAIRLEAD_SOURCE_RESOURCES);
#endif
    }
    for (const auto& place : places) {
        if (std::filesystem::is_directory(place / "indicators", ignored)) {
            return std::filesystem::weakly_canonical(place, ignored);
        }
    }
    return fail(ErrorCode::NotFound, "The resources folder", "give --resources or FAIRLEAD_RESOURCES");
}

}  // namespace fairlead::desktop
