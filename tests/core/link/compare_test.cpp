// Comparing by sketches, in batches, is comparing value by value.

#include "core/link/compare.h"

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch_all.hpp>

#include "core/link/encode.h"
#include "core/link/model.h"
#include "core/link/score.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::valueOf;

namespace {

class Source {
public:
    explicit Source(unsigned seed) : m_random(seed) {}
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_random()) % bound; }
    std::string oneOf(const std::vector<std::string>& values) { return values[below(values.size())]; }
    // Now and then a letter is another one, doubled or left out.
    std::string damaged(std::string text) {
        if (text.size() < 2 || below(4) != 0) return text;
        const std::size_t at = below(text.size());
        switch (below(3)) {
            case 0: text[at] = static_cast<char>('a' + below(26)); break;
            case 1: text.insert(at, 1, text[at]); break;
            default: text.erase(at, 1);
        }
        return text;
    }

private:
    std::mt19937 m_random;
};

// Few values, so that all of them meet: several names, dates and addresses a record, and gaps.
SourceRecord madeUp(Source& source, std::int64_t id) {
    static const std::vector<std::string> forenames = {"William",
                                                       "Bill",
                                                       "Mary Ann",
                                                       "Mary",
                                                       "Mary Jane",
                                                       "Ann",
                                                       "J",
                                                       "Katherine",
                                                       "Kate",
                                                       "Smith",
                                                       "Mohammed",
                                                       "Taylor",
                                                       "Christopher Alexander Bartholomew",
                                                       "Al",
                                                       "Alexander",
                                                       ""};
    static const std::vector<std::string> surnames = {
        "Smith",   "Smyth", "Smith-Jones", "Taylor", "de Souza", "William", "Mohammed",
        "O'Brien", "Bill",  "Ng",          "Kate",   "Mary",     ""};
    static const std::vector<std::string> postcodes = {"BS1 1AA", "BS1 1AB", "BS11 1AA",  "BS1 2AA", "B1 1AA",
                                                       "10115",   "10155",   "123456789", "",        ""};
    static const std::vector<std::string> houses = {"", "", "", "1", "2", "Rose Cottage"};
    SourceRecord record;
    record.id = {id};
    for (std::size_t i = 0, n = 1 + source.below(4) / 3; i < n; ++i)
        record.names.push_back({source.damaged(source.oneOf(forenames)), source.damaged(source.oneOf(surnames)), ""});
    for (std::size_t i = 0, n = source.below(6) == 0 ? 2 * source.below(2) : 1; i < n; ++i) {
        record.birthDigits.push_back(static_cast<std::uint32_t>((2001 + source.below(3) * 9) * 10000 +
                                                                (1 + source.below(12)) * 100 + 1 + source.below(12)));
    }
    record.sex = source.oneOf({"F", "M", "M", ""});
    for (std::size_t i = 0, n = 1 + source.below(4) / 3; i < n; ++i) {
        record.addresses.push_back({source.below(20) == 0 ? std::to_string(100 + source.below(3)) : "", "",
                                    source.oneOf(houses), source.below(3) == 0 ? "High Street" : "",
                                    source.oneOf(postcodes)});
    }
    if (source.below(3) == 0) record.identifiers.push_back({"uln", "100000000" + std::to_string(source.below(9))});
    if (source.below(4) == 0) record.identifiers.push_back({"case", "A" + std::to_string(source.below(20))});
    if (source.below(5) != 0)
        record.attributes.push_back({0, source.damaged(source.oneOf({"Bristol", "Bath", "Bathampton", "North Bath",
                                                                     std::string(70, 'n') + " bath"}))});
    return record;
}

struct Case {
    EncodedInput encoded;
    Model model;
    std::vector<ComparisonPlan> plans;
};

Case madeUpCase(unsigned seed, const std::vector<ComparisonKind>& kinds) {
    Source source(seed);
    LinkInput input;
    input.datasets = {{"one", false}};
    input.attributeColumns = {"town"};
    for (std::int64_t id = 0; id < 150; ++id) input.records.push_back(madeUp(source, id));
    NameVariants variants;
    variants.addGroup({"William", "Bill"});
    variants.addGroup({"Katherine", "Kate"});
    TaskContext task;
    Case made{valueOf(encode(input, variants, task)), {}, {}};
    for (const ComparisonKind kind : kinds)
        made.model.comparisons.push_back(defaultComparison(kind, kind == ComparisonKind::Text ? "town" : ""));
    made.plans = valueOf(planComparisons(made.model, made.encoded.setup, made.encoded.columns));
    return made;
}

