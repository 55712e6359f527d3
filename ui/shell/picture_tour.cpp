#include "ui/shell/picture_tour.h"

#include <QPixmap>

#include "ui/governance/audit_page.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/posture_page.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/users_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/main_window.h"
#include "ui/shell/retention_work.h"
#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

// One step a tick: enough for the layouts of the last step to settle.
constexpr int kTickMs = 60;
constexpr int kWidth = 1366;
constexpr int kHeight = 768;

}  // namespace

PictureTour::PictureTour(MainWindow& window, TourPlan plan, QObject* parent)
    : QObject(parent), m_window(window), m_plan(std::move(plan)) {
    m_timer.setInterval(kTickMs);
    connect(&m_timer, &QTimer::timeout, this, &PictureTour::tick);
}

void PictureTour::start() {
    std::error_code failed;
    std::filesystem::create_directories(m_plan.pictures, failed);
    m_window.resize(kWidth, kHeight);
    plan();
    m_timer.start();
}

void PictureTour::tick() {
    if (m_window.isBusy()) {
        return;
    }
    if (m_steps.empty()) {
        m_timer.stop();
        emit finished(m_saved, true);
        return;
    }
    const auto step = std::move(m_steps.front());
    m_steps.pop_front();
    if (!step()) {
        m_timer.stop();
        emit finished(m_saved, false);
    }
}

void PictureTour::plan() {
    const auto then = [this](std::function<void()> act) {
        m_steps.emplace_back([act = std::move(act)] {
            act();
            return true;
        });
    };
    const auto unlocked = [this] { return m_window.desk() != nullptr; };
    addPictures(QStringLiteral("start"));
    then([this] { m_window.askToUnlock(m_plan.workspace); });
    addPictures(QStringLiteral("unlock"));
    then([this] { m_window.unlock(m_plan.workspace, std::move(m_plan.passphrase)); });
    m_steps.emplace_back(unlocked);
    then([this] { m_window.desk()->showSources(); });
    addPictures(QStringLiteral("sources"));
    then([this] { m_window.desk()->showSchools(); });
    addPictures(QStringLiteral("schools"));
    then([this] { m_window.desk()->readGlance(); });
    addPictures(QStringLiteral("glance"));
    then(
        [this] { m_window.desk()->openSchool(m_plan.school.value_or(m_window.desk()->largestSchool()), m_plan.asAt); });
    m_steps.emplace_back([this] { return m_window.desk()->hasOverview(); });
    addPictures(QStringLiteral("overview"));
    then([this] { m_window.desk()->showNew(); });
    addPictures(QStringLiteral("new-indicators"));
    then([this] { m_window.desk()->showFamilies(); });
    addPictures(QStringLiteral("families"));
    then([this] { m_window.desk()->showPeople(); });
    addPictures(QStringLiteral("people"));
    then([this] { m_window.desk()->openFigure(m_window.desk()->largestFigure()); });
    addPictures(QStringLiteral("drill"));
    then([this] { m_window.desk()->showCompare(); });
    addPictures(QStringLiteral("compare"));
    then([this] { m_window.desk()->openFirstPupil(); });
    addPictures(QStringLiteral("pupil"));
    then([this] { m_window.desk()->askHowJoined(); });
    addPictures(QStringLiteral("how-joined"));
    then([this] { m_window.desk()->showRegister(); });
    addPictures(QStringLiteral("indicators"));
    then([this] { m_window.desk()->showQuality(); });
    addPictures(QStringLiteral("quality"));
    addGovernance();
    then([this] { m_window.desk()->openHelp(); });
    addPictures(QStringLiteral("handbook"));
    then([this] { m_window.desk()->openLearning(); });
    addPictures(QStringLiteral("learn"));
}

void PictureTour::addGovernance() {
    const auto open = [this](const char* name, Page* (*page)(const Governance&)) {
        m_steps.emplace_back([this, page] {
            auto* governance = m_window.desk()->findChild<Governance*>();
            governance->open(page(*governance));
            return true;
        });
        addPictures(QLatin1String(name));
    };
    open("releases", [](const Governance& all) -> Page* { return all.releases(); });
    open("school-counts", [](const Governance& all) -> Page* { return all.pack(); });
    open("pairs", [](const Governance& all) -> Page* { return all.pairs(); });
    open("audit", [](const Governance& all) -> Page* { return all.audit(); });
    open("retention", [](const Governance& all) -> Page* { return all.retention().page(); });
    open("protection", [](const Governance& all) -> Page* { return all.posture(); });
    open("users", [](const Governance& all) -> Page* { return all.users(); });
}

void PictureTour::addPictures(const QString& name) {
    struct Look {
        const char* name;
        Theme theme;
        int percent;
    };
    constexpr Look kLooks[] = {{"light", Theme::Light, kSmallestTextPercent},
                               {"light", Theme::Light, kLargestTextPercent},
                               {"dark", Theme::Dark, kSmallestTextPercent},
                               {"dark", Theme::Dark, kLargestTextPercent},
                               {"contrast", Theme::HighContrast, kSmallestTextPercent}};
    for (const Look& look : kLooks) {
        m_steps.emplace_back([this, look] {
            setTheme(look.theme);
            setTextPercent(look.percent);
            m_window.resize(kWidth, kHeight);
            return true;
        });
        // A tick without work between: layouts of layouts need a second round.
        m_steps.emplace_back([] { return true; });
        m_steps.emplace_back([this, name, look] {
            return save(QStringLiteral("%1-%2-%3").arg(name, QLatin1String(look.name)).arg(look.percent));
        });
    }
    m_steps.emplace_back([] {
        setTheme(Theme::Light);
        setTextPercent(kSmallestTextPercent);
        return true;
    });
}

bool PictureTour::save(const QString& name) {
    const QString file = text((m_plan.pictures / (name.toStdString() + ".png")).string());
    const bool saved = m_window.grab().save(file);
    m_saved += saved ? 1 : 0;
    return saved;
}

}  // namespace fairlead::ui
