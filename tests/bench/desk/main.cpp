// fairlead-desk-bench: how long the desktop takes over a real workspace: start, unlock, schools, dates, tables, memory.
// Measure a Release build on a quiet machine, over the workspace of a synthetic city.

#include <QElapsedTimer>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/desktop/options.h"
#include "app/desktop/workspace_session.h"
#include "core/access/header.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "tests/ui/watched_application.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/main_window.h"
#include "ui/style/look.h"
#include "ui/table/data_table.h"

namespace fairlead::bench {
namespace {

using namespace ui;

struct DeskOptions {
    std::filesystem::path workspace;
    std::filesystem::path passphraseFile;
    std::filesystem::path resources;
    std::size_t schools = 50;  ///< So many are opened, the largest first.
};

/// Milliseconds since this process was started, as the kernel counts (in hundredths of a second).
double sinceStartMs() {
    std::string stat;
    std::getline(std::ifstream("/proc/self/stat"), stat);
    // The name may hold blanks; after it, the 20th field is the start in clock ticks since the computer started.
    constexpr std::size_t kStartField = 19;
    const auto fields = split(stat.substr(stat.rfind(')') + 2), ' ');
    const double start = std::stod(std::string(fields[kStartField])) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return (static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) - start) * 1e3;
}

std::int64_t peakMegabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/// The window under measurement and the longest stretch for which it did not answer.
class Bench {
public:
    Bench(test::WatchedApplication& application, DeskOptions options, const workspace::Resources& resources)
        : m_application(application),
          m_options(std::move(options)),
          m_window(desktop::workspaceMakers(resources, std::make_shared<SystemClock>(), {})) {}

    /// 0, or 1 when a step did not come to its end.
    int run() {
        m_window.resize(1366, 768);
        m_window.show();
        m_window.askToUnlock(m_options.workspace);
        QApplication::processEvents();
        say("start of the process to the unlock page", sinceStartMs());
        if (!unlock()) return 1;
        openSchools();
        changeDates();
        tables();
        fmt::print("{:<52} {:>9} MB\n", "peak of memory", peakMegabytes());
        return 0;
    }

private:
    void say(const std::string& what, double ms) {
        fmt::print("{:<52} {:>9.1f} ms   longest event {:>6.1f} ms ({})\n", what, ms, m_application.longest(),
                   m_application.what().toStdString());
        std::fflush(stdout);
        m_application.restart();
    }

    void say(const std::string& what, std::vector<double> ms) {
        if (ms.empty()) return;
        std::ranges::sort(ms);
        say(fmt::format("{}: {}, median {:.1f}, 95 % {:.1f}, longest", what, ms.size(), ms[ms.size() / 2],
                        ms[ms.size() * 95 / 100]),
            ms.back());
    }

    /// Handles events until something holds; what was asked for is painted then.
    template <typename Holds>
    double until(const Holds& holds) {
        QElapsedTimer timer;
        timer.start();
        constexpr int kLongestMs = 120'000;
        while (!holds() && timer.elapsed() < kLongestMs)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
        QApplication::processEvents();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    bool unlock() {
        auto passphrase = desktop::passphraseFrom(m_options.passphraseFile);
        const auto header = readFile(m_options.workspace / "header");
        if (!passphrase || !header) return false;
        QElapsedTimer timer;
        timer.start();
        const auto keyring = access::unlock(*header, {passphrase->view(), {}});
        const double key = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (!keyring) return false;
        say("  of it the key derivation", key);
        m_window.unlock(m_options.workspace, std::move(*passphrase));
        double took = until([&] { return m_window.desk() != nullptr && !schools().empty(); });
        if (m_window.desk() == nullptr) return false;
        say("unlock to the schools, less the key derivation", took - key);
        const double open = openSchool(schools().front().urn);
        say("the first overview", open);
        say("unlock to the overview, less the key derivation", took + open - key);
        return true;
    }

    [[nodiscard]] std::vector<SchoolLine> schools() const {
        std::vector<SchoolLine> all = m_window.findChild<SchoolsPage*>()->content().schools;
        std::ranges::sort(all, [](const SchoolLine& a, const SchoolLine& b) {
            return std::pair(-a.onRoll, a.urn.value) < std::pair(-b.onRoll, b.urn.value);
        });
        return all;
    }

    [[nodiscard]] const OverviewContent* overview() {
        if (m_overview == nullptr) m_overview = m_window.findChild<OverviewPage*>();
        return m_overview->content();
    }

    double openSchool(record::SchoolUrn school, std::optional<Date> asAt = {}) {
        m_window.desk()->openSchool(school, asAt);
        return until([&] {
            const OverviewContent* shown = overview();
            return shown != nullptr && shown->overview.school == school && (!asAt || shown->overview.asAt == *asAt);
        });
    }

    void settle() {
        until([&] { return !m_window.isBusy(); });
    }

    void openSchools() {
        const auto all = schools();
        for (const char* round : {"another school, first time", "another school, again"}) {
            std::vector<double> took;
            for (std::size_t i = 0; i < std::min(all.size(), m_options.schools); ++i) {
                settle();
                took.push_back(openSchool(all[i].urn));
            }
            say(round, std::move(took));
        }
    }

    void changeDates() {
        constexpr int kMonths = 12;
        const record::SchoolUrn school = schools().front().urn;
        openSchool(school);
        Date day = overview()->overview.asAt;
        std::vector<double> took;
        for (int month = 0; month < kMonths; ++month) {
            settle();
            day = day.monthStart() - 1;
            took.push_back(openSchool(school, day));
        }
        say("another as-at date", std::move(took));
    }

    void tables() {
        openSchool(schools().front().urn);
        settle();
        QElapsedTimer timer;
        timer.start();
        m_window.desk()->showPeople();
        const auto* page = m_window.findChild<PeoplePage*>();
        until([&] { return page->content() != nullptr; });
        say("the roll of the largest school", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        auto* table = page->findChild<DataTable*>();
        std::vector<double> frames;
        for (int step = 0; step < 100 && table->verticalScrollBar()->value() < table->verticalScrollBar()->maximum();
             ++step) {
            timer.restart();
            table->verticalScrollBar()->triggerAction(QScrollBar::SliderPageStepAdd);
            table->viewport()->repaint();
            frames.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        say("scrolling it a page, painted", std::move(frames));
        timer.restart();
        table->setFilterText(QStringLiteral("9"));
        say(fmt::format("filtering its {} rows", table->allRows()), static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }

    test::WatchedApplication& m_application;
    DeskOptions m_options;
    MainWindow m_window;
    OverviewPage* m_overview = nullptr;
};

}  // namespace
}  // namespace fairlead::bench

int main(int argc, char** argv) {
    using namespace fairlead;
    bench::DeskOptions options;
    CLI::App arguments("How long the desktop takes over a workspace.", "fairlead-desk-bench");
    arguments.add_option("WORKSPACE", options.workspace, "A workspace that is linked")->required();
    arguments.add_option("--passphrase-file", options.passphraseFile, "File with its passphrase")->required();
    arguments.add_option("--resources", options.resources, "Where the definitions lie; else found by itself");
    arguments.add_option("--schools", options.schools, "So many schools are opened")->capture_default_str();
    CLI11_PARSE(arguments, argc, argv);
    test::WatchedApplication application(argc, argv);
    const auto resources = desktop::findResources(options.resources);
    if (!resources) return 2;
    ui::installLook(application);
    bench::Bench bench(application, options, {*resources});
    return bench.run();
}
