#include <QSignalSpy>
#include <QTest>
#include <chrono>
#include <thread>

#include <catch2/catch_test_macros.hpp>

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
