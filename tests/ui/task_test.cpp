#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <chrono>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "ui/table/data_table.h"
#include "ui/task/jobs_dialog.h"
#include "ui/task/task_runner.h"

using namespace fairlead;
using namespace fairlead::ui;
using namespace std::chrono_literals;

namespace {

Result<int> spin(TaskContext& task) {
    while (!task.cancelled()) {
        std::this_thread::sleep_for(1ms);
    }
    return fail(ErrorCode::Cancelled);
}

}  // namespace

TEST_CASE("a result comes back on the thread that asked for it", "[ui][task]") {
    TaskRunner runner;
    QThread* workThread = nullptr;
    QThread* doneThread = nullptr;
    int answer = 0;
    runner.start<int>(
        [&](TaskContext&) -> Result<int> {
            workThread = QThread::currentThread();
            return 42;
        },
        [&](Result<int> result) {
            doneThread = QThread::currentThread();
            answer = result.value();
        });
    CHECK(runner.isRunning());
    CHECK(QTest::qWaitFor([&] { return answer == 42; }));
    CHECK(doneThread == QThread::currentThread());
    CHECK(workThread != doneThread);
    CHECK_FALSE(runner.isRunning());
}

TEST_CASE("the newest request wins and the older one's result is never delivered", "[ui][task]") {
    TaskRunner runner;
    std::vector<int> answers;
    runner.start<int>(spin, [&](Result<int>) { answers.push_back(1); });
    runner.start<int>([](TaskContext&) -> Result<int> { return 2; },
                      [&](Result<int> result) { answers.push_back(result.value()); });
    CHECK(QTest::qWaitFor([&] { return !answers.empty(); }));
    QTest::qWait(50);
    CHECK(answers == std::vector<int>{2});
}

TEST_CASE("cancel is answered with Cancelled", "[ui][task]") {
    TaskRunner runner;
    std::optional<ErrorCode> code;
    runner.start<int>(spin, [&](Result<int> result) { code = result.error().code; });
    runner.cancel();
    CHECK(QTest::qWaitFor([&] { return code.has_value(); }));
    CHECK(code == ErrorCode::Cancelled);
}

TEST_CASE("work that finds no memory is answered with an error", "[ui][task]") {
    TaskRunner runner;
    std::optional<Error> error;
    runner.start<int>([](TaskContext&) -> Result<int> { throw std::bad_alloc(); },
                      [&](Result<int> result) { error = result.error(); });
    CHECK(QTest::qWaitFor([&] { return error.has_value(); }));
    CHECK(error->code == ErrorCode::Internal);
    CHECK(error->detail == "no memory");
    CHECK_FALSE(runner.isRunning());
}

TEST_CASE("a runner that goes away stops its work and delivers nothing", "[ui][task]") {
    bool delivered = false;
    {
        TaskRunner runner;
        runner.start<int>(spin, [&](Result<int>) { delivered = true; });
    }
    QTest::qWait(50);
    CHECK_FALSE(delivered);
}

TEST_CASE("progress is said after 400 ms and not before", "[ui][task]") {
    TaskRunner runner;
    QSignalSpy slow(&runner, &TaskRunner::slow);
    QSignalSpy progressed(&runner, &TaskRunner::progressed);
    bool done = false;
    runner.start<int>(
        [](TaskContext& task) -> Result<int> {
            task.begin(Phase::Comparing, 10);
            task.advance(4);
            while (!task.cancelled()) {
                std::this_thread::sleep_for(1ms);
            }
            return 1;
        },
        [&](Result<int>) { done = true; });
    QTest::qWait(250);
    CHECK(slow.isEmpty());
    CHECK(slow.wait(2000));
    CHECK(QTest::qWaitFor([&] { return !progressed.isEmpty(); }));
    const auto progress = progressed.front().front().value<TaskProgress>();
    CHECK(progress.done == 4);
    CHECK(progress.total == 10);
    CHECK(progress.phase == Phase::Comparing);
    runner.cancel();
    CHECK(QTest::qWaitFor([&] { return done; }));
}

TEST_CASE("a quick task never shows progress", "[ui][task]") {
    TaskRunner runner;
    QSignalSpy slow(&runner, &TaskRunner::slow);
    QSignalSpy idle(&runner, &TaskRunner::idle);
    runner.start<int>([](TaskContext&) -> Result<int> { return 1; }, [](Result<int>) {});
    CHECK(QTest::qWaitFor([&] { return idle.size() == 1; }));
    QTest::qWait(500);
    CHECK(slow.isEmpty());
}

