// What the tests of the workspace start from: a small city's agencies with keys, and deliveries made row by row.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/extract/extract.h"
#include "core/workspace/load.h"
#include "core/workspace/workspace.h"
#include "tests/support/temp_folder.h"

namespace fairlead::test {

/// A day by its ISO text.
Date day(const std::string& iso);

/// Rows that a test writes down in a line each.
class Rows {
public:
    Rows& person(const std::string& ref, const std::string& forenames, const std::string& surname,
                 const std::string& birth, const std::string& sex = "F");
    Rows& home(const std::string& ref, const std::string& uprn, const std::string& from = "2020-01-01");
    Rows& identifier(const std::string& ref, const std::string& kind, const std::string& value);
    Rows& parent(const std::string& ref, const std::string& childRef);
    Rows& school(std::int64_t urn, const std::string& name);
    Rows& roll(const std::string& ref, std::int64_t urn, const std::string& year, const std::string& from,
               const std::string& until = "");
    /// A status; `until` empty = open.
    Rows& status(const std::string& factRef, const std::string& ref, record::FactKind kind, const std::string& from,
                 const std::string& until = "", const std::string& code = "");
    /// An event.
    Rows& event(const std::string& factRef, const std::string& ref, record::FactKind kind, const std::string& on,
                const std::string& code = "", record::Role role = record::Role::Subject,
                const std::string& incident = "");

    record::ExtractRows rows;
};

/// A clock that a test moves.
class SetClock final : public Clock {
public:
    explicit SetClock(Date day) { set(day); }
    /// Noon of the day.
    void set(Date day) { m_nowMs = day.days * std::int64_t{86'400'000} + 43'200'000; }
    [[nodiscard]] std::int64_t nowMs() const override { return m_nowMs; }

private:
    std::int64_t m_nowMs = 0;
};

/// The table of core.db until schema version 10.
inline constexpr std::string_view kDecisionUntil10 =
    "CREATE TABLE decision (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, verdict TEXT NOT NULL, "
    "reader TEXT NOT NULL, at_ms INTEGER NOT NULL, reason TEXT NOT NULL, after_load INTEGER NOT NULL, "
    "withdrawn_ms INTEGER) STRICT";

/// A workspace over five agencies' keys, with a clock that stands at 2026-07-01 until it is set.
class WorkspaceFixture {
public:
    /// `resourcesFolder` empty: the project's.
    explicit WorkspaceFixture(std::filesystem::path resourcesFolder = {});

    /// Builds `agency`'s delivery number `sequence` for [from, until) and gives its file.
    std::filesystem::path deliver(const std::string& agency, std::int64_t sequence, const std::string& from,
                                  const std::string& until, const Rows& rows);
    /// Loads; fails the test when that fails.
    workspace::LoadReport load(const std::vector<std::filesystem::path>& files);
    /// Links; fails the test when that fails.
    void link();
    /// Closes the session and opens the workspace again.
    void reopen();
    /// Both files as a program of schema version 2 would have left them; closed.
    void becomeOld();
    /// As reopen() for a workspace of an older format, which is brought to today's where it lies.
    void bringForward();
    /// Every row of every table of both databases as text, loads' clock times left out.
    std::string content();
    /// As content(), of one database.
    static std::string contentOf(store::Database& database);

    TempFolder folder;
    crypto::Secret passphrase;
    std::shared_ptr<SetClock> clock;
    workspace::Resources resources;
    std::filesystem::path path;
    std::shared_ptr<workspace::Workspace> workspace;
    TaskContext task;
    std::vector<std::string> gateways{"children_act_2004_s10"};  ///< What the next deliveries name,
    std::string lawfulBasis = "Article 6(1)(e); Article 9(2)(g); Schedule 1; Schedule 8";  ///< and rest on.
    std::string dpiaRef = "DPIA 3";

private:
    crypto::SealKeyPair m_unit;
    std::map<std::string, crypto::SignKeyPair> m_agencies;
    std::map<std::string, std::string> m_lastManifest;
};

/// The audit log as the one who opened the workspace can read it: details for an auditor alone.
std::vector<audit::Record> auditOf(const workspace::Workspace& workspace);

/// Two schools, two pupils with a parent, known to education, social care and the police.
std::vector<std::filesystem::path> deliverSmallTown(WorkspaceFixture& fixture);
/// URN of the small town's school.
inline constexpr std::int64_t kSchool = 107001;

}  // namespace fairlead::test
