#include "core/workspace/pair_story.h"

#include <algorithm>
#include <tuple>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/link_model_store.h"
#include "core/workspace/link_reading.h"
#include "core/workspace/moment.h"
#include "core/workspace/relink_writing.h"
#include "core/workspace/reveal.h"

namespace fairlead::workspace {

namespace {

Result<record::SourcePersonId> byReference(Workspace& workspace, const std::string& text) {
    const std::size_t agencyEnd = text.find('/');
    const std::size_t datasetEnd = agencyEnd == std::string::npos ? agencyEnd : text.find('/', agencyEnd + 1);
    if (datasetEnd == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "records", "give a number, or AGENCY/DATASET/KEY");
    FAIRLEAD_TRY(auto dataset, workspace.core().prepare("SELECT id FROM dataset WHERE agency = ?1 AND name = ?2"));
    dataset.bind(1, std::string_view(text).substr(0, agencyEnd));
    dataset.bind(2, std::string_view(text).substr(agencyEnd + 1, datasetEnd - agencyEnd - 1));
    FAIRLEAD_TRY(const bool known, dataset.next());
    if (!known) return fail(ErrorCode::NotFound, fmt::format("dataset {}", text.substr(0, datasetEnd)));
    FAIRLEAD_TRY(auto record, workspace.identity().prepare("SELECT source_person FROM person_ref WHERE ref = ?1 AND "
                                                           "source_person >= ?2 AND source_person < ?3"));
    record.bind(1, std::string_view(text).substr(datasetEnd + 1)).bind(2, firstSourcePerson(dataset.integer(0)));
    FAIRLEAD_TRY(const bool found, record.bind(3, firstSourcePerson(dataset.integer(0) + 1)).next());
    // The key may name a person: it is not repeated.
    if (!found) return fail(ErrorCode::NotFound, fmt::format("record of {}", text.substr(0, datasetEnd)));
    return record::SourcePersonId{record.integer(0)};
}

Result<record::SourcePersonId> recordOf(Workspace& workspace, const std::string& text) {
    const auto number = parseInteger(text);
    if (!number) return byReference(workspace, text);
    FAIRLEAD_TRY(const std::int64_t known,
                 scalar(workspace.core(), fmt::format("SELECT count(*) FROM source_person WHERE id = {}", *number)));
    if (known == 0) return fail(ErrorCode::NotFound, fmt::format("record {}", *number));
    return record::SourcePersonId{*number};
}

Result<std::string> datasetName(store::Database& core, record::SourcePersonId id) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT agency || '/' || name FROM dataset WHERE id = ?1"));
    FAIRLEAD_TRY(const bool found, query.bind(1, datasetOf(id.value)).next());
    return found ? std::string(query.text(0)) : std::string();
}

Status reveal(store::Database& identity, RecordCard& card) {
    FAIRLEAD_TRY(auto reference, identity.prepare("SELECT ref FROM person_ref WHERE source_person = ?1"));
    FAIRLEAD_TRY(const bool found, reference.bind(1, card.id.value).next());
    if (found) card.reference = reference.text(0);
    FAIRLEAD_TRY(auto names, identity.prepare("SELECT forenames, surname FROM name WHERE source_person = ?1 "
                                              "ORDER BY first_delivery, id"));
    names.bind(1, card.id.value);
    while (true) {
        FAIRLEAD_TRY(const bool more, names.next());
        if (!more) return {};
        std::string text(trimmed(fmt::format("{} {}", names.text(0), names.text(1))));
        if (!text.empty() && std::ranges::find(card.names, text) == card.names.end())
            card.names.push_back(std::move(text));
    }
}

Result<RecordCard> cardOf(Workspace& workspace, record::SourcePersonId id, Memberships& memberships, bool named) {
    RecordCard card;
    card.id = id;
    FAIRLEAD_TRY(card.dataset, datasetName(workspace.core(), id));
    FAIRLEAD_TRY(card.person, memberships.personOf(id.value));
    if (named) FAIRLEAD_OK(reveal(workspace.identity(), card));
    return card;
}

Status addSteps(Workspace& workspace, const std::vector<link::ScoredLink>& links, record::PersonKey person,
                Memberships& memberships, std::vector<PersonStep>& how) {
    FAIRLEAD_TRY(const auto members, memberships.membersOf(person));
    std::vector<record::SourcePersonId> ids;
    for (const Member& member : members) ids.push_back({member.sourcePerson});
    for (const link::JoinStep& step : link::joinsOf(links, ids)) {
        PersonStep named{step, {}, {}};
        FAIRLEAD_TRY(named.datasetA, datasetName(workspace.core(), step.link.a));
        FAIRLEAD_TRY(named.datasetB, datasetName(workspace.core(), step.link.b));
        how.push_back(std::move(named));
    }
    return {};
}

/// The persons of the last run as clusters of the input; records that no run has seen are alone.
Result<link::KnownPersons> knownPersons(store::Database& core, const link::LinkInput& input,
                                        const std::optional<link::ScoredLink>& kept) {
    FAIRLEAD_TRY(const auto memberships, currentMemberships(core));
    link::KnownPersons persons;
    if (kept) persons.pattern = kept->pattern;
    std::unordered_map<std::int64_t, std::uint32_t> numberOf;
    auto membership = memberships.begin();
    for (const link::SourceRecord& record : input.records) {
        while (membership != memberships.end() && membership->sourcePerson < record.id) ++membership;
        const bool seen = membership != memberships.end() && membership->sourcePerson == record.id;
        const std::int64_t person = seen ? membership->person.value : -record.id.value;
        persons.clusters.push_back(
            numberOf.try_emplace(person, static_cast<std::uint32_t>(numberOf.size())).first->second);
    }
    return persons;
}

Result<PairStory> tell(Workspace& workspace, const std::pair<record::SourcePersonId, record::SourcePersonId>& pair,
                       bool named, TaskContext& task) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const auto inUse, modelInUse(workspace));
    FAIRLEAD_TRY(const auto input, readLinkInput(core, workspace.identity(), task));
    link::LinkOptions options;
    FAIRLEAD_TRY(options.variants, nameVariants(workspace.resources()));
    PairStory story;
    FAIRLEAD_TRY(const auto links, readLinks(workspace.identity()));
    const auto kept = link::linkBetween(links, pair.first, pair.second);
    FAIRLEAD_TRY(const auto persons, knownPersons(core, input, kept));
    FAIRLEAD_TRY(story.why, link::explain(input, inUse.model, options, pair.first, pair.second, task, persons));
    FAIRLEAD_TRY(const std::int64_t run, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, Memberships::open(core, run));
    FAIRLEAD_TRY(story.a, cardOf(workspace, pair.first, memberships, named));
    FAIRLEAD_TRY(story.b, cardOf(workspace, pair.second, memberships, named));
    const bool together = story.a.person == story.b.person;
    story.verdict = link::verdictOf(story.why, inUse.model, kept, together);
    FAIRLEAD_OK(addSteps(workspace, links, story.a.person, memberships, story.how));
    if (!together) FAIRLEAD_OK(addSteps(workspace, links, story.b.person, memberships, story.how));
    story.modelSha256 = inUse.document.sha256;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT model_sha256 FROM run ORDER BY id DESC LIMIT 1"));
    FAIRLEAD_TRY(const bool linked, query.next());
    story.modelOfTheRun = linked && query.text(0) == story.modelSha256;
    return story;
}

