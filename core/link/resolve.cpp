#include "core/link/resolve.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "core/link/parallel.h"
#include "core/link/unique_rows.h"

namespace fairlead::link {
namespace {

// Between two clusters at most this many members of each are compared with each other.
constexpr std::size_t kMembersLookedAt = 8;
// A single pair of two clusters cannot weigh more or less than this in their mean.
constexpr double kMostBits = 20.0;
// Years between a recorded parent's birth and the child's, at the least.
constexpr std::uint32_t kYoungestParentYears = 12;
constexpr std::uint32_t kNoYear = 0xffffffffU;

class Resolver {
    using Score = std::function<ScoredPair(std::uint32_t, std::uint32_t)>;
    // When a link's turn comes: decisions, deciding identifiers, then weights; ties by rows, as links are in order.
    struct Turn {
        int rank = 0;
        bool waits = false;
        double bits = 0.0;
        std::uint32_t link = 0;
    };

public:
    explicit Resolver(ResolveInput input) : m_in(std::move(input)) {
        const std::uint32_t rows = m_in.columns.rows;
        m_parent.resize(rows);
        std::iota(m_parent.begin(), m_parent.end(), 0U);
        m_groups.resize(rows);
        m_members.resize(rows);
        for (const RowDecision& decision : m_in.decisions) {
            if (decision.samePerson) continue;
            m_apart[decision.a].push_back(decision.b);
            m_apart[decision.b].push_back(decision.a);
        }
    }

    Result<Resolved> run(TaskContext& task) {
        task.begin(Phase::Resolving, m_in.pairs.size());
        std::vector<RowLink> links = classified();
        const std::vector<Turn> order = turns(links);
        fillGroups(links);
        const auto shares = static_cast<unsigned>(m_in.score.size());
        forEachUnit(shares, shares, [&](unsigned, std::size_t share) { settleShare(links, order, share, task); });
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        Resolved out;
        for (RowLink& link : links) {
            // Two records that other links have joined are no question for a reader any more.
            if (link.state != LinkState::Accepted && find(link.pair.a) == find(link.pair.b))
                link.state = LinkState::Accepted;
        }
        out.links = std::move(links);
        out.clusters = numbered();
        return out;
    }

private:
    // Rows that no chain of links connects have nothing to do with each other: each thread settles some groups.
    void settleShare(std::vector<RowLink>& links, const std::vector<Turn>& order, std::size_t share,
                     TaskContext& task) {
        constexpr std::size_t kStep = 256;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % kStep == 0 && task.cancelled()) return;
            if (i % kStep == 0 && share == 0) task.advance(kStep);
            RowLink& link = links[order[i].link];
            if (m_groups[link.pair.a] % m_in.score.size() == share) settle(link, m_in.score[share]);
        }
    }

    void fillGroups(const std::vector<RowLink>& links) {
        for (const RowLink& link : links) {
            const std::uint32_t a = find(link.pair.a), b = find(link.pair.b);
            m_parent[std::max(a, b)] = std::min(a, b);
        }
        for (std::uint32_t row = 0; row < m_parent.size(); ++row) m_groups[row] = find(row);
        std::iota(m_parent.begin(), m_parent.end(), 0U);
    }

    std::vector<RowLink> classified() {
        std::vector<RowLink> links;
        links.reserve(m_in.pairs.size() + m_in.decisions.size());
        for (const ScoredPair& pair : m_in.pairs) {
            RowLink link{pair, LinkKind::Scored, LinkState::Review};
            if (m_in.rules.identifierDecides(pair.pattern)) link.kind = LinkKind::ExactIdentifier;
            if (link.kind == LinkKind::Scored && pair.bits < m_in.reviewBits) continue;
            links.push_back(link);
        }
        for (const RowDecision& decision : m_in.decisions) {
            if (!decision.samePerson) continue;
            const auto pair = std::minmax(decision.a, decision.b);
            links.push_back({m_in.score.front()(pair.first, pair.second), LinkKind::Decision, LinkState::Review});
        }
        const auto isBefore = [](const RowLink& x, const RowLink& y) {
            if (x.pair.a != y.pair.a) return x.pair.a < y.pair.a;
            return x.pair.b != y.pair.b ? x.pair.b < y.pair.b : static_cast<int>(x.kind) > static_cast<int>(y.kind);
        };
        if (!std::ranges::is_sorted(links, isBefore)) std::ranges::sort(links, isBefore);
        // A decision on a pair replaces what the engine thought of it.
        const auto same = std::unique(links.begin(), links.end(), [](const RowLink& x, const RowLink& y) {
            return x.pair.a == y.pair.a && x.pair.b == y.pair.b;
        });
        links.erase(same, links.end());
        return links;
    }

