#include "core/workspace/evaluate.h"

#include <algorithm>
#include <unordered_map>

#include "core/indicator/evaluate.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/moment.h"
#include "core/workspace/relink_writing.h"
#include "core/workspace/slice_reading.h"
#include "core/workspace/truth_files.h"

namespace fairlead::workspace {

namespace {

/// A record of the workspace: the person it was given to and what it truly is (null = the truth does not say).
struct JudgedRecord {
    std::int64_t sourcePerson = 0;
    std::int64_t person = 0;
    const TrueRecord* truly = nullptr;
};

Result<std::vector<JudgedRecord>> judgedRecords(Workspace& workspace, const Truth& truth, const PersonOf& personOf) {
    std::unordered_map<std::int64_t, std::pair<std::string, std::string>> datasets;
    FAIRLEAD_TRY(auto names, workspace.core().prepare("SELECT id, agency, name FROM dataset"));
    while (true) {
        FAIRLEAD_TRY(const bool more, names.next());
        if (!more) break;
        datasets[names.integer(0)] = {std::string(names.text(1)), std::string(names.text(2))};
    }
    std::vector<JudgedRecord> records;
    FAIRLEAD_TRY(auto query, workspace.identity().prepare("SELECT source_person, ref FROM person_ref"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return records;
        const std::int64_t id = query.integer(0);
        const auto& [agency, dataset] = datasets[datasetOf(id)];
        const auto truly = truth.records.find({agency, dataset, std::string(query.text(1))});
        const auto person = personOf.find(id);
        records.push_back({id, person == personOf.end() ? -id : person->second.value,
                           truly == truth.records.end() ? nullptr : &truly->second});
    }
}

/// Persons of the workspace have keys above 0; those of the truth are numbered from 0.
record::PersonKey keyOfTrue(std::int64_t person) { return {person + 1}; }

/// Whom each record is given to. With true links, a record that the truth does not know stays a person of its own.
Result<PersonOf> personsOf(Workspace& workspace, const Truth& truth, Links links) {
    PersonOf personOf;
    if (links == Links::Ours) {
        FAIRLEAD_TRY(const auto memberships, currentMemberships(workspace.core()));
        for (const Membership& membership : memberships)
            personOf.emplace(membership.sourcePerson.value, membership.person);
        return personOf;
    }
    FAIRLEAD_TRY(const auto records, judgedRecords(workspace, truth, personOf));
    for (const JudgedRecord& record : records)
        if (record.truly != nullptr) personOf.emplace(record.sourcePerson, keyOfTrue(record.truly->person));
    return personOf;
}

/// With the records that nobody was given to, each a person of its own.
PersonOf everybody(PersonOf personOf, const std::vector<JudgedRecord>& records) {
    for (const JudgedRecord& record : records)
        personOf.try_emplace(record.sourcePerson, record::PersonKey{-record.sourcePerson});
    return personOf;
}

/// (-records in common, person of the workspace, true person), the most in common first.
std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> inCommon(const std::vector<JudgedRecord>& records) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> common;
    for (const JudgedRecord& record : records)
        if (record.truly != nullptr) ++common[{record.person, record.truly->person}];
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> ranked;
    ranked.reserve(common.size());
    for (const auto& [key, count] : common) ranked.emplace_back(-count, key.first, key.second);
    std::ranges::sort(ranked);
    return ranked;
}

/// Which person of the workspace stands for each true person: the one with most records in common, each used once.
TrulyOf standIns(const std::vector<JudgedRecord>& records) {
    TrulyOf trulyOf, taken;
    for (const auto& [count, person, truly] : inCommon(records))
        if (!trulyOf.contains(person) && taken.try_emplace(truly, person).second) trulyOf.emplace(person, truly);
    return trulyOf;
}

/// Whom most records of each person of the workspace are of; two may be one.
TrulyOf mostlyOf(const std::vector<JudgedRecord>& records) {
    TrulyOf mostly;
    for (const auto& [count, person, truly] : inCommon(records)) mostly.try_emplace(person, truly);
    return mostly;
}

Result<std::vector<indicator::PersonBirth>> births(store::Database& core, const PersonOf& personOf) {
    std::map<record::PersonKey, std::vector<std::int64_t>> months;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT id, birth_month FROM source_person WHERE birth_month IS NOT NULL"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        const auto person = personOf.find(query.integer(0));
        months[person == personOf.end() ? record::PersonKey{-query.integer(0)} : person->second].push_back(
            query.integer(1));
    }
    std::vector<indicator::PersonBirth> births;
    births.reserve(months.size());
    for (auto& [person, list] : months) births.push_back({person, birthMonthOf(std::move(list))});
    return births;
}

std::vector<indicator::PersonBirth> trueBirths(const Truth& truth) {
    std::vector<indicator::PersonBirth> births;
    for (const auto& [person, month] : truth.birthMonthOf) births.push_back({keyOfTrue(person), birthMonthOf({month})});
    return births;
}

/// The spells of the workspace in the terms of the truth; a person that stands for nobody keeps a number below 0.
std::vector<TrueSpell> claimedSpells(const indicator::SpellBook& book,
                                     const std::vector<indicator::Definition>& definitions,
                                     const std::unordered_map<std::int64_t, std::int64_t>& trulyOf) {
    std::vector<TrueSpell> claimed;
    for (const record::PersonKey person : book.persons()) {
        const auto truly = trulyOf.find(person.value);
        const std::int64_t number = truly == trulyOf.end() ? -1 - std::abs(person.value) : truly->second;
        for (const indicator::BookSpell& spell : book.of(person))
            claimed.push_back({number, definitions[spell.definition].id, spell.spell.interval});
    }
    return claimed;
}

SpellAgreement compare(const std::string& indicator, std::vector<TrueSpell> expected, std::vector<TrueSpell> claimed) {
    std::ranges::sort(expected);
    std::ranges::sort(claimed);
    SpellAgreement agreement{indicator, static_cast<std::int64_t>(expected.size()), 0, 0, 0, 0};
    for (const TrueSpell& spell : expected) {
        if (std::ranges::binary_search(claimed, spell)) {
            ++agreement.found;
            continue;
        }
        const auto [first, last] = std::ranges::equal_range(claimed, spell.person, {}, &TrueSpell::person);
        agreement.shifted +=
            std::any_of(first, last, [&](const TrueSpell& other) { return other.days.overlaps(spell.days); }) ? 1 : 0;
    }
    agreement.missed = agreement.expected - agreement.found;
    agreement.extra = static_cast<std::int64_t>(claimed.size()) - agreement.found;
    return agreement;
}

std::vector<SpellAgreement> compareAll(const std::vector<indicator::Definition>& definitions,
                                       const std::vector<TrueSpell>& expected, const std::vector<TrueSpell>& claimed) {
    std::map<std::string, std::vector<TrueSpell>> trueOf;
    std::map<std::string, std::vector<TrueSpell>> claimedOf;
    for (const TrueSpell& spell : expected) trueOf[spell.indicator].push_back(spell);
    for (const TrueSpell& spell : claimed) claimedOf[spell.indicator].push_back(spell);
    std::vector<SpellAgreement> agreements;
    for (const indicator::Definition& definition : definitions)
        if (trueOf.contains(definition.id))
            agreements.push_back(compare(definition.id, trueOf[definition.id], claimedOf[definition.id]));
    return agreements;
}

/// Numbers for values, in ascending order of the values.
template <typename Value>
class Numbers {
public:
    std::uint32_t of(const Value& value) { return m_numbers.at(value); }
    void add(const Value& value) { m_numbers.try_emplace(value, 0); }
    std::vector<Value> inOrder() {
        std::vector<Value> values;
        for (auto& [value, number] : m_numbers) {
            number = static_cast<std::uint32_t>(values.size());
            values.push_back(value);
        }
        return values;
    }

private:
    std::map<Value, std::uint32_t> m_numbers;
};

void judgeLinkage(const std::vector<JudgedRecord>& records, bool byGroup, Evaluation& evaluation) {
    Numbers<std::int64_t> persons, truePersons;
    Numbers<std::string> groups;
    for (const JudgedRecord& record : records) {
        if (record.truly == nullptr) continue;
        persons.add(record.person);
        truePersons.add(record.truly->person);
        groups.add(record.truly->group);
    }
    persons.inOrder();
    truePersons.inOrder();
    const auto groupNames = groups.inOrder();
    std::vector<std::uint32_t> clusters, truly, groupOf;
    for (const JudgedRecord& record : records) {
        if (record.truly == nullptr) continue;
        clusters.push_back(persons.of(record.person));
        truly.push_back(truePersons.of(record.truly->person));
        if (byGroup) groupOf.push_back(groups.of(record.truly->group));
    }
    evaluation.records = static_cast<std::int64_t>(clusters.size());
    evaluation.linkage = link::evaluateClusters({truly, {}, {}, link::PairScope::Everything, groupOf}, clusters);
    for (link::GroupMetrics& figures : evaluation.linkage.groups)
        evaluation.groups.push_back({groupNames[figures.group], figures});
    evaluation.linkage.groups.clear();
}

}  // namespace

