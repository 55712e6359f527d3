#include "tests/core/workspace/workspace_fixture.h"

#include <algorithm>
#include <array>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/extract/key_files.h"
#include "core/workspace/relink.h"
#include "tests/support/results.h"

namespace fairlead::test {

Date day(const std::string& iso) {
    const auto date = Date::fromIso(iso);
    REQUIRE(date.has_value());
    return *date;
}

namespace {

std::optional<Date> optionalDay(const std::string& iso) { return iso.empty() ? std::nullopt : std::optional(day(iso)); }

/// As the indicator definitions name them.
std::string datasetOf(const std::string& agency) {
    if (agency == "police") return "police_records";
    if (agency == "social_care") return "childrens_social_care";
    if (agency == "education") return "school_roll";
    return agency == "health" ? "mental_health_referrals" : agency;
}

}  // namespace

Rows& Rows::person(const std::string& ref, const std::string& forenames, const std::string& surname,
                   const std::string& birth, const std::string& sex) {
    rows.persons.push_back({ref, forenames, surname, optionalDay(birth), sex, "current"});
    return *this;
}

Rows& Rows::home(const std::string& ref, const std::string& uprn, const std::string& from) {
    rows.addresses.push_back(
        {ref, uprn, "", "12", "Made Up Road", "Bristol", "BS7 8QD", "home", optionalDay(from), std::nullopt});
    return *this;
}

Rows& Rows::identifier(const std::string& ref, const std::string& kind, const std::string& value) {
    rows.identifiers.push_back({ref, kind, value});
    return *this;
}

Rows& Rows::parent(const std::string& ref, const std::string& childRef) {
    rows.relationships.push_back({ref, childRef, "parent_of", std::nullopt, std::nullopt});
    return *this;
}

Rows& Rows::school(std::int64_t urn, const std::string& name) {
    rows.schools.push_back({urn, name, "secondary", "801", std::nullopt, std::nullopt, 0});
    return *this;
}

Rows& Rows::roll(const std::string& ref, std::int64_t urn, const std::string& year, const std::string& from,
                 const std::string& until) {
    rows.roll.push_back({ref, urn, year, "C", optionalDay(from), optionalDay(until)});
    return *this;
}

Rows& Rows::status(const std::string& factRef, const std::string& ref, record::FactKind kind, const std::string& from,
                   const std::string& until, const std::string& code) {
    record::FactRow fact;
    fact.factRef = factRef;
    fact.personRef = ref;
    fact.kind = kind;
    fact.from = optionalDay(from);
    fact.until = optionalDay(until);
    fact.recorded = fact.from;
    fact.code = code;
    rows.facts.push_back(std::move(fact));
    return *this;
}

Rows& Rows::event(const std::string& factRef, const std::string& ref, record::FactKind kind, const std::string& on,
                  const std::string& code, record::Role role, const std::string& incident) {
    status(factRef, ref, kind, on, "", code);
    rows.facts.back().role = role;
    rows.facts.back().incidentRef = incident;
    return *this;
}

WorkspaceFixture::WorkspaceFixture(std::filesystem::path resourcesFolder)
    : passphrase(crypto::Secret::copyOf("three small boats at dawn")),
      clock(std::make_shared<SetClock>(day("2026-07-01"))),
      resources{resourcesFolder.empty() ? projectPath("resources") : std::move(resourcesFolder)},
      path(folder / "town.fairlead"),
      m_unit(crypto::SealKeyPair::generate()) {
    const auto keys = folder / "keys";
    std::filesystem::create_directories(keys);
    extract::KeyPairs unit;
    unit.seal = crypto::SealKeyPair{m_unit.publicKey, m_unit.secretKey.clone()};
    valueOf(extract::writeKeyPairs(keys / "unit.key", unit));
    for (const std::string agency : {"police", "social_care", "early_help", "education", "health"}) {
        const auto& pair = m_agencies.emplace(agency, crypto::SignKeyPair::generate()).first->second;
        valueOf(extract::writePublicKeys(keys / (agency + ".pub"), {std::nullopt, pair.publicKey}));
    }
    workspace::NewWorkspace wanted;
    wanted.folder = path;
    wanted.name = "Test analyst";
    wanted.keysFolder = keys;
    wanted.kdfPolicy = access::KdfPolicy::forTests();
    wanted.kdfCost = access::KdfPolicy::testCost();
    workspace = valueOf(workspace::Workspace::create(wanted, passphrase, resources, clock));
}

std::filesystem::path WorkspaceFixture::deliver(const std::string& agency, std::int64_t sequence,
                                                const std::string& from, const std::string& until, const Rows& rows) {
    extract::Manifest draft;
    draft.agency = agency;
    draft.dataset = datasetOf(agency);
    draft.sequence = sequence;
    draft.previousManifestSha256 = sequence > 1 ? m_lastManifest[agency] : "";
    draft.periodFrom = day(from);
    draft.periodUntil = day(until);
    draft.dataAsAt = draft.periodUntil - 1;
    draft.extractedOn = draft.periodUntil;
    draft.retainUntil = day("2027-06-30");
    draft.purpose = "safeguarding_review";
    draft.regime = agency == "police" ? "dpa_part_3" : "uk_gdpr";
    draft.gateways = gateways;
    draft.agreementRef = "DSA 12";
    draft.dpiaRef = dpiaRef;
    draft.lawfulBasis = lawfulBasis;
    draft.contact = "records desk";
    extract::Sealing sealing;
    sealing.units = {m_unit.publicKey};
    sealing.signer = &m_agencies.at(agency);
    auto file = folder / fmt::format("{}_{:03}.fxt", agency, sequence);
    while (std::filesystem::exists(file)) file = folder / ("another_" + file.filename().string());
    const auto manifest = valueOf(extract::build(rows.rows, draft, sealing, file, task));
    m_lastManifest[agency] = extract::manifestSha256(manifest);
    return file;
}

workspace::LoadReport WorkspaceFixture::load(const std::vector<std::filesystem::path>& files) {
    return valueOf(workspace::load(*workspace, files, task));
}

void WorkspaceFixture::link() { valueOf(workspace::relink(*workspace, task)); }

void WorkspaceFixture::reopen() {
    workspace.reset();
    workspace =
        valueOf(workspace::Workspace::open(path, {passphrase}, resources, clock, access::KdfPolicy::forTests()));
}

void WorkspaceFixture::becomeOld() {
    valueOf(workspace->core().execute(
        "DROP TABLE involvement_withdrawn; DROP TABLE release_budget; DROP TABLE involvement; DROP TABLE release; DROP "
        "TABLE released_name; DROP TABLE purge_count; DROP TABLE "
        "purged_delivery; DROP TABLE purge; DROP TABLE mention; "
        "DROP TABLE fact_reach; DROP TABLE row_sum; DROP TABLE birth_month_before; "
        "DROP TABLE link_model_event; DROP TABLE link_model"));
    valueOf(workspace->core().execute(kDecisionUntil10));
    valueOf(workspace->identity().execute(
        "DROP TABLE row_sum; DROP TABLE kept_pair; DROP TABLE kept_state; DROP TABLE joining_link; "
        "DROP TABLE link_before; DROP TABLE joining_link_before; DROP TABLE decision"));
    for (store::Database* const database : {&workspace->core(), &workspace->identity()})
        valueOf(database->setUserVersion(2));
    workspace.reset();
}

void WorkspaceFixture::bringForward() {
    workspace.reset();
    workspace = valueOf(workspace::Workspace::bringForward(
        path, {passphrase}, resources, clock, access::KdfPolicy::forTests(), [](auto&) { return Status{}; }));
}

std::string WorkspaceFixture::contentOf(store::Database& database) {
    std::vector<std::string> tables;
    {
        auto query = valueOf(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"));
        while (valueOf(query.next())) tables.emplace_back(query.text(0));
    }
    std::string content;
    for (const std::string& table : tables) {
        if (table.starts_with("sqlite_")) continue;
        auto columns = valueOf(database.prepare(fmt::format("SELECT name FROM pragma_table_info('{}')", table)));
        int count = 0;
        while (valueOf(columns.next())) ++count;
        std::vector<std::string> lines;
        auto query = valueOf(database.prepare(fmt::format("SELECT * FROM {}", table)));
        while (valueOf(query.next())) {
            std::string line = table;
            for (int column = 0; column < count; ++column)
                line += query.isNull(column) ? "|NULL" : fmt::format("|{}", query.text(column));
            // What every session leaves: how far the audit log was, and what it copied for link reviewers.
            const bool isLeft = std::ranges::any_of(std::array{"audit_seen", "datasets", "link_model"}, [&](auto name) {
                return line.starts_with(fmt::format("setting|{}|", name));
            });
            if (!isLeft) lines.push_back(std::move(line));
        }
        std::ranges::sort(lines);
        for (const std::string& line : lines) content += line + "\n";
    }
    return content;
}

std::string WorkspaceFixture::content() { return contentOf(workspace->core()) + contentOf(workspace->identity()); }

std::vector<audit::Record> auditOf(const workspace::Workspace& workspace) {
    const access::FileKeys& keys = workspace.keyring().keys;
    std::optional<crypto::SealKeyPair> reader;
    if (!keys.auditRead.isEmpty()) reader = valueOf(crypto::SealKeyPair::fromSecret(keys.auditRead.clone()));
    return valueOf(audit::AuditLog::read(workspace.folder() / "audit", {&keys.audit, reader ? &*reader : nullptr}));
}

std::vector<std::filesystem::path> deliverSmallTown(WorkspaceFixture& fixture) {
    using record::FactKind;
    Rows education;
    education.school(kSchool, "Harbour School").school(107002, "Hill School");
    education.person("E1", "Amelia Rose", "Okafor-Whitby", "2011-03-14")
        .identifier("E1", "upn", "H801200001002")
        .home("E1", "100012345671");
    education.person("E2", "Samuel", "Okafor-Whitby", "2013-09-02", "M").home("E2", "100012345671");
    education.person("E3", "Ffion", "Pemberthy", "2012-01-20").home("E3", "100012345688");
    education.roll("E1", kSchool, "10", "2023-09-01")
        .roll("E2", kSchool, "7", "2025-09-01")
        .roll("E3", kSchool, "9", "2024-09-01");
    Rows care;
    care.person("C1", "Amelia", "Okafor-Whitby", "2011-03-14")
        .identifier("C1", "upn", "H801200001002")
        .home("C1", "100012345671");
    care.person("C2", "Grace", "Okafor-Whitby", "1986-05-05").home("C2", "100012345671");
    care.parent("C2", "C1");
    care.status("CP1", "C1", FactKind::ChildProtectionPlan, "2026-02-10", "", "NEG");
    care.status("CIN1", "C1", FactKind::ChildInNeed, "2025-06-01", "2026-02-10", "N1");
    Rows police;
    police.person("P1", "Amelia", "Okafor Whitby", "2011-03-14")
        .identifier("P1", "upn", "H801200001002")
        .home("P1", "100012345671");
    police.person("P3", "Ffion", "Pemberthy", "2012-01-20").home("P3", "100012345688");
    police.event("M1", "P1", FactKind::MissingEpisode, "2026-06-12", "M");
    police.event("X1", "P3", FactKind::Crime, "2026-06-20", "8N", record::Role::Victim, "OCC1");
    return {fixture.deliver("education", 1, "2023-09-01", "2026-07-01", education),
            fixture.deliver("social_care", 1, "2024-01-01", "2026-07-01", care),
            fixture.deliver("police", 1, "2024-01-01", "2026-06-29", police)};
}

}  // namespace fairlead::test
