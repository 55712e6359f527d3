// A supplier who holds every key that a supplier can hold, and means harm: what is delivered is sealed and signed as it
// should be, whatever is in it.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/extract/extract.h"

struct sqlite3;

namespace fairlead::hostile {

/// One delivery in memory.
struct Delivery {
    std::string file;  ///< NAME.fxt
    extract::Manifest manifest;
    crypto::Secret key;  ///< Of the file: key and salt.

    [[nodiscard]] Delivery copy() const { return {file, manifest, key.clone()}; }
};

/// The supplier, and the unit that is supplied.
class Supplier {
public:
    /// Works in `folder`, which exists; staging is a folder in it.
    explicit Supplier(std::filesystem::path folder);
    Supplier(const Supplier&) = delete;
    Supplier& operator=(const Supplier&) = delete;
    ~Supplier() = default;

    /// A good delivery with a few rows in every table that the agency may have. `persons` is at least 1.
    Delivery good(const std::string& agency, int persons);
    /// The file after statements without any of the program's safeguards.
    std::string altered(const Delivery& delivery, const std::function<void(sqlite3*)>& change);
    std::string altered(const Delivery& delivery, std::string_view sql);

    /// Writes NAME.fxt and NAME.fxm into the folder, with size and hash as the file is, signed.
    void put(const std::string& name, Delivery delivery);
    /// As put(), with any text as the manifest.
    void putWith(const std::string& name, std::string_view file, std::string_view manifestText);
    /// The first line `json`, signed by the agency.
    [[nodiscard]] std::string signedText(std::string_view json, const std::string& agency) const;
    /// The manifest with size and hash as `file` is.
    [[nodiscard]] static extract::Manifest mended(extract::Manifest manifest, std::string_view file);

    /// Keys as files, so that the command line can open what is here too.
    void writeKeys(const std::filesystem::path& keys) const;
    [[nodiscard]] const extract::OpenOptions& options() const { return m_options; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] const crypto::SignKeyPair& signer(std::string_view agency) const {
        return m_signers.find(agency)->second;
    }
    [[nodiscard]] const crypto::SealKeyPair& unit() const { return m_unit; }

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_workshop;
    crypto::SealKeyPair m_unit;
    std::map<std::string, crypto::SignKeyPair, std::less<>> m_signers;
    extract::OpenOptions m_options;
};

/// The whole file; the program ends when it cannot be read or written.
std::string bytesOf(const std::filesystem::path& path);
void writeBytes(const std::filesystem::path& path, std::string_view bytes);
/// Ends the program with what is wrong, unless it holds.
void require(bool holds, std::string_view what);
/// Runs statements; the program ends when one fails.
void execute(sqlite3* database, std::string_view sql);

}  // namespace fairlead::hostile
