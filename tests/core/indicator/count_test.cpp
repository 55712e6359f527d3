#include "core/indicator/count.h"

#include <catch2/catch_all.hpp>

using namespace fairlead::indicator;

TEST_CASE("Zero, not applicable, suppressed and not supplied are four different things", "[indicator]") {
    CHECK(shorthand(Count::of(0)) == "0");
    CHECK(shorthand(Count::notApplicable()) == "-");
    CHECK(shorthand(Count::suppressed()) == "[c]");
    CHECK(shorthand(Count::notSupplied()) == "[x]");
    CHECK_FALSE(Count::of(0) == Count::notSupplied());
}

TEST_CASE("A difference with a figure that is not there is not a number", "[indicator]") {
    CHECK(difference(Count::of(3), Count::of(5)) == Count::of(-2));
    CHECK(difference(Count::of(3), Count::notSupplied()) == Count::notSupplied());
    CHECK(difference(Count::suppressed(), Count::of(3)) == Count::suppressed());
}
