#include "core/extract/reader_process.h"

#include <string>

#include "core/extract/reader_wire.h"
#include "core/store/untrusted_process.h"

namespace fairlead::extract {

namespace {

constexpr std::int64_t kMostHeapBytes = 256LL << 20;

/// All that the process does; what is not said with `answer` nobody hears.
Status readAndAnswer() {
    FAIRLEAD_TRY(const auto bytes, worker::readOrder());
    FAIRLEAD_TRY(const auto order, orderFrom(bytes));
    FAIRLEAD_TRY(const auto secret, worker::readOrderSecret());
    FAIRLEAD_OK(store::prepareUntrustedProcess(kMostHeapBytes));
    worker::Bounds bounds;
    bounds.processorTime = std::chrono::duration_cast<std::chrono::seconds>(order.deadline) + std::chrono::seconds(1);
    if (!worker::answer(readyFrame(worker::confine(bounds, order.copy)))) return fail(ErrorCode::Io);
    RowBatch batch;
    const auto flush = [&batch]() -> Status {
        if (batch.isEmpty() || worker::answer(batch.take())) return {};
        return fail(ErrorCode::Io, {}, "nobody listens");
    };
    TaskContext task;
    const TakeRow take = [&](std::size_t table, std::int64_t rowId, std::span<const Cell> cells) -> Status {
        batch.add(table, rowId, cells);
        return batch.isFull() ? flush() : Status();
    };
    FAIRLEAD_OK(readFile(order, secret, take, task));
    return flush();
}

/// Until it is done, or something is wrong.
Status listen(worker::ChildProcess& process, AnswerReader& answers, const TaskContext& task,
              std::chrono::steady_clock::time_point until) {
    worker::FrameBuffer frames;
    while (!answers.isDone()) {
        FAIRLEAD_TRY(const auto bytes, process.read(task, until));
        if (bytes.empty()) {
            return fail(ErrorCode::ExtractDamaged, {}, "the process that read it " + process.end());
        }
        frames.add(bytes);
        while (true) {
            FAIRLEAD_TRY(const auto frame, frames.next());
            if (!frame) break;
            FAIRLEAD_OK(answers.take(*frame));
        }
    }
    return {};
}

/// Errors of the conversation as what they mean for the file.
Error meaning(Error error) {
    if (error.code == ErrorCode::Busy) return {ErrorCode::ExtractDamaged, {}, "reading it took longer than allowed"};
    if (error.code == ErrorCode::InvalidArgument)
        return {ErrorCode::ExtractDamaged, {}, "the process that read it answered nonsense"};
    return error;
}

}  // namespace

worker::WorkerProgram thisProgram() { return {"/proc/self/exe", std::string(kReaderArgument)}; }

std::optional<int> readerMain(int argc, const char* const* argv) {
    if (argc != 2 || argv[1] != kReaderArgument) return std::nullopt;
    const auto status = readAndAnswer();
    return worker::answer(status ? doneFrame() : refusedFrame(status.error())) ? 0 : 1;
}

Result<worker::Confinement> readInOwnProcess(const worker::WorkerProgram& program, const ReadOrder& order,
                                             const crypto::Secret& secret, RowIntake& intake, const TaskContext& task) {
    FAIRLEAD_TRY(auto process, worker::ChildProcess::start(program, {orderBytes(order), secret}));
    AnswerReader answers(intake);
    // The process looks at the deadline itself; a little later it is not asked any more.
    const auto until = std::chrono::steady_clock::now() + order.deadline + order.deadline / 10;
    if (auto heard = listen(process, answers, task, until); !heard) return fail(meaning(std::move(heard).error()));
    return answers.confinement();
}

}  // namespace fairlead::extract
