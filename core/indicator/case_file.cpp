#include "core/indicator/case_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::indicator {

namespace {

constexpr std::array<std::string_view, kCaseKinds> kKindNames{"yes", "no", "edge", "expiry", "guard", "late"};

/// The words of a line, taken one after another; remembers that something was not understood.
class Words {
public:
    explicit Words(std::string_view line) {
        for (const std::string_view word : split(line.substr(0, line.find('#')), ' ')) {
            if (!trimmed(word).empty()) m_words.push_back(trimmed(word));
        }
    }
    [[nodiscard]] bool isEmpty() const { return m_next >= m_words.size(); }
    std::string_view take() {
        if (isEmpty()) {
            problem = "the line ends too early";
            return {};
        }
        return m_words[m_next++];
    }
    Date takeDate() {
        const std::string_view word = take();
        const auto date = Date::fromUk(word);
        if (!date) problem = fmt::format("\"{}\" is not a date such as 31/05/2026", word);
        return date.value_or(Date{});
    }
    std::int64_t takeNumber() {
        const std::string_view word = take();
        const auto number = parseInteger(word);
        if (!number) problem = fmt::format("\"{}\" is not a whole number", word);
        return number.value_or(0);
    }

    std::string problem;

private:
    std::vector<std::string_view> m_words;
    std::size_t m_next = 0;
};

void readOption(Words& words, std::string_view option, Fact& fact) {
    if (option == "role") {
        const auto role = record::roleFromName(words.take());
        if (!role) words.problem = "there is no such role";
        fact.role = role.value_or(record::Role::Subject);
    } else if (option == "value") {
        fact.value = static_cast<std::int32_t>(words.takeNumber());
        fact.hasValue = true;
    } else if (option == "incident") {
        fact.incident = words.takeNumber();
    } else if (option == "received") {
        fact.received = record::LoadId{words.takeNumber()};
    } else if (option == "withdrawn") {
        fact.withdrawn = record::LoadId{words.takeNumber()};
    } else if (option == "cancelled") {
        fact.cancelled = true;
    } else {
        words.problem = fmt::format("\"{}\" is not known here", option);
    }
}

void readFact(Words& words, WorkedCase& into) {
    Fact fact;
    fact.id = FactId{static_cast<std::int64_t>(into.facts.size()) + 1};
    fact.person = record::PersonKey{1};
    fact.received = record::LoadId{1};
    const auto kind = record::factKindFromId(words.take());
    if (!kind) words.problem = "there is no such kind of fact";
    fact.kind = kind.value_or(record::FactKind::LookedAfter);
    const std::string_view code = words.take();
    const std::string_view when = words.take();
    fact.from = words.takeDate();
    fact.until = when == "on" ? fact.from + 1 : Date::never();
    if (when != "on" && when != "from") words.problem = "a date begins with \"on\" (event) or \"from\" (status)";
    while (!words.isEmpty() && words.problem.empty()) {
        const std::string_view option = words.take();
        if (option == "until") {
            fact.until = words.takeDate();
        } else {
            readOption(words, option, fact);
        }
    }
    into.facts.push_back(fact);
    into.codes.emplace_back(code == "-" ? std::string_view() : code);
}

void readSpell(Words& words, WorkedCase& into) {
    ExpectedSpell spell;
    if (words.take() != "from") words.problem = "write: spell from DATE";
    spell.days = {words.takeDate(), Date::never()};
    while (!words.isEmpty() && words.problem.empty()) {
        const std::string_view word = words.take();
        if (word == "until") {
            spell.days.until = words.takeDate();
        } else if (word == "by") {
            while (!words.isEmpty()) spell.facts.push_back(words.takeNumber());
        } else {
            words.problem = fmt::format("\"{}\" is not known here", word);
        }
    }
    into.expected.push_back(std::move(spell));
}

std::string wordsOf(const Interval& days, std::span<const std::int64_t> facts) {
    std::string text = "spell from " + days.from.uk();
    if (days.until != Date::never()) text += " until " + days.until.uk();
    text += " by";
    for (const std::int64_t fact : facts) text += fmt::format(" {}", fact);
    return text;
}

std::vector<std::int64_t> factNumbers(const SpellList& list, const Spell& spell, std::span<const Fact> facts) {
    std::vector<std::int64_t> numbers;
    for (const Evidence& item : list.evidence(spell)) numbers.push_back(facts[item.fact].id.value);
    std::ranges::sort(numbers);
    const auto same = std::ranges::unique(numbers);
    numbers.erase(same.begin(), same.end());
    return numbers;
}

void readBorn(Words& words, WorkedCase& into) {
    const std::string_view word = words.take();
    const auto parts = split(word, '/');
    const auto month = parseInteger(parts.front());
    const auto year = parts.size() == 2 ? parseInteger(parts.back()) : std::nullopt;
    if (!month || !year || *month < 1 || *month > 12) {
        words.problem = "write: born 03/2012";
        return;
    }
    into.born = {static_cast<std::int16_t>(*year), static_cast<std::uint8_t>(*month)};
}

CaseKind takeKind(Words& words) {
    const std::string_view word = words.take();
    const auto* found = std::ranges::find(kKindNames, word);
    if (found != kKindNames.end()) return static_cast<CaseKind>(found - kKindNames.begin());
    words.problem = fmt::format("\"{}\" is no kind of case", word);
    return CaseKind::Yes;
}

void readLacks(Words& words, CaseFile& into) {
    const CaseKind kind = takeKind(words);
    std::string& why = into.lacks[kind];
    while (!words.isEmpty()) why += (why.empty() ? "" : " ") + std::string(words.take());
    if (why.empty()) words.problem = "say why there is no such case";
}

void readLine(std::string_view keyword, Words& words, WorkedCase& into) {
    if (keyword == "fact") return readFact(words, into);
    if (keyword == "spell") return readSpell(words, into);
    if (keyword == "born") return readBorn(words, into);
    if (keyword == "kind") {
        into.kinds.push_back(takeKind(words));
        while (!words.isEmpty() && words.problem.empty()) into.kinds.push_back(takeKind(words));
        return;
    }
    if (keyword == "known") {
        into.knownAt = words.takeNumber();
    } else if (keyword == "no" && words.take() == "spell") {
        into.saysNoSpell = true;
    } else {
        words.problem = fmt::format("\"{}\" is not known here", keyword);
    }
}

}  // namespace

