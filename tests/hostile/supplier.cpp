#include "tests/hostile/supplier.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "core/extract/file_key.h"
#include "core/extract/key_files.h"
#include "core/extract/manifest_file.h"

namespace fairlead::hostile {

namespace {

constexpr Date kToday{20'628};  // 2026-06-24

Date day(std::string_view iso) { return *Date::fromIso(iso); }

extract::Manifest draftOf(const std::string& agency) {
    extract::Manifest draft;
    draft.agency = agency;
    draft.dataset = agency + "_records";
    draft.periodFrom = day("2026-05-01");
    draft.periodUntil = day("2026-06-23");
    draft.dataAsAt = day("2026-06-22");
    draft.extractedOn = day("2026-06-23");
    draft.retainUntil = day("2026-12-31");
    draft.purpose = "safeguarding_review";
    draft.regime = agency == "police" ? "dpa_part_3" : "uk_gdpr";
    draft.gateways = {"common_law_policing"};
    draft.agreementRef = "DSA 12";
    draft.contact = "Records desk";
    return draft;
}

void addPerson(record::ExtractRows& rows, int i) {
    const auto ref = fmt::format("P{:06}", i);
    const auto seen = day("2026-05-02");
    rows.persons.push_back({ref, "Zo\xC3\xAB Ann", fmt::format("Surname{}", i % 97), day("2010-01-01") + i % 3000,
                            i % 2 == 0 ? "F" : "M", "current"});
    rows.addresses.push_back({ref, "100012345678", "Flat 2", fmt::format("{}", i % 200 + 1), "Made Up Road", "Bristol",
                              "BS7 8QD", "home", seen - 400, seen});
    rows.identifiers.push_back({ref, "upn", fmt::format("A{:012}", i)});
    rows.relationships.push_back({ref, "P000000", "sibling_of", seen - 900, seen});
    record::FactRow fact;
    fact.factRef = fmt::format("OCC{}", i);
    fact.personRef = ref;
    fact.kind = i % 3 == 0 ? record::FactKind::MissingEpisode : record::FactKind::Crime;
    fact.role = i % 3 == 0 ? record::Role::Subject : record::Role::Victim;
    fact.code = i % 3 == 0 ? "M" : "8N";
    fact.incidentRef = fmt::format("INC{}", i);
    fact.from = seen;
    fact.until = seen + 1;
    fact.recorded = seen + 1;
    fact.value = i;
    rows.facts.push_back(fact);
}

record::ExtractRows rowsOf(const std::string& agency, int persons) {
    record::ExtractRows rows;
    for (int i = 0; i < persons; ++i) {
        addPerson(rows, i);
        const auto& ref = rows.persons.back().personRef;
        if (agency == "social_care") rows.families.push_back({ref, "FAM1", day("2020-01-01"), day("2026-01-01")});
        if (agency == "education") rows.roll.push_back({ref, 137'333, "7", "C", day("2024-09-01"), day("2026-06-01")});
    }
    if (agency == "education") {
        rows.schools.push_back(
            {137'333, "Example School", "secondary", "801", day("1990-01-01"), day("2026-08-31"), 149'999});
    }
    return rows;
}

}  // namespace

void require(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "fairlead-hostile: %.*s\n", static_cast<int>(what.size()), what.data());
    std::exit(2);
}

void execute(sqlite3* database, std::string_view sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(database, std::string(sql).c_str(), nullptr, nullptr, &message);
    require(code == SQLITE_OK, fmt::format("{}: {}", sql, message != nullptr ? message : "failed"));
}

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    require(in.good(), path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeBytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require(out.good(), path.string());
}

Supplier::Supplier(std::filesystem::path folder)
    : m_folder(std::move(folder)), m_workshop(m_folder / "workshop"), m_unit(crypto::SealKeyPair::generate()) {
    m_options.staging = m_folder / "staging";
    std::filesystem::create_directories(m_workshop);
    std::filesystem::create_directories(m_options.staging);
    for (const char* agency : {"police", "education", "social_care"}) {
        auto pair = crypto::SignKeyPair::generate();
        m_options.trusted[crypto::fingerprint(pair.publicKey)] = {agency, pair.publicKey};
        m_signers.emplace(agency, std::move(pair));
    }
    m_options.today = kToday;
    m_options.unit = &m_unit;
    m_options.gatewaysInForce = {"common_law_policing"};
}

Delivery Supplier::good(const std::string& agency, int persons) {
    const auto path = m_workshop / "good.fxt";
    std::filesystem::remove(path);
    std::filesystem::remove(extract::manifestPath(path));
    extract::Sealing sealing;
    sealing.units = {m_unit.publicKey};
    sealing.signer = &m_signers.at(agency);
    TaskContext task;
    auto built = extract::build(rowsOf(agency, persons), draftOf(agency), sealing, path, task);
    require(built.has_value(), built ? "" : "build: " + built.error().detail);
    auto key = extract::openFileKey(*built, m_unit, "good");
    require(key.has_value(), "the key of a good file");
    return {bytesOf(path), std::move(*built), std::move(*key)};
}

std::string Supplier::altered(const Delivery& delivery, const std::function<void(sqlite3*)>& change) {
    const auto path = m_workshop / "altered.fxt";
    writeBytes(path, delivery.file);
    sqlite3* database = nullptr;
    const auto key = "x'" + hex(delivery.key.view()) + "'";
    require(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK, "open");
    require(sqlite3_key_v2(database, "main", key.data(), static_cast<int>(key.size())) == SQLITE_OK, "key");
    execute(database, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
    change(database);
    require(sqlite3_close(database) == SQLITE_OK, "close");
    return bytesOf(path);
}

std::string Supplier::altered(const Delivery& delivery, std::string_view sql) {
    return altered(delivery, [&](sqlite3* database) { execute(database, sql); });
}

extract::Manifest Supplier::mended(extract::Manifest manifest, std::string_view file) {
    manifest.fileBytes = file.size();
    manifest.fileSha256 = hex(crypto::sha256(file));
    return manifest;
}

std::string Supplier::signedText(std::string_view json, const std::string& agency) const {
    const auto& pair = m_signers.at(agency);
    return fmt::format("{}\nsignature {} {}\n", json, crypto::fingerprint(pair.publicKey),
                       crypto::base64(crypto::sign(json, pair)));
}

void Supplier::put(const std::string& name, Delivery delivery) {
    const auto manifest = mended(std::move(delivery.manifest), delivery.file);
    putWith(name, delivery.file, signedText(extract::canonicalJson(manifest), manifest.agency));
}

void Supplier::putWith(const std::string& name, std::string_view file, std::string_view manifestText) {
    writeBytes(m_folder / (name + ".fxt"), file);
    writeBytes(m_folder / (name + ".fxm"), manifestText);
}

void Supplier::writeKeys(const std::filesystem::path& keys) const {
    std::filesystem::create_directories(keys);
    extract::KeyPairs pairs;
    pairs.seal = *crypto::SealKeyPair::fromSecret(m_unit.secretKey.clone());
    std::filesystem::remove(keys / "unit.key");
    require(extract::writeKeyPairs(keys / "unit.key", pairs).has_value(), "unit.key");
    for (const auto& [agency, pair] : m_signers) {
        require(extract::writePublicKeys(keys / (agency + ".pub"), {{}, pair.publicKey}).has_value(), agency);
    }
}

}  // namespace fairlead::hostile
