// Workspace: the encrypted folder in which everything loaded, linked, decided and audited lives
// (resources/docs/decisions/0003-workspace.md). This file is the session; the use cases beside it are free
// functions over it: load.h, relink.h, schools.h, summary.h, overview.h, drill.h, reveal.h, brief.h, evaluate.h.
// Thread-safety: one use case at a time; each takes the session's mutex, so any thread may call.

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/access/header.h"
#include "core/access/lock_file.h"
#include "core/audit/log.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "core/store/database.h"
#include "core/worker/child_process.h"

namespace fairlead::workspace {

struct SchoolPage;

/// Where the definitions, gateways, fonts and the linkage model that ship with the program are, and what reads
/// extracts.
struct Resources {
    std::filesystem::path folder;  ///< Holds indicators/, gateways/, linkage/, fonts/.
    /// Reads extracts in a process of its own (core/extract/reader_process.h); empty = the process itself does, as
    /// tests may.
    std::optional<worker::WorkerProgram> reader{};
};

/// What a new workspace starts with.
struct NewWorkspace {
    std::filesystem::path folder;  ///< NAME.fairlead; must not exist.
    std::string name;              ///< The user as briefings show it: "Demo analyst". 1 to 200 bytes.
    std::filesystem::path
        keysFolder;              ///< Public keys of agencies (*.pub) and the unit's own pair (unit.key); may be empty.
    bool allowUnsigned = false;  ///< Policy: extracts without a signature load, marked "not authenticated".
    std::optional<crypto::KdfCost> kdfCost;  ///< Empty: about a second on this computer.
    access::KdfPolicy kdfPolicy = access::KdfPolicy::normal();
};

/// Who opens a workspace, and with what.
struct Credentials {
    const crypto::Secret& passphrase;
    std::string user{};  ///< Empty: whoever's the passphrase is.
};

/// An unlocked workspace. Its principal may hold the keys of some files only: what the roles do not allow is refused
/// by require(), at the start of every use case, before a file is asked for. One writer: a second process is refused
/// with Busy, naming the holder.
class Workspace {
public:
    /// Errors: AlreadyExists, WeakPassphrase, InvalidArgument (name), Io, DiskFull, NotFound (keys folder, resources),
    /// those of a key file or definition. Nothing is left behind on failure.
    static Result<std::shared_ptr<Workspace>> create(const NewWorkspace& wanted, const crypto::Secret& passphrase,
                                                     const Resources& resources, std::shared_ptr<const Clock> clock);
    /// Also finishes or undoes what a crash left: rows of loads that were never completed, files in staging.
    /// Errors: NotFound, WrongKey, Corrupt, Busy (the detail names the holder), NewerFormat, OlderFormat (of a
    /// database: core/custody/upgrade.h makes a copy of today's format), Io, Internal.
    static Result<std::shared_ptr<Workspace>> open(const std::filesystem::path& folder, const Credentials& credentials,
                                                   const Resources& resources, std::shared_ptr<const Clock> clock,
                                                   access::KdfPolicy policy = access::KdfPolicy::normal());
    /// Looks at a workspace before anything in it is settled.
    using Look = std::function<Status(Workspace&)>;
    /// As open(), but brings files of an older schema to today's where they lie: for a copy that is nobody's workspace
    /// yet (core/custody/upgrade.h). `look` may refuse it. Errors: as open(); those of `look`; Denied without the keys
    /// of both files.
    static Result<std::shared_ptr<Workspace>> bringForward(const std::filesystem::path& folder,
                                                           const Credentials& credentials, const Resources& resources,
                                                           std::shared_ptr<const Clock> clock, access::KdfPolicy policy,
                                                           const Look& look);
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    /// The name of the one who opened it, as given when it was made.
    [[nodiscard]] const std::string& name() const { return m_keyring.principal.name; }
    /// The id of the one who opened it: the audit log's actor.
    [[nodiscard]] const std::string& principal() const { return m_keyring.principal.id; }
    /// What that person may do (core/access/roles.h).
    [[nodiscard]] const access::Roles& roles() const { return m_keyring.principal.roles; }
    /// Errors: Denied, which is in the audit log then.
    Status require(access::Action action);
    [[nodiscard]] bool rolesSeparated() const { return m_keyring.rolesSeparated; }
    [[nodiscard]] bool allowsUnsigned() const { return m_allowsUnsigned; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] const Resources& resources() const { return m_resources; }
    [[nodiscard]] const Clock& clock() const { return *m_clock; }

