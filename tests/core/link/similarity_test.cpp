#include "core/link/similarity.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/link/encode.h"
#include "core/link/quick_levels.h"
#include "core/link/row_sketch.h"
#include "tests/core/link/samples.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;

namespace {

struct Encoded {
    LinkInput input;
    NameVariants variants;
    EncodedInput encoded;
};

Encoded encodedNames(const std::vector<std::pair<std::string, std::string>>& names) {
    Encoded out;
    out.variants.addGroup({"Katherine", "Katie"});
    std::vector<fairlead::link::test::Person> people;
    for (const auto& [forenames, surname] : names) people.push_back({forenames, surname, "", "", "", "", "", ""});
    out.input = fairlead::link::test::inputOf(people);
    TaskContext task;
    out.encoded = fairlead::test::valueOf(encode(out.input, out.variants, task));
    return out;
}

ForenameLevel forenames(const std::string& a, const std::string& b) {
    const Encoded names = encodedNames({{a, "X"}, {b, "Y"}});
    const Columns& columns = names.encoded.columns;
    return forenameLevel(columns, columns.forename.of(0)[0], columns.forename.of(1)[0]);
}

SurnameLevel surnames(const std::string& a, const std::string& b) {
    const Encoded names = encodedNames({{"A", a}, {"B", b}});
    const Columns& columns = names.encoded.columns;
    return surnameLevel(columns, columns.surname.of(0)[0], columns.surname.of(1)[0]);
}

TextLevel texts(std::string_view a, std::string_view b) { return textLevel({a, shapeOf(a)}, {b, shapeOf(b)}); }

}  // namespace

TEST_CASE("forenames fall into the level that describes them", "[link]") {
    CHECK(forenames("Mary Jane", "Mary Jane") == ForenameLevel::AlsoFurther);
    CHECK(forenames("Mary Jane", "Mary Ann Jane") == ForenameLevel::AlsoFurther);
    CHECK(forenames("Mary Jane", "mary") == ForenameLevel::Exact);
    CHECK(forenames("Mary Jane", "Mary J") == ForenameLevel::Exact);
    CHECK(forenames("Mary Jane", "Mary Jayne") == ForenameLevel::Exact);
    CHECK(forenames("Mary Jane", "Mary Louise") == ForenameLevel::FirstOnly);
    CHECK(forenames("Mary-Jane", "Maryjane") == ForenameLevel::Exact);
    CHECK(forenames("Katie", "Katherine") == ForenameLevel::Variant);
    CHECK(forenames("William", "Eilliam") == ForenameLevel::Close);
    CHECK(forenames("Jane Mary", "Mary") == ForenameLevel::OtherForename);
    CHECK(forenames("Mohammed", "Muhammad") == ForenameLevel::Close);
    CHECK(forenames("Stephen", "Stefen") == ForenameLevel::Close);
    CHECK(forenames("Alexander", "Alex") == ForenameLevel::Similar);
    CHECK(forenames("Amira", "Omar") == ForenameLevel::Similar);
    CHECK(forenames("J", "Jack") == ForenameLevel::Initial);
    CHECK(forenames("Jack", "Ella") == ForenameLevel::Different);
}

TEST_CASE("surnames fall into the level that describes them", "[link]") {
    CHECK(surnames("O'Neill", "ONEILL") == SurnameLevel::Exact);
    CHECK(surnames("Smith-Jones", "Jones") == SurnameLevel::Part);
    CHECK(surnames("Taylor", "Tayler") == SurnameLevel::Close);
    CHECK(surnames("Khan", "Ahmed") == SurnameLevel::Different);
}

TEST_CASE("birth dates fall into the level that describes them", "[link]") {
    CHECK(dateLevel(dateDigits(20120304), dateDigits(20120304)) == DateLevel::Exact);
    CHECK(dateLevel(dateDigits(20120304), dateDigits(20120403)) == DateLevel::DayMonthSwapped);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20120315)) == DateLevel::OneCharacter);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20120341)) == DateLevel::OneCharacter);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20120327)) == DateLevel::TwoParts);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20120527)) == DateLevel::SameYear);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20110415)) == DateLevel::WithinAYear);
    CHECK(dateLevel(dateDigits(20121231), dateDigits(20130102)) == DateLevel::WithinAYear);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(20090527)) == DateLevel::WithinTenYears);
    CHECK(dateLevel(dateDigits(20120314), dateDigits(19990527)) == DateLevel::Different);
}

