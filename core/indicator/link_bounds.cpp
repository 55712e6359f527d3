#include "core/indicator/link_bounds.h"

#include <algorithm>
#include <map>
#include <set>

namespace fairlead::indicator {

namespace {

using record::PersonKey;
using PersonPair = std::pair<PersonKey, PersonKey>;

constexpr std::size_t kMostTried = 12;  // 4096 answers

/// Who is one person once some pairs are joined.
class Joined {
public:
    PersonKey rootOf(PersonKey person) {
        auto at = m_parent.try_emplace(person, person).first;
        while (at->second != at->first) at = m_parent.find(at->second);
        return at->first;
    }
    void join(const PersonPair& pair) {
        const PersonKey a = rootOf(pair.first);
        const PersonKey b = rootOf(pair.second);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::map<PersonKey, PersonKey> m_parent;
};

/// Persons whose waiting links hang together.
struct Cluster {
    std::vector<PersonPair> pairs;
    std::set<PersonKey> persons;
};

std::vector<Cluster> clustersOf(const std::set<PersonPair>& pairs) {
    Joined joined;
    for (const PersonPair& pair : pairs) joined.join(pair);
    std::map<PersonKey, Cluster> byRoot;
    for (const PersonPair& pair : pairs) {
        Cluster& cluster = byRoot[joined.rootOf(pair.first)];
        cluster.pairs.push_back(pair);
        cluster.persons.insert({pair.first, pair.second});
    }
    std::vector<Cluster> clusters;
    for (auto& [root, cluster] : byRoot) clusters.push_back(std::move(cluster));
    return clusters;
}

/// The part of the world that is about some persons, with what its records say of births.
struct Part {
    FigureWorld world;
    BirthMonths births;
};

Part partOf(const FigureWorld& world, const ChangeEnd& at, const std::set<PersonKey>& persons) {
    const auto isPart = [&](SourcePersonId source) { return persons.contains(personOf(at.links, source)); };
    Part part{{world.school, world.codes, {}, {}, {}, world.yearGroup}, {}};
    for (const SourcedFact& row : world.facts)
        if (isPart(row.source)) part.world.facts.push_back(row);
    for (const SourcedRoll& row : world.roll)
        if (isPart(row.source)) part.world.roll.push_back(row);
    for (const auto& [source, month] : at.birthMonths)
        if (isPart(source)) part.births.emplace(source, month);
    return part;
}

/// The links of the records of a part, with the pairs of an answer joined.
PersonOfSource answered(const Part& part, const PersonOfSource& links, Joined& joined) {
    PersonOfSource result;
    const auto add = [&](SourcePersonId source) { result[source] = joined.rootOf(personOf(links, source)); };
    for (const SourcedFact& row : part.world.facts) add(row.source);
    for (const SourcedRoll& row : part.world.roll) add(row.source);
    for (const auto& [source, month] : part.births) add(source);
    return result;
}

struct Span {
    int least = 0;
    int most = 0;
};

Span spanOf(const Part& part, const Cluster& cluster, FigureState state, const PersonOfSource& links) {
    Span span{static_cast<int>(cluster.persons.size()), 0};
    for (std::size_t answer = 0; answer < (std::size_t{1} << cluster.pairs.size()); ++answer) {
        Joined joined;
        for (std::size_t i = 0; i < cluster.pairs.size(); ++i)
            if ((answer >> i & 1U) != 0) joined.join(cluster.pairs[i]);
        const PersonOfSource one = answered(part, links, joined);
        state.links = &one;
        const int pupils = static_cast<int>(counted(part.world, state).pupils.size());
        span = {std::min(span.least, pupils), std::max(span.most, pupils)};
    }
    return span;
}

}  // namespace

Result<LinkBounds> linkBounds(const FigureWorld& world, const ChangeEnd& at, std::string_view figureId,
                              const std::vector<std::pair<SourcePersonId, SourcePersonId>>& waiting,
                              TaskContext& task) {
    const auto definitions = definitionsBehind(*at.definitions, figureId);
    if (definitions.empty()) return LinkBounds{};
    std::set<PersonPair> pairs;
    for (const auto& [a, b] : waiting) {
        const PersonKey one = personOf(at.links, a);
        const PersonKey other = personOf(at.links, b);
        if (one != other) pairs.emplace(std::min(one, other), std::max(one, other));
    }
    FigureState state{definitions, &at.links, &at.birthMonths, at.knownAt, at.knownAt, at.asAt, at.asAt};
    const auto supplied = suppliedOf(world, state);
    if (supplied.empty()) return LinkBounds{};
    state.definitions = supplied;
    LinkBounds bounds;
    bounds.now = static_cast<int>(counted(world, state).pupils.size());
    bounds.least = bounds.now;
    bounds.most = bounds.now;
    for (const Cluster& cluster : clustersOf(pairs)) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const Part part = partOf(world, at, cluster.persons);
        if (part.world.roll.empty()) continue;
        state.birthMonths = &part.births;
        bounds.waiting += static_cast<int>(cluster.pairs.size());
        const int pupils = static_cast<int>(counted(part.world, state).pupils.size());
        Span span{0, static_cast<int>(cluster.persons.size())};
        if (cluster.pairs.size() <= kMostTried) {
            span = spanOf(part, cluster, state, at.links);
        } else {
            bounds.isExact = false;
        }
        bounds.least += span.least - pupils;
        bounds.most += span.most - pupils;
    }
    return bounds;
}

}  // namespace fairlead::indicator
