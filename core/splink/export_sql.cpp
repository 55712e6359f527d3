#include "core/splink/export_sql.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/splink/export_table.h"

namespace fairlead::splink {
namespace {

using link::ComparisonKind;
using link::KeyPart;

std::string sqlName(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}
std::string left(std::string_view column) { return sqlName(std::string(column) + "_l"); }
std::string right(std::string_view column) { return sqlName(std::string(column) + "_r"); }

std::string sure(std::string_view condition) { return fmt::format("coalesce({}, FALSE)", condition); }
std::string equal(std::string_view column) { return sure(fmt::format("{} = {}", left(column), right(column))); }
std::string differ(std::string_view column) { return sure(fmt::format("{} <> {}", left(column), right(column))); }
std::string all(std::initializer_list<std::string> parts) {
    return fmt::format("({})", fmt::join(parts.begin(), parts.end(), " AND "));
}
std::string any(const std::vector<std::string>& parts) {
    return parts.empty() ? "FALSE" : fmt::format("({})", fmt::join(parts, " OR "));
}
std::string negated(std::string_view condition) { return fmt::format("NOT {}", condition); }

// Two words in common, of texts of words with blanks between.
std::string shareWord(std::string_view a, std::string_view b) {
    return sure(fmt::format("array_length(list_intersect(string_split({}, ' '), string_split({}, ' '))) >= 1", a, b));
}

// The bands of core/link/similarity.cpp for two texts. There, two neighbours swapped around an inserted letter are
// three edits and not two; but then all letters of the shorter of five or more agree in place, and Jaro-Winkler is
// above 0.85.
std::string isClose(std::string_view a, std::string_view b) {
    return sure(
        fmt::format("jaro_winkler_similarity({0}, {1}) >= 0.92 OR (least(length({0}), length({1})) >= 4 AND "
                    "damerau_levenshtein({0}, {1}) <= 1)",
                    a, b));
}
std::string isSimilar(std::string_view a, std::string_view b) {
    return sure(
        fmt::format("jaro_winkler_similarity({0}, {1}) >= 0.85 OR (least(length({0}), length({1})) > 4 AND "
                    "damerau_levenshtein({0}, {1}) <= 2)",
                    a, b));
}

const std::string kFirstL = left("forename_first"), kFirstR = right("forename_first");
const std::string kWholeL = left("forename_whole"), kWholeR = right("forename_whole");
const std::string kSurnameL = left("surname_whole"), kSurnameR = right("surname_whole");

std::string isInitial() { return sure(fmt::format("length({}) = 1 OR length({}) = 1", kFirstL, kFirstR)); }
std::string severalForenames() {
    return sure(fmt::format("contains({}, ' ') OR contains({}, ' ')", left("forename"), right("forename")));
}

// Further forenames: a word, a colon, its groups joined by +; a blank between.
std::string furtherWords(const std::string& column) { return fmt::format("string_split({}, ' ')", column); }

std::string knowFurther() {
    return fmt::format("({} IS NOT NULL AND {} IS NOT NULL)", left("forename_further"), right("forename_further"));
}
// One text of several forenames.
std::string sameForenames() {
    return sure(fmt::format("{0} = {1} AND contains({0}, ' ')", left("forename"), right("forename")));
}
// A further forename in common that is no initial.
std::string shareFurther() {
    return sure(
        fmt::format("array_length(list_filter(list_intersect({}, {}), x -> length(split_part(x, ':', 1)) > 1)) >= 1",
                    furtherWords(left("forename_further")), furtherWords(right("forename_further"))));
}
// Two further forenames that may be one: an initial that fits, alike, or variants.
std::string furtherFit() {
    const std::string x = "split_part(x, ':', 1)", y = "split_part(y, ':', 1)";
    const std::string initial = fmt::format("(length({}) = 1 OR length({}) = 1)", x, y);
    const std::string groups =
        "array_length(list_filter(list_intersect(string_split(split_part(x, ':', 2), '+'), "
        "string_split(split_part(y, ':', 2), '+')), g -> length(g) > 0)) >= 1";
    const std::string fits = any({all({initial, fmt::format("left({}, 1) = left({}, 1)", x, y)}),
                                  all({negated(initial), any({isClose(x, y), isSimilar(x, y)})}), groups});
    return sure(fmt::format("array_length(list_filter({}, x -> array_length(list_filter({}, y -> {})) >= 1)) >= 1",
                            furtherWords(left("forename_further")), furtherWords(right("forename_further")), fits));
}

// A forename of one record and the surname of the other: one name, or a variant.
std::string crossesExactly(bool forenameIsLeft) {
    const auto f = [&](std::string_view column) { return forenameIsLeft ? left(column) : right(column); };
    const auto s = [&](std::string_view column) { return forenameIsLeft ? right(column) : left(column); };
    return any({sure(fmt::format("{} = {}", f("forename_first"), s("surname_whole"))),
                sure(fmt::format("{} = {}", f("forename_first"), s("surname_first"))),
                shareWord(f("forename_groups"), s("surname_groups"))});
}
std::string crosses(bool forenameIsLeft) {
    return any(
        {crossesExactly(forenameIsLeft), forenameIsLeft ? isClose(kFirstL, kSurnameR) : isClose(kFirstR, kSurnameL)});
}

std::string datePart(const std::string& date, int first, int count) {
    return fmt::format("substr({}, {}, {})", date, first, count);
}

std::string birthDate(std::string_view level) {
    const std::string l = left("birth_date"), r = right("birth_date");
    const auto same = [&](int first, int count) {
        return fmt::format("{} = {}", datePart(l, first, count), datePart(r, first, count));
    };
    const auto number = [&](const std::string& date, int first, int count) {
        return fmt::format("CAST({} AS INTEGER)", datePart(date, first, count));
    };
    if (level == "exact") return fmt::format("{} = {}", l, r);
    if (level == "day_month_swapped") {
        return all({same(1, 4), fmt::format("{} = {}", datePart(l, 5, 2), datePart(r, 7, 2)),
                    fmt::format("{} = {}", datePart(l, 7, 2), datePart(r, 5, 2))});
    }
    if (level == "one_character") return fmt::format("damerau_levenshtein({}, {}) <= 1", l, r);
    if (level == "two_parts") {
        return any({all({same(1, 4), same(5, 2)}), all({same(1, 4), same(7, 2)}), same(5, 4)});
    }
    if (level == "same_year") return same(1, 4);
    if (level == "within_a_year") {
        return fmt::format("abs(({} * 12 + {}) - ({} * 12 + {})) <= 13", number(l, 1, 4), number(l, 5, 2),
                           number(r, 1, 4), number(r, 5, 2));
    }
    if (level == "within_ten_years") return fmt::format("abs({} - {}) <= 10", number(l, 1, 4), number(r, 1, 4));
    return {};
}

std::string text(std::string_view column, std::string_view level) {
    const std::string l = left(column), r = right(column);
    if (level == "exact") return fmt::format("{} = {}", l, r);
    if (level == "close") return isClose(l, r);
    if (level == "similar") {
        const std::string contained = sure(
            fmt::format("least(length({0}), length({1})) >= 4 AND (contains({0}, {1}) OR contains({1}, {0}))", l, r));
        return any({isSimilar(l, r), contained});
    }
    return {};
}

std::string sideKey(KeyPart part, const link::BlockingRule& rule, std::string_view side) {
    const auto column = [&](std::string_view name) { return fmt::format("{}.{}", side, sqlName(name)); };
    switch (part) {
        case KeyPart::ForenameExact: return column("forename_first");
        case KeyPart::ForenamePhonetic: return column("forename_sound");
        case KeyPart::ForenameInitial: return fmt::format("left({}, 1)", column("forename_first"));
        case KeyPart::SurnameExact: return column("surname_whole");
        case KeyPart::SurnamePhonetic: return column("surname_sound");
        case KeyPart::NamesUnordered: return column("names_unordered");
        case KeyPart::BirthDate: return column("birth_date_unordered");
        case KeyPart::BirthYear: return fmt::format("substr({}, 1, 4)", column("birth_date"));
        case KeyPart::BirthMonthDay: return fmt::format("substr({}, 5, 4)", column("birth_date"));
        case KeyPart::BirthYearMonth: return fmt::format("substr({}, 1, 6)", column("birth_date"));
        case KeyPart::Postcode: return column("postcode");
        case KeyPart::Text: return column(attributeColumn(rule.column));
        case KeyPart::Home:
        case KeyPart::Identifier: break;
    }
    return {};
}

}  // namespace

SqlWriter::SqlWriter(const link::Model& model, std::vector<IdentifierColumn> identifiers)
    : m_identifiers(std::move(identifiers)) {
    for (const link::Comparison& comparison : model.comparisons) {
        m_hasForename = m_hasForename || comparison.kind == ComparisonKind::Forename;
        m_hasSurname = m_hasSurname || comparison.kind == ComparisonKind::Surname;
    }
}

std::string SqlWriter::forename(std::string_view level) const {
    std::string first = sure(kFirstL + " = " + kFirstR);
    if (level == "also_further") return any({sameForenames(), all({first, shareFurther()})});
    if (level == "exact") {
        return any({all({first, negated(knowFurther())}), all({first, furtherFit()}), sure(kWholeL + " = " + kWholeR)});
    }
    if (level == "first_only") return first;
    if (level == "initial") return all({isInitial(), sure(fmt::format("left({}, 1) = left({}, 1)", kFirstL, kFirstR))});
    if (level == "swapped") return swapped();
    if (level == "crossed") return crossed();
    const auto whole = [](const std::string& band) { return all({severalForenames(), band}); };
    const std::string alike = any({isSimilar(kFirstL, kFirstR), whole(isSimilar(kWholeL, kWholeR))});
    std::string found;
    if (level == "variant") {
        found = shareWord(left("forename_groups"), right("forename_groups"));
    } else if (level == "close") {
        found =
            any({isClose(kFirstL, kFirstR), whole(isClose(kWholeL, kWholeR)), all({alike, equal("forename_sound")})});
    } else if (level == "other_forename") {
        found = whole(shareWord(left("forename_words"), right("forename_words")));
    } else if (level == "similar") {
        const std::string begins = sure(
            fmt::format("(length({0}) >= 3 AND starts_with({1}, {0})) OR (length({1}) >= 3 AND starts_with({0}, {1}))",
                        kFirstL, kFirstR));
        found = any({alike, equal("forename_sound"), begins});
    }
    return found.empty() ? found : all({negated(isInitial()), found});
}

std::string SqlWriter::surname(std::string_view level) const {
    const std::string across = m_hasForename && m_hasSurname ? all({negated(fits(true)), swapped()}) : "FALSE";
    if (level == "exact") return any({ownSurname(level), all({across, swappedSurnameIsSame()})});
    if (level == "close") return any({ownSurname(level), across});
    return ownSurname(level);
}

// The surnames in their own field.
std::string SqlWriter::ownSurname(std::string_view level) {
    if (level == "exact") return sure(kSurnameL + " = " + kSurnameR);
    if (level == "part") {
        const std::string several =
            sure(fmt::format("contains({}, ' ') OR contains({}, ' ')", left("surname_parts"), right("surname_parts")));
        return all({several, shareWord(left("surname_parts"), right("surname_parts"))});
    }
    const std::string alike = isSimilar(kSurnameL, kSurnameR);
    if (level == "close") return any({isClose(kSurnameL, kSurnameR), all({alike, equal("surname_sound")})});
    if (level == "similar") return any({alike, equal("surname_sound")});
    return {};
}

// The names agree in their own fields, at least a little.
std::string SqlWriter::fits(bool ofForename) const {
    std::vector<std::string> levels;
    if (ofForename) {
        for (const char* level :
             {"also_further", "exact", "first_only", "variant", "close", "other_forename", "similar", "initial"})
            levels.push_back(forename(level));
    } else {
        for (const char* level : {"exact", "part", "close", "similar"}) levels.push_back(ownSurname(level));
    }
    return any(levels);
}

// Of swapped names those count that the record has whose forename is the commoner one; whether its surname is the very
// same as the other's forename.
std::string SqlWriter::swappedSurnameIsSame() {
    const std::string leftCommoner =
        fmt::format("CAST({} AS INTEGER) < CAST({} AS INTEGER)", left("forename_rank"), right("forename_rank"));
    return fmt::format("(CASE WHEN {} THEN {} ELSE {} END)", leftCommoner, crossesExactly(false), crossesExactly(true));
}

// All four names known; one is the very same across the fields, the other at least alike.
std::string SqlWriter::swapped() const {
    if (!m_hasForename || !m_hasSurname) return "FALSE";
    const std::string known = fmt::format("{} IS NOT NULL AND {} IS NOT NULL AND {} IS NOT NULL AND {} IS NOT NULL",
                                          kFirstL, kFirstR, kSurnameL, kSurnameR);
    return all({known, negated(fits(false)), any({crossesExactly(true), crossesExactly(false)}), crosses(true),
                crosses(false)});
}

// One name known across the fields, the other missing.
std::string SqlWriter::crossed() const {
    if (!m_hasForename || !m_hasSurname) return "FALSE";
    const std::string one = fmt::format("({} IS NULL OR {} IS NULL)", kSurnameL, kFirstR);
    const std::string other = fmt::format("({} IS NULL OR {} IS NULL)", kSurnameR, kFirstL);
    return all({negated(fits(false)),
                any({all({one, negated(other), crosses(true)}), all({other, negated(one), crosses(false)})})});
}

std::string SqlWriter::address(std::string_view level) const {
    const std::string sameHouse = all({equal("house"), negated(differ("flat")), negated(differ("uprn"))});
    const std::string sameDoor = all({sameHouse, equal("street")});
    const std::string unknown = fmt::format("({} IS NULL OR {} IS NULL)", left("postcode"), right("postcode"));
    if (level == "same_home")
        return any({equal("uprn"), all({equal("postcode"), sameHouse}), all({unknown, sameDoor})});
    if (level == "same_postcode") return equal("postcode");
    if (level == "one_character") {
        return any(
            {sameDoor, sure(fmt::format("damerau_levenshtein({}, {}) <= 1", left("postcode"), right("postcode")))});
    }
    if (level == "same_sector") return equal("sector");
    if (level == "same_district") return equal("district");
    if (level == "missing") {
        return all({unknown, negated(sameDoor), negated(differ("uprn")), negated(differ("street"))});
    }
    return {};
}

std::string SqlWriter::identifier(std::string_view level) const {
    std::vector<std::string> agree, conflict, near;
    for (const IdentifierColumn& kind : m_identifiers) {
        agree.push_back(equal(kind.column));
        if (kind.unique) conflict.push_back(differ(kind.column));
        near.push_back(all({differ(kind.column), sure(fmt::format("damerau_levenshtein({}, {}) <= 1", left(kind.column),
                                                                  right(kind.column)))}));
    }
    if (level == "agrees") return all({any(agree), negated(any(conflict))});
    if (level == "mixed") return any(agree);
    if (level == "one_character") return any(near);
    if (level == "missing") return all({negated(any(agree)), negated(any(conflict)), negated(any(near))});
    return {};
}

// Where a comparison carries no evidence.
std::string SqlWriter::missing(const link::Comparison& comparison) const {
    const auto unknown = [](std::string_view column) {
        return fmt::format("({} IS NULL OR {} IS NULL)", left(column), right(column));
    };
    switch (comparison.kind) {
        case ComparisonKind::Forename: return all({unknown("forename_first"), negated(crossed())});
        case ComparisonKind::Surname:
            if (!m_hasForename) return unknown("surname_whole");
            return any({unknown("surname_whole"), all({negated(fits(true)), crossed()})});
        case ComparisonKind::BirthDate: return unknown("birth_date");
        case ComparisonKind::Sex:
            // Nearly all bearers of a forename are of one sex: nothing new where the forenames agree.
            return m_hasForename ? any({unknown("sex"), forename("also_further"), forename("exact"),
                                        forename("first_only"), forename("variant")})
                                 : unknown("sex");
        case ComparisonKind::Address: return address("missing");
        case ComparisonKind::Identifier: return identifier("missing");
        case ComparisonKind::Text: return unknown(attributeColumn(comparison.column));
    }
    return {};
}

std::string SqlWriter::condition(const link::Comparison& comparison, std::string_view level) const {
    switch (comparison.kind) {
        case ComparisonKind::Forename: return forename(level);
        case ComparisonKind::Surname: return surname(level);
        case ComparisonKind::BirthDate: return birthDate(level);
        case ComparisonKind::Sex: return level == "same" ? fmt::format("{} = {}", left("sex"), right("sex")) : "";
        case ComparisonKind::Address: return address(level);
        case ComparisonKind::Identifier: return identifier(level);
        case ComparisonKind::Text: return text(attributeColumn(comparison.column), level);
    }
    return {};
}

std::vector<LevelSql> SqlWriter::levelsOf(const link::Comparison& comparison) const {
    std::vector<LevelSql> out;
    // An address may agree by its UPRN where postcodes are missing: agreement is asked first.
    const std::size_t nullAt = comparison.kind == ComparisonKind::Address ? 2 : 0;
    for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
        if (i == nullAt) out.push_back({missing(comparison), std::nullopt});
        const bool last = i + 1 == comparison.levels.size();
        std::string sql = last ? "ELSE" : condition(comparison, comparison.levels[i].id);
        if (sql.empty()) return {};
        out.push_back({std::move(sql), i});
    }
    return out;
}