TEST_CASE("the bound on letters never hides a text that is alike", "[link]") {
    // Random pairs, half of them damaged copies: the level with shapes must be that of shapes that promise anything.
    std::mt19937 random(7);
    const TextShape promising{~0ULL, 0, 65535};
    int alike = 0;
    for (int i = 0; i < 4000; ++i) {
        std::string a, b;
        for (std::size_t k = 0; k < 3 + random() % 9; ++k) a += static_cast<char>('A' + random() % 6);
        b = a;
        for (std::size_t k = 0; k < random() % 5; ++k) b[random() % b.size()] = static_cast<char>('A' + random() % 6);
        TextShape open = promising;
        open.length = static_cast<std::uint16_t>(a.size());
        const TextLevel bounded = texts(a, b);
        const TextLevel full = textLevel({a, open}, {b, open});
        CHECK(bounded == full);
        alike += bounded != TextLevel::Different ? 1 : 0;
    }
    CHECK(alike > 500);
}

TEST_CASE("one edit apart is one letter changed, added, dropped or two neighbours swapped", "[link]") {
    CHECK(isOneEditApart("ABC", "ABD"));
    CHECK(isOneEditApart("ABC", "ABCD"));
    CHECK(isOneEditApart("ABCD", "ACBD"));
    CHECK_FALSE(isOneEditApart("ABCD", "BADC"));
    CHECK_FALSE(isOneEditApart("ABC", "AXY"));
}

TEST_CASE("what the sketches of two names settle is what the levels say", "[link]") {
    std::mt19937 random(11);
    const auto name = [&] {
        std::string made;
        for (std::size_t i = 0, n = 1 + random() % 9; i < n; ++i) made += static_cast<char>('A' + random() % 5);
        if (random() % 8 == 0) made += " " + std::string(2, static_cast<char>('A' + random() % 3));
        return made;
    };
    std::vector<std::pair<std::string, std::string>> names = {{"Katie", "Katherine"}, {"Katherine", "Katie"}};
    for (int i = 0; i < 300; ++i) names.emplace_back(name(), name());
    const Encoded encoded = encodedNames(names);
    const Columns& columns = encoded.encoded.columns;
    const Sketches sketches(columns);
    const auto surelyUnlike = [&](const NameSketch& one, const NameSketch& other) {
        return !sketches.nameBounds.mayBeAlike(one, other) && !bothGrouped(one, other);
    };
    std::size_t settled = 0;
    for (std::uint32_t a = 0; a < sketches.forenames.size(); ++a) {
        for (std::uint32_t b = 0; b < sketches.forenames.size(); ++b) {
            if (!surelyUnlike(sketches.forenames[a], sketches.forenames[b])) continue;
            ++settled;
            CHECK(forenameLevel(columns, a, b) == ForenameLevel::Different);
        }
        for (std::uint32_t b = 0; b < sketches.surnames.size(); ++b) {
            const auto first = static_cast<std::uint16_t>(columns.surnames[b].first);
            if (mayCross(sketches.forenames[a], sketches.surnames[b], first)) continue;
            CHECK(crossExactLevel(columns, columns.forenames[a], columns.surnames[b]) == CrossLevel::Different);
            if (sketches.nameBounds.mayBeAlike(sketches.forenames[a], sketches.surnames[b])) continue;
            CHECK(crossLevel(columns, columns.forenames[a], columns.surnames[b]) == CrossLevel::Different);
        }
    }
    for (std::uint32_t a = 0; a < sketches.surnames.size(); ++a) {
        for (std::uint32_t b = 0; b < sketches.surnames.size(); ++b) {
            if (sketches.nameBounds.mayBeAlike(sketches.surnames[a], sketches.surnames[b])) continue;
            ++settled;
            CHECK(surnameLevel(columns, a, b) == SurnameLevel::Different);
        }
    }
    CHECK(settled > 10000);
}

