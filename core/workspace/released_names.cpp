#include "core/workspace/released_names.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/moment.h"
#include "core/workspace/users.h"

namespace fairlead::workspace {

namespace {

Result<std::vector<std::int64_t>> numbersIn(std::string_view text) {
    std::vector<std::int64_t> numbers;
    for (const std::string_view part : split(text, ' ')) {
        const auto number = parseInteger(part);
        if (!number) return fail(ErrorCode::Corrupt, "core.db", "the involvements of a release");
        numbers.push_back(*number);
    }
    return numbers;
}

Result<std::vector<access::Envelope>> envelopesOf(store::Database& core, std::int64_t release) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT source_person, box, sealed_key FROM released_name WHERE release = ?1 "
                                          "ORDER BY source_person"));
    query.bind(1, release);
    std::vector<access::Envelope> envelopes;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return envelopes;
        envelopes.push_back({query.integer(0), std::string(query.blob(1)), std::string(query.blob(2))});
    }
}

/// A name that can be opened, and for whom it stands as last linked.
struct Released {
    record::PersonKey person;
    const access::Envelope* envelope = nullptr;
};

/// One release with those of its names that are asked for.
struct Use {
    const KeptRelease* kept = nullptr;
    std::vector<Released> names;
};

/// Each person once, by the newest release that names them.
Result<std::vector<Use>> usesOf(store::Database& core, const std::vector<const KeptRelease*>& live,
                                std::vector<record::PersonKey> asked) {
    FAIRLEAD_TRY(const std::int64_t run, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, Memberships::open(core, run));
    std::vector<Use> uses;
    for (const KeptRelease* kept : live) {
        Use use{kept, {}};
        for (const access::Envelope& envelope : kept->release.envelopes) {
            FAIRLEAD_TRY(const record::PersonKey person, memberships.personOf(envelope.record));
            const auto found = std::ranges::lower_bound(asked, person);
            if (found == asked.end() || *found != person) continue;
            asked.erase(found);
            use.names.push_back({person, &envelope});
        }
        std::ranges::sort(use.names, {}, &Released::person);
        if (!use.names.empty()) uses.push_back(std::move(use));
    }
    return uses;
}

audit::Entry intentFor(const Workspace& workspace, const Use& use, std::string_view reason) {
    audit::Entry intent =
        intentOf(workspace, audit::Verb::Consultation, reason,
                 {{"what", "released names"}, {"release", std::to_string(use.kept->release.terms.number)}});
    std::vector<record::PersonKey> persons;
    for (const Released& name : use.names) persons.push_back(name.person);
    intent.subjectCount = persons.size();
    intent.subjectsSha256 = subjectsDigest(persons);
    intent.objectSha256 = use.kept->digest;
    return intent;
}

Status openNames(const Workspace& workspace, const std::vector<Use>& uses, RevealedNames& revealed) {
    FAIRLEAD_TRY(const std::string header, readHeader(workspace.folder()));
    for (const Use& use : uses) {
        const access::Release& release = use.kept->release;
        FAIRLEAD_OK(access::checkRelease(release, header, workspace.keyring()));
        for (const Released& name : use.names) {
            FAIRLEAD_TRY(const auto text,
                         access::openEnvelope(release.terms, *name.envelope, workspace.keyring().seal));
            revealed.names[name.person] = text.view();
        }
    }
    return {};
}

}  // namespace

Result<std::vector<KeptRelease>> readReleases(Workspace& workspace) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(
        auto query,
        core.prepare("SELECT id, recipient, released_by, seconded_by, at_ms, until_day, involvements, signature, "
                     "second_signature, digest, children, withdrawn_by, withdrawn_ms FROM release ORDER BY id"));
    std::vector<KeptRelease> releases;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return releases;
        KeptRelease kept;
        kept.release.terms = {.workspaceId = workspace.keyring().workspaceId,
                              .number = query.integer(0),
                              .recipient = std::string(query.text(1)),
                              .releasedBy = std::string(query.text(2)),
                              .secondedBy = std::string(query.text(3)),
                              .atMs = query.integer(4),
                              .until = dayAt(query, 5),
                              .involvements = {}};
        FAIRLEAD_TRY(kept.release.terms.involvements, numbersIn(query.text(6)));
        kept.release.signature = query.blob(7);
        kept.release.secondSignature = query.blob(8);
        kept.digest = query.blob(9);
        kept.children = query.integer(10);
        if (!query.isNull(11)) kept.withdrawnBy = query.text(11);
        if (!query.isNull(12)) kept.withdrawnMs = query.integer(12);
        FAIRLEAD_TRY(kept.release.envelopes, envelopesOf(core, kept.release.terms.number));
        releases.push_back(std::move(kept));
    }
}

Date latestDay(const Workspace& workspace) {
    constexpr std::int64_t kDayMs = 86'400'000;
    const Date seen{static_cast<std::int32_t>(workspace.audit().latestMs() / kDayMs)};
    return std::max(workspace.clock().today(), seen);
}

Result<RevealedNames> revealReleased(Workspace& workspace, const std::vector<record::PersonKey>& ascending,
                                     std::string_view reason) {
    FAIRLEAD_TRY(const auto releases, readReleases(workspace));
    std::vector<const KeptRelease*> live;
    for (const KeptRelease& kept : releases)
        if (kept.withdrawnBy.empty() && kept.release.terms.recipient == workspace.principal() &&
            kept.release.terms.until > latestDay(workspace))
            live.insert(live.begin(), &kept);
    FAIRLEAD_TRY(const auto uses, usesOf(workspace.core(), live, ascending));
    if (uses.empty()) FAIRLEAD_OK(recordDenied(workspace, "names that are not released"));
    std::vector<audit::AuditedAct> acts;
    for (const Use& use : uses) {
        FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), intentFor(workspace, use, reason)));
        acts.push_back(std::move(act));
    }
    RevealedNames revealed;
    const Status opened = openNames(workspace, uses, revealed);
    if (!opened) {
        for (audit::AuditedAct& act : acts) endAsFailed(act, opened.error());
        return fail(opened.error());
    }
    for (audit::AuditedAct& act : acts) FAIRLEAD_OK(act.done());
    revealed.withheld = ascending.size() - revealed.names.size();
    return revealed;
}

}  // namespace fairlead::workspace
