#include "core/release/release.h"

#include <algorithm>
#include <set>

#include <fmt/ranges.h>

#include "core/base/text.h"
#include "core/extract/gateway_register.h"
#include "core/release/involvement.h"
#include "core/release/user_names.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/released_names.h"

namespace fairlead::release {

namespace {

using workspace::Workspace;

Result<access::Principal> activeUser(const Workspace& workspace, std::string_view name) {
    FAIRLEAD_TRY(auto face, workspace::users(workspace.folder()));
    for (access::Principal& user : face.principals)
        if (user.active && user.name == name) return std::move(user);
    return fail(ErrorCode::NotFound, std::string(name));
}

/// Those that the release is to rest on, each fit for it. `today`: the latest day.
Result<std::vector<Involvement>> groundsOf(const ReleaseWanted& wanted, const std::string& recipient, Date today,
                                           const std::vector<Involvement>& all) {
    const auto refuse = [](std::int64_t id, std::string_view detail) {
        return fail(ErrorCode::InvalidArgument, "involvements of a release", fmt::format("{} {}", id, detail));
    };
    std::vector<Involvement> grounds;
    for (const Involvement& one : all) {
        const bool isNamed = std::ranges::find(wanted.involvements, one.id) != wanted.involvements.end();
        const bool stands = one.withdrawnBy.empty();
        const bool fits =
            stands && one.worker == recipient && one.days.contains(today) && one.days.until >= wanted.until;
        if (isNamed && one.worker != recipient) return refuse(one.id, "of another worker");
        if (isNamed && !stands) return refuse(one.id, "was withdrawn");
        if (isNamed && !one.days.contains(today)) return refuse(one.id, "does not run today");
        if (isNamed && !fits) return refuse(one.id, "ends before the release would");
        if (isNamed || (wanted.involvements.empty() && fits)) grounds.push_back(one);
    }
    for (const std::int64_t id : wanted.involvements)
        if (std::ranges::find(grounds, id, &Involvement::id) == grounds.end())
            return fail(ErrorCode::NotFound, fmt::format("involvement {}", id));
    if (grounds.empty())
        return fail(ErrorCode::InvalidArgument, "involvements of a release", "none of this user runs until then");
    return grounds;
}

Status checkGateways(const Workspace& workspace, const std::vector<Involvement>& grounds, Date today) {
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    for (const Involvement& one : grounds) FAIRLEAD_OK(checkGateway(gateways, {one.gateway, one.purpose, today}));
    return {};
}

Status checkDays(Date until, Date today) {
    if (until <= today) return fail(ErrorCode::InvalidArgument, "end of a release", "over already");
    if (until > today + kLongestDays)
        return fail(ErrorCode::InvalidArgument, "end of a release",
                    fmt::format("more than {} days from today", kLongestDays));
    return {};
}

/// Those tied to a child by a recorded relation or a file as family today: a shared address releases nobody.
Status addFamily(store::Database& core, record::PersonKey child, Date today, std::set<record::PersonKey>& persons) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT CASE WHEN a = ?1 THEN b ELSE a END FROM family_edge WHERE (a = ?1 OR b = ?1) "
                              "AND basis IN (0, 1) AND until_run IS NULL AND withdrawn IS NULL "
                              "AND coalesce(from_day, ?2) <= ?2 AND (until_day IS NULL OR until_day > ?2)"));
    query.bind(1, child.value).bind(2, today.days);
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        persons.insert({query.integer(0)});
    }
}

Result<std::vector<record::PersonKey>> personsOf(store::Database& core, const std::vector<Involvement>& grounds,
                                                 Date today) {
    std::set<record::PersonKey> persons;
    for (const Involvement& one : grounds) {
        persons.insert(one.child);
        if (one.coversFamily) FAIRLEAD_OK(addFamily(core, one.child, today, persons));
    }
    if (persons.size() > kMostChildren)
        return fail(ErrorCode::InvalidArgument, "children of a release",
                    fmt::format("{} persons: at most {} a release", persons.size(), kMostChildren));
    return std::vector<record::PersonKey>(persons.begin(), persons.end());
}