/// The explanation as an act on record; `reason` empty: nobody is named.
Result<PairStory> tellOnRecord(Workspace& workspace,
                               const std::pair<record::SourcePersonId, record::SourcePersonId>& pair,
                               std::string_view reason, TaskContext& task) {
    const bool named = !reason.empty();
    audit::Entry intent =
        intentOf(workspace, audit::Verb::Consultation, std::string(reason),
                 {{"what", named ? "names and link evidence of two records" : "link evidence of two records"},
                  {"records", fmt::format("{} {}", pair.first.value, pair.second.value)}});
    intent.subjectCount = 2;
    return asAct(
        workspace, std::move(intent), [&] { return tell(workspace, pair, named, task); },
        [](const PairStory&) { return audit::Outcome{}; });
}

/// Which of a person's records a fact was supplied with.
Result<record::SourcePersonId> recordWith(store::Database& core, const std::vector<Member>& members,
                                          indicator::FactId fact) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT 1 FROM fact WHERE source_person = ?1 AND id = ?2"));
    for (const Member& member : members) {
        query.reset();
        FAIRLEAD_TRY(const bool found, query.bind(1, member.sourcePerson).bind(2, fact.value).next());
        if (found) return record::SourcePersonId{member.sourcePerson};
    }
    return fail(ErrorCode::NotFound, "record", "not a record of this person as last linked");
}

