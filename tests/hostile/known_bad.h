// The known-bad set: files that each break one rule, with the refusal that each must meet in its name:
// FAMILY-WHAT--REFUSAL.fxt.

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/extract/contract.h"
#include "tests/hostile/supplier.h"

namespace fairlead::hostile {

/// Writes the files of the set one by one, and knows the good ones that they are made from.
class KnownBad {
public:
    explicit KnownBad(Supplier& supplier);

    /// A file with the manifest mended and signed.
    void add(std::string_view what, ErrorCode refusal, const Delivery& base, std::string_view file);
    /// The base's own file after statements.
    void alter(std::string_view what, ErrorCode refusal, const Delivery& base, std::string_view sql);
    /// The base's own file with another text as manifest.
    void manifest(std::string_view what, ErrorCode refusal, std::string_view text, const Delivery& base);
    /// The base's own file with its manifest changed and signed.
    void edit(std::string_view what, ErrorCode refusal, const std::string& agency,
              const std::function<void(extract::Manifest&)>& change);
    /// A name that is not written, for what is no regular file or has something beside it; the path of the .fxt.
    [[nodiscard]] std::filesystem::path named(std::string_view what, ErrorCode refusal, const Delivery& base);

    /// A good delivery of "police", "education" or "social_care".
    [[nodiscard]] const Delivery& good(std::string_view agency) const { return m_good.find(agency)->second; }
    /// The one that has that table.
    [[nodiscard]] const Delivery& goodWith(const extract::TableDefinition& table) const;
    [[nodiscard]] Supplier& supplier() { return m_supplier; }
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    Supplier& m_supplier;
    std::map<std::string, Delivery, std::less<>> m_good;
    std::size_t m_count = 0;
};

/// Definitions of tables that differ from the contract in one place.
void addSchemas(KnownBad& set);
/// Values that no column may have.
void addValues(KnownBad& set);
/// Header, pages and cipher settings, sealed anew where that takes a key.
void addPages(KnownBad& set);
/// Manifests and signatures.
void addManifests(KnownBad& set);
/// Files that are none, and what lies beside them.
void addFiles(KnownBad& set);

/// Writes all of them into the supplier's folder; how many.
std::size_t writeKnownBad(Supplier& supplier);
/// Opens every file of a folder and compares the refusal with the one in its name; prints what differs. Every
/// `everyInWorker`th is read by a process of its own. How many are right, and of how many.
struct KnownBadResult {
    std::size_t right = 0;
    std::size_t all = 0;
};
KnownBadResult checkKnownBad(const std::filesystem::path& folder, const extract::OpenOptions& options,
                             std::size_t everyInWorker);

}  // namespace fairlead::hostile
