// The tests' program is also the process that it starts to read an extract, and one that misbehaves.

#include <catch2/catch_session.hpp>

#include "core/extract/reader_process.h"
#include "tests/core/extract/misbehaving_reader.h"

int main(int argc, char** argv) {
    if (const auto code = fairlead::extract::readerMain(argc, argv)) return *code;
    if (const auto code = fairlead::test::misbehavingMain(argc, argv)) return *code;
    return Catch::Session().run(argc, argv);
}
