#include "core/workspace/workspace.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/folder.h"
#include "core/posture/measure.h"
#include "core/workspace/act.h"
#include "core/workspace/audit_seen.h"
#include "core/workspace/codes.h"
#include "core/workspace/columns.h"
#include "core/workspace/definitions.h"
#include "core/workspace/intake.h"
#include "core/workspace/intake_keys.h"
#include "core/workspace/new_files.h"
#include "core/workspace/new_folder.h"
#include "core/workspace/reconcile.h"
#include "core/workspace/reviewer_share.h"
#include "core/workspace/schema.h"
#include "core/workspace/school_page.h"
#include "core/workspace/users.h"

namespace fairlead::workspace {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAllowUnsigned = "allow_unsigned";

Status createCore(const fs::path& path, const crypto::Secret& key, const NewWorkspace& wanted,
                  const Resources& resources) {
    FAIRLEAD_TRY(auto core, store::Database::create(path, key));
    FAIRLEAD_OK(createSchema(core, coreSchema(), coreUpgrades()));
    FAIRLEAD_OK(KindCodes::writeMissing(core));
    FAIRLEAD_OK(setSetting(core, kAllowUnsigned, wanted.allowUnsigned ? "1" : "0"));
    return registerDefinitions(core, resources, 0);
}

Status createIdentity(const fs::path& path, const crypto::Secret& key, const IntakeKeys& keys) {
    FAIRLEAD_TRY(auto identity, store::Database::create(path, key));
    FAIRLEAD_OK(createSchema(identity, identitySchema(), identityUpgrades()));
    FAIRLEAD_OK(writeLastKnown(identity, 0, 0));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(identity));
    static_cast<void>(hash);
    return writeIntakeKeys(identity, keys);
}

/// What an interrupted load left there: private copies of extracts.
void emptyStaging(const fs::path& folder) {
    for (const std::string& name : namesIn(folder).value_or(std::vector<std::string>())) {
        std::error_code ignored;
        fs::remove_all(folder / name, ignored);
    }
}

}  // namespace

Workspace::Workspace(fs::path folder, const Resources& resources, std::shared_ptr<const Clock> clock,
                     access::Keyring keyring, access::LockFile lock)
    : m_folder(std::move(folder)),
      m_resources(resources),
      m_clock(std::move(clock)),
      m_keyring(std::move(keyring)),
      m_lock(std::move(lock)) {}

Workspace::~Workspace() {
    try {
        // Without it the next opening knows the log as it was when this one began: less, but nothing wrong.
        if (m_core && m_audit) static_cast<void>(rememberAudit(*m_core, *m_audit));
        emptyStaging(m_folder / "staging");
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the next opening does both
    }
}

Result<std::shared_ptr<Workspace>> Workspace::create(const NewWorkspace& wanted, const crypto::Secret& passphrase,
                                                     const Resources& resources, std::shared_ptr<const Clock> clock) {
    FAIRLEAD_OK(access::checkPassphrase(passphrase.view()));
    FAIRLEAD_TRY(const IntakeKeys intakeKeys, readKeysFolder(wanted.keysFolder));
    std::error_code ignored;  // what is missing is said by the next line
    if (wanted.folder.has_parent_path()) fs::create_directories(wanted.folder.parent_path(), ignored);
    FAIRLEAD_TRY(auto folder, NewFolder::make(wanted.folder));
    access::FileKeys keys;
    keys.core = store::Database::newKey();
    keys.identity = store::Database::newKey();
    keys.audit = crypto::Secret::random(32);
    FAIRLEAD_OK(createCore(wanted.folder / "core.db", keys.core, wanted, resources));
    FAIRLEAD_OK(createIdentity(wanted.folder / "identity.db", keys.identity, intakeKeys));
    const crypto::KdfCost cost = wanted.kdfCost ? *wanted.kdfCost : crypto::calibratedCost(std::chrono::seconds(1));
    FAIRLEAD_TRY(const std::string header,
                 access::createHeader(wanted.name, passphrase.view(), keys, cost, wanted.kdfPolicy));
    // Last: a folder without a header is no workspace.
    FAIRLEAD_OK(writeFileAtomically(wanted.folder / "header", header));
    FAIRLEAD_OK(syncFolder(wanted.folder.parent_path()));
    FAIRLEAD_TRY(auto workspace, open(wanted.folder, {passphrase}, resources, std::move(clock), wanted.kdfPolicy));
    folder.keep();
    return workspace;
}

namespace {

/// Before a file is called damaged it is read once more: where SQLCipher had no memory for a page it says the same.
Error lookedAtAgain(const Workspace& workspace, Error error) {
    if (error.code != ErrorCode::Corrupt && error.code != ErrorCode::WrongKey) return error;
    const access::FileKeys& keys = workspace.keyring().keys;
    for (const auto& [file, key] : {std::pair("core.db", &keys.core), {"identity.db", &keys.identity}}) {
        if (error.subject != file || key->isEmpty()) continue;
        auto opened = store::Database::openReadOnly(workspace.folder() / file, *key);
        const Status again = opened ? opened->check() : fail(opened.error());
        if (again) return Error{ErrorCode::Internal, error.subject, "no memory"};
        if (again.error().code != ErrorCode::Corrupt) return again.error();
    }
    return error;
}

}  // namespace