std::string_view name(CaseKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

std::vector<CaseKind> missingKinds(const CaseFile& file) {
    std::vector<CaseKind> missing;
    for (std::size_t i = 0; i < kCaseKinds; ++i) {
        const auto kind = static_cast<CaseKind>(i);
        const bool isThere = std::ranges::any_of(
            file.cases, [&](const WorkedCase& one) { return std::ranges::find(one.kinds, kind) != one.kinds.end(); });
        if (!isThere && !file.lacks.contains(kind)) missing.push_back(kind);
    }
    return missing;
}

Result<CaseFile> parseCases(std::string_view text, std::string_view file) {
    CaseFile result;
    std::size_t number = 0;
    for (const std::string_view raw : split(text, '\n')) {
        ++number;
        const std::string_view line = trimmed(raw);
        Words words(line);
        if (words.isEmpty()) continue;
        const std::string_view keyword = words.take();
        if (keyword == "indicator") {
            result.indicator = words.take();
        } else if (keyword == "lacks") {
            readLacks(words, result);
        } else if (keyword == "case") {
            result.cases.emplace_back();
            result.cases.back().name = trimmed(line.substr(keyword.size()));
            result.cases.back().line = number;
        } else if (result.cases.empty()) {
            words.problem = "a case begins with the word \"case\"";
        } else {
            readLine(keyword, words, result.cases.back());
        }
        if (!words.problem.empty())
            return fail(ErrorCode::ParseError, fmt::format("{}:{}", file, number), words.problem);
    }
    for (const WorkedCase& one : result.cases) {
        if (one.expected.empty() != one.saysNoSpell) {
            return fail(ErrorCode::ParseError, fmt::format("{}:{}", file, one.line),
                        "say either spells or \"no spell\"");
        }
    }
    return result;
}

CaseOutcome runCase(const Definition& definition, const WorkedCase& one) {
    CodeTable codes;
    std::vector<Fact> facts = one.facts;
    for (std::size_t i = 0; i < facts.size(); ++i) facts[i].code = codes.intern(one.codes[i]);
    std::ranges::sort(facts, {}, [](const Fact& fact) { return std::pair(fact.from, fact.id); });
    const RuleSet rules(std::span(&definition, 1), codes);
    const SpellList list = rules.evaluate(facts, 0, one.born, record::LoadId{one.knownAt}).front();
    CaseOutcome outcome{list.size() == one.expected.size(), list.isEmpty() ? "no spell" : ""};
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Spell& spell = list.spells()[i];
        const auto numbers = factNumbers(list, spell, facts);
        outcome.found += (i == 0 ? "" : "; ") + wordsOf(spell.interval, numbers);
        if (i >= one.expected.size()) continue;
        const ExpectedSpell& expected = one.expected[i];
        const bool isRight = spell.interval == expected.days && (expected.facts.empty() || numbers == expected.facts);
        outcome.isRight = outcome.isRight && isRight;
    }
    return outcome;
}

}  // namespace fairlead::indicator
