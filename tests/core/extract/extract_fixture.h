// What the tests of extracts start from: keys, a small delivery, and ways to do harm to it.

#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/extract/extract.h"
#include "core/extract/manifest_file.h"
#include "tests/support/temp_folder.h"

struct sqlite3;

namespace fairlead::test {

/// One delivery of a police force, sealed and signed, in a folder of its own.
class ExtractFixture {
public:
    ExtractFixture();

    /// Builds it. `rows` facts and persons follow from `persons`.
    extract::Manifest build(int persons = 40);
    /// Opens it with the right keys.
    Result<extract::Extract> open();
    /// The code with which opening is refused; checks that nothing is left in staging.
    ErrorCode refusal();
    /// As refusal(), with the detail.
    Error refusedWith();

    /// Opens the file with its own key and lets `change` write into it, as a hostile supplier could, then brings the
    /// manifest's size and hash up to date (not the row counts and digests) and signs again.
    void alterFile(const std::function<void(sqlite3*)>& change);
    /// As above, for statements.
    void alterFile(const std::string& sql);
    /// Lets `change` edit the manifest, then signs again.
    void alterManifest(const std::function<void(extract::Manifest&)>& change);
    /// Size and hash as the file now is, signed again.
    void mendManifest();
    /// The raw key of the file.
    [[nodiscard]] crypto::Secret fileKey() const;

    TempFolder folder;
    std::filesystem::path path;
    std::filesystem::path staging;
    crypto::SealKeyPair unit;
    crypto::SignKeyPair signer;
    extract::OpenOptions options;
    extract::Manifest manifest;
    TaskContext task;
};

/// Runs statements without any of the program's own safeguards.
void execute(sqlite3* database, const std::string& sql);
/// A manifest draft of the police for June 2026.
extract::Manifest policeDraft();
/// `persons` people with an address, an identifier and a fact each, with every column of these tables used.
record::ExtractRows policeRows(int persons);

}  // namespace fairlead::test