Result<std::shared_ptr<Workspace>> Workspace::open(const fs::path& folder, const Credentials& credentials,
                                                   const Resources& resources, std::shared_ptr<const Clock> clock,
                                                   access::KdfPolicy policy) {
    return openAs(nullptr, folder, credentials, resources, std::move(clock), policy);
}

Result<std::shared_ptr<Workspace>> Workspace::bringForward(const fs::path& folder, const Credentials& credentials,
                                                           const Resources& resources,
                                                           std::shared_ptr<const Clock> clock, access::KdfPolicy policy,
                                                           const Look& look) {
    return openAs(&look, folder, credentials, resources, std::move(clock), policy);
}

Result<std::shared_ptr<Workspace>> Workspace::openAs(const Look* look, const fs::path& folder,
                                                     const Credentials& credentials, const Resources& resources,
                                                     std::shared_ptr<const Clock> clock, access::KdfPolicy policy) {
    const auto openThere = [&]() -> Result<std::shared_ptr<Workspace>> {
        // Looked for first, so that nothing is written into a folder that is no workspace; read under the lock, because
        // whoever held it may have changed it.
        FAIRLEAD_TRY(std::string header, readHeader(folder));
        FAIRLEAD_TRY(auto lock, access::LockFile::acquire(folder / "lock", *clock));
        FAIRLEAD_TRY(header, readHeader(folder));
        FAIRLEAD_TRY(auto keyring, access::unlock(header, {credentials.passphrase.view(), credentials.user}, policy));
        std::shared_ptr<Workspace> workspace(
            new Workspace(folder, resources, std::move(clock), std::move(keyring), std::move(lock)));
        auto isReady = workspace->openFiles(look != nullptr);
        if (isReady && look != nullptr) isReady = (*look)(*workspace);
        if (isReady) isReady = workspace->settle();
        if (!isReady) return fail(lookedAtAgain(*workspace, isReady.error()));
        return workspace;
    };
    try {
        return openThere();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::Internal, {}, "no memory");  // short enough to need none
    }
}

namespace {

Result<store::Database> openFile(const fs::path& path, const crypto::Secret& key) {
    // 64 MB of pages: a city's index pages stay decrypted between statements.
    constexpr std::string_view kPages = "PRAGMA cache_size = -65536";
    FAIRLEAD_TRY(auto file, store::Database::open(path, key));
    FAIRLEAD_OK(file.execute(kPages));
    return file;
}

}  // namespace

store::Database& Workspace::core() {
    FAIRLEAD_CHECK(m_core.has_value());
    return *m_core;
}

store::Database& Workspace::identity() {
    FAIRLEAD_CHECK(m_identity.has_value());
    return *m_identity;
}

fs::path Workspace::pathOf(std::string_view file, std::int64_t epoch) const {
    // A file that could not be put in its place is as good where it is; the next opening tries again.
    const fs::path fresh = newFilePath(m_folder, file, epoch);
    std::error_code ignored;
    return fs::exists(fresh, ignored) ? fresh : m_folder / file;
}

Result<store::Database> Workspace::identityForReading() const {
    return store::Database::openReadOnly(pathOf("identity.db", m_keyring.fileEpoch), m_keyring.keys.identity);
}

Status Workspace::openDatabases(std::int64_t epoch) {
    if (holds(access::FileKey::Core)) {
        FAIRLEAD_TRY(m_core, openFile(pathOf("core.db", epoch), m_keyring.keys.core));
    }
    if (holds(access::FileKey::Identity)) {
        FAIRLEAD_TRY(m_identity, openFile(pathOf("identity.db", epoch), m_keyring.keys.identity));
    }
    return {};
}

Status Workspace::takeNewFiles(access::FileKeys fresh, std::string_view header) {
    // A journal of an old file would be rolled back into a new one: none is open from here on.
    m_core.reset();
    m_identity.reset();
    if (auto written = writeFileAtomically(m_folder / "header", header); !written) {
        const auto now = readFile(m_folder / "header");
        if (now && *now != header) {
            FAIRLEAD_OK(openDatabases(m_keyring.fileEpoch));
            return written;
        }
        // It is there, or nobody can say: both versions of the files stay, and the next opening goes by what it finds.
        ++m_keyring.fileEpoch;
        return written;
    }
    m_keyring.keys.core = std::move(fresh.core);
    m_keyring.keys.identity = std::move(fresh.identity);
    ++m_keyring.fileEpoch;
    ++m_keyring.generation;
    m_heldPage.reset();
    const auto settled = settleNewFiles(m_folder, m_keyring.fileEpoch);
    FAIRLEAD_OK(openDatabases(m_keyring.fileEpoch));
    return settled;
}

