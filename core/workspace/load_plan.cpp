#include "core/workspace/load_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/extract/gateway_rules.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/gateway_matrix.h"
#include "core/workspace/quality_reading.h"

namespace fairlead::workspace {

namespace {

/// Rows kept in memory between verifying and writing, over all files; about 1 GB.
constexpr std::int64_t kRowsHeld = 3'000'000;

using DatasetName = std::pair<std::string, std::string>;

/// The newest delivery of a dataset that is held.
struct Newest {
    std::int64_t sequence = 0;
    std::string manifestSha256;
};

/// What the workspace holds already.
struct Held {
    std::map<std::string, std::optional<Date>> manifests;  ///< Canonical JSON, and when it was purged.
    std::map<DatasetName, Newest> newest;
};

struct Candidate {
    std::filesystem::path path;
    extract::Manifest manifest;

    [[nodiscard]] DatasetName dataset() const { return {manifest.agency, manifest.dataset}; }
    [[nodiscard]] std::string fileName() const { return path.filename().string(); }
};

Result<Held> heldIn(store::Database& core) {
    Held held;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT d.manifest, s.agency, s.name, d.sequence, d.manifest_sha256, "
                                          "p.at_ms / 86400000 FROM delivery d JOIN dataset s ON s.id = d.dataset "
                                          "LEFT JOIN purged_delivery g ON g.delivery = d.id "
                                          "LEFT JOIN purge p ON p.id = g.purge ORDER BY d.sequence"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return held;
        held.manifests.emplace(query.text(0), optionalDayAt(query, 5));
        held.newest[{std::string(query.text(1)), std::string(query.text(2))}] = {query.integer(3),
                                                                                 std::string(query.text(4))};
    }
}

Result<std::vector<Candidate>> readManifests(const std::vector<std::filesystem::path>& files,
                                             const extract::OpenOptions& options) {
    std::vector<Candidate> candidates;
    for (const auto& path : files) {
        FAIRLEAD_TRY(auto manifest, extract::readManifest(path, options));
        candidates.push_back({path, std::move(manifest)});
    }
    std::ranges::sort(candidates, {}, [](const Candidate& candidate) {
        const extract::Manifest& manifest = candidate.manifest;
        return std::tie(manifest.agency, manifest.dataset, manifest.sequence, candidate.path);
    });
    return candidates;
}

/// Takes out what is held already. Errors: AlreadyLoaded when nothing is left.
Status dropHeld(std::vector<Candidate>& candidates, const Held& held, std::vector<LoadNote>& notes) {
    auto seen = held.manifests;
    std::vector<Candidate> fresh;
    for (Candidate& candidate : candidates) {
        const auto [at, isNew] = seen.try_emplace(extract::canonicalJson(candidate.manifest));
        if (isNew) {
            fresh.push_back(std::move(candidate));
            continue;
        }
        // What was purged does not come back by loading it again.
        const std::string purged = at->second ? "; purged on " + at->second->uk() : std::string();
        notes.push_back({LoadNote::Kind::AlreadyHeld, candidate.fileName(), candidate.manifest.label() + purged});
    }
    if (fresh.empty()) return fail(ErrorCode::AlreadyLoaded, notes.front().fileName, notes.front().detail);
    candidates = std::move(fresh);
    return {};
}

/// Deliveries of a dataset come in rising order, each naming the one before it.
Status checkOrder(const std::vector<Candidate>& candidates, const Held& held, std::vector<LoadNote>& notes) {
    std::map<DatasetName, std::int64_t> last;
    for (const auto& [name, newest] : held.newest) last[name] = newest.sequence;
    for (const Candidate& candidate : candidates) {
        const auto [at, isFirst] = last.try_emplace(candidate.dataset(), 0);
        const std::int64_t before = at->second;
        const std::int64_t sequence = candidate.manifest.sequence;
        if (sequence <= before)
            return fail(ErrorCode::SequenceReplay, candidate.fileName(),
                        fmt::format("{}; number {} is held", candidate.manifest.label(), before));
        if (isFirst && sequence > 1)
            notes.push_back({LoadNote::Kind::StartsLate, candidate.fileName(), candidate.manifest.label()});
        if (!isFirst && sequence > before + 1)
            notes.push_back({LoadNote::Kind::SequenceGap, candidate.fileName(),
                             fmt::format("{}; the last one held is number {}", candidate.manifest.label(), before)});
        at->second = sequence;
    }
    return {};
}

/// The manifest names the hash of the one before it, where that one is at hand.
Status checkChain(const std::vector<PlannedFile>& files, const Held& held) {
    std::map<DatasetName, Newest> newest = held.newest;
    for (const PlannedFile& file : files) {
        const extract::Manifest& manifest = file.verified.manifest;
        Newest& before = newest[{manifest.agency, manifest.dataset}];
        const bool follows = before.sequence > 0 && manifest.sequence == before.sequence + 1;
        if (follows && manifest.previousManifestSha256 != before.manifestSha256)
            return fail(
                ErrorCode::SequenceReplay, file.path.filename().string(),
                fmt::format("{}: it follows another delivery {} than the one held", manifest.label(), before.sequence));
        before = {manifest.sequence, file.verified.manifestSha256};
    }
    return {};
}

/// Each gateway that a delivery names must carry it; ids that the register does not know are refused on opening. What
/// is weak about all of them is noted, once for a dataset.
Status checkGateways(const std::vector<Candidate>& candidates, const extract::GatewayRegister& gateways,
                     const std::string& nation, Date today, std::vector<LoadNote>& notes) {
    std::set<std::pair<DatasetName, std::string>> noted;
    for (const Candidate& candidate : candidates) {
        const extract::Manifest& manifest = candidate.manifest;
        const auto what = disclosureOf(manifest, manifest.purpose, nation, today);
        for (const std::string& id : manifest.gateways) {
            const extract::Gateway* gateway = gateways.find(id);
            const std::string block = gateway == nullptr ? std::string() : extract::blockOf(*gateway, what);
            if (!block.empty())
                return fail(ErrorCode::GatewayNotInForce, candidate.fileName(), fmt::format("{}: {}", id, block));
        }
        for (const std::string& text : extract::sharedWarnings(manifest.gateways, gateways, what))
            if (noted.emplace(candidate.dataset(), text).second)
                notes.push_back({LoadNote::Kind::WeakGateway, candidate.fileName(), text});
    }
    return {};
}

/// Errors name table, row and column, never a value; of a path the file's name alone is kept.
Status recordRefusal(Workspace& workspace, const Error& error) {
    audit::Entry entry = intentOf(workspace, audit::Verb::Denied, {}, {});
    entry.state = audit::State::Note;
    // Marks: those who load see on the page of data quality what was turned away.
    entry.marks["what"] = fmt::format("{}{}", kRefusedLoad, name(error.code));
    if (!error.subject.empty())
        entry.marks[std::string(kRefusedFile)] = std::filesystem::path(error.subject).filename().string();
    if (!error.detail.empty()) entry.marks[std::string(kRefusedWhy)] = error.detail;
    return recordEntry(workspace, entry);
}

Result<LoadPlan> plan(Workspace& workspace, const std::vector<std::filesystem::path>& files, const LoadSetting& setting,
                      TaskContext& task) {
    const extract::OpenOptions& options = setting.options;
    if (files.empty()) return fail(ErrorCode::InvalidArgument, {}, "no file chosen");
    LoadPlan planned;
    FAIRLEAD_TRY(const Held held, heldIn(workspace.core()));
    FAIRLEAD_TRY(auto candidates, readManifests(files, options));
    FAIRLEAD_OK(dropHeld(candidates, held, planned.notes));
    FAIRLEAD_OK(checkOrder(candidates, held, planned.notes));
    FAIRLEAD_TRY(const std::string nation, nationOf(workspace.core()));
    FAIRLEAD_OK(checkGateways(candidates, setting.gateways, nation, options.today, planned.notes));

    std::int64_t total = 0;
    for (const Candidate& candidate : candidates) total += rowCount(candidate.manifest);
    task.begin(Phase::Checking, static_cast<std::uint64_t>(total));
    std::int64_t rowsHeld = 0;
    for (const Candidate& candidate : candidates) {
        // Opening reports its own phases: it gets a context of its own that listens to the same stop.
        TaskContext part(task.token());
        FAIRLEAD_TRY(auto verified, extract::open(candidate.path, options, part));
        const std::int64_t rows = rowCount(verified.manifest);
        const bool hold = rowsHeld + rows <= kRowsHeld;
        if (hold)
            rowsHeld += rows;
        else
            verified.rows = {}, verified.rowIds = {};
        if (!verified.authenticated)
            planned.notes.push_back(
                {LoadNote::Kind::NotAuthenticated, candidate.fileName(), verified.manifest.label()});
        planned.files.push_back({candidate.path, std::move(verified), hold});
        task.advance(static_cast<std::uint64_t>(rows));
    }
    FAIRLEAD_OK(checkChain(planned.files, held));
    return planned;
}

}  // namespace

