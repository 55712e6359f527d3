#include "core/release/involvement.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "core/base/text.h"
#include "core/extract/gateway_rules.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/moment.h"
#include "core/workspace/pseudonym.h"
#include "core/workspace/schools.h"
#include "core/workspace/users.h"

namespace fairlead::release {

namespace {

using workspace::Workspace;

Status checkText(std::string_view text, std::string_view what, std::size_t least, std::size_t most) {
    const std::size_t size = trimmed(text).size();
    if (size >= least && size <= most && isValidUtf8(text) && !hasControlCharacters(text)) return {};
    return fail(ErrorCode::InvalidArgument, std::string(what), fmt::format("{} to {} bytes of text", least, most));
}

Status checkTexts(const InvolvementWanted& wanted) {
    constexpr std::size_t kLongest = 200, kLongestPurpose = 500, kShortestPurpose = 10;
    FAIRLEAD_OK(checkText(wanted.team, "team", 1, kLongest));
    FAIRLEAD_OK(checkText(wanted.source, "source", 1, kLongest));
    return checkText(wanted.purpose, "purpose", kShortestPurpose, kLongestPurpose);
}

Result<std::string> idOfUser(const Workspace& workspace, std::string_view name) {
    FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
    const auto found = std::ranges::find_if(
        face.principals, [&](const access::Principal& user) { return user.active && user.name == name; });
    if (found == face.principals.end()) return fail(ErrorCode::NotFound, std::string(name));
    return found->id;
}

Status checkChild(store::Database& core, record::PersonKey child) {
    FAIRLEAD_TRY(const std::int64_t run, workspace::scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, workspace::Memberships::open(core, run));
    FAIRLEAD_TRY(const auto members, memberships.membersOf(child));
    if (members.empty()) return fail(ErrorCode::NotFound, fmt::format("person {}", child.value));
    return {};
}

Result<std::int64_t> write(Workspace& workspace, const InvolvementWanted& wanted, std::string_view worker) {
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(workspace.core()));
    FAIRLEAD_TRY(auto insert, workspace.core().prepare("INSERT INTO involvement VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, "
                                                       "?7, ?8, ?9, ?10, ?11)"));
    insert.bind(1, wanted.child.value).bind(2, std::int64_t{wanted.coversFamily});
    insert.bind(3, trimmed(wanted.team)).bind(4, worker);
    insert.bind(5, trimmed(wanted.purpose)).bind(6, std::string_view(wanted.gateway));
    insert.bind(7, std::int64_t{wanted.days.from.days}).bind(8, std::int64_t{wanted.days.until.days});
    insert.bind(9, trimmed(wanted.source)).bind(10, std::string_view(workspace.principal()));
    FAIRLEAD_OK(insert.bind(11, workspace.clock().nowMs()).run());
    const std::int64_t id = workspace.core().lastInsertId();
    FAIRLEAD_OK(transaction.commit());
    return id;
}

Result<std::vector<ChildAtSchool>> childAt(store::Database& core, record::PersonKey child) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT urn, position FROM pseudonym WHERE person = ?1 ORDER BY urn"));
    query.bind(1, child.value);
    std::vector<ChildAtSchool> places;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        places.push_back({{query.integer(0)}, {}, workspace::pseudonymLabel(query.integer(1))});
    }
    for (ChildAtSchool& place : places) {
        FAIRLEAD_TRY(place.schoolName, workspace::schoolName(core, place.school));
    }
    return places;
}

}  // namespace

Status checkGateway(const extract::GatewayRegister& gateways, const GatewayUse& use) {
    const extract::Gateway* const gateway = gateways.find(use.gateway);
    if (gateway == nullptr) return fail(ErrorCode::NotFound, "gateway", std::string(use.gateway));
    const auto inForce = gateways.inForceOn(use.on);
    if (std::ranges::find(inForce, use.gateway) == inForce.end())
        return fail(ErrorCode::GatewayNotInForce, "gateway of an involvement",
                    fmt::format("{} on {}", use.gateway, use.on.iso()));
    if (extract::carriesPurpose(*gateway, use.purpose)) return {};
    std::string purposes = fmt::format("{}", fmt::join(gateway->scope.onlyPurposes, ", "));
    std::ranges::replace(purposes, '_', ' ');
    return fail(ErrorCode::GatewayNotInForce, std::move(purposes), "purpose");
}

