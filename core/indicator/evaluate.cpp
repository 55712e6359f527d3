#include "core/indicator/evaluate.h"

#include <algorithm>
#include <bitset>
#include <utility>

#include "core/base/text.h"
#include "core/indicator/reading.h"

namespace fairlead::indicator {

namespace {

constexpr int kMonthsInAYear = 12;
constexpr int kPercent = 100;
constexpr Interval kNoDays{Date{0}, Date{0}};  // Interval{} is open-ended

/// A criterion over one table's codes.
struct Rule {
    std::uint32_t definition = 0;
    std::uint32_t list = 0;  ///< Position among all criteria of the set: where its evidence is gathered.
    Criterion criterion;
    std::vector<bool> allowed;  ///< By code id; empty = every code. Codes beyond the end: `allowsOthers`.
    bool allowsOthers = true;
    std::vector<std::int64_t> numbers;  ///< With minPercent: the number that each code is, -1 when it is none.
    std::uint8_t roles = 0xFF;          ///< One bit a role.
};

std::uint8_t roleBit(record::Role role) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role)); }

std::vector<bool> allowedCodes(const Criterion& criterion, const CodeTable& codes) {
    if (criterion.codes.empty() && criterion.exceptCodes.empty()) return {};
    std::vector<bool> allowed(codes.size());
    for (CodeId id = 0; id < codes.size(); ++id) {
        const auto text = codes.text(id);
        const bool named = std::ranges::find(criterion.codes, text) != criterion.codes.end();
        const bool excepted = std::ranges::find(criterion.exceptCodes, text) != criterion.exceptCodes.end();
        allowed[id] = (criterion.codes.empty() || named) && !excepted;
    }
    return allowed;
}

Rule compiled(const Criterion& criterion, std::uint32_t definition, std::uint32_t list, const CodeTable& codes) {
    Rule rule{definition, list, criterion, allowedCodes(criterion, codes), criterion.codes.empty(), {}, 0xFF};
    if (!criterion.roles.empty()) {
        rule.roles = 0;
        for (const record::Role role : criterion.roles)
            rule.roles = static_cast<std::uint8_t>(rule.roles | roleBit(role));
    }
    if (criterion.minPercent) {
        rule.numbers.reserve(codes.size());
        for (CodeId id = 0; id < codes.size(); ++id) rule.numbers.push_back(parseInteger(codes.text(id)).value_or(-1));
    }
    return rule;
}

/// The day on which somebody born on `born` is `years` old; 1 March for 29 February in common years.
Date birthday(Date born, int years) {
    const Date day = born.plusMonths(kMonthsInAYear * years);
    return day.civil().day == born.civil().day ? day : day + 1;
}

/// The days on which the guards on age and school year hold; empty when they cannot be checked.
Interval daysOfAge(const Criterion& criterion, BirthMonth born) {
    Interval days{Date::beginning(), Date::never()};
    if (!criterion.minAge && !criterion.maxAge && !criterion.minYear && !criterion.maxYear) return days;
    const auto youngest = born.youngestBirthday();
    if (!youngest) return kNoDays;
    if (criterion.minAge) days.from = birthday(*youngest, *criterion.minAge);
    if (criterion.maxAge) days.until = birthday(*youngest, *criterion.maxAge + 1);
    if (criterion.minYear) days.from = std::max(days.from, *born.schoolYearBegins(*criterion.minYear));
    if (criterion.maxYear) days.until = std::min(days.until, *born.schoolYearBegins(*criterion.maxYear + 1));
    return days;
}

bool passesValue(const Rule& rule, const Fact& fact) {
    const Criterion& criterion = rule.criterion;
    if (criterion.minValue && (!fact.hasValue || fact.value < *criterion.minValue)) return false;
    if (!criterion.minPercent) return true;
    const std::int64_t possible = fact.code < rule.numbers.size() ? rule.numbers[fact.code] : -1;
    if (!fact.hasValue || possible <= 0 || possible < criterion.minPossible.value_or(0)) return false;
    return std::int64_t{fact.value} * kPercent >= possible * *criterion.minPercent;
}

