#include "core/workspace/agreement.h"

#include <catch2/catch_all.hpp>

using Catch::Approx;
using fairlead::workspace::clusterAgreement;

TEST_CASE("Perfect clusters agree perfectly", "[workspace]") {
    const auto agreement = clusterAgreement({{7, 1}, {7, 1}, {8, 2}});
    CHECK(agreement.pairwise.f1 == 1);
    CHECK(agreement.bcubed.f1 == 1);
    CHECK(agreement.truePairs == 1);
}

TEST_CASE("B-cubed of a worked example", "[workspace]") {
    // Bagga and Baldwin (1998), first example: truth {1-5} {6,7} {8-12}; answer {1-5} {6-12}: precision 16/21 by
    // records: (5*1 + 2*(2/7) + 5*(5/7)) / 12.
    std::vector<std::pair<std::int64_t, std::int64_t>> records;
    for (int i = 1; i <= 12; ++i) records.emplace_back(i <= 5 ? 1 : 2, i <= 5 ? 1 : i <= 7 ? 2 : 3);
    const auto agreement = clusterAgreement(records);
    CHECK(agreement.bcubed.precision == Approx((5.0 + 2 * (2.0 / 7) + 5 * (5.0 / 7)) / 12));
    CHECK(agreement.bcubed.recall == 1);
    CHECK(agreement.pairwise.precision == Approx(21.0 / 31));
    CHECK(agreement.pairwise.recall == 1);
}

TEST_CASE("Records all apart find none of the true pairs", "[workspace]") {
    const auto agreement = clusterAgreement({{1, 5}, {2, 5}, {3, 5}});
    CHECK(agreement.pairwise.precision == 1);
    CHECK(agreement.pairwise.recall == 0);
    CHECK(agreement.pairwise.f1 == 0);
    CHECK(agreement.bcubed.recall == Approx(1.0 / 3));
}