// The definition: every value of one record beside every value of the other.
class Plain {
public:
    explicit Plain(const Case& of) : m_columns(of.encoded.columns), m_plans(of.plans) {}

    // Whether the pattern is that of the two rows.
    void check(std::uint32_t a, std::uint32_t b, std::uint64_t pattern) const {
        std::uint8_t forename = kNoLevel, surname = kNoLevel;
        const int forenameAt = positionOf(m_plans, ComparisonKind::Forename),
                  surnameAt = positionOf(m_plans, ComparisonKind::Surname);
        for (std::size_t c = 0; c < m_plans.size(); ++c) {
            const std::uint8_t level = levelOf(m_plans[c], a, b);
            if (static_cast<int>(c) == forenameAt) {
                forename = level;
            } else if (static_cast<int>(c) == surnameAt) {
                surname = level;
            } else {
                REQUIRE(((pattern >> (4 * c)) & 15U) == level);
            }
        }
        if (forenameAt < 0 && surnameAt < 0) return;
        const auto [x, y] =
            forenameAt >= 0 && surnameAt >= 0 ? named(a, b, forename, surname) : std::pair(int{forename}, int{surname});
        if (forenameAt >= 0) REQUIRE(static_cast<int>((pattern >> (4 * forenameAt)) & 15U) == x);
        // Which of two names in each other's field is the surname is for the frequencies to say.
        const int found = surnameAt < 0 ? y : static_cast<int>((pattern >> (4 * surnameAt)) & 15U);
        REQUIRE((y == kEither ? found == 0 || found == static_cast<int>(SurnameLevel::Close) : found == y));
        REQUIRE(pattern >> (4 * m_plans.size()) == ~0ULL >> (4 * m_plans.size()));
    }

    // Whether the values are the rarest that the two rows agree on at their levels.
    void checkValues(std::uint32_t a, std::uint32_t b, const PairOutcome& outcome) const {
        const int forename = positionOf(m_plans, ComparisonKind::Forename);
        const int level = forename < 0 ? 0 : static_cast<int>((outcome.pattern >> (4 * forename)) & 15U);
        const bool acrossFields = forename >= 0 && (level == static_cast<int>(ForenameLevel::Swapped) ||
                                                    level == static_cast<int>(ForenameLevel::Crossed));
        for (std::size_t c = 0; c < m_plans.size(); ++c) {
            const ComparisonKind kind = m_plans[c].kind;
            if (acrossFields && (kind == ComparisonKind::Forename || kind == ComparisonKind::Surname)) continue;
            REQUIRE(outcome.values[c] == rarest(m_plans[c], (outcome.pattern >> (4 * c)) & 15U, a, b));
        }
    }

private:
    static constexpr int kEither = 99;

    [[nodiscard]] std::uint32_t rarest(const ComparisonPlan& plan, std::size_t level, std::uint32_t a,
                                       std::uint32_t b) const {
        const ValueFrequencies* frequencies = plan.frequenciesOf(level);
        if (frequencies == nullptr) return kNoValue;
        std::set<std::pair<std::uint32_t, std::uint32_t>> agreed;  // how many have it, value
        const auto look = [&](const MultiColumn& column, auto levelOf, auto valueOf) {
            for (const std::uint32_t x : column.of(a)) {
                for (const std::uint32_t y : column.of(b)) {
                    if (static_cast<std::size_t>(levelOf(x, y)) != level) continue;
                    const std::uint32_t value = valueOf(std::min(x, y));
                    agreed.emplace(value == kNoValue ? 0 : frequencies->counts[value], value);
                }
            }
        };
        const Columns& columns = m_columns;
        switch (plan.kind) {
            case ComparisonKind::Forename:
                look(
                    columns.forename, [&](auto x, auto y) { return forenameLevel(columns, x, y); },
                    [&](auto id) { return columns.forenames[id].first; });
                break;
            case ComparisonKind::Surname:
                look(
                    columns.surname, [&](auto x, auto y) { return surnameLevel(columns, x, y); },
                    [&](auto id) { return columns.surnames[id].whole; });
                break;
            case ComparisonKind::Address:
                look(
                    columns.address, [&](auto x, auto y) { return addressLevel(columns, x, y); },
                    [&](auto id) { return level == 0 ? columns.addresses[id].home : columns.addresses[id].postcode; });
                break;
            case ComparisonKind::BirthDate: look(columns.birthDate, std::not_equal_to<>(), std::identity()); break;
            case ComparisonKind::Text:
                look(columns.attributes[plan.attribute], std::not_equal_to<>(), std::identity());
                break;
            case ComparisonKind::Sex:
            case ComparisonKind::Identifier: break;
        }
        return agreed.empty() ? kNoValue : agreed.begin()->second;
    }

