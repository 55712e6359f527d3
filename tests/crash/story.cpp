#include "tests/crash/story.h"

#include <unistd.h>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/custody/purge.h"
#include "core/workspace/brief.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/freshness.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/relink.h"
#include "core/workspace/reveal.h"
#include "core/workspace/users.h"
#include "tests/support/results.h"

namespace fairlead::crash {

namespace {

namespace fs = std::filesystem;
using test::Rows;
using test::valueOf;
using test::WorkspaceFixture;
using workspace::Workspace;

constexpr std::string_view kFirst = "three small boats at dawn";  // the fixture's
constexpr std::string_view kSecond = "four small boats at dusk";

std::string errorText(const Error& error) {
    return fmt::format("{} | {} | {}", name(error.code), error.subject, error.detail);
}

fs::path memoryFolder() {
    const fs::path shared = "/dev/shm";
    std::error_code ignored;
    return fs::is_directory(shared, ignored) ? shared : fs::temp_directory_path();
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

Rows laterRows() {
    Rows later;
    later.school(test::kSchool, "Harbour School").school(107002, "Hill School");
    later.person("E1", "Amelia Rose", "Okafor-Whitby", "2011-03-14").home("E1", "100012345699");
    later.person("E2", "Samuel", "Okafor", "2013-09-02", "M").home("E2", "100012345671");
    later.roll("E1", test::kSchool, "10", "2023-09-01").roll("E2", 107002, "7", "2026-02-01");
    return later;
}

fs::path deliverLater(WorkspaceFixture& fixture) {
    return fixture.deliver("education", 2, "2023-09-01", "2026-07-01", laterRows());
}

template <typename T>
Status statusOf(const Result<T>& result) {
    return result ? Status{} : Status{std::unexpected(result.error())};
}

Status loadLater(Workspace& workspace, Stage& stage) {
    return statusOf(workspace::load(workspace, {stage.fixture.folder / "education_002.fxt"}, stage.fixture.task));
}

Status link(Workspace& workspace, Stage& stage) { return statusOf(workspace::relink(workspace, stage.fixture.task)); }

Status approve(Workspace& workspace, Stage&) {
    return statusOf(workspace::changeStatus(
        workspace, {{"missing", 2}, indicator::DefinitionStatus::Approved, "agreed by the board in June"}));
}

Status addUser(Workspace& workspace, Stage&) {
    const auto passphrase = crypto::Secret::copyOf("Ana rows the boat alone");
    workspace::SecondPerson alone;
    alone.policy = access::KdfPolicy::forTests();
    return workspace::addUser(workspace, alone,
                              {.name = "Ana",
                               .roles = {access::Role::Analyst},
                               .passphrase = passphrase,
                               .cost = access::KdfPolicy::testCost()});
}

Status changePassphrase(Workspace& workspace, Stage&) {
    const auto first = crypto::Secret::copyOf(kFirst), second = crypto::Secret::copyOf(kSecond);
    return workspace::changePassphrase(workspace, first, second, access::KdfPolicy::testCost(),
                                       access::KdfPolicy::forTests());
}

Status reveal(Workspace& workspace, Stage&) {
    return statusOf(workspace::reveal(workspace, {{1}}, "panel of the spring term"));
}

/// The first look gives pupils their letters.
void look(WorkspaceFixture& fixture) {
    workspace::OverviewRequest view;
    view.school = {test::kSchool};
    valueOf(workspace::draftBriefing(*fixture.workspace, {view, false, "panel of the spring term"}, fixture.task));
}

Status exportBriefing(Workspace& workspace, Stage& stage) {
    workspace::OverviewRequest view;
    view.school = {test::kSchool};
    return statusOf(workspace::exportBriefing(workspace, {view, false, "panel of the spring term"},
                                              stage.folder() / "out" / "briefing.pdf", stage.fixture.task));
}

/// The police's only delivery: its records, facts and part of the links go.
Status purgePolice(Workspace& workspace, Stage& stage) {
    FAIRLEAD_TRY(const auto all, custody::retention(workspace));
    const auto police = std::ranges::find(all, "police", &custody::DeliveryEnd::agency);
    workspace::SecondPerson alone;
    alone.policy = access::KdfPolicy::forTests();
    return statusOf(
        custody::purge(workspace, {{police->delivery}, "retention ended in June"}, alone, stage.fixture.task));
}

/// So many that the log's key changes.
Status appendMany(Workspace& workspace, Stage& stage) {
    for (int i = 0; i < 4; ++i) FAIRLEAD_OK(reveal(workspace, stage));
    return {};
}

void fillLog(WorkspaceFixture& fixture) {
    while (fixture.workspace->audit().head().size % audit::kEntriesPerKey < audit::kEntriesPerKey - 8)
        valueOf(workspace::reveal(*fixture.workspace, {{1}}, "panel of the spring term"));
}

}  // namespace

const std::vector<Story>& stories() {
    static const std::vector<Story> all = {
        {.name = "load", .prepare = [](auto& fixture) { deliverLater(fixture); }, .acts = {loadLater}},
        {.name = "link", .prepare = [](auto& fixture) { fixture.load({deliverLater(fixture)}); }, .acts = {link}},
        {.name = "decision", .acts = {approve}},
        {.name = "header", .acts = {addUser, changePassphrase}, .passphraseAfter = std::string(kSecond)},
        {.name = "audit", .prepare = fillLog, .acts = {appendMany}},
        {.name = "briefing", .prepare = look, .acts = {exportBriefing}},
        {.name = "purge", .acts = {purgePolice}},
        {.name = "creation", .acts = {approve}, .creates = true},
    };
    return all;
}

Stage::Stage(WorkspaceFixture& ofFixture)
    : fixture(ofFixture), m_folder(memoryFolder() / fmt::format("fairlead-crash-{}", ::getpid())) {
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

std::string Stage::contentOf(Workspace& workspace) {
    std::string content;
    for (const auto& digests : {valueOf(workspace::batchDigests(workspace.core(), workspace.identity(), fixture.task)),
                                valueOf(workspace::registerDigests(workspace.core()))}) {
        for (const auto& [table, digest] : digests) {
            // What a run leaves for the next one to save time; another run than core.db's last one counts for nothing.
            if (!table.starts_with("identity.kept_")) content += fmt::format("{} {}\n", table, digest);
        }
    }
    content += uncovered(workspace.core()) + uncovered(workspace.identity());
    if (!m_comparesFiles) return content;
    content += "header " + hex(crypto::sha256(valueOf(readFile(path() / "header")))) + "\n";
    if (const auto briefing = readFile(m_folder / "out" / "briefing.pdf"))
        content += "briefing " + hex(crypto::sha256(*briefing)) + "\n";
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

Moment momentOf(Stage& stage, Workspace& workspace, std::size_t operations, std::string passphrase) {
    return {operations, stage.contentOf(workspace), workspace.audit().head(), std::move(passphrase)};
}

Result<std::shared_ptr<Workspace>> create(Stage& stage) {
    workspace::NewWorkspace wanted;
    wanted.folder = stage.path();
    wanted.name = "Test analyst";
    wanted.kdfPolicy = access::KdfPolicy::forTests();
    wanted.kdfCost = access::KdfPolicy::testCost();
    return Workspace::create(wanted, stage.fixture.passphrase, stage.fixture.resources, stage.fixture.clock);
}

}  // namespace

std::vector<Moment> play(const Story& story, Stage& stage, const std::function<std::size_t()>& operations) {
    std::vector<Moment> moments;
    std::string passphrase(kFirst);
    auto workspace = valueOf(story.creates ? create(stage) : stage.open(passphrase));
    moments.push_back(momentOf(stage, *workspace, operations(), passphrase));
    for (const Act& act : story.acts) {
        valueOf(act(*workspace, stage));
        const std::size_t done = operations();
        if (&act == &story.acts.back() && !story.passphraseAfter.empty()) passphrase = story.passphraseAfter;
        moments.push_back(momentOf(stage, *workspace, done, passphrase));
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
    if (isAfter && content != before.content && !mayBeNone && entries <= before.audit.size)
        return "an act without its intent in the log";
    opened->reset();
    const auto log = audit::AuditLog::verify(stage.path() / "audit");
    return log && log->intact ? std::string() : "the log after opening: " + (log ? log->problem : "unreadable");
}

}  // namespace fairlead::crash
