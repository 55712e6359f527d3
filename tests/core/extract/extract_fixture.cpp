#include "tests/core/extract/extract_fixture.h"

#include <catch2/catch_all.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "core/extract/file_key.h"
#include "tests/support/results.h"

namespace fairlead::test {

namespace {
constexpr Date kToday{20'628};  // 2026-06-24
}

extract::Manifest policeDraft() {
    extract::Manifest draft;
    draft.agency = "police";
    draft.dataset = "police_records";
    draft.periodFrom = *Date::fromIso("2026-05-01");
    draft.periodUntil = *Date::fromIso("2026-06-23");
    draft.dataAsAt = *Date::fromIso("2026-06-22");
    draft.extractedOn = *Date::fromIso("2026-06-23");
    draft.retainUntil = *Date::fromIso("2026-12-31");
    draft.purpose = "safeguarding_review";
    draft.regime = "dpa_part_3";
    draft.gateways = {"common_law_policing"};
    draft.agreementRef = "DSA 12";
    draft.contact = "Records \"desk\" \\ J\xC3\xA9r\xC3\xB4me";
    return draft;
}

record::ExtractRows policeRows(int persons) {
    record::ExtractRows rows;
    const auto born = *Date::fromIso("2010-01-01");
    const auto seen = *Date::fromIso("2026-05-02");
    for (int i = 0; i < persons; ++i) {
        const auto ref = fmt::format("P{:06}", i);
        rows.persons.push_back({ref, "Zo\xC3\xAB Ann", fmt::format("Surname{}", i % 97), born + i % 3000,
                                i % 2 == 0 ? "F" : "M", "current"});
        rows.addresses.push_back({ref, "100012345678", "Flat 2", fmt::format("{}", i % 200 + 1), "Made Up Road",
                                  "Bristol", "BS7 8QD", "home", seen - 400, std::nullopt});
        rows.identifiers.push_back({ref, "pnc", fmt::format("26/{}X", i)});
        record::FactRow fact;
        fact.factRef = fmt::format("OCC{}", i);
        fact.personRef = ref;
        fact.kind = i % 3 == 0 ? record::FactKind::MissingEpisode : record::FactKind::Crime;
        fact.role = i % 3 == 0 ? record::Role::Subject : record::Role::Victim;
        fact.code = i % 3 == 0 ? "M" : "8N";
        fact.from = seen + i % 50;
        fact.recorded = seen + i % 50 + 1;
        if (i % 3 == 0) fact.until = seen + i % 50 + 2;
        if (i % 5 == 0) fact.value = i;
        fact.cancelled = i % 11 == 0;
        rows.facts.push_back(fact);
    }
    return rows;
}

ExtractFixture::ExtractFixture()
    : path(folder / "police.fxt"),
      staging(folder / "staging"),
      unit(crypto::SealKeyPair::generate()),
      signer(crypto::SignKeyPair::generate()) {
    std::filesystem::create_directories(staging);
    options.today = kToday;
    options.staging = staging;
    options.unit = &unit;
    options.trusted[crypto::fingerprint(signer.publicKey)] = {"police", signer.publicKey};
    options.gatewaysInForce = {"common_law_policing"};
}

extract::Manifest ExtractFixture::build(int persons) {
    extract::Sealing sealing;
    sealing.units = {unit.publicKey};
    sealing.signer = &signer;
    manifest = valueOf(extract::build(policeRows(persons), policeDraft(), sealing, path, task));
    return manifest;
}

Result<extract::Extract> ExtractFixture::open() { return extract::open(path, options, task); }

Error ExtractFixture::refusedWith() {
    auto opened = open();
    REQUIRE_FALSE(opened.has_value());
    CHECK(std::filesystem::is_empty(staging));
    UNSCOPED_INFO(name(opened.error().code) << " | " << opened.error().subject << " | " << opened.error().detail);
    return opened.error();
}

ErrorCode ExtractFixture::refusal() { return refusedWith().code; }

crypto::Secret ExtractFixture::fileKey() const { return valueOf(extract::openFileKey(manifest, unit, "test")); }

void execute(sqlite3* database, const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    const std::string text = message != nullptr ? message : "";
    sqlite3_free(message);
    INFO(sql << ": " << text);
    REQUIRE(code == SQLITE_OK);
}

void ExtractFixture::alterFile(const std::function<void(sqlite3*)>& change) {
    // The store's own connections would refuse most of what is done here.
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    const auto key = "x'" + hex(fileKey().view()) + "'";
    REQUIRE(sqlite3_key_v2(database, "main", key.data(), static_cast<int>(key.size())) == SQLITE_OK);
    change(database);
    REQUIRE(sqlite3_close(database) == SQLITE_OK);
    mendManifest();
}

void ExtractFixture::alterFile(const std::string& sql) {
    alterFile([&](sqlite3* database) { execute(database, sql); });
}

void ExtractFixture::alterManifest(const std::function<void(extract::Manifest&)>& change) {
    change(manifest);
    writeBytes(extract::manifestPath(path),
               extract::manifestFileText(manifest, manifest.signerFingerprint.empty() ? nullptr : &signer));
}

void ExtractFixture::mendManifest() {
    const auto bytes = bytesOf(path);
    alterManifest([&](extract::Manifest& edited) {
        edited.fileBytes = bytes.size();
        edited.fileSha256 = hex(crypto::sha256(bytes));
    });
}

}  // namespace fairlead::test
