// fairlead: the desktop program.

#include "app/desktop/program.h"
#include "core/base/no_memory.h"
#include "core/extract/reader_process.h"

int main(int argc, char** argv) {
    fairlead::endPlainlyWithoutMemory();
    if (const auto code = fairlead::extract::readerMain(argc, argv)) {
        return *code;
    }
    return fairlead::desktop::runProgram(argc, argv);
}
