#include "core/crypto/set_hash.h"

#include <algorithm>
#include <random>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "core/base/text.h"

using namespace fairlead;

TEST_CASE("A set's digest depends on what is in it and not on the order or on what came and went", "[crypto]") {
    std::mt19937 random(20261122);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::string> strings;
        for (auto left = random() % 20; left > 0; --left) strings.push_back(std::to_string(random() % 12));
        crypto::SetHash one;
        crypto::SetHash other;
        for (const std::string& string : strings) one.add(string);
        other.add("passes by");
        std::ranges::shuffle(strings, random);
        for (const std::string& string : strings) other.add(string);
        CHECK_FALSE(one.digest() == other.digest());
        other.remove("passes by");
        CHECK(one == other);
        CHECK(one.digest() == other.digest());
        // Once more is another set, also where it was there already.
        other.add(strings.empty() ? "" : strings.front());
        CHECK_FALSE(one.digest() == other.digest());
    }
}

TEST_CASE("A set's digest comes back from its bytes, and stays the same from version to version", "[crypto]") {
    crypto::SetHash hash;
    hash.add("a");
    hash.add("b");
    crypto::SetHash restored;
    CHECK(restored.restore(hash.bytes()));
    CHECK(restored == hash);
    CHECK_FALSE(restored.restore("too short"));
    CHECK(restored == crypto::SetHash());
    // Computed apart from this code, with the two primitives of another implementation.
    CHECK(hex(hash.digest()) == "3b0261c25e87f83af5ea4c793aac3e5ea2c0d684e2a60519865555dfc9ab7a1b");
}