/// A release before it is signed.
struct Prepared {
    access::Release release;
    std::vector<record::PersonKey> persons;
};

Result<ReleaseReport> write(Workspace& workspace, Prepared& prepared, const access::PublicKeys& recipient,
                            const access::Keyring& second) {
    FAIRLEAD_TRY(const auto names, workspace::recordedNamesOf(workspace, prepared.persons));
    access::Release& release = prepared.release;
    const access::ReleaseTerms& terms = release.terms;
    ReleaseReport report{.number = terms.number, .named = 0, .unnamed = 0, .until = terms.until, .budget = 0};
    for (const auto& [person, recorded] : names) {
        if (recorded.sourcePerson == 0) {
            ++report.unnamed;
            continue;
        }
        ++report.named;
        release.envelopes.push_back(access::enclose(terms, recorded.sourcePerson, recorded.text, recipient.seal));
    }
    if (terms.budget == 0)
        release.terms.budget = std::min(kLargestBudget, kShownPerChild * static_cast<std::int64_t>(report.named));
    report.budget = terms.budget;
    if (report.named == 0) return fail(ErrorCode::NotFound, "names", "no record of these persons has one");
    std::ranges::sort(release.envelopes, {}, &access::Envelope::record);
    FAIRLEAD_OK(access::signRelease(release, {workspace.keyring(), second}));

    store::Database& core = workspace.core();
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(core));
    FAIRLEAD_TRY(auto row,
                 core.prepare("INSERT INTO release VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL, "
                              "NULL)"));
    row.bind(1, terms.number).bind(2, std::string_view(terms.recipient)).bind(3, std::string_view(terms.releasedBy));
    row.bind(4, std::string_view(terms.secondedBy)).bind(5, terms.atMs).bind(6, terms.until.days);
    row.bind(7, std::string_view(fmt::format("{}", fmt::join(terms.involvements, " "))));
    row.bindBlob(8, release.signature).bindBlob(9, release.secondSignature);
    row.bindBlob(10, access::releaseDigest(release)).bind(11, static_cast<std::int64_t>(report.named));
    FAIRLEAD_OK(row.run());
    FAIRLEAD_TRY(auto budget, core.prepare("INSERT INTO release_budget VALUES (?1, ?2, 0, NULL)"));
    FAIRLEAD_OK(budget.bind(1, terms.number).bind(2, terms.budget).run());
    FAIRLEAD_TRY(auto envelope, core.prepare("INSERT INTO released_name VALUES (?1, ?2, ?3, ?4)"));
    for (const access::Envelope& one : release.envelopes) {
        envelope.bind(1, terms.number).bind(2, one.record).bindBlob(3, one.box).bindBlob(4, one.sealedKey);
        FAIRLEAD_OK(envelope.run());
    }
    FAIRLEAD_OK(transaction.commit());
    return report;
}

Result<Prepared> prepare(Workspace& workspace, const ReleaseWanted& wanted, const std::string& recipient,
                         const std::string& second) {
    const Date today = workspace::latestDay(workspace);
    FAIRLEAD_OK(checkDays(wanted.until, today));
    if (wanted.budget < 0 || wanted.budget > kLargestBudget)
        return fail(ErrorCode::InvalidArgument, "names of a release",
                    fmt::format("at most {} names in all", kLargestBudget));
    FAIRLEAD_TRY(const auto all, readInvolvements(workspace.core()));
    FAIRLEAD_TRY(const auto grounds, groundsOf(wanted, recipient, today, all));
    FAIRLEAD_OK(checkGateways(workspace, grounds, today));
    Prepared prepared;
    FAIRLEAD_TRY(prepared.persons, personsOf(workspace.core(), grounds, today));
    FAIRLEAD_TRY(const std::int64_t last, workspace::scalar(workspace.core(), "SELECT max(id) FROM release"));
    prepared.release.terms = {.workspaceId = workspace.keyring().workspaceId,
                              .number = last + 1,
                              .recipient = recipient,
                              .releasedBy = workspace.principal(),
                              .secondedBy = second,
                              .atMs = workspace.clock().nowMs(),
                              .until = wanted.until,
                              .involvements = {},
                              .budget = wanted.budget};
    for (const Involvement& one : grounds) prepared.release.terms.involvements.push_back(one.id);
    return prepared;
}