std::int64_t rowCount(const extract::Manifest& manifest) {
    std::int64_t rows = 0;
    for (const auto& [name, digest] : manifest.tables) rows += digest.rows;
    return rows;
}

Result<std::unique_ptr<const LoadSetting>> loadSetting(Workspace& workspace, const crypto::Secret* passphrase) {
    auto setting = std::make_unique<LoadSetting>();
    FAIRLEAD_TRY(setting->keys, readIntakeKeys(workspace.identity()));
    FAIRLEAD_TRY(setting->gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    extract::OpenOptions& options = setting->options;
    options.today = workspace.clock().today();
    options.staging = workspace.folder() / "staging";
    options.unit = setting->keys.unit ? &*setting->keys.unit : nullptr;
    options.passphrase = passphrase;
    options.trusted = setting->keys.agencies;
    options.allowUnsigned = workspace.allowsUnsigned();
    options.reader = workspace.resources().reader;
    options.gatewaysInForce = setting->gateways.inForceOn(options.today);
    return std::unique_ptr<const LoadSetting>(std::move(setting));
}

Result<extract::Extract> rowsOf(PlannedFile& file, const extract::OpenOptions& options, TaskContext& task) {
    if (file.rowsHeld) return std::move(file.verified);
    TaskContext part(task.token());
    FAIRLEAD_TRY(auto again, extract::open(file.path, options, part));
    if (again.manifestSha256 != file.verified.manifestSha256)
        return fail(ErrorCode::HashMismatch, file.path.filename().string(), "changed while it was being loaded");
    return again;
}

Result<LoadPlan> planOrRefuse(Workspace& workspace, const std::vector<std::filesystem::path>& files,
                              const LoadSetting& setting, TaskContext& task) {
    auto planned = plan(workspace, files, setting, task);
    if (!planned && planned.error().code != ErrorCode::Cancelled)
        FAIRLEAD_OK(recordRefusal(workspace, planned.error()));
    return planned;
}

}  // namespace fairlead::workspace