TEST_CASE("the list of jobs holds what took long or wrote something, the newest first, and how it ended",
          "[ui][task][jobs]") {
    TaskRunner reading;
    TaskRunner writing;
    reading.setTitle("Reading");
    JobList jobs;
    jobs.follow(reading, false);
    jobs.follow(writing, true);
    const auto quick = [](TaskContext&) -> Result<int> { return 1; };
    reading.start<int>(quick, [](Result<int>) {});
    REQUIRE(QTest::qWaitFor([&] { return !reading.isRunning(); }));
    CHECK(jobs.ended().empty());
    writing.setTitle("Loading");
    writing.start<int>(quick, [](Result<int>) {});
    // The next title is not that of the work that runs.
    writing.setTitle("Linking");
    REQUIRE(QTest::qWaitFor([&] { return !writing.isRunning(); }));
    writing.start<int>([](TaskContext&) -> Result<int> { return fail(ErrorCode::WrongKey); }, [](Result<int>) {});
    REQUIRE(QTest::qWaitFor([&] { return !writing.isRunning(); }));
    REQUIRE(jobs.ended().size() == 2);
    CHECK(jobs.ended()[0].title == "Linking");
    CHECK(jobs.ended()[0].how == TaskEnd::Failed);
    CHECK(jobs.ended()[1].title == "Loading");
    CHECK(jobs.ended()[1].how == TaskEnd::Done);
    reading.start<int>(spin, [](Result<int>) {});
    CHECK(jobs.running() == 0);
    REQUIRE(QTest::qWaitFor([&] { return jobs.running() == 1; }));
    reading.start<int>(spin, [](Result<int>) {});
    CHECK(jobs.running() == 0);
    CHECK(jobs.ended()[0].how == TaskEnd::Replaced);
    CHECK(jobs.ended()[0].milliseconds >= 400);
    REQUIRE(QTest::qWaitFor([&] { return jobs.running() == 1; }));
    reading.cancel();
    REQUIRE(QTest::qWaitFor([&] { return !reading.isRunning(); }));
    CHECK(jobs.ended()[0].title == "Reading");
    CHECK(jobs.ended()[0].how == TaskEnd::Stopped);
    CHECK(jobs.ended().size() == 4);
}

TEST_CASE("the list of jobs forgets the oldest of very many", "[ui][task][jobs]") {
    TaskRunner writing;
    JobList jobs;
    jobs.follow(writing, true);
    for (std::size_t i = 0; i < JobList::kMostKept + 3; ++i) {
        writing.setTitle(QString::number(i));
        writing.start<int>([](TaskContext&) -> Result<int> { return 1; }, [](Result<int>) {});
        REQUIRE(QTest::qWaitFor([&] { return !writing.isRunning(); }));
    }
    REQUIRE(jobs.ended().size() == JobList::kMostKept);
    CHECK(jobs.ended().front().title == QString::number(JobList::kMostKept + 2));
    CHECK(jobs.ended().back().title == "3");
}

TEST_CASE("the jobs of this sitting show what runs, and each can be cancelled there", "[ui][task][jobs]") {
    TaskRunner first;
    TaskRunner second;
    first.setTitle("Reading");
    second.setTitle("Finding");
    JobsDialog jobs;
    jobs.follow(first, false);
    jobs.follow(second, false);
    CHECK(jobs.inWords() == "Jobs: none");
    jobs.toggle();
    CHECK(jobs.isVisible());
    first.start<int>(spin, [](Result<int>) {});
    second.start<int>(spin, [](Result<int>) {});
    REQUIRE(QTest::qWaitFor([&] { return jobs.inWords() == "Jobs: 2 running"; }));
    QStringList names;
    for (QPushButton* button : jobs.findChildren<QPushButton*>()) {
        names << button->accessibleName();
        if (button->accessibleName() == "Cancel: Finding") {
            button->click();
        }
    }
    CHECK(names.contains("Cancel: Reading"));
    REQUIRE(QTest::qWaitFor([&] { return !second.isRunning(); }));
    CHECK(jobs.inWords() == "Jobs: 1 running");
    CHECK(jobs.table()->currentRowAsText(false).contains("Finding\tstopped; nothing is left half done\t"));
    QTest::keyClick(jobs.table(), Qt::Key_Escape);
    CHECK_FALSE(jobs.isVisible());
    first.cancel();
    REQUIRE(QTest::qWaitFor([&] { return !first.isRunning(); }));
    CHECK(jobs.inWords() == "Jobs: 2 ended");
}
