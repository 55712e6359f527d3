// Reading an extract in a process of its own: the bytes that somebody else wrote are parsed by a process that holds one
// file's key, may read that one file, and may do nothing else. What it says is checked like the file would be.

#pragma once

#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/extract/file_reading.h"
#include "core/extract/row_intake.h"
#include "core/worker/child_process.h"
#include "core/worker/confinement.h"

namespace fairlead::extract {

/// The argument with which a program of ours is such a process.
inline constexpr std::string_view kReaderArgument = "--read-extract";

/// The running program itself, as OpenOptions::reader. REQUIRES: its main() begins with readerMain().
worker::WorkerProgram thisProgram();

/// For main(), before anything else: the exit code when the program was started to read an extract, or nothing.
std::optional<int> readerMain(int argc, const char* const* argv);

/// Starts the program, has the file read and gives its rows to `intake`; what the process had given up when it touched
/// the file. Whatever the process does, it is over when this returns. Errors: those of readFile; ExtractDamaged when
/// the process crashed, was late, took too much or answered nonsense; Internal when it cannot be started; Cancelled.
Result<worker::Confinement> readInOwnProcess(const worker::WorkerProgram& program, const ReadOrder& order,
                                             const crypto::Secret& secret, RowIntake& intake, const TaskContext& task);

}  // namespace fairlead::extract
