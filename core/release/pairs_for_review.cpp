#include "core/release/pairs_for_review.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/link/engine.h"
#include "core/link/model.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/reveal.h"
#include "core/workspace/reviewer_share.h"

namespace fairlead::release {

namespace {

using workspace::Workspace;

void addOnce(std::vector<std::string>& texts, std::string text) {
    if (!text.empty() && std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

/// The parts that say something, a blank between.
std::string joined(const store::Statement& row, std::initializer_list<int> columns) {
    std::string text;
    for (const int column : columns) {
        const std::string_view part = trimmed(row.text(column));
        if (!part.empty()) text += fmt::format("{}{}", text.empty() ? "" : " ", part);
    }
    return text;
}

/// Gives every row of a record to `take`.
template <typename Take>
Status eachOf(store::Database& identity, std::string_view sql, record::SourcePersonId id, const Take& take) {
    FAIRLEAD_TRY(auto query, identity.prepare(sql));
    query.bind(1, id.value);
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        take(query);
    }
}

Result<RecordFields> fieldsOf(store::Database& identity, record::SourcePersonId id,
                              const workspace::ReviewerShare& share) {
    RecordFields fields;
    fields.id = id;
    const std::int64_t number = workspace::datasetOf(id.value);
    const auto dataset = share.datasets.find(number);
    fields.dataset = dataset == share.datasets.end() ? fmt::format("dataset {}", number) : dataset->second;
    FAIRLEAD_OK(eachOf(identity, "SELECT ref FROM person_ref WHERE source_person = ?1", id,
                       [&](const store::Statement& row) { fields.reference = row.text(0); }));
    FAIRLEAD_OK(eachOf(identity,
                       "SELECT forenames, surname, birth_date, sex FROM name WHERE source_person = ?1 "
                       "ORDER BY first_delivery, id",
                       id, [&](const store::Statement& row) {
                           addOnce(fields.names, joined(row, {0, 1}));
                           if (!row.isNull(2)) addOnce(fields.birthDates, workspace::dayAt(row, 2).iso());
                           addOnce(fields.sexes, std::string(row.text(3)));
                       }));
    FAIRLEAD_OK(
        eachOf(identity,
               "SELECT saon, paon, street, town, postcode, uprn FROM address WHERE source_person = ?1 "
               "ORDER BY first_delivery, id",
               id, [&](const store::Statement& row) { addOnce(fields.addresses, joined(row, {0, 1, 2, 3, 4, 5})); }));
    FAIRLEAD_OK(eachOf(identity,
                       "SELECT kind, value FROM identifier WHERE source_person = ?1 ORDER BY first_delivery, id", id,
                       [&](const store::Statement& row) { addOnce(fields.identifiers, joined(row, {0, 1})); }));
    return fields;
}

/// The weights of the levels that the run found, from its pattern.
Result<std::vector<FieldWeight>> weightsOf(const workspace::ReviewerShare& share, std::uint64_t pattern) {
    std::vector<FieldWeight> weights;
    if (share.modelJson.empty()) return weights;
    FAIRLEAD_TRY(const link::Model model, link::parseModel(share.modelJson, "link_model"));
    for (std::size_t at = 0; at < model.comparisons.size(); ++at) {
        const link::Comparison& comparison = model.comparisons[at];
        const int level = link::patternLevel(pattern, at);
        const bool isKnown = level >= 0 && static_cast<std::size_t>(level) < comparison.levels.size();
        if (!isKnown) {
            weights.push_back({comparison.title, "not known on both sides", 0});
            continue;
        }
        const link::Level& found = comparison.levels[static_cast<std::size_t>(level)];
        weights.push_back({comparison.title, found.label, std::log2(found.m / found.u)});
    }
    return weights;
}

/// Two records, with the last run's pattern where it has a weight of them.
struct Linked {
    WaitingPair pair;
    std::optional<std::uint64_t> pattern;
};

Result<Linked> asLinked(store::Database& identity, const PairWanted& wanted) {
    FAIRLEAD_TRY(auto query, identity.prepare("SELECT bits, probability, pattern FROM link WHERE a = ?1 AND b = ?2"));
    const auto [a, b] = std::minmax(wanted.a.value, wanted.b.value);
    FAIRLEAD_TRY(const bool found, query.bind(1, a).bind(2, b).next());
    if (!found) return Linked{{{a}, {b}}, {}};
    return Linked{{{a}, {b}, query.real(0), query.real(1)}, static_cast<std::uint64_t>(query.integer(2))};
}

Result<PairFields> read(Workspace& workspace, const Linked& linked) {
    store::Database& identity = workspace.identity();
    FAIRLEAD_TRY(const auto share, workspace::readReviewerShare(identity));
    PairFields fields;
    fields.pair = linked.pair;
    FAIRLEAD_TRY(fields.a, fieldsOf(identity, linked.pair.a, share));
    FAIRLEAD_TRY(fields.b, fieldsOf(identity, linked.pair.b, share));
    FAIRLEAD_TRY(fields.decision, decisionOn(workspace, identity, linked.pair.a, linked.pair.b));
    if (!linked.pattern) return fields;
    fields.isWeighed = true;
    FAIRLEAD_TRY(fields.weights, weightsOf(share, *linked.pattern));
    fields.furtherBits = linked.pair.bits;
    for (const FieldWeight& weight : fields.weights) fields.furtherBits -= weight.bits;
    return fields;
}

}  // namespace

Result<std::vector<WaitingPair>> pairsForReview(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReviewPairs));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(
        auto query,
        workspace.identity().prepare(fmt::format(
            "SELECT a, b, bits, probability FROM link WHERE state IN ({}) AND NOT EXISTS (SELECT 1 FROM decision WHERE "
            "decision.a = link.a AND decision.b = link.b AND withdrawn_ms IS NULL) ORDER BY bits DESC, a, b",
            kWaitingStates)));
    std::vector<WaitingPair> pairs;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return pairs;
        pairs.push_back({{query.integer(0)}, {query.integer(1)}, query.real(2), query.real(3)});
    }
}

Result<PairFields> pairFields(Workspace& workspace, const PairWanted& wanted) {
    FAIRLEAD_OK(workspace.require(access::Action::ReviewPairs));
    const std::scoped_lock lock(workspace.mutex());
    if (auto enough = workspace::checkReason(wanted.reason); !enough) {
        FAIRLEAD_OK(workspace::recordDenied(workspace, "names of two records without a reason"));
        return fail(std::move(enough).error());
    }
    FAIRLEAD_OK(checkDecidable(workspace.identity(), wanted.a, wanted.b));
    FAIRLEAD_TRY(const Linked found, asLinked(workspace.identity(), wanted));
    audit::Entry intent =
        workspace::intentOf(workspace, audit::Verb::Consultation, trimmed(wanted.reason),
                            {{"what", "identifying fields of two records"},
                             {"records", fmt::format("{} {}", found.pair.a.value, found.pair.b.value)}});
    intent.subjectCount = 2;
    return workspace::asAct(
        workspace, std::move(intent), [&] { return read(workspace, found); },
        [](const PairFields&) { return audit::Outcome{}; });
}

}  // namespace fairlead::release