Status Workspace::require(access::Action action) {
    const bool isOpen = (m_core || !holds(access::FileKey::Core)) && (m_identity || !holds(access::FileKey::Identity));
    if (!isOpen) return fail(ErrorCode::Io, m_folder.filename().string(), "new files were not taken: open it again");
    if (access::allows(roles(), action)) return {};
    FAIRLEAD_OK(recordDenied(*this, access::name(action)));
    return fail(ErrorCode::Denied, std::string(access::name(action)));
}

Result<std::int64_t> Workspace::oldestVersion(bool bringsForward) {
    std::int64_t oldest = kSchemaVersion;
    for (const auto& [database, name] : {std::pair(&m_core, "core.db"), std::pair(&m_identity, "identity.db")}) {
        if (!*database) continue;
        FAIRLEAD_TRY(const std::int64_t version, (*database)->userVersion());
        if (version >= kSchemaVersion) continue;
        if (!bringsForward)
            return fail(ErrorCode::OlderFormat, name,
                        fmt::format("schema version {}, this program knows {}", version, kSchemaVersion));
        // What it changes is on record with digests of both files.
        if (!m_core || !m_identity) return fail(ErrorCode::Denied, "bring the workspace to this version");
        oldest = std::min(oldest, version);
    }
    return oldest;
}

Status Workspace::openFiles(bool bringsForward) {
    emptyStaging(m_folder / "staging");
    std::vector<audit::Witness> seen;
    FAIRLEAD_OK(settleNewFiles(m_folder, m_keyring.fileEpoch));
    FAIRLEAD_OK(openDatabases(m_keyring.fileEpoch));
    FAIRLEAD_TRY(const std::int64_t version, oldestVersion(bringsForward));
    if (m_identity) FAIRLEAD_OK(migrate(*m_identity, identityUpgrades(), "identity.db"));
    if (m_core) {
        if (version < kSchemaVersion) FAIRLEAD_OK(moveDecisions(*m_core, *m_identity));
        FAIRLEAD_OK(migrate(*m_core, coreUpgrades(), "core.db"));
        FAIRLEAD_TRY(seen, seenOfAudit(*m_core));
    }
    const audit::LogAccess access{m_keyring.keys.audit, m_keyring.auditReadKey};
    FAIRLEAD_TRY(m_audit, audit::AuditLog::open(m_folder / "audit", access, *m_clock, seen));
    if (version == kSchemaVersion) return {};
    FAIRLEAD_TRY(auto watch, BatchWatch::begin(*this, TaskContext()));
    FAIRLEAD_OK(watch.record(*this, audit::Verb::Alteration));
    return recordRegisters(*this, "another form of the files");
}

std::optional<std::int64_t> Workspace::seenAheadOfClock() const {
    constexpr std::int64_t kClockSlackMs = 5 * 60'000;  // That of audit::report().
    const std::int64_t seenMs = m_audit->latestMs();
    return seenMs - m_clock->nowMs() > kClockSlackMs ? std::optional(seenMs) : std::nullopt;
}

/// What an earlier session did not finish, and what a newer program brings along.
Status Workspace::settle() {
    // What is left over is in identity.db; it hurts nobody until one who holds both files opens them.
    if (m_core && m_identity) {
        FAIRLEAD_OK(removeUnknownLoads(*m_core, *m_identity));
        FAIRLEAD_OK(shareWithReviewers(*m_core, *m_identity));
    }
    FAIRLEAD_OK(m_audit->closeUnfinished());
    if (m_core) FAIRLEAD_OK(settleCore());
    // How this computer protects the sitting, as far as it can be told without a screen.
    auto more = posture::onRecord(posture::judge(posture::measure(m_folder)));
    if (const auto seen = seenAheadOfClock())
        more["clock_behind_minutes"] = std::to_string((*seen - m_clock->nowMs()) / 60'000);
    FAIRLEAD_OK(recordNote(*this, audit::Verb::Consultation, "workspace opened", std::move(more)));
    return m_core ? rememberAudit(*m_core, *m_audit) : Status{};
}

Status Workspace::settleCore() {
    const bool isNew = m_audit->head().size == 1;
    FAIRLEAD_TRY(const auto registers, registerDigests(*m_core));
    FAIRLEAD_TRY(const std::int64_t known, scalar(*m_core, "SELECT count(*) FROM fact_kind"));
    if (known < static_cast<std::int64_t>(record::factKinds().size())) FAIRLEAD_OK(KindCodes::writeMissing(*m_core));
    FAIRLEAD_TRY(const std::int64_t lastLoad, scalar(*m_core, "SELECT max(id) FROM load"));
    FAIRLEAD_OK(registerDefinitions(*m_core, m_resources, lastLoad + 1));
    FAIRLEAD_TRY(const auto registersNow, registerDigests(*m_core));
    if (isNew || registersNow != registers) FAIRLEAD_OK(recordRegisters(*this, "definitions of the program"));
    FAIRLEAD_TRY(const auto allowed, setting(*m_core, kAllowUnsigned));
    m_allowsUnsigned = allowed == "1";
    return {};
}

}  // namespace fairlead::workspace