audit::Entry intentFor(const Workspace& workspace, const Prepared& prepared) {
    const access::ReleaseTerms& terms = prepared.release.terms;
    audit::Entry intent =
        workspace::intentOf(workspace, audit::Verb::Release, {},
                            {{"what", "names released"},
                             {"release", std::to_string(terms.number)},
                             {"to", terms.recipient},
                             {"until", terms.until.iso()},
                             {"involvements", fmt::format("{}", fmt::join(terms.involvements, " "))}});
    if (terms.secondedBy != terms.releasedBy) intent.secondActor = terms.secondedBy;
    intent.subjectCount = prepared.persons.size();
    intent.subjectsSha256 = workspace::subjectsDigest(prepared.persons);
    return intent;
}

/// The digest by which consultations name the release, and both signatures under it.
audit::Outcome outcomeOf(const access::Release& release, const ReleaseReport& report) {
    return {.objectSha256 = access::releaseDigest(release),
            .subjectCount = report.named,
            .details = {{"budget", std::to_string(report.budget)}},
            .marks = {{"signature", crypto::base64(release.signature)},
                      {"second_signature", crypto::base64(release.secondSignature)}}};
}

}  // namespace

std::string_view name(ReleaseState state) {
    switch (state) {
        case ReleaseState::Standing: return "standing";
        case ReleaseState::Ended: return "ended";
        case ReleaseState::Withdrawn: return "withdrawn";
    }
    return "";
}

Result<ReleaseReport> releaseNames(Workspace& workspace, const workspace::SecondPerson& second,
                                   const ReleaseWanted& wanted) {
    FAIRLEAD_OK(workspace.require(access::Action::ReleaseNames));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto other, workspace::unlockSecond(workspace, second));
    const access::Keyring& seconder = other ? *other : workspace.keyring();
    FAIRLEAD_OK(workspace::checkSecond(workspace, seconder, access::Action::SecondRelease));
    FAIRLEAD_TRY(const auto recipient, activeUser(workspace, wanted.user));
    const bool isAlone = seconder.principal.id == workspace.principal();
    if (!isAlone && (recipient.id == workspace.principal() || recipient.id == seconder.principal.id))
        return fail(ErrorCode::InvalidArgument, "recipient of a release", "signs it too");
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto keys, access::publicKeysOf(header, workspace.keyring(), recipient.id));
    FAIRLEAD_TRY(auto prepared, prepare(workspace, wanted, recipient.id, seconder.principal.id));
    return workspace::asAct(
        workspace, intentFor(workspace, prepared), [&] { return write(workspace, prepared, keys, seconder); },
        [&](const ReleaseReport& report) { return outcomeOf(prepared.release, report); });
}

Result<std::vector<ReleaseEntry>> releases(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadReleases));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto kept, workspace::readReleases(workspace));
    FAIRLEAD_TRY(const auto names, UserNames::read(workspace));
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    const bool seesAll = access::allows(workspace.roles(), access::Action::ReleaseNames);
    const Date today = workspace::latestDay(workspace);
    std::vector<ReleaseEntry> entries;
    for (const workspace::KeptRelease& one : kept) {
        const access::ReleaseTerms& terms = one.release.terms;
        if (!seesAll && terms.recipient != workspace.principal()) continue;
        ReleaseEntry entry{.number = terms.number,
                           .user = names.of(terms.recipient),
                           .releasedBy = names.of(terms.releasedBy),
                           .secondedBy = names.of(terms.secondedBy),
                           .atMs = terms.atMs,
                           .until = terms.until,
                           .children = one.children,
                           .involvements = terms.involvements,
                           .budget = terms.budget,
                           .shown = one.shown,
                           .shownMs = one.shownMs};
        if (terms.until <= today) entry.state = ReleaseState::Ended;
        if (!one.withdrawnBy.empty()) {
            entry.state = ReleaseState::Withdrawn;
            entry.withdrawnBy = names.of(one.withdrawnBy);
        } else {
            entry.isSound = access::checkRelease(one.release, header, workspace.keyring()).has_value();
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace fairlead::release
