#include "core/record/agency.h"

#include <catch2/catch_all.hpp>

using namespace fairlead::record;

TEST_CASE("agencies and datasets have names for people, and an unknown one is shown as it is", "[record]") {
    CHECK(agencyTitle("social_care") == "Children's social care");
    CHECK(agencyTitle("fire") == "fire");
    CHECK(agencies().size() == 5);
    CHECK(datasetTitle("childrens_social_care") == "children's social care");
    CHECK(datasetTitle("police_records") == "police records");
    CHECK(sourceTitle("police", "police_records") == "Police, police records");
    CHECK(sourceTitle("social_care", "childrens_social_care") == "Children's social care");
}
