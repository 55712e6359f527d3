// PictureTour: walks the window through its pages and saves a picture of each: light and dark at 100 % and 200 %
// text, and with high contrast. Used by `fairlead --screenshots` and by the tests; works without a display.

#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/date.h"
#include "core/crypto/keys.h"
#include "core/record/ids.h"

namespace fairlead::ui {

class MainWindow;

/// What a tour shows.
struct TourPlan {
    std::filesystem::path pictures;  ///< Folder for the PNG files; made when missing.
    std::filesystem::path workspace;
    crypto::Secret passphrase;
    std::optional<record::SchoolUrn> school;  ///< Nothing: the school with the most pupils on roll.
    std::optional<Date> asAt;                 ///< Nothing: the workspace's own day.
};

/// One tour. It goes on by itself once start()ed.
class PictureTour final : public QObject {
    Q_OBJECT

public:
    PictureTour(MainWindow& window, TourPlan plan, QObject* parent = nullptr);
    /// Begins; finished() says when it is over.
    void start();

signals:
    /// The tour is over; `saved` pictures were written, `complete` when every page was reached.
    void finished(int saved, bool complete);

private:
    void tick();
    void plan();
    void addGovernance();
    void addPictures(const QString& name);
    bool save(const QString& name);

    MainWindow& m_window;
    TourPlan m_plan;
    std::deque<std::function<bool()>> m_steps;  ///< False: the tour cannot go on.
    QTimer m_timer;
    int m_saved = 0;
};

}  // namespace fairlead::ui