    // Where no source has duplicates, the heaviest links one by one are not the heaviest together: a link
    // that takes two records from better partners waits for those.
    std::vector<bool> assigned(const std::vector<RowLink>& links) const {
        std::vector<bool> chosen(links.size(), false);
        if (!std::ranges::all_of(m_in.datasets, &DatasetTraits::onePersonPerRow)) return chosen;
        std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<std::uint32_t>> between;
        for (std::uint32_t i = 0; i < links.size(); ++i) {
            const RowLink& link = links[i];
            const std::uint16_t x = m_in.columns.datasets[link.pair.a], y = m_in.columns.datasets[link.pair.b];
            const bool counts = link.kind == LinkKind::Scored && link.pair.bits > m_in.acceptBits && x != y;
            if (counts) between[{std::min(x, y), std::max(x, y)}].push_back(i);
        }
        for (const auto& [datasets, positions] : between) {
            std::vector<WeightedEdge> edges;
            for (const std::uint32_t i : positions) {
                const ScoredPair& pair = links[i].pair;
                const bool turned = m_in.columns.datasets[pair.a] != datasets.first;
                edges.push_back({turned ? pair.b : pair.a, turned ? pair.a : pair.b, pair.bits - m_in.acceptBits});
            }
            const std::vector<bool> taken = heaviestAssignment(edges);
            for (std::size_t e = 0; e < edges.size(); ++e) chosen[positions[e]] = taken[e];
        }
        return chosen;
    }

    static int rank(LinkKind kind) {
        if (kind == LinkKind::Decision) return 0;
        return kind == LinkKind::ExactIdentifier ? 1 : 2;
    }

    [[nodiscard]] std::vector<Turn> turns(const std::vector<RowLink>& links) const {
        const std::vector<bool> chosen = assigned(links);
        std::vector<Turn> order(links.size());
        for (std::uint32_t i = 0; i < links.size(); ++i)
            order[i] = {rank(links[i].kind), !chosen[i], links[i].pair.bits, i};
        std::ranges::sort(order, [](const Turn& x, const Turn& y) {
            if (x.rank != y.rank) return x.rank < y.rank;
            if (x.waits != y.waits) return y.waits;
            return x.bits != y.bits ? x.bits > y.bits : x.link < y.link;
        });
        return order;
    }

    void settle(RowLink& link, const Score& score) {
        const std::uint32_t a = find(link.pair.a), b = find(link.pair.b);
        if (a == b) {
            link.state = LinkState::Accepted;
            return;
        }
        link.state = stateOf(link, a, b, score);
        if (link.state != LinkState::Accepted) return;
        link.joined = true;
        join(a, b);
    }

