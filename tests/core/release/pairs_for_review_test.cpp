#include "core/release/pairs_for_review.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/workspace/schools.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using workspace::Workspace;

namespace {

const std::string kReason = "review of waiting pairs";

/// Lets one link of the last run wait for a reader, and gives its records.
release::PairWanted letOneWait(Unit& unit) {
    store::Database& identity = unit.open("Stan").identity();
    auto query = valueOf(identity.prepare("SELECT a, b FROM link ORDER BY bits DESC LIMIT 1"));
    REQUIRE(valueOf(query.next()));
    const release::PairWanted wanted{{query.integer(0)}, {query.integer(1)}, kReason};
    query.reset();
    valueOf(identity.execute("UPDATE link SET state = 'accepted'"));
    auto update = valueOf(identity.prepare("UPDATE link SET state = 'review' WHERE a = ?1 AND b = ?2"));
    valueOf(update.bind(1, wanted.a.value).bind(2, wanted.b.value).run());
    return wanted;
}

}  // namespace

TEST_CASE("A link reviewer sees what identifies a waiting pair and what it weighs, and no fact", "[release]") {
    Unit unit;
    const auto wanted = letOneWait(unit);
    Workspace& lin = unit.open("Lin");
    const auto pairs = valueOf(release::pairsForReview(lin));
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].a == wanted.a);
    CHECK(pairs[0].probability > 0.5);
    const auto pair = valueOf(release::pairFields(lin, wanted));
    for (const release::RecordFields& fields : {pair.a, pair.b}) {
        CHECK(fields.dataset.contains('/'));
        CHECK_FALSE(fields.names.empty());
        CHECK_FALSE(fields.birthDates.empty());
        CHECK_FALSE(fields.reference.empty());
    }
    CHECK(pair.weights.size() > 3);
    double sum = pair.furtherBits;
    for (const release::FieldWeight& weight : pair.weights) sum += weight.bits;
    CHECK(sum == Catch::Approx(pair.pair.bits));
    CHECK(std::ranges::any_of(pair.weights, [](const auto& weight) { return weight.bits > 1; }));
    // Facts are out of reach: neither the program nor any key in hand opens core.db.
    CHECK(codeOf(workspace::schools(lin)) == ErrorCode::Denied);
    CHECK_FALSE(lin.holds(access::FileKey::Core));
    CHECK_FALSE(store::Database::openReadOnly(lin.folder() / "core.db", lin.keyring().keys.identity).has_value());
    // Nothing in identity.db says what is known of anybody: no table of facts, no key of a figure.
    auto tables = valueOf(lin.identity().prepare("SELECT name FROM sqlite_schema WHERE type = 'table'"));
    while (valueOf(tables.next())) {
        INFO(tables.text(0));
        for (const std::string_view kept : {"fact", "roll", "membership", "definition"}) CHECK(tables.text(0) != kept);
    }
}

TEST_CASE("Fields are shown for a reason, of waiting pairs alone, and that is on record first", "[release]") {
    Unit unit;
    auto wanted = letOneWait(unit);
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        Workspace& opened = unit.open(name);
        const bool denied = !access::allows({role}, access::Action::ReviewPairs);
        CHECK(isDenied(release::pairsForReview(opened)) == denied);
        CHECK(isDenied(release::pairFields(opened, wanted)) == denied);
    }
    Workspace& lin = unit.open("Lin");
    auto without = wanted;
    without.reason = "why not";
    CHECK(codeOf(release::pairFields(lin, without)) == ErrorCode::InvalidArgument);
    CHECK(auditOf(lin).back().entry.verb == audit::Verb::Denied);
    auto others = wanted;
    others.b = {wanted.b.value + 1};
    CHECK(codeOf(release::pairFields(lin, others)) == ErrorCode::NotFound);
    std::swap(wanted.a, wanted.b);
    CHECK(release::pairFields(lin, wanted).has_value());
    const auto records = auditOf(lin);
    CHECK(records[records.size() - 2].entry.verb == audit::Verb::Consultation);
    CHECK(records[records.size() - 2].entry.state == audit::State::Intent);
    CHECK(records[records.size() - 2].entry.subjectCount == 2);
    CHECK(records.back().entry.state == audit::State::Done);
}
