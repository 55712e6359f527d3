// What the program and the process that reads an extract for it say to each other: one order, then frames of answers.
// The answers are taken as hostile as the file itself.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/extract/file_reading.h"
#include "core/extract/row_intake.h"
#include "core/worker/confinement.h"
#include "core/worker/wire.h"

namespace fairlead::extract {

/// The kinds of frames, in their order: Ready once, any number of Rows, then Done or Refused.
enum class Answer : std::uint8_t { Ready = 1, Rows = 2, Done = 3, Refused = 4 };

/// The order as bytes, without the secret.
std::string orderBytes(const ReadOrder& order);
/// Errors: InvalidArgument.
Result<ReadOrder> orderFrom(std::string_view bytes);

/// "Ready": what the process has given up.
std::string readyFrame(const worker::Confinement& confinement);
/// "Done".
std::string doneFrame();
/// "Refused": why, without a subject.
std::string refusedFrame(const Error& error);

/// Rows on their way into a frame.
class RowBatch {
public:
    /// A row of table `table` (a position in contractTables()). REQUIRES: texts of at most kMostTextSent.
    void add(std::size_t table, std::int64_t rowId, std::span<const Cell> cells);
    [[nodiscard]] bool isFull() const { return m_rows.bytes().size() >= kFullBytes; }
    [[nodiscard]] bool isEmpty() const { return m_rows.bytes().empty(); }
    /// The frame; empty afterwards.
    std::string take();

private:
    static constexpr std::size_t kFullBytes = 64U * 1024U;
    worker::WireWriter m_rows;
};

/// Takes the answers and gives the rows on.
class AnswerReader {
public:
    explicit AnswerReader(RowIntake& intake) : m_intake(intake) {}

    /// Errors: what the process says of the file, ExtractDamaged when it says what no process of ours says, and those
    /// of RowIntake::add.
    Status take(const worker::Frame& frame);
    /// True after Done.
    [[nodiscard]] bool isDone() const { return m_done; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] const worker::Confinement& confinement() const { return m_confinement; }

private:
    Status takeReady(worker::WireReader payload);
    Status takeRows(worker::WireReader payload);

    RowIntake& m_intake;
    worker::Confinement m_confinement;
    bool m_ready = false;
    bool m_done = false;
};

}  // namespace fairlead::extract
