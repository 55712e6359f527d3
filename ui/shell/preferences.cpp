#include "ui/shell/preferences.h"

#include <QSettings>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/shell/idle_lock.h"

namespace fairlead::ui {

namespace {

constexpr std::array<std::pair<Theme, const char*>, 4> kThemes{{{Theme::FollowSystem, "system"},
                                                                {Theme::Light, "light"},
                                                                {Theme::Dark, "dark"},
                                                                {Theme::HighContrast, "high-contrast"}}};
constexpr QSize kSmallestWindow{640, 400};
constexpr QSize kLargestWindow{8192, 8192};

}  // namespace

Preferences readPreferences(const QString& file) {
    Preferences read;
    if (file.isEmpty()) {
        return read;
    }
    QSettings settings(file, QSettings::IniFormat);
    const QString theme = settings.value(QStringLiteral("look/theme")).toString();
    for (const auto& [value, name] : kThemes) {
        read.theme = theme == QLatin1String(name) ? value : read.theme;
    }
    read.textPercent =
        std::clamp(settings.value(QStringLiteral("look/text"), 100).toInt(), kSmallestTextPercent, kLargestTextPercent);
    read.lockMinutes = std::clamp(settings.value(QStringLiteral("lock/minutes"), read.lockMinutes).toInt(), 1,
                                  static_cast<int>(IdleLock::kLongest.count()));
    const QSize window = settings.value(QStringLiteral("window/size"), read.window).toSize();
    read.window = window.expandedTo(kSmallestWindow).boundedTo(kLargestWindow);
    read.yearGroup = settings.value(QStringLiteral("overview/year")).toString();
    read.evidence = settings.value(QStringLiteral("look/evidence"), read.evidence).toBool();
    read.learnt = settings.value(QStringLiteral("learn/done")).toStringList();
    read.figure = settings.value(QStringLiteral("overview/figure")).toString();
    const int tables = settings.beginReadArray(QStringLiteral("tables"));
    for (int i = 0; i < tables; ++i) {
        settings.setArrayIndex(i);
        read.hiddenColumns[settings.value(QStringLiteral("name")).toString()] =
            settings.value(QStringLiteral("hidden")).toStringList();
    }
    settings.endArray();
    return read;
}

void writePreferences(const QString& file, const Preferences& preferences) {
    if (file.isEmpty()) {
        return;
    }
    QSettings settings(file, QSettings::IniFormat);
    settings.clear();
    const auto* theme = std::ranges::find(kThemes, preferences.theme, &std::pair<Theme, const char*>::first);
    settings.setValue(QStringLiteral("look/theme"), QLatin1String(theme->second));
    settings.setValue(QStringLiteral("look/text"), preferences.textPercent);
    settings.setValue(QStringLiteral("lock/minutes"), preferences.lockMinutes);
    settings.setValue(QStringLiteral("window/size"), preferences.window);
    settings.setValue(QStringLiteral("overview/year"), preferences.yearGroup);
    settings.setValue(QStringLiteral("look/evidence"), preferences.evidence);
    settings.setValue(QStringLiteral("learn/done"), preferences.learnt);
    settings.setValue(QStringLiteral("overview/figure"), preferences.figure);
    settings.beginWriteArray(QStringLiteral("tables"));
    int index = 0;
    for (auto table = preferences.hiddenColumns.begin(); table != preferences.hiddenColumns.end(); ++table) {
        if (!table.value().isEmpty()) {
            settings.setArrayIndex(index++);
            settings.setValue(QStringLiteral("name"), table.key());
            settings.setValue(QStringLiteral("hidden"), table.value());
        }
    }
    settings.endArray();
}

}  // namespace fairlead::ui