Result<Evaluation> evaluate(Workspace& workspace, const std::filesystem::path& truthFolder,
                            const EvaluationRequest& request, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::LinkRecords));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    task.begin(Phase::Reading, 0);
    FAIRLEAD_TRY(const Moment moment, momentOf(workspace, std::nullopt, std::nullopt));
    FAIRLEAD_TRY(const Truth truth, readTruth(truthFolder, request.by));
    FAIRLEAD_TRY(const PersonOf personOf, personsOf(workspace, truth, request.links));
    FAIRLEAD_TRY(const auto records, judgedRecords(workspace, truth, personOf));

    Evaluation evaluation;
    judgeLinkage(records, !request.by.empty(), evaluation);
    evaluation.workspaceOnly = static_cast<std::int64_t>(records.size()) - evaluation.records;
    evaluation.truthOnly = static_cast<std::int64_t>(truth.records.size()) - evaluation.records;

    FAIRLEAD_TRY(const auto definitions, definitionsAt(core, moment.knownAt));
    indicator::FactTable table;
    FAIRLEAD_OK(readAllFacts(core, moment.knownAt, personOf, table, task));
    table.seal();
    task.begin(Phase::Computing, 0);
    FAIRLEAD_TRY(auto born, births(core, personOf));
    if (request.links == Links::True) born = trueBirths(truth);
    FAIRLEAD_TRY(const auto book, indicator::evaluateAll(*definitions, table, born, moment.knownAt, task));
    evaluation.spells = compareAll(*definitions, truth.spells, claimedSpells(book, *definitions, standIns(records)));
    if (truth.families.empty()) return evaluation;
    FAIRLEAD_TRY(const auto rows, FamilyRecords::read(workspace.identity(), task));
    const auto sources = rows.of(everybody(personOf, records));
    FAIRLEAD_TRY(evaluation.families, familyAgreement(sources, mostlyOf(records), truth, moment.asAt, task));
    return evaluation;
}

}  // namespace fairlead::workspace