    /// The time that the audit log has seen, in milliseconds since 1970, where the clock is behind it by more than five
    /// minutes: what ends by a day goes by the later of the two.
    [[nodiscard]] std::optional<std::int64_t> seenAheadOfClock() const;

    // For the use cases of this folder; they hold mutex() while they use what follows.
    /// One use case at a time.
    [[nodiscard]] std::mutex& mutex() { return m_mutex; }
    /// Facts, roll, families, registers: by pseudonymous key. REQUIRES: holds(FileKey::Core).
    [[nodiscard]] store::Database& core();
    /// Who they are. REQUIRES: holds(FileKey::Identity).
    [[nodiscard]] store::Database& identity();
    /// A second connection to identity.db, for reading it on two threads while nobody writes. REQUIRES: as identity().
    /// Errors: those of opening.
    Result<store::Database> identityForReading() const;
    /// True when the file of this key is open, or the key at hand.
    [[nodiscard]] bool holds(access::FileKey key) const { return !m_keyring.keys.of(key).isEmpty(); }
    /// No audit, no act.
    [[nodiscard]] audit::AuditLog& audit() { return *m_audit; }
    [[nodiscard]] const audit::AuditLog& audit() const { return *m_audit; }
    [[nodiscard]] const access::Keyring& keyring() const { return m_keyring; }
    /// Both databases anew under the keys of `fresh`, which lie beside the old ones (new_files.h), and `header`, which
    /// hands those keys out: afterwards there is either all of the old or all of the new. REQUIRES: both are held.
    /// Errors: Io, DiskFull: nothing has changed then, or, where the header may have been written, the next opening
    /// finishes it; until then every use case of this session is refused with Io.
    Status takeNewFiles(access::FileKeys fresh, std::string_view header);
    /// The page that was read last; null after anything that changes figures.
    [[nodiscard]] std::shared_ptr<const SchoolPage>& heldPage() { return m_heldPage; }
    /// Release and record of every released name that was shown since the workspace was opened: one sitting.
    [[nodiscard]] std::set<std::pair<std::int64_t, std::int64_t>>& shownNames() { return m_shownNames; }

private:
    Workspace(std::filesystem::path folder, const Resources& resources, std::shared_ptr<const Clock> clock,
              access::Keyring keyring, access::LockFile lock);
    /// `look` null: files of an older schema are refused.
    static Result<std::shared_ptr<Workspace>> openAs(const Look* look, const std::filesystem::path& folder,
                                                     const Credentials& credentials, const Resources& resources,
                                                     std::shared_ptr<const Clock> clock, access::KdfPolicy policy);
    [[nodiscard]] std::filesystem::path pathOf(std::string_view file, std::int64_t epoch) const;
    Status openFiles(bool bringsForward);
    Result<std::int64_t> oldestVersion(bool bringsForward);
    Status openDatabases(std::int64_t epoch);
    Status settle();
    Status settleCore();

    std::filesystem::path m_folder;
    Resources m_resources;
    std::shared_ptr<const Clock> m_clock;
    access::Keyring m_keyring;
    access::LockFile m_lock;
    bool m_allowsUnsigned = false;
    std::mutex m_mutex;
    std::optional<store::Database> m_core;
    std::optional<store::Database> m_identity;
    std::optional<audit::AuditLog> m_audit;
    std::shared_ptr<const SchoolPage> m_heldPage;
    std::set<std::pair<std::int64_t, std::int64_t>> m_shownNames;
};

}  // namespace fairlead::workspace
