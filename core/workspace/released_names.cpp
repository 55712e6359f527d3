#include "core/workspace/released_names.h"

#include <algorithm>
#include <map>
#include <set>

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

/// Of one release, the names of those who are asked for, each once, by person.
Result<Use> useOf(const KeptRelease& kept, Memberships& memberships, const std::set<record::PersonKey>& asked) {
    std::map<record::PersonKey, const access::Envelope*> found;
    for (const access::Envelope& envelope : kept.release.envelopes) {
        FAIRLEAD_TRY(const record::PersonKey person, memberships.personOf(envelope.record));
        if (asked.contains(person)) found.emplace(person, &envelope);
    }
    Use use{&kept, {}};
    for (const auto& [person, envelope] : found) use.names.push_back({person, envelope});
    return use;
}

/// Names of the use that this sitting has not shown.
std::int64_t newNames(Workspace& workspace, const Use& use) {
    return std::ranges::count_if(use.names, [&](const Released& name) {
        return !workspace.shownNames().contains({use.kept->release.terms.number, name.envelope->record});
    });
}

/// Takes out the names that a spent budget no longer shows: all that are new to the sitting. Gives their persons.
std::vector<record::PersonKey> beyondBudget(Workspace& workspace, Use& use) {
    const access::ReleaseTerms& terms = use.kept->release.terms;
    std::vector<record::PersonKey> beyond;
    if (terms.budget == 0 || use.kept->shown + newNames(workspace, use) <= terms.budget) return beyond;
    std::erase_if(use.names, [&](const Released& name) {
        const bool isNew = !workspace.shownNames().contains({terms.number, name.envelope->record});
        if (isNew) beyond.push_back(name.person);
        return isNew;
    });
    return beyond;
}

/// Releases with what they show, and how many of those asked for are beyond every budget.
struct Uses {
    std::vector<Use> all;
    std::size_t spent = 0;
};

/// Each person once, by the newest release that names them and still may. What no release may show any more is on
/// record with the newest that names it. `live`: the newest first.
Result<Uses> usesOf(Workspace& workspace, const std::vector<const KeptRelease*>& live,
                    std::set<record::PersonKey> asked) {
    FAIRLEAD_TRY(const std::int64_t run, scalar(workspace.core(), "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, Memberships::open(workspace.core(), run));
    Uses uses;
    std::map<record::PersonKey, std::int64_t> beyond;
    for (const KeptRelease* kept : live) {
        FAIRLEAD_TRY(Use use, useOf(*kept, memberships, asked));
        for (const record::PersonKey person : beyondBudget(workspace, use))
            beyond.emplace(person, kept->release.terms.number);
        for (const Released& name : use.names) asked.erase(name.person);
        if (!use.names.empty()) uses.all.push_back(std::move(use));
    }
    std::set<std::int64_t> spent;
    for (const auto& [person, number] : beyond) {
        if (!asked.contains(person)) continue;
        ++uses.spent;
        spent.insert(number);
    }
    for (const std::int64_t number : spent)
        FAIRLEAD_OK(
            recordDenied(workspace, "names beyond the budget of a release", {{"release", std::to_string(number)}}));
    return uses;
}

/// Counts the names that are new to the sitting, before one of them is opened.
Status countNames(Workspace& workspace, const std::vector<Use>& uses) {
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(workspace.core()));
    FAIRLEAD_TRY(auto update, workspace.core().prepare(
                                  "UPDATE release_budget SET shown = shown + ?2, shown_ms = ?3 WHERE release = ?1"));
    for (const Use& use : uses) {
        const std::int64_t count = newNames(workspace, use);
        if (count == 0) continue;
        update.bind(1, use.kept->release.terms.number).bind(2, count);
        FAIRLEAD_OK(update.bind(3, workspace.clock().nowMs()).run());
    }
    FAIRLEAD_OK(transaction.commit());
    for (const Use& use : uses)
        for (const Released& name : use.names)
            workspace.shownNames().emplace(use.kept->release.terms.number, name.envelope->record);
    return {};
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

Status openNames(Workspace& workspace, const std::vector<Use>& uses, RevealedNames& revealed) {
    FAIRLEAD_TRY(const std::string header, readHeader(workspace.folder()));
    for (const Use& use : uses) FAIRLEAD_OK(access::checkRelease(use.kept->release, header, workspace.keyring()));
    FAIRLEAD_OK(countNames(workspace, uses));
    for (const Use& use : uses) {
        const access::Release& release = use.kept->release;
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
                     "second_signature, digest, children, withdrawn_by, withdrawn_ms, coalesce(names, 0), "
                     "coalesce(shown, 0), shown_ms FROM release LEFT JOIN release_budget ON release = id ORDER BY id"));
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
                              .involvements = {},
                              .budget = query.integer(13)};
        FAIRLEAD_TRY(kept.release.terms.involvements, numbersIn(query.text(6)));
        kept.release.signature = query.blob(7);
        kept.release.secondSignature = query.blob(8);
        kept.digest = query.blob(9);
        kept.children = query.integer(10);
        if (!query.isNull(11)) kept.withdrawnBy = query.text(11);
        if (!query.isNull(12)) kept.withdrawnMs = query.integer(12);
        kept.shown = query.integer(14);
        if (!query.isNull(15)) kept.shownMs = query.integer(15);
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
    FAIRLEAD_TRY(const auto found, usesOf(workspace, live, {ascending.begin(), ascending.end()}));
    const std::vector<Use>& uses = found.all;
    RevealedNames revealed;
    revealed.spent = found.spent;
    if (uses.empty() && revealed.spent == 0) FAIRLEAD_OK(recordDenied(workspace, "names that are not released"));
    std::vector<audit::AuditedAct> acts;
    for (const Use& use : uses) {
        FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), intentFor(workspace, use, reason)));
        acts.push_back(std::move(act));
    }
    const Status opened = openNames(workspace, uses, revealed);
    if (!opened) {
        for (audit::AuditedAct& act : acts) endAsFailed(act, opened.error());
        return fail(opened.error());
    }
    for (audit::AuditedAct& act : acts) FAIRLEAD_OK(act.done(withRegisters(workspace, {})));
    revealed.withheld = ascending.size() - revealed.names.size() - revealed.spent;
    return revealed;
}

}  // namespace fairlead::workspace
