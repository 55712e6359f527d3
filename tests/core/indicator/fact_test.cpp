#include "core/indicator/fact.h"

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"

using namespace fairlead;
using namespace fairlead::indicator;
using record::DeliveryId;
using record::LoadId;
using record::PersonKey;

namespace {

Fact factOf(std::int64_t id, std::int64_t person, int from) {
    Fact fact;
    fact.id = FactId{id};
    fact.person = PersonKey{person};
    fact.from = Date{from};
    return fact;
}

}  // namespace

TEST_CASE("A fact takes 64 bytes and its narrow ids read back as they were", "[indicator]") {
    CHECK(sizeof(Fact) <= 64);
    Fact fact;
    fact.received = LoadId{7};
    fact.delivery = DeliveryId{2'000'000'000};
    CHECK(LoadId(fact.received) == LoadId{7});
    CHECK(fact.delivery == DeliveryId{2'000'000'000});
}

TEST_CASE("A fact is known from the load that brought it until the load that withdrew it", "[indicator]") {
    Fact fact;
    fact.received = LoadId{2};
    CHECK_FALSE(fact.isKnownAt(LoadId{1}));
    CHECK(fact.isKnownAt(LoadId{2}));
    CHECK(fact.isKnownAt(LoadId{9}));
    fact.withdrawn = LoadId{4};
    CHECK(fact.isKnownAt(LoadId{3}));
    CHECK_FALSE(fact.isKnownAt(LoadId{4}));
}

TEST_CASE("The table gives each person's facts by day, whatever the order of adding", "[indicator]") {
    FactTable table;
    for (const Fact& fact : {factOf(1, 9, 5), factOf(2, 3, 7), factOf(3, 9, 1), factOf(4, 3, 7)}) table.add(fact);
    table.seal();
    REQUIRE(table.persons().size() == 2);
    const PersonFacts nine = table.of(PersonKey{9});
    CHECK(nine.first == 2);
    REQUIRE(nine.count == 2);
    CHECK(table.facts(nine)[0].id == FactId{3});
    CHECK(table.at(nine.first + 1).id == FactId{1});
    CHECK(table.facts(table.of(PersonKey{3}))[0].id == FactId{2});
    CHECK(table.of(PersonKey{4}).count == 0);
}

TEST_CASE("An empty table has no persons", "[indicator]") {
    FactTable table;
    table.seal();
    CHECK(table.persons().empty());
    CHECK(table.of(PersonKey{1}).count == 0);
}

TEST_CASE("A code has one id, and no code is 0", "[indicator]") {
    CodeTable codes;
    CHECK(codes.intern("") == 0);
    const CodeId c2 = codes.intern("C2");
    CHECK(codes.intern("V3") != c2);
    CHECK(codes.intern("C2") == c2);
    CHECK(codes.text(c2) == "C2");
    CHECK(codes.size() == 3);
}
