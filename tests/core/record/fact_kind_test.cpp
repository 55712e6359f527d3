#include "core/record/fact_kind.h"

#include <set>
#include <string>

#include <catch2/catch_all.hpp>

namespace fairlead::record {

TEST_CASE("every fact kind is found again by its id", "[record]") {
    REQUIRE(factKinds().size() == 20);
    std::set<std::string_view> ids;
    for (const auto& kind : factKinds()) {
        CHECK(factKindFromId(kind.id) == kind.kind);
        CHECK(entry(kind.kind).id == kind.id);
        CHECK_FALSE(kind.title.empty());
        ids.insert(kind.id);
    }
    CHECK(ids.size() == factKinds().size());
}

TEST_CASE("an id that the contract does not know is no fact kind", "[record]") {
    CHECK_FALSE(factKindFromId("").has_value());
    CHECK_FALSE(factKindFromId("Looked_after").has_value());
    CHECK_FALSE(factKindFromId("risk_score").has_value());
}

TEST_CASE("every role is found again by its name", "[record]") {
    for (const Role role : {Role::Subject, Role::Victim, Role::Suspect, Role::Witness, Role::Linked}) {
        CHECK(roleFromName(name(role)) == role);
    }
    CHECK_FALSE(roleFromName("offender").has_value());
}

TEST_CASE("only incidents that several people can be in have a role", "[record]") {
    for (const auto& kind : factKinds()) {
        const bool incident = kind.kind == FactKind::Crime || kind.kind == FactKind::AntisocialBehaviour ||
                              kind.kind == FactKind::DomesticIncident;
        CHECK(kind.hasRole == incident);
    }
}

}  // namespace fairlead::record