TEST_CASE("packed postcodes have the levels of their texts", "[link]") {
    std::mt19937 random(12);
    const auto pick = [&](std::string_view from) { return from[random() % from.size()]; };
    const auto postcode = [&] {
        std::string made(1 + random() % 2, 'B');
        for (char& c : made) c = pick("BS");
        for (std::size_t i = 0, n = 1 + random() % 2; i < n; ++i) made += pick("12");
        return made + ' ' + pick("12") + pick("AB") + pick("AB");
    };
    std::vector<fairlead::link::test::Person> people;
    for (int i = 0; i < 150; ++i) people.push_back({"A", "B", "", "", postcode(), "", "", ""});
    for (const char* foreign : {"10115", "1011", "75008", "7508", "57008", "K1A0B1", "K1A0B11", "123456789", "BS1 1AA"})
        people.push_back({"A", "B", "", "", foreign, "", "", ""});
    const LinkInput input = fairlead::link::test::inputOf(people);
    TaskContext task;
    const EncodedInput encoded = fairlead::test::valueOf(encode(input, {}, task));
    const Sketches sketches(encoded.columns);
    std::array<std::size_t, 6> seen{};
    for (std::uint32_t a = 0; a < sketches.postcodes.size(); ++a) {
        for (std::uint32_t b = 0; b < sketches.postcodes.size(); ++b) {
            if (sketches.postcodes[a] == 0 || sketches.postcodes[b] == 0) continue;
            const AddressLevel level = postcodeLevel(sketches.postcodes[a], sketches.postcodes[b]);
            REQUIRE(static_cast<std::uint8_t>(level) == addressLevel(encoded.columns, a, b));
            ++seen[static_cast<std::size_t>(level)];
        }
    }
    for (std::size_t level = 1; level < seen.size(); ++level) CHECK(seen[level] > 20);
    CHECK(packedPostcode("123456789") == 0);
    CHECK(std::ranges::count(sketches.postcodes, 0U) == 1);
}

TEST_CASE("the level of two dates is the first that holds", "[link]") {
    // The definition, word for word.
    const auto plain = [](std::uint32_t a, std::uint32_t b) {
        const std::string x = fmt::format("{:08}", a), y = fmt::format("{:08}", b);
        if (x == y) return DateLevel::Exact;
        if (y == x.substr(0, 4) + x.substr(6) + x.substr(4, 2)) return DateLevel::DayMonthSwapped;
        int differing = 0;
        for (std::size_t i = 0; i < 8; ++i) differing += x[i] != y[i] ? 1 : 0;
        bool neighbours = false;
        for (std::size_t i = 0; i + 1 < 8; ++i)
            neighbours = neighbours || (differing == 2 && x[i] == y[i + 1] && x[i + 1] == y[i] && x[i] != y[i]);
        if (differing == 1 || neighbours) return DateLevel::OneCharacter;
        const int same = int{a / 10000 == b / 10000} + int{a / 100 % 100 == b / 100 % 100} + int{a % 100 == b % 100};
        if (same == 2) return DateLevel::TwoParts;
        if (a / 10000 == b / 10000) return DateLevel::SameYear;
        const auto months = [](std::uint32_t date) { return static_cast<int>(date / 10000 * 12 + date / 100 % 100); };
        if (std::abs(months(a) - months(b)) <= 13) return DateLevel::WithinAYear;
        return std::abs(static_cast<int>(a / 10000) - static_cast<int>(b / 10000)) <= 10 ? DateLevel::WithinTenYears
                                                                                         : DateLevel::Different;
    };
    std::mt19937 random(13);
    std::array<std::size_t, 8> seen{};
    const auto date = [&] { return (1980 + random() % 40) * 10000 + random() % 14 * 100 + random() % 33; };
    for (int i = 0; i < 60000; ++i) {
        const auto a = static_cast<std::uint32_t>(date());
        std::string text = std::to_string(a);
        if (i % 3 == 0) text[1 + random() % 7] = static_cast<char>('0' + random() % 10);
        if (i % 4 == 0) std::swap(text[1 + random() % 7], text[1 + random() % 7]);
        if (i % 5 == 0) text = text.substr(0, 4) + text.substr(6) + text.substr(4, 2);
        const auto b = i % 7 == 0 ? static_cast<std::uint32_t>(date()) : static_cast<std::uint32_t>(std::stoul(text));
        const DateLevel level = dateLevel(dateDigits(a), dateDigits(b));
        REQUIRE(level == plain(a, b));
        ++seen[static_cast<std::size_t>(level)];
    }
    for (const std::size_t count : seen) CHECK(count > 50);
}
