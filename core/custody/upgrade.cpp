#include "core/custody/upgrade.h"

#include <array>

#include <fmt/format.h>

#include "core/access/lock_file.h"
#include "core/custody/folder_copy.h"
#include "core/custody/renewal.h"
#include "core/store/row_watch.h"
#include "core/workspace/new_files.h"
#include "core/workspace/schema.h"
#include "core/workspace/users.h"

namespace fairlead::custody {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

/// What the step to today's format writes by itself: sums of rows.
constexpr std::array<std::string_view, 2> kOfTheProgram = {"setting", "row_sum"};

/// Went from core.db to identity.db with version 11.
constexpr std::string_view kMoved = "decision";

/// A table as it was: its columns and rows.
struct TableThen {
    std::int64_t columns = 0;
    store::TableSum sum;
};
using TablesThen = std::map<std::string, TableThen>;

Result<std::int64_t> columnsOf(store::Database& database, const std::string& table) {
    FAIRLEAD_TRY(auto query, database.prepare(fmt::format("SELECT * FROM {} LIMIT 0", table)));
    return query.columns();
}

Result<TablesThen> tablesOf(store::Database& database, const TaskContext& task) {
    TablesThen tables;
    FAIRLEAD_TRY(const auto names, copiedTables(database));
    for (const std::string& name : names) {
        if (std::ranges::find(kOfTheProgram, name) != kOfTheProgram.end()) continue;
        TableThen& table = tables[name];
        FAIRLEAD_TRY(table.columns, columnsOf(database, name));
        FAIRLEAD_TRY(table.sum, store::sumOf(database, name, task));
    }
    return tables;
}

/// Every row is there; the same, where the table has the same columns.
Status compare(store::Database& database, const TablesThen& then, const TaskContext& task) {
    FAIRLEAD_OK(database.check());
    for (const auto& [name, table] : then) {
        FAIRLEAD_TRY(const std::int64_t columns, columnsOf(database, name));
        FAIRLEAD_TRY(const auto sum, store::sumOf(database, name, task));
        if (sum.rows != table.sum.rows || (columns == table.columns && sum != table.sum))
            return fail(ErrorCode::Corrupt, name, "the upgraded copy has other rows");
    }
    return {};
}

/// One upgrade.
class Upgrading {
public:
    Upgrading(const UpgradeRequest& request, const std::shared_ptr<const Clock>& clock, TaskContext& task)
        : m_request(request), m_clock(clock), m_task(task) {}

    Result<Upgrade> run() {
        FAIRLEAD_TRY(const std::string header, workspace::readHeader(m_request.folder));
        FAIRLEAD_TRY(const auto lock, access::LockFile::acquire(m_request.folder / "lock", *m_clock));
        const workspace::Credentials& who = m_request.credentials;
        FAIRLEAD_TRY(const auto ring, access::unlock(header, {who.passphrase.view(), who.user}, m_request.policy));
        if (!access::allows(ring.principal.roles, access::Action::BackUp))
            return fail(ErrorCode::Denied, std::string(access::name(access::Action::BackUp)));
        FAIRLEAD_TRY(auto copy, FolderInTheMaking::begin(m_request.to));
        FAIRLEAD_OK(copyFiles(copy));
        FAIRLEAD_OK(readThen(copy.path(), ring));
        FAIRLEAD_OK(bringForward(copy.path()));
        if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_OK(copy.publish());
        return m_upgrade;
    }

private:
    Status copyFiles(FolderInTheMaking& copy) {
        FAIRLEAD_TRY(const auto names, everyFile(m_request.folder));
        m_task.begin(Phase::Writing, names.size());
        for (const std::string& name : names) {
            if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
            FAIRLEAD_TRY(const auto copied, copy.copy(m_request.folder, name));
            static_cast<void>(copied);
            m_task.advance(1);
        }
        return copy.makeFolder("staging");
    }

    /// The rows before: of the copy, where what a crash left over can be settled.
    Status readThen(const fs::path& copy, const access::Keyring& ring) {
        FAIRLEAD_OK(workspace::settleNewFiles(copy, ring.fileEpoch));
        FAIRLEAD_TRY(auto core, store::Database::open(copy / "core.db", ring.keys.core));
        FAIRLEAD_TRY(auto identity, store::Database::open(copy / "identity.db", ring.keys.identity));
        FAIRLEAD_TRY(const std::int64_t coreVersion, core.userVersion());
        FAIRLEAD_TRY(const std::int64_t identityVersion, identity.userVersion());
        m_upgrade.fromVersion = std::min(coreVersion, identityVersion);
        if (m_upgrade.fromVersion == workspace::kSchemaVersion)
            return fail(ErrorCode::AlreadyExists, m_request.folder.filename().string(), "it has today's format");
        FAIRLEAD_TRY(m_core, tablesOf(core, m_task));
        FAIRLEAD_TRY(m_identity, tablesOf(identity, m_task));
        m_upgrade.tables = m_core.size() + m_identity.size();
        return {};
    }

    Status bringForward(const fs::path& copy) {
        const auto look = [this](Workspace& opened) -> Status {
            FAIRLEAD_OK(compareMoved(opened.identity()));
            FAIRLEAD_OK(compare(opened.core(), m_core, m_task));
            return compare(opened.identity(), m_identity, m_task);
        };
        // Closed again at once.
        FAIRLEAD_TRY(auto opened, Workspace::bringForward(copy, m_request.credentials, m_request.resources, m_clock,
                                                          m_request.policy, look));
        opened.reset();
        FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(copy / "audit"));
        return report.intact ? Status{} : Status{fail(ErrorCode::Corrupt, "audit", report.problem)};
    }

    /// As many rows in the one file as there were in the other.
    Status compareMoved(store::Database& identity) {
        const auto moved = m_core.extract(std::string(kMoved));
        if (moved.empty()) return {};
        FAIRLEAD_TRY(const auto sum, store::sumOf(identity, kMoved, m_task));
        if (sum.rows == moved.mapped().sum.rows) return {};
        return fail(ErrorCode::Corrupt, std::string(kMoved), "the upgraded copy has other rows");
    }

    const UpgradeRequest& m_request;
    const std::shared_ptr<const Clock>& m_clock;
    TaskContext& m_task;
    TablesThen m_core, m_identity;
    Upgrade m_upgrade;
};

}  // namespace

fs::path upgradedName(const fs::path& folder) {
    const fs::path whole = folder.filename().empty() ? folder.parent_path() : folder;
    return whole.parent_path() /
           fmt::format("{}-format-{}{}", whole.stem().string(), workspace::kSchemaVersion, whole.extension().string());
}

Result<Upgrade> upgrade(const UpgradeRequest& request, const std::shared_ptr<const Clock>& clock, TaskContext& task) {
    return Upgrading(request, clock, task).run();
}

}  // namespace fairlead::custody
