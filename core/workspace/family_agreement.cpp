#include "core/workspace/family_agreement.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/family/family_graph.h"

namespace fairlead::workspace {

namespace {

using Pair = std::pair<std::int64_t, std::int64_t>;

/// Who is a child of a family, and under 19 on the day.
std::set<std::int64_t> childrenOf(const Truth& truth, Date on) {
    constexpr std::int64_t kMonthsInAYear = 12;
    constexpr std::int64_t kYears = 19;
    const std::int64_t bornAfter = (on.civil().year - kYears) * kMonthsInAYear + on.civil().month - 1;
    std::set<std::int64_t> children;
    for (const TrueFamilyMember& member : truth.families) {
        const auto born = truth.birthMonthOf.find(member.person);
        if (member.isChild && born != truth.birthMonthOf.end() && born->second > bornAfter)
            children.insert(member.person);
    }
    return children;
}

/// Everybody's pairs with the others of the family, or, when `connected`, of those whom delivered rows connect.
std::set<Pair> truePairs(const Truth& truth, Date on, bool connected) {
    std::map<std::pair<std::string, std::int64_t>, std::vector<std::int64_t>> families;
    for (const TrueFamilyMember& member : truth.families) {
        if (!member.days.contains(on) || (connected && member.connected == 0)) continue;
        families[{member.family, connected ? member.connected : 0}].push_back(member.person);
    }
    std::set<Pair> pairs;
    for (auto& [family, members] : families) {
        std::ranges::sort(members);
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = i + 1; j < members.size(); ++j) pairs.emplace(members[i], members[j]);
    }
    return pairs;
}

}  // namespace

Result<FamilyAgreement> familyAgreement(const family::FamilySources& sources, const TrulyOf& trulyOf,
                                        const Truth& truth, Date on, TaskContext& task) {
    FAIRLEAD_TRY(auto derived, family::deriveEdges(sources, {}, task));
    FamilyAgreement agreement;
    agreement.on = on;
    agreement.report = derived.report;
    std::set<record::PersonKey> persons;
    for (const family::FamilyEdge& edge : derived.edges) persons.insert({edge.a, edge.b});
    const family::FamilyGraph graph(std::move(derived.edges));
    const auto numberOf = [&](record::PersonKey person) {
        const auto found = trulyOf.find(person.value);
        return found == trulyOf.end() ? -1 - std::abs(person.value) : found->second;
    };
    std::set<Pair> claimed;
    for (const record::PersonKey person : persons) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const auto members = graph.memberKeys(person, {on});
        agreement.largest = std::max(agreement.largest, static_cast<std::int64_t>(members.size()));
        for (const record::PersonKey member : members) claimed.insert(std::minmax(numberOf(person), numberOf(member)));
    }
    const std::set<std::int64_t> children = childrenOf(truth, on);
    const auto hasNoChild = [&](const Pair& pair) {
        return !children.contains(pair.first) && !children.contains(pair.second);
    };
    std::set<Pair> expected = truePairs(truth, on, false), connected = truePairs(truth, on, true);
    std::erase_if(expected, hasNoChild);
    std::erase_if(connected, hasNoChild);
    std::erase_if(claimed, hasNoChild);
    for (const Pair& pair : expected) agreement.foundPairs += claimed.contains(pair) ? 1 : 0;
    for (const Pair& pair : connected) agreement.foundConnected += claimed.contains(pair) ? 1 : 0;
    agreement.connectedPairs = static_cast<std::int64_t>(connected.size());
    agreement.truePairs = static_cast<std::int64_t>(expected.size());
    agreement.claimedPairs = static_cast<std::int64_t>(claimed.size());
    const auto found = static_cast<std::uint64_t>(agreement.foundPairs);
    agreement.pairs = {found, claimed.size() - found, expected.size() - found};
    return agreement;
}

}  // namespace fairlead::workspace
