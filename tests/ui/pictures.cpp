#include "tests/ui/pictures.h"

#include <QDir>
#include <QTest>

#include "ui/shell/main_window.h"
#include "ui/style/look.h"

namespace fairlead::ui {

void keepPictures(QWidget& window, const QString& state) {
    const char* folder = std::getenv("FAIRLEAD_PICTURES");
    if (folder == nullptr) {
        return;
    }
    for (const auto& [theme, name] : {std::pair(Theme::Light, "light"), std::pair(Theme::Dark, "dark")}) {
        for (const int percent : {kSmallestTextPercent, kLargestTextPercent}) {
            setTheme(theme);
            setTextPercent(percent);
            if (qobject_cast<MainWindow*>(&window) != nullptr) {
                window.resize(1366, 768);
            }
            QTest::qWait(120);
            window.grab().save(
                QDir(QString::fromLocal8Bit(folder))
                    .filePath(QStringLiteral("state-%1-%2-%3.png").arg(state, QLatin1String(name)).arg(percent)));
        }
    }
    setTheme(Theme::Light);
    setTextPercent(kSmallestTextPercent);
}

}  // namespace fairlead::ui