std::string_view name(InvolvementState state) {
    switch (state) {
        case InvolvementState::ToCome: return "to come";
        case InvolvementState::Running: return "running";
        case InvolvementState::Ended: return "ended";
        case InvolvementState::Withdrawn: return "withdrawn";
    }
    return "";
}

InvolvementState stateOf(const Involvement& involvement, Date today) {
    if (!involvement.withdrawnBy.empty()) return InvolvementState::Withdrawn;
    if (today < involvement.days.from) return InvolvementState::ToCome;
    return involvement.days.contains(today) ? InvolvementState::Running : InvolvementState::Ended;
}

Result<std::int64_t> recordInvolvement(Workspace& workspace, const InvolvementWanted& wanted) {
    FAIRLEAD_OK(workspace.require(access::Action::ReleaseNames));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_OK(checkTexts(wanted));
    if (wanted.days.isEmpty()) return fail(ErrorCode::InvalidArgument, "until", "not after the first day");
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    FAIRLEAD_OK(checkGateway(gateways, {wanted.gateway, wanted.purpose, wanted.days.from}));
    FAIRLEAD_TRY(const std::string worker, idOfUser(workspace, wanted.worker));
    FAIRLEAD_OK(checkChild(workspace.core(), wanted.child));
    audit::Entry intent = workspace::intentOf(workspace, audit::Verb::Alteration, trimmed(wanted.purpose),
                                              {{"what", "involvement"},
                                               {"worker", worker},
                                               {"gateway", wanted.gateway},
                                               {"family", wanted.coversFamily ? "yes" : "no"}});
    intent.subjectCount = 1;
    intent.subjectsSha256 = workspace::subjectsDigest(std::vector{wanted.child});
    return workspace::asAct(
        workspace, std::move(intent), [&] { return write(workspace, wanted, worker); },
        [](std::int64_t id) {
            return audit::Outcome{
                .objectSha256 = {}, .subjectCount = 0, .details = {{"involvement", std::to_string(id)}}};
        });
}

Result<std::vector<Involvement>> involvements(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadReleases));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto all, readInvolvements(workspace.core()));
    if (!access::allows(workspace.roles(), access::Action::ReleaseNames))
        std::erase_if(all, [&](const Involvement& one) { return one.worker != workspace.principal(); });
    for (Involvement& one : all) {
        FAIRLEAD_TRY(one.childAt, childAt(workspace.core(), one.child));
    }
    return all;
}

Result<std::vector<Involvement>> readInvolvements(store::Database& core) {
    FAIRLEAD_TRY(
        auto query,
        core.prepare(
            "SELECT id, person, family, team, worker, purpose, gateway, from_day, until_day, source, recorded_by, "
            "i.at_ms, withdrawn_by FROM involvement i LEFT JOIN involvement_withdrawn ON involvement = id ORDER BY "
            "id"));
    std::vector<Involvement> all;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return all;
        all.push_back({.id = query.integer(0),
                       .child = {query.integer(1)},
                       .coversFamily = query.integer(2) != 0,
                       .team = std::string(query.text(3)),
                       .worker = std::string(query.text(4)),
                       .purpose = std::string(query.text(5)),
                       .gateway = std::string(query.text(6)),
                       .days = {workspace::dayAt(query, 7), workspace::dayAt(query, 8)},
                       .source = std::string(query.text(9)),
                       .recordedBy = std::string(query.text(10)),
                       .atMs = query.integer(11),
                       .withdrawnBy = query.isNull(12) ? std::string() : std::string(query.text(12))});
    }
}

}  // namespace fairlead::release
