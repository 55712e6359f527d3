#include "core/base/file.h"

#include <catch2/catch_all.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using test::codeOf;
using test::valueOf;

TEST_CASE("A file is replaced whole, with access for its owner alone", "[base]") {
    const test::TempFolder folder;
    test::writeBytes(folder / "a", "old");

    REQUIRE(writeFileAtomically(folder / "a", "new content"));

    CHECK(valueOf(readFile(folder / "a")) == "new content");
    struct stat status{};
    REQUIRE(::stat((folder / "a").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("When writing fails the old content stays and no part is left", "[base][T-R2]") {
    const test::TempFolder folder;
    std::filesystem::create_directory(folder / "target");
    test::writeBytes(folder / "target" / "kept", "old");

    // A folder stands where the file should go: the rename fails after the bytes were written.
    CHECK_FALSE(writeFileAtomically(folder / "target", "new"));

    CHECK(valueOf(readFile(folder / "target" / "kept")) == "old");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("A full device is told from other faults", "[base][T-R2]") {
    if (!std::filesystem::exists("/dev/full")) return;
    const test::TempFolder folder;
    std::filesystem::create_symlink("/dev/full", folder / "full");
    // Reading a device is not reading a file.
    CHECK(codeOf(readFile(folder / "full")) == ErrorCode::Io);
    CHECK(codeOf(readFile(folder / "absent")) == ErrorCode::NotFound);
}

TEST_CASE("A file over the limit is not read", "[base]") {
    const test::TempFolder folder;
    test::writeBytes(folder / "big", std::string(11, 'x'));
    CHECK(codeOf(readFile(folder / "big", 10)) == ErrorCode::InvalidArgument);
    CHECK(valueOf(readFile(folder / "big", 11)).size() == 11);
}
