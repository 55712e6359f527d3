#include "core/workspace/definition_register.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/gateway_matrix.h"
#include "core/workspace/reveal.h"

namespace fairlead::workspace {

namespace {

using indicator::DefinitionStatus;

constexpr record::LoadId kEver{INT64_MAX};

Result<std::vector<DefinitionChange>> changesUpTo(store::Database& core, record::LoadId knownAt) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT definition, version, status, principal, at_ms, note, from_load, "
                                          "separated FROM definition_change WHERE from_load <= ?1 ORDER BY id"));
    query.bind(1, knownAt.value);
    std::vector<DefinitionChange> changes;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return changes;
        const auto status = indicator::definitionStatusFromName(query.text(2));
        if (!status) return fail(ErrorCode::Corrupt, "core.db", "status of a definition");
        changes.push_back({{std::string(query.text(0)), static_cast<int>(query.integer(1))},
                           *status,
                           std::string(query.text(3)),
                           query.integer(4),
                           std::string(query.text(5)),
                           {query.integer(6)},
                           query.integer(7) != 0});
    }
}

bool isStep(DefinitionStatus from, DefinitionStatus to) {
    if (to == DefinitionStatus::Retired) return from != DefinitionStatus::Retired;
    if (to == DefinitionStatus::Approved) return from == DefinitionStatus::Draft;
    return to == DefinitionStatus::Retiring && from == DefinitionStatus::Approved;
}

std::vector<std::string> usesOf(const indicator::Definition& definition) {
    std::vector<std::string> uses;
    if (definition.status == DefinitionStatus::Retired) return uses;
    if (definition.group != indicator::Group::AdultFamily) uses.emplace_back("overview");
    if (definition.countsInFamily) uses.emplace_back("family count");
    return uses;
}

Status checkWanted(const Workspace& workspace, const RegisterEntry& entry,
                   const std::map<DefinitionVersion, DefinitionChange>& changed, const StatusWanted& wanted) {
    const std::string subject = fmt::format("{} version {}", wanted.definition.id, wanted.definition.version);
    FAIRLEAD_OK(checkReason(wanted.note));
    if (!isStep(entry.definition.status, wanted.status))
        return fail(ErrorCode::InvalidArgument, subject,
                    fmt::format("it is {} and cannot become {}", indicator::name(entry.definition.status),
                                indicator::name(wanted.status)));
    if (wanted.status != DefinitionStatus::Approved) return {};
    const auto last = changed.find(wanted.definition);
    const bool isOwn = last != changed.end() && last->second.principal == workspace.principal();
    if (workspace.rolesSeparated() && isOwn)
        return fail(ErrorCode::InvalidArgument, subject, "another person has to approve what this one brought in");
    if (!entry.gaps.empty())
        return fail(ErrorCode::GatewayNotInForce, subject, fmt::format("{}", fmt::join(entry.gaps, "; ")));
    return {};
}

Result<DefinitionRegister> readRegister(Workspace& workspace) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    FAIRLEAD_TRY(const std::string nation, nationOf(core));
    FAIRLEAD_TRY(const auto held, heldManifests(core));
    const Date today = workspace.clock().today();
    const GatewayState state{gateways, held, nation, today};
    DefinitionRegister all;
    all.rolesSeparated = workspace.rolesSeparated();
    FAIRLEAD_TRY(all.changes, changesUpTo(core, kEver));
    FAIRLEAD_TRY(const auto changed, statusesAt(core, kEver));
    FAIRLEAD_TRY(auto query, core.prepare("SELECT id, version, toml, from_load FROM definition ORDER BY id, version"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return all;
        RegisterEntry entry;
        FAIRLEAD_TRY(entry.definition, indicator::parseDefinition(query.text(2), query.text(0)));
        entry.from = {query.integer(3)};
        const auto change = changed.find({entry.definition.id, entry.definition.version});
        if (change != changed.end()) {
            entry.definition.status = change->second.status;
            entry.definition.statusNote = change->second.note;
        }
        entry.usedIn = usesOf(entry.definition);
        entry.gaps = uncarried(entry.definition, state);
        entry.weak = weaknesses(entry.definition, state);
        entry.isReviewDue = entry.definition.reviewBy < today;
        if (!all.entries.empty() && all.entries.back().definition.id == entry.definition.id) {
            all.entries.back().isNewest = false;
            all.entries.back().usedIn.clear();
        }
        all.entries.push_back(std::move(entry));
    }
}

Status writeChange(Workspace& workspace, const StatusWanted& wanted) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t last, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(core));
    FAIRLEAD_TRY(auto insert,
                 core.prepare("INSERT INTO definition_change (definition, version, status, principal, "
                              "at_ms, note, from_load, separated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    insert.bind(1, std::string_view(wanted.definition.id));
    insert.bind(2, static_cast<std::int64_t>(wanted.definition.version));
    insert.bind(3, indicator::name(wanted.status)).bind(4, std::string_view(workspace.principal()));
    insert.bind(5, workspace.clock().nowMs()).bind(6, trimmed(wanted.note));
    insert.bind(7, last + 1).bind(8, static_cast<std::int64_t>(workspace.rolesSeparated() ? 1 : 0));
    FAIRLEAD_OK(insert.run());
    return transaction.commit();
}

}  // namespace

Result<std::map<DefinitionVersion, DefinitionChange>> statusesAt(store::Database& core, record::LoadId knownAt) {
    FAIRLEAD_TRY(auto changes, changesUpTo(core, knownAt));
    std::map<DefinitionVersion, DefinitionChange> last;
    for (DefinitionChange& change : changes) last.insert_or_assign(change.definition, change);
    return last;
}

Result<DefinitionRegister> definitionRegister(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    return readRegister(workspace);
}

Status changeStatus(Workspace& workspace, const StatusWanted& wanted) {
    FAIRLEAD_OK(workspace.require(access::Action::ApproveDefinitions));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const DefinitionRegister all, readRegister(workspace));
    FAIRLEAD_TRY(const auto changed, statusesAt(workspace.core(), kEver));
    const auto entry = std::ranges::find_if(all.entries, [&](const RegisterEntry& one) {
        return one.definition.id == wanted.definition.id && one.definition.version == wanted.definition.version;
    });
    if (entry == all.entries.end())
        return fail(ErrorCode::NotFound, wanted.definition.id,
                    fmt::format("no version {} in the register", wanted.definition.version));
    if (auto allowed = checkWanted(workspace, *entry, changed, wanted); !allowed) {
        FAIRLEAD_OK(recordDenied(
            workspace, fmt::format("definition {}: {}", wanted.definition.id, indicator::name(wanted.status))));
        return allowed;
    }
    audit::Entry intent = intentOf(workspace, audit::Verb::Approval, trimmed(wanted.note),
                                   {{"what", "definition"},
                                    {"definition", wanted.definition.id},
                                    {"version", std::to_string(wanted.definition.version)},
                                    {"status", std::string(indicator::name(wanted.status))}});
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    if (auto written = writeChange(workspace, wanted); !written) {
        endAsFailed(act, written.error());
        return written;
    }
    return act.done(withRegisters(workspace, {}));
}

}  // namespace fairlead::workspace
