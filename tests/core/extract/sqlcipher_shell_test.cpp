// The stock sqlcipher shell reads what we write: the format is not ours alone.

#include <array>
#include <cstdio>
#include <filesystem>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/extract/contract.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fairlead::extract {

namespace {

std::filesystem::path shell() { return std::filesystem::path(FAIRLEAD_DEPS_DIR) / "bin/sqlcipher"; }

/// What the shell prints for a script of commands.
std::string shellOutput(const std::filesystem::path& database, const std::string& script,
                        const test::TempFolder& folder) {
    const auto scriptPath = folder / "script.sql";
    test::writeBytes(scriptPath, script);
    const auto command =
        fmt::format("'{}' -batch '{}' < '{}' 2>&1", shell().string(), database.string(), scriptPath.string());
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> chunk{};
    while (const auto got = std::fread(chunk.data(), 1, chunk.size(), pipe)) output.append(chunk.data(), got);
    ::pclose(pipe);
    return output;
}

}  // namespace

TEST_CASE("the sqlcipher shell opens an extract with its raw key, and its output has the manifest's digest",
          "[extract]") {
    if (!std::filesystem::exists(shell())) SKIP("no sqlcipher shell in the folder of built dependencies");
    test::ExtractFixture fixture;
    fixture.build(60);
    const auto key = fmt::format("PRAGMA key = \"x'{}'\";\n", hex(fixture.fileKey().view()));
    for (const auto& [name, digest] : fixture.manifest.tables) {
        const auto script = fmt::format(".output /dev/null\n{}.output stdout\n.mode tabs\n{};\n", key,
                                        selectStatement(*findTable(name)));
        const auto rows = shellOutput(fixture.path, script, fixture.folder);
        CAPTURE(name);
        CHECK(std::ranges::count(rows, '\n') == digest.rows);
        CHECK(hex(crypto::sha256(rows)) == digest.sha256);
    }
    CHECK(shellOutput(fixture.path, "SELECT count(*) FROM person;\n", fixture.folder).contains("not a database"));
}

TEST_CASE("the sqlcipher shell opens an extract that has a passphrase", "[extract]") {
    if (!std::filesystem::exists(shell())) SKIP("no sqlcipher shell in the folder of built dependencies");
    test::ExtractFixture fixture;
    const auto passphrase = crypto::Secret::copyOf("six words are needed for this one");
    Sealing sealing;
    sealing.passphrase = &passphrase;
    test::valueOf(build(test::policeRows(7), test::policeDraft(), sealing, fixture.path, fixture.task));
    const auto output = shellOutput(
        fixture.path, "PRAGMA key = 'six words are needed for this one';\nSELECT 'n', count(*) FROM person;\n",
        fixture.folder);
    CHECK(output.contains("n|7"));
}

}  // namespace fairlead::extract