/// The other record of the person that one is tied to most firmly: a reader's word, an identifier, then weight.
record::SourcePersonId firmest(const std::vector<link::ScoredLink>& links, record::SourcePersonId record,
                               const std::vector<record::SourcePersonId>& others) {
    const link::ScoredLink* best = nullptr;
    const auto rank = [](const link::ScoredLink& link) {
        const int kind = link.kind == link::LinkKind::Decision ? 2 : link.kind == link::LinkKind::ExactIdentifier;
        return std::tuple(link.state == link::LinkState::Accepted, kind, link.bits);
    };
    for (const link::ScoredLink& link : links) {
        if (link.a != record && link.b != record) continue;
        if (!std::ranges::binary_search(others, link.a == record ? link.b : link.a)) continue;
        if (best == nullptr || rank(*best) < rank(link)) best = &link;
    }
    // A person may hold together without a link of this record's own: readers can join two persons as they are.
    return best == nullptr ? others.front() : best->a == record ? best->b : best->a;
}

}  // namespace

Result<PairStory> pairStory(Workspace& workspace, const PairRequest& request, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReviewLinks));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const std::int64_t loads, scalar(workspace.core(), "SELECT count(*) FROM load"));
    if (loads == 0) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    if (!request.reason.empty()) {
        if (auto enough = checkReason(request.reason); !enough) {
            FAIRLEAD_OK(recordDenied(workspace, "names of two records without a reason"));
            return fail(std::move(enough).error());
        }
    }
    FAIRLEAD_TRY(const auto a, recordOf(workspace, request.a));
    FAIRLEAD_TRY(const auto b, recordOf(workspace, request.b));
    if (a == b) return fail(ErrorCode::InvalidArgument, "records", "give two different records");
    return tellOnRecord(workspace, {a, b}, trimmed(request.reason), task);
}

Result<JoinStory> howJoined(Workspace& workspace, record::PersonKey person, indicator::FactId fact, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReviewLinks));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t run, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, Memberships::open(core, run));
    FAIRLEAD_TRY(const auto members, memberships.membersOf(person));
    FAIRLEAD_TRY(const auto record, recordWith(core, members, fact));
    JoinStory story;
    FAIRLEAD_TRY(story.dataset, datasetName(core, record));
    std::vector<record::SourcePersonId> others;
    for (const Member& member : members) {
        if (member.sourcePerson == record.value) continue;
        others.push_back({member.sourcePerson});
        FAIRLEAD_TRY(story.others.emplace_back(), datasetName(core, others.back()));
    }
    if (others.empty()) return story;
    FAIRLEAD_TRY(const auto links, readLinks(workspace.identity()));
    FAIRLEAD_TRY(story.pair, tellOnRecord(workspace, {record, firmest(links, record, others)}, {}, task));
    return story;
}

}  // namespace fairlead::workspace