std::vector<std::string> SqlWriter::rulesOf(const link::BlockingRule& rule) const {
    std::vector<std::string> rules = {""};
    const auto extend = [&](const std::vector<std::string>& alternatives) {
        std::vector<std::string> longer;
        for (const std::string& start : rules) {
            for (const std::string& end : alternatives)
                longer.push_back(start.empty() ? end : fmt::format("{} AND {}", start, end));
        }
        rules = std::move(longer);
    };
    for (const KeyPart part : rule.parts) {
        std::vector<std::string> alternatives;
        if (part == KeyPart::Identifier) {
            for (const IdentifierColumn& kind : m_identifiers)
                alternatives.push_back(fmt::format("l.{0} = r.{0}", sqlName(kind.column)));
        } else if (part == KeyPart::Home) {
            alternatives = {"l.\"uprn\" = r.\"uprn\"", "l.\"postcode\" = r.\"postcode\" AND l.\"house\" = r.\"house\"",
                            "l.\"street\" = r.\"street\" AND l.\"house\" = r.\"house\""};
        } else {
            alternatives.push_back(fmt::format("{} = {}", sideKey(part, rule, "l"), sideKey(part, rule, "r")));
        }
        extend(alternatives);
    }
    return rules;
}

std::string SqlWriter::valueColumnOf(const link::Comparison& comparison, std::size_t level) {
    switch (comparison.kind) {
        case ComparisonKind::Forename: return "forename_first";
        case ComparisonKind::Surname: return "surname_whole";
        case ComparisonKind::BirthDate: return "birth_date";
        case ComparisonKind::Address: return level == 0 ? "home" : "postcode";
        case ComparisonKind::Text: return attributeColumn(comparison.column);
        case ComparisonKind::Sex:
        case ComparisonKind::Identifier: break;
    }
    return {};
}

}  // namespace fairlead::splink