    LinkState stateOf(const RowLink& link, std::uint32_t a, std::uint32_t b, const Score& score) {
        if (keptApart(a, b)) return LinkState::HeldDecision;
        if (link.kind == LinkKind::Decision) return LinkState::Accepted;
        const std::uint64_t pattern = link.pair.pattern;
        if (recordedAsRelatives(a, b)) return LinkState::HeldRelatives;
        if (link.kind == LinkKind::Scored) {
            if (isHeldAsTwins(pattern)) return LinkState::HeldTwins;
            if (isHeldAsParentAndChild(link.pair)) return LinkState::HeldParentAndChild;
            if (link.pair.bits < m_in.acceptBits) return LinkState::Review;
        } else if (m_in.relativesRule && m_in.rules.looksLikeTwins(pattern) && m_in.rules.sexDiffers(pattern)) {
            return LinkState::HeldTwins;
        }
        if (bornTooLateForParent(a, b) || bornTooLateForParent(b, a)) return LinkState::HeldParentAndChild;
        if (identifiersConflict(a, b)) return LinkState::HeldIdentifierConflict;
        if (bothHaveARowOf(a, b)) return LinkState::HeldOnePersonPerRow;
        return link.kind == LinkKind::Scored ? acrossClusters(link.pair, a, b, score) : LinkState::Accepted;
    }

    // What the other members of the two clusters say.
    LinkState acrossClusters(const ScoredPair& joining, std::uint32_t a, std::uint32_t b, const Score& score) {
        // One record with the very forename is the evidence the twin rule asks for: the person then goes by two names.
        // A forename that is close may be more alike in one record than in another, but not plainly another name.
        const bool askTwins = !m_in.rules.forenameAgrees(joining.pattern);
        const bool isClose = m_in.rules.forenameIsClose(joining.pattern);
        const auto& left = membersOf(a);
        const auto& right = membersOf(b);
        if (left.size() == 1 && right.size() == 1) return LinkState::Accepted;
        double sum = 0.0;
        std::size_t pairs = 0;
        for (std::size_t i = 0; i < std::min(left.size(), kMembersLookedAt); ++i) {
            for (std::size_t j = 0; j < std::min(right.size(), kMembersLookedAt); ++j) {
                const ScoredPair pair = score(std::min(left[i], right[j]), std::max(left[i], right[j]));
                const bool looksLikeAnother = !isClose || m_in.rules.forenameDiffers(pair.pattern);
                if (askTwins && looksLikeAnother && isHeldAsTwins(pair.pattern)) return LinkState::HeldTwins;
                // Two records of which little is known say nothing against the bridge.
                const double least = m_in.rules.contradicts(pair.pattern) ? -kMostBits : 0.0;
                sum += std::clamp(pair.bits, least, kMostBits);
                ++pairs;
            }
        }
        return sum >= 0.0 || pairs == 0 ? LinkState::Accepted : LinkState::HeldWeakBridge;
    }

    [[nodiscard]] bool isHeldAsTwins(std::uint64_t pattern) const {
        return m_in.relativesRule && m_in.rules.looksLikeTwins(pattern) && !m_in.rules.identifierAgrees(pattern);
    }

    [[nodiscard]] bool isHeldAsParentAndChild(const ScoredPair& pair) const {
        return m_in.relativesRule && m_in.rules.looksLikeParentAndChild(pair.pattern, pair.a, pair.b);
    }

    bool keptApart(std::uint32_t a, std::uint32_t b) {
        if (m_apart.empty()) return false;
        for (const std::uint32_t row : membersOf(a)) {
            const auto found = m_apart.find(row);
            if (found == m_apart.end()) continue;
            if (std::ranges::any_of(found->second, [&](std::uint32_t other) { return isIn(other, b); })) return true;
        }
        return false;
    }

    // Whoever is recorded as somebody's parent, child, brother, sister or partner is another person than they.
    bool recordedAsRelatives(std::uint32_t a, std::uint32_t b) {
        if (m_in.relatives.empty()) return false;
        return std::ranges::any_of(membersOf(a), [&](std::uint32_t row) {
            return std::ranges::any_of(m_in.relatives.of(row), [&](const auto& tie) { return isIn(tie.other, b); });
        });
    }