bool passes(const Rule& rule, const Fact& fact) {
    if ((rule.roles & roleBit(fact.role)) == 0) return false;
    if (!rule.allowed.empty()) {
        const bool allowed = fact.code < rule.allowed.size() ? rule.allowed[fact.code] : rule.allowsOthers;
        if (!allowed) return false;
    }
    return passesValue(rule, fact);
}

/// A fact among all facts of its person.
struct FactAmong {
    std::span<const Fact> facts;
    std::size_t at = 0;
    record::LoadId knownAt;

    [[nodiscard]] const Fact& fact() const { return facts[at]; }

    /// The first day of the next fact of this kind: what was carried until then has been replaced.
    [[nodiscard]] Date nextOfKind() const {
        for (std::size_t i = at + 1; i < facts.size(); ++i) {
            const Fact& next = facts[i];
            if (next.kind == fact().kind && next.from > fact().from && !next.cancelled && next.isKnownAt(knownAt))
                return next.from;
        }
        return Date::never();
    }
};

Date endOfStatus(const Criterion& criterion, const FactAmong& among) {
    const Fact& fact = among.fact();
    Date until = fact.until;
    if (criterion.carryDays > 0)
        until = std::max(until, std::min(shifted(until, criterion.carryDays), among.nextOfKind()));
    if (criterion.expiresDays > 0) until = std::min(until, shifted(fact.from, criterion.expiresDays));
    return until;
}

/// The days for which a fact that passes holds; empty when a guard on age does not let it.
Interval daysHeld(const Criterion& criterion, const FactAmong& among, BirthMonth born) {
    const Interval ages = daysOfAge(criterion, born);
    const Fact& fact = among.fact();
    if (criterion.lastingDays > 0) {
        if (!ages.contains(fact.from)) return kNoDays;
        return {fact.from, shifted(fact.from, criterion.lastingDays)};
    }
    return {std::max(fact.from, ages.from), std::min(endOfStatus(criterion, among), ages.until)};
}

}  // namespace

std::optional<Date> BirthMonth::youngestBirthday() const {
    if (year == 0) return std::nullopt;
    const auto first = Date::fromCivil(year, month, 1);
    if (!first) return std::nullopt;
    return first->monthEnd();
}

std::optional<Date> BirthMonth::schoolYearBegins(int schoolYear) const {
    if (year == 0) return std::nullopt;
    constexpr int kSeptember = 9;
    constexpr int kReceptionAfter = 5;
    const int cohort = month >= kSeptember ? year : year - 1;
    return Date::fromCivil(cohort + kReceptionAfter + schoolYear, kSeptember, 1);
}

BirthMonth birthMonthOf(std::vector<std::int64_t> months) {
    if (months.empty()) return {};
    std::ranges::sort(months);
    std::int64_t best = months.front();
    std::size_t bestCount = 0;
    for (std::size_t at = 0; at < months.size();) {
        std::size_t end = at;
        while (end < months.size() && months[end] == months[at]) ++end;
        if (end - at >= bestCount) {
            best = months[at];
            bestCount = end - at;
        }
        at = end;
    }
    return {static_cast<std::int16_t>(best / kMonthsInAYear), static_cast<std::uint8_t>(best % kMonthsInAYear + 1)};
}

struct RuleSet::Compiled {
    /// A definition and where its criteria's evidence is gathered.
    struct Plan {
        Combination combination = Combination::Any;
        std::uint32_t firstList = 0;
        std::vector<Criterion> criteria;
        int threshold = 0;
        std::optional<Date> notBefore;
        bool isPlainUnion = true;  ///< Any, and nothing but days: one sweep over all evidence.
    };
    std::vector<Plan> plans;
    std::vector<std::vector<Rule>> rulesOfKind;
    std::uint32_t listCount = 0;

