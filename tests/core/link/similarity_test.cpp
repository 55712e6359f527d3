#include "core/link/similarity.h"

#include <random>

#include <catch2/catch_all.hpp>

#include "core/link/encode.h"
#include "core/link/name_features.h"
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

TEST_CASE("what the features of two names settle is what the levels say", "[link]") {
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
    const auto forenames = forenameFeatures(columns), surnames = surnameFeatures(columns);
    std::size_t settled = 0;
    for (std::uint32_t a = 0; a < forenames.size(); ++a) {
        for (std::uint32_t b = 0; b < forenames.size(); ++b) {
            if (!surelyUnlike(forenames[a], forenames[b])) continue;
            ++settled;
            CHECK(forenameLevel(columns, a, b) == ForenameLevel::Different);
        }
        for (std::uint32_t b = 0; b < surnames.size(); ++b) {
            if (!surelyNotCrossed(forenames[a], surnames[b])) continue;
            CHECK(crossExactLevel(columns, columns.forenames[a], columns.surnames[b]) == CrossLevel::Different);
        }
    }
    for (std::uint32_t a = 0; a < surnames.size(); ++a) {
        for (std::uint32_t b = 0; b < surnames.size(); ++b) {
            if (!surelyUnlike(surnames[a], surnames[b])) continue;
            ++settled;
            CHECK(surnameLevel(columns, a, b) == SurnameLevel::Different);
        }
    }
    CHECK(settled > 10000);
}

TEST_CASE("packed postcodes are one edit apart when their texts are", "[link]") {
    std::mt19937 random(12);
    const auto postcode = [&] {
        std::string made;
        for (std::size_t i = 0, n = 5 + random() % 4; i < n; ++i) made += static_cast<char>('A' + random() % 3);
        return made;
    };
    std::size_t near = 0;
    for (int i = 0; i < 20000; ++i) {
        const std::string a = postcode();
        std::string b = random() % 2 == 0 ? postcode() : a;
        if (random() % 2 == 0) b[random() % b.size()] = 'Z';
        if (random() % 3 == 0) std::swap(b[random() % b.size()], b[random() % b.size()]);
        const bool expected = isOneEditApart(std::string_view(a), std::string_view(b));
        REQUIRE(isOneEditApart(packedPostcode(a), packedPostcode(b)) == expected);
        near += expected ? 1U : 0U;
    }
    CHECK(near > 1000);
    CHECK(packedPostcode("123456789") == 0);
}