    // A child's namesake is not its parent: the parent of the one was born long before the latest of the children.
    bool bornTooLateForParent(std::uint32_t parent, std::uint32_t other) {
        if (m_in.relatives.empty()) return false;
        std::uint32_t latestChild = 0;
        for (const std::uint32_t row : membersOf(parent)) {
            for (const RowRelatives::Tie& tie : m_in.relatives.of(row)) {
                if (!tie.isParent) continue;
                for (const std::uint32_t date : m_in.columns.birthDate.of(tie.other))
                    latestChild = std::max(latestChild, yearOf(date));
            }
        }
        if (latestChild == 0) return false;
        std::uint32_t earliest = kNoYear;
        for (const std::uint32_t row : membersOf(other)) {
            for (const std::uint32_t date : m_in.columns.birthDate.of(row)) earliest = std::min(earliest, yearOf(date));
        }
        return earliest != kNoYear && earliest + kYoungestParentYears > latestChild;
    }
    [[nodiscard]] std::uint32_t yearOf(std::uint32_t date) const { return m_in.columns.dates[date] / 10000; }

    std::vector<std::uint32_t> uniqueIdentifiers(std::uint32_t cluster) {
        std::vector<std::uint32_t> ids;
        for (const std::uint32_t row : membersOf(cluster)) {
            for (const std::uint32_t id : m_in.columns.identifier.of(row)) {
                if (m_in.columns.identifiers[id].unique) ids.push_back(id);
            }
        }
        return ids;
    }

    bool identifiersConflict(std::uint32_t a, std::uint32_t b) {
        const auto left = uniqueIdentifiers(a), right = uniqueIdentifiers(b);
        const auto& entries = m_in.columns.identifiers;
        for (const std::uint32_t x : left) {
            const auto ofKind = [&](std::uint32_t id) { return entries[id].kind == entries[x].kind; };
            if (std::ranges::none_of(right, ofKind)) continue;
            const bool shared = std::ranges::any_of(
                left, [&](std::uint32_t id) { return ofKind(id) && std::ranges::find(right, id) != right.end(); });
            if (!shared) return true;
        }
        return false;
    }

    bool bothHaveARowOf(std::uint32_t a, std::uint32_t b) {
        const auto& columns = m_in.columns;
        for (const std::uint32_t x : membersOf(a)) {
            if (!m_in.datasets[columns.datasets[x]].onePersonPerRow) continue;
            for (const std::uint32_t y : membersOf(b)) {
                if (columns.datasets[x] == columns.datasets[y]) return true;
            }
        }
        return false;
    }

    std::uint32_t find(std::uint32_t row) {
        while (m_parent[row] != row) {
            m_parent[row] = m_parent[m_parent[row]];
            row = m_parent[row];
        }
        return row;
    }

    // A row of another group is another thread's.
    bool isIn(std::uint32_t row, std::uint32_t root) { return m_groups[row] == m_groups[root] && find(row) == root; }

    const std::vector<std::uint32_t>& membersOf(std::uint32_t root) {
        // Most rows stay alone: their list is made when somebody asks.
        if (m_members[root].empty()) m_members[root].push_back(root);
        return m_members[root];
    }

    void join(std::uint32_t a, std::uint32_t b) {
        if (membersOf(a).size() < membersOf(b).size()) std::swap(a, b);
        m_parent[b] = a;
        m_members[a].insert(m_members[a].end(), m_members[b].begin(), m_members[b].end());
        m_members[b] = {};
    }

    std::vector<std::uint32_t> numbered() {
        constexpr std::uint32_t kNone = 0xffffffffU;
        std::vector<std::uint32_t> numberOf(m_parent.size(), kNone), clusters(m_parent.size());
        std::uint32_t next = 0;
        for (std::uint32_t row = 0; row < m_parent.size(); ++row) {
            std::uint32_t& number = numberOf[find(row)];
            if (number == kNone) number = next++;
            clusters[row] = number;
        }
        return clusters;
    }

    ResolveInput m_in;
    std::vector<std::uint32_t> m_parent;
    std::vector<std::uint32_t> m_groups;  // per row, the smallest that a chain of links leads to
    std::vector<std::vector<std::uint32_t>> m_members;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_apart;
};

}  // namespace

Result<Resolved> resolve(ResolveInput input, TaskContext& task) { return Resolver(std::move(input)).run(task); }

}  // namespace fairlead::link