    /// Evidence by criterion; one for a thread, used again for person after person.
    struct Scratch {
        std::vector<std::vector<Evidence>> lists;
        std::vector<bool> isTouched;  ///< By definition.
        std::bitset<64> kindsSeen;
    };
    [[nodiscard]] Scratch scratch() const {
        return {std::vector<std::vector<Evidence>>(listCount), std::vector<bool>(plans.size()), {}};
    }

    void gather(std::span<const Fact> facts, FactIndex first, BirthMonth born, record::LoadId knownAt,
                Scratch& into) const;
    /// `facts` are those that were gathered, `first` as there.
    SpellList combine(const Plan& plan, std::span<const Fact> facts, FactIndex first, Scratch& from) const;
    /// The spells of one criterion.
    static SpellList listOf(const Criterion& criterion, std::vector<Evidence> items, std::span<const Fact> facts,
                            FactIndex first);
};

void RuleSet::Compiled::gather(std::span<const Fact> facts, FactIndex first, BirthMonth born, record::LoadId knownAt,
                               Scratch& into) const {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const Fact& fact = facts[i];
        if (fact.cancelled || !fact.isKnownAt(knownAt)) continue;
        into.kindsSeen.set(static_cast<std::size_t>(fact.kind));
        for (const Rule& rule : rulesOfKind[static_cast<std::size_t>(fact.kind)]) {
            if (!passes(rule, fact)) continue;
            const Interval days = daysHeld(rule.criterion, {facts, i, knownAt}, born);
            if (days.isEmpty()) continue;
            into.lists[rule.list].push_back({first + static_cast<FactIndex>(i), days});
            into.isTouched[rule.definition] = true;
        }
    }
}

SpellList RuleSet::Compiled::listOf(const Criterion& criterion, std::vector<Evidence> items,
                                    std::span<const Fact> facts, FactIndex first) {
    if (criterion.atLeast <= 1) return SpellList::of(std::move(items), criterion.gapDays);
    std::vector<EventItem> events;
    events.reserve(items.size());
    for (const Evidence& item : items) events.push_back({item, incidentKey(facts[item.fact - first])});
    return atLeast(events, criterion.atLeast);
}

SpellList RuleSet::Compiled::combine(const Plan& plan, std::span<const Fact> facts, FactIndex first,
                                     Scratch& from) const {
    if (plan.isPlainUnion) {
        std::vector<Evidence> items = std::exchange(from.lists[plan.firstList], {});
        for (std::size_t i = 1; i < plan.criteria.size(); ++i) {
            auto& more = from.lists[plan.firstList + i];
            items.insert(items.end(), more.begin(), more.end());
            more.clear();
        }
        return SpellList::of(std::move(items));
    }
    std::vector<WeightedList> lists;
    for (std::size_t i = 0; i < plan.criteria.size(); ++i) {
        const Criterion& criterion = plan.criteria[i];
        auto items = std::exchange(from.lists[plan.firstList + i], {});
        lists.push_back({listOf(criterion, std::move(items), facts, first), criterion.points});
    }
    SpellList result;
    if (plan.combination == Combination::Points) {
        result = sumAtLeast(lists, plan.threshold);
    } else {
        result = std::move(lists.front().list);
        for (const WeightedList& next : std::span(lists).subspan(1)) {
            if (plan.combination == Combination::Any) result = unite(result, next.list);
            if (plan.combination == Combination::All) result = intersect(result, next.list);
            if (plan.combination == Combination::Without) result = subtract(result, next.list);
        }
    }
    return plan.notBefore ? clip(result, {*plan.notBefore, Date::never()}) : result;
}

