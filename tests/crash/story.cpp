#include "tests/crash/story.h"

#include <unistd.h>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/custody/backup.h"
#include "core/custody/recovery.h"
#include "core/release/pack.h"
#include "core/workspace/freshness.h"
#include "core/workspace/users.h"
#include "tests/support/results.h"
#include "tests/support/scratch_place.h"

namespace fairlead::crash {

namespace {

namespace fs = std::filesystem;
using test::valueOf;
using test::WorkspaceFixture;
using workspace::Workspace;

std::string errorText(const Error& error) {
    return fmt::format("{} | {} | {}", name(error.code), error.subject, error.detail);
}

/// Every row of what the digests leave out, but for what each session writes, and the number of the next briefing: one
/// that a crash kept from being written has used up its number.
std::string uncovered(store::Database& database) {
    std::string rows;
    for (const std::string_view sql :
         {"SELECT name, value FROM setting WHERE name NOT IN ('audit_seen', 'next_briefing', 'datasets', 'link_model') "
          "ORDER BY name",
          "SELECT * FROM pseudonym"}) {
        auto query = database.prepare(sql);
        if (!query) continue;  // identity.db has no pseudonyms
        while (valueOf(query->next())) rows += fmt::format("{}={}\n", query->text(0), query->text(1));
    }
    return rows;
}

}  // namespace

fs::path fewResources() {
    static const test::TempFolder folder;
    if (fs::exists(folder / "indicators")) return folder.path();
    for (const std::string_view name : {"gateways", "linkage", "fonts"})
        fs::create_directory_symlink(test::projectPath("resources") / name, folder / std::string(name));
    fs::create_directory(folder / "indicators");
    for (const std::string name : {"missing.toml", "child_protection_plan.toml"})
        fs::copy_file(test::projectPath("resources") / "indicators" / name, folder / "indicators" / name);
    return folder.path();
}

Stage::Stage(WorkspaceFixture& ofFixture)
    : fixture(ofFixture), m_folder(test::scratchPlace() / fmt::format("fairlead-crash-{}", ::getpid())) {
    fs::remove_all(m_folder);
    fs::create_directories(m_folder / "out");
}

Stage::~Stage() {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

Result<std::shared_ptr<Workspace>> Stage::open(const std::string& passphrase) const {
    const auto secret = crypto::Secret::copyOf(passphrase);
    return Workspace::open(path(), {secret}, fixture.resources, fixture.clock, access::KdfPolicy::forTests());
}

namespace {

/// Sealed and signed anew with every release.
bool isDrawn(std::string_view table) { return table.ends_with(".release") || table.ends_with(".released_name"); }

std::string usersOf(const fs::path& folder) {
    std::string users;
    for (const access::Principal& user : valueOf(workspace::users(folder)).principals)
        users += fmt::format("user {} {}\n", user.name, user.active);
    return users;
}

}  // namespace

std::string Stage::rowsOf(Workspace& workspace) {
    std::string rows;
    for (const auto& digests : {valueOf(workspace::batchDigests(workspace.core(), workspace.identity(), fixture.task)),
                                valueOf(workspace::registerDigests(workspace.core())),
                                valueOf(workspace::decisionDigests(workspace.identity()))}) {
        for (const auto& [table, digest] : digests) {
            // What a run leaves for the next one to save time; another run than core.db's last one counts for nothing.
            if (table.starts_with("identity.kept_")) continue;
            const bool isCount = !m_comparesFiles && isDrawn(table);
            rows += fmt::format("{} {}\n", table, isCount ? digest.substr(0, digest.find(' ')) : digest);
        }
    }
    return rows + uncovered(workspace.core()) + uncovered(workspace.identity()) + usersOf(workspace.folder());
}

std::string Stage::besides() {
    std::string content;
    for (const std::string_view name : {kRotated, kRestored}) {
        // A restored folder has its name when it is whole, a rotated one is a workspace when it has a header.
        const fs::path there = m_folder / name;
        if (!fs::exists(name == kRotated ? there / "header" : there)) continue;
        const auto passphrase = crypto::Secret::copyOf(kFirst);
        const auto opened =
            Workspace::open(there, {passphrase}, fixture.resources, fixture.clock, access::KdfPolicy::forTests());
        content += fmt::format("{}\n{}", name, opened ? rowsOf(**opened) : errorText(opened.error()));
        if (name != kRotated) continue;
        const auto before = audit::AuditLog::verify(there / "audit-before-1");
        content += before && before->intact ? "with the log before\n" : "without the log before\n";
    }
    if (!fs::exists(m_folder / kKept)) return content;
    const auto kept = custody::checkBackup(m_folder / kKept);
    return content + (kept ? "backup\n" : errorText(kept.error()));
}

std::string Stage::packOf(Workspace& workspace) {
    const auto file = readFile(path() / release::kPackFile);
    if (!file) return {};
    const auto pack = release::readPack(workspace);
    if (!pack) return "pack " + errorText(pack.error());
    std::size_t readers = 0;
    for (auto at = file->find("\"reader\""); at != std::string::npos; at = file->find("\"reader\"", at + 1)) ++readers;
    return fmt::format("pack of {} schools as at {} for {}\n", pack->schools.size(), pack->asAt, readers);
}

std::string Stage::contentOf(Workspace& workspace) {
    std::string content = rowsOf(workspace) + packOf(workspace) + besides();
    if (!m_comparesFiles) return content;
    for (const fs::path& file : {path() / "header", path() / custody::kRecoveryFile, path() / release::kPackFile,
                                 m_folder / "out/briefing.pdf"})
        if (const auto bytes = readFile(file))
            content += fmt::format("{} {}\n", file.stem().string(), hex(crypto::sha256(*bytes)));
    return content;
}

Image prepared(const Story& story, Stage& stage) {
    stage.fixture.load(test::deliverSmallTown(stage.fixture));
    stage.fixture.link();
    if (story.prepare) story.prepare(stage.fixture);
    stage.fixture.workspace.reset();
    Image image;
    image.folders = {"out"};
    if (!story.creates) {
        const Image town = imageOf(stage.fixture.path);
        image.folders.insert("w.fairlead");
        for (const std::string& folder : town.folders) image.folders.insert("w.fairlead/" + folder);
        for (const auto& [name, bytes] : town.files) image.files["w.fairlead/" + name] = bytes;
    }
    lay(image, stage.folder());
    return image;
}

namespace {

Result<std::shared_ptr<Workspace>> create(Stage& stage) {
    workspace::NewWorkspace wanted;
    wanted.folder = stage.path();
    wanted.name = "Test analyst";
    wanted.kdfPolicy = access::KdfPolicy::forTests();
    wanted.kdfCost = access::KdfPolicy::testCost();
    return Workspace::create(wanted, stage.fixture.passphrase, stage.fixture.resources, stage.fixture.clock);
}

}  // namespace

Result<audit::Checkpoint> logOf(const Stage& stage) {
    FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(stage.path() / "audit"));
    return report.head;
}

std::vector<Moment> play(const Story& story, Stage& stage, const std::function<std::size_t()>& operations) {
    std::vector<Moment> moments;
    std::string passphrase(kFirst);
    auto workspace = valueOf(story.creates ? create(stage) : stage.open(passphrase));
    const auto keep = [&](std::size_t done, bool isOnRecord) {
        const audit::Checkpoint head = workspace ? workspace->audit().head() : valueOf(logOf(stage));
        if (!workspace) workspace = valueOf(stage.open(passphrase));
        moments.push_back({done, stage.contentOf(*workspace), head, passphrase, isOnRecord});
    };
    keep(operations(), true);
    for (const Act& act : story.acts) {
        valueOf(act.deed(workspace, stage));
        const std::size_t done = operations();
        if (&act == &story.acts.back() && !story.passphraseAfter.empty()) passphrase = story.passphraseAfter;
        keep(done, act.isOnRecord);
    }
    return moments;
}

namespace {

/// The log before anything mends it: sound, and with all that was acknowledged.
std::string faultInLog(Stage& stage, const Moment& before, std::uint64_t& entries) {
    const auto report = audit::AuditLog::verify(stage.path() / "audit", {.witnesses = {{before.audit, {}}}});
    if (!report) return "the log: " + errorText(report.error());
    entries = report->entries;
    return report->intact ? std::string() : "the log: " + report->problem;
}

std::string differenceOf(const std::string& now, const std::string& then) {
    std::string text;
    const auto lines = split(now, '\n'), others = split(then, '\n');
    for (const auto line : lines)
        if (std::ranges::find(others, line) == others.end()) text += fmt::format(" {}", line);
    return text;
}

}  // namespace

std::string faultIn(Stage& stage, const Judge& judge) {
    const Moment& before = *judge.before;
    const bool mayBeNone = before.content.empty();
    if (mayBeNone && !fs::exists(stage.path() / "header")) return {};
    std::uint64_t entries = 0;
    if (!mayBeNone) {
        if (auto fault = faultInLog(stage, before, entries); !fault.empty()) return fault;
    }
    auto opened = stage.open(before.passphrase);
    if (!opened && opened.error().code == ErrorCode::WrongKey && judge.after != nullptr)
        opened = stage.open(judge.after->passphrase);
    if (!opened) return "unopenable: " + errorText(opened.error());
    const std::string content = stage.contentOf(**opened);
    const bool isAfter = judge.after != nullptr && content == judge.after->content;
    if (!isAfter && content != before.content) {
        const std::string fault =
            "not as before:" + differenceOf(content, before.content) + differenceOf(before.content, content);
        return judge.after == nullptr ? fault
                                      : fault + "; not as after:" + differenceOf(content, judge.after->content) +
                                            differenceOf(judge.after->content, content);
    }
    const bool needsIntent = isAfter && judge.after->isOnRecord && content != before.content && !mayBeNone;
    if (needsIntent && entries <= before.audit.size) return "an act without its intent in the log";
    opened->reset();
    const auto log = audit::AuditLog::verify(stage.path() / "audit");
    return log && log->intact ? std::string() : "the log after opening: " + (log ? log->problem : "unreadable");
}

}  // namespace fairlead::crash