    [[nodiscard]] std::uint8_t levelOf(const ComparisonPlan& plan, std::uint32_t a, std::uint32_t b) const {
        const Columns& columns = m_columns;
        const auto least = [&](const MultiColumn& column, auto level) {
            std::uint8_t best = kNoLevel;
            for (const std::uint32_t x : column.of(a)) {
                for (const std::uint32_t y : column.of(b))
                    best = std::min(best, static_cast<std::uint8_t>(level(x, y)));
            }
            return best;
        };
        switch (plan.kind) {
            case ComparisonKind::Forename:
                return least(columns.forename, [&](auto x, auto y) { return forenameLevel(columns, x, y); });
            case ComparisonKind::Surname:
                return least(columns.surname, [&](auto x, auto y) { return surnameLevel(columns, x, y); });
            case ComparisonKind::BirthDate:
                return least(columns.birthDate, [&](auto x, auto y) {
                    return dateLevel(dateDigits(columns.dates[x]), dateDigits(columns.dates[y]));
                });
            case ComparisonKind::Sex: return least(columns.sex, [](auto x, auto y) { return x == y ? 0 : 1; });
            case ComparisonKind::Address:
                return least(columns.address, [&](auto x, auto y) { return addressLevel(columns, x, y); });
            case ComparisonKind::Text:
                return least(columns.attributes[plan.attribute], [&](auto x, auto y) {
                    const auto shaped = [&](std::uint32_t id) {
                        const std::string_view text = columns.attributeTexts[plan.attribute].text(id);
                        return ShapedText{text, shapeOf(text)};
                    };
                    return textLevel(shaped(x), shaped(y));
                });
            case ComparisonKind::Identifier: break;
        }
        return identifierLevel(a, b);
    }

    [[nodiscard]] std::uint8_t identifierLevel(std::uint32_t a, std::uint32_t b) const {
        const auto left = m_columns.identifier.of(a), right = m_columns.identifier.of(b);
        std::set<std::uint32_t> kinds, agreeing, contradicting;
        bool near = false;
        for (const std::uint32_t x : left) {
            for (const std::uint32_t y : right) {
                if (m_columns.identifiers[x].kind != m_columns.identifiers[y].kind) continue;
                kinds.insert(m_columns.identifiers[x].kind);
                if (x == y) agreeing.insert(m_columns.identifiers[x].kind);
                if (m_columns.identifiers[x].unique) contradicting.insert(m_columns.identifiers[x].kind);
            }
        }
        for (const std::uint32_t kind : agreeing) contradicting.erase(kind);
        for (const std::uint32_t x : left) {
            for (const std::uint32_t y : right) {
                const std::uint32_t kind = m_columns.identifiers[x].kind;
                near = near || (kind == m_columns.identifiers[y].kind && !agreeing.contains(kind) &&
                                isOneEditApart(m_columns.identifierTexts.text(x), m_columns.identifierTexts.text(y)));
            }
        }
        const auto level = [](IdentifierLevel found) { return static_cast<std::uint8_t>(found); };
        if (!agreeing.empty()) return level(contradicting.empty() ? IdentifierLevel::Agrees : IdentifierLevel::Mixed);
        if (near) return level(IdentifierLevel::OneCharacter);
        return contradicting.empty() ? kNoLevel : level(IdentifierLevel::Conflict);
    }

    // The best a surname of one row and a forename of the other make.
    [[nodiscard]] CrossLevel across(std::uint32_t surnamesOf, std::uint32_t forenamesOf) const {
        CrossLevel best = CrossLevel::Different;
        for (const std::uint32_t s : m_columns.surname.of(surnamesOf)) {
            for (const std::uint32_t f : m_columns.forename.of(forenamesOf))
                best = std::max(best, crossLevel(m_columns, m_columns.forenames[f], m_columns.surnames[s]));
        }
        return best;
    }