RuleSet::RuleSet(std::span<const Definition> definitions, const CodeTable& codes)
    : m_compiled(std::make_unique<Compiled>()) {
    Compiled& set = *m_compiled;
    set.rulesOfKind.resize(record::factKinds().size());
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        const Definition& definition = definitions[d];
        Compiled::Plan plan{
            definition.combination, set.listCount,
            definition.criteria,    definition.threshold,
            definition.notBefore,   definition.combination == Combination::Any && !definition.notBefore};
        for (const Criterion& criterion : definition.criteria) {
            const std::uint32_t list = set.listCount++;
            if (criterion.gapDays > 0 || criterion.atLeast > 1) plan.isPlainUnion = false;
            if (definition.status == DefinitionStatus::Retired) continue;
            set.rulesOfKind[static_cast<std::size_t>(criterion.kind)].push_back(
                compiled(criterion, static_cast<std::uint32_t>(d), list, codes));
        }
        set.plans.push_back(std::move(plan));
    }
}

RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

std::vector<SpellList> RuleSet::evaluate(std::span<const Fact> facts, FactIndex first, BirthMonth born,
                                         record::LoadId knownAt) const {
    Compiled::Scratch scratch = m_compiled->scratch();
    m_compiled->gather(facts, first, born, knownAt, scratch);
    std::vector<SpellList> lists(m_compiled->plans.size());
    for (std::size_t d = 0; d < lists.size(); ++d) {
        if (scratch.isTouched[d]) lists[d] = m_compiled->combine(m_compiled->plans[d], facts, first, scratch);
    }
    return lists;
}

std::vector<CriterionHolding> RuleSet::holding(std::size_t definition, Date day, const Among& among) const {
    Compiled::Scratch scratch = m_compiled->scratch();
    m_compiled->gather(among.facts, among.first, among.born, among.knownAt, scratch);
    const Compiled::Plan& plan = m_compiled->plans[definition];
    std::vector<CriterionHolding> found;
    for (std::size_t i = 0; i < plan.criteria.size(); ++i) {
        auto items = std::exchange(scratch.lists[plan.firstList + i], {});
        const SpellList list = m_compiled->listOf(plan.criteria[i], std::move(items), among.facts, among.first);
        const Spell* spell = list.at(day);
        if (spell == nullptr) continue;
        CriterionHolding holding{i, {}};
        for (const Evidence& item : list.evidence(*spell))
            if (item.covers.contains(day)) holding.evidence.push_back(item);
        found.push_back(std::move(holding));
    }
    return found;
}

Result<SpellBook> evaluateAll(std::span<const Definition> definitions, const FactTable& facts,
                              std::span<const PersonBirth> births, record::LoadId knownAt, TaskContext& task) {
    const RuleSet rules(definitions, facts.codes);
    const RuleSet::Compiled& set = *rules.m_compiled;
    RuleSet::Compiled::Scratch scratch = set.scratch();
    SpellBook book(knownAt);
    constexpr std::uint64_t kPersonsBetweenLooks = 1024;  // some milliseconds
    task.begin(Phase::Computing, facts.persons().size());
    std::uint64_t done = 0;
    auto birth = births.begin();
    for (const PersonFacts& where : facts.persons()) {
        while (birth != births.end() && birth->person < where.person) ++birth;
        const BirthMonth born = birth != births.end() && birth->person == where.person ? birth->born : BirthMonth{};
        set.gather(facts.facts(where), where.first, born, knownAt, scratch);
        for (std::size_t d = 0; d < set.plans.size(); ++d) {
            if (!scratch.isTouched[d]) continue;
            scratch.isTouched[d] = false;
            const SpellList list = set.combine(set.plans[d], facts.facts(where), where.first, scratch);
            book.append(where.person, d, list.spells(), list.pool());
        }
        if (++done % kPersonsBetweenLooks == 0) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            task.advance(kPersonsBetweenLooks);
        }
    }
    for (const record::FactKindEntry& kind : record::factKinds()) {
        if (scratch.kindsSeen.test(static_cast<std::size_t>(kind.kind))) book.noteSeen(kind.kind);
    }
    book.shrink();
    return book;
}

}  // namespace fairlead::indicator