    // Forename and surname once names in each other's field are looked for.
    [[nodiscard]] std::pair<int, int> named(std::uint32_t a, std::uint32_t b, std::uint8_t forename,
                                            std::uint8_t surname) const {
        const std::pair<int, int> asTheyStand(forename, surname);
        const bool differ = (forename == kNoLevel || forename == static_cast<std::uint8_t>(ForenameLevel::Different)) &&
                            (surname == kNoLevel || surname == static_cast<std::uint8_t>(SurnameLevel::Different));
        if (!differ) return asTheyStand;
        const auto has = [](const MultiColumn& column, std::uint32_t row) { return !column.of(row).empty(); };
        const bool one = has(m_columns.surname, a) && has(m_columns.forename, b),
                   other = has(m_columns.surname, b) && has(m_columns.forename, a);
        const CrossLevel x = across(a, b), y = across(b, a);
        if (one != other) {
            const bool crossed = (one ? x : y) != CrossLevel::Different;
            return crossed ? std::pair(static_cast<int>(ForenameLevel::Crossed), int{kNoLevel}) : asTheyStand;
        }
        const bool swapped = x != CrossLevel::Different && y != CrossLevel::Different &&
                             (x == CrossLevel::Same || y == CrossLevel::Same);
        if (!swapped) return asTheyStand;
        return {static_cast<int>(ForenameLevel::Swapped), x == y ? 0 : kEither};
    }

    const Columns& m_columns;
    const std::vector<ComparisonPlan>& m_plans;
};

const std::vector<std::vector<ComparisonKind>>& models() {
    using enum ComparisonKind;
    static const std::vector<std::vector<ComparisonKind>> kinds = {
        {Forename, Surname, BirthDate, Sex, Address, Identifier, Text},
        {Text, Address, Surname, Identifier, Forename},
        {Surname, BirthDate},
        {Forename, Sex, Text},
        {Identifier}};
    return kinds;
}

}  // namespace

TEST_CASE("rows compare as their values do, whatever is missing or there several times", "[link]") {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        for (const auto& kinds : models()) {
            const Case made = madeUpCase(seed, kinds);
            const CompareContext context(made.encoded.columns, made.plans);
            PairComparer comparer(context);
            const Plain plain(made);
            std::set<std::uint64_t> patterns;
            for (std::uint32_t a = 0; a < made.encoded.columns.rows; ++a) {
                for (std::uint32_t b = a + 1; b < made.encoded.columns.rows; ++b) {
                    PairOutcome outcome, turned;
                    comparer.compare(a, b, outcome);
                    plain.check(a, b, outcome.pattern);
                    plain.checkValues(a, b, outcome);
                    comparer.compare(b, a, turned);
                    REQUIRE(outcome.pattern == turned.pattern);
                    const auto end = outcome.values.begin() + static_cast<std::ptrdiff_t>(kinds.size());
                    REQUIRE(std::equal(outcome.values.begin(), end, turned.values.begin()));
                    patterns.insert(outcome.pattern);
                }
            }
            CHECK(patterns.size() >= (kinds.size() > 4 ? 500 : 3));
        }
    }
}

TEST_CASE("many pairs at once have the patterns that one at a time has", "[link]") {
    const Case made = madeUpCase(4, models().front());
    const CompareContext context(made.encoded.columns, made.plans);
    PairComparer comparer(context), fresh(context);
    std::vector<RowPair> pairs;
    Source source(5);
    for (int i = 0; i < 5000; ++i) {
        const auto row = [&] { return static_cast<std::uint32_t>(source.below(made.encoded.columns.rows)); };
        pairs.push_back({row(), row()});
    }
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{64}, pairs.size()}) {
        std::vector<std::uint64_t> patterns(count);
        fresh.patterns({pairs.data(), count}, patterns);
        for (std::size_t i = 0; i < count; ++i) {
            PairOutcome outcome;
            comparer.compare(pairs[i].a, pairs[i].b, outcome);
            REQUIRE(patterns[i] == outcome.pattern);
        }
    }
}

TEST_CASE("no outcome weighs more than the most its pattern can", "[link]") {
    for (const auto& kinds : models()) {
        Case made = madeUpCase(6, kinds);
        made.model.relativesPerRecord = 0.5;
        made.model.matchesPerRecord = 0.4;
        const Columns& columns = made.encoded.columns;
        const Scorer scorer(made.model, columns, made.plans,
                            priorOdds(made.model, columns.rows, possiblePairs(columns, 1, PairScope::Everything)));
        const CompareContext context(columns, made.plans);
        PairComparer comparer(context);
        std::size_t tight = 0;
        for (std::uint32_t a = 0; a < columns.rows; ++a) {
            for (std::uint32_t b = a + 1; b < columns.rows; ++b) {
                PairOutcome outcome;
                comparer.compare(a, b, outcome);
                const double bits = scorer.bits(outcome), most = scorer.mostBits(outcome.pattern);
                REQUIRE(bits <= most);
                tight += most - bits < 1.0 ? 1U : 0U;
            }
        }
        CHECK(tight > 0);
    }
}
