#include <catch2/catch_all.hpp>

#include "core/base/text.h"
#include "core/workspace/columns.h"
#include "core/workspace/evaluate.h"
#include "core/workspace/freshness.h"
#include "core/workspace/link_models.h"
#include "core/workspace/pair_story.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/person_changes.h"
#include "core/workspace/relink.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using workspace::ModelStatus;

namespace {

void loadTown(WorkspaceFixture& fixture) {
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
}

constexpr std::string_view kSchoolRecord = "education/school_roll/E1";

}  // namespace

TEST_CASE("Where nothing is loaded that is what linking, estimating and explaining say", "[workspace]") {
    WorkspaceFixture fixture;
    const auto check = [](const auto& result) {
        REQUIRE(codeOf(result) == ErrorCode::NotFound);
        CHECK(result.error().subject == "load");
    };
    check(workspace::relink(*fixture.workspace, fixture.task));
    check(workspace::estimateLinkModel(*fixture.workspace, fixture.task));
    check(workspace::pairStory(*fixture.workspace, {"1", "2", ""}, fixture.task));
}

TEST_CASE("The first run takes the shipped model and keeps it as an approved document", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    const auto models = valueOf(workspace::linkModels(*fixture.workspace));
    REQUIRE(models.size() == 1);
    CHECK(models[0].status == ModelStatus::Approved);
    CHECK(models[0].origin == workspace::ModelOrigin::Shipped);
    CHECK(models[0].inUse);
    CHECK(models[0].history.size() == 3);
    CHECK(models[0].sha256 == hex(crypto::sha256(models[0].json)));
    const auto runs = valueOf(workspace::personChanges(*fixture.workspace));
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].modelSha256 == models[0].sha256);
    // The run is a combination in the audit log, with the model's digest and where its parameters come from.
    const auto records = auditOf(*fixture.workspace);
    const auto run = std::ranges::find(records, audit::Verb::Combination,
                                       [](const audit::Record& record) { return record.entry.verb; });
    REQUIRE(run != records.end());
    CHECK(hex(run->entry.objectSha256) == models[0].sha256);
    CHECK(run->entry.details.at("parameters") == "shipped");
    // Between its intent and its end stand the digests of what it wrote.
    CHECK((run + 1)->entry.marks.contains("rows core.membership"));
    CHECK((run + 2)->entry.details.contains("pairs"));
}

TEST_CASE("An estimated model links only after it is approved and used", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    workspace::Workspace& town = *fixture.workspace;
    const auto before = fixture.contentOf(town.identity());
    const auto estimated = valueOf(workspace::estimateLinkModel(town, fixture.task));
    CHECK(estimated.model.status == ModelStatus::Draft);
    CHECK(estimated.sourcePersons == 7);
    CHECK(estimated.personsNow > 0);
    CHECK(fixture.contentOf(town.identity()) == before);
    const std::string digest = estimated.model.sha256.substr(0, 10);
    CHECK(codeOf(workspace::useLinkModel(town, digest)) == ErrorCode::InvalidArgument);
    const auto approved = valueOf(workspace::approveLinkModel(town, digest, "looked at"));
    CHECK(approved.history.back().note == "looked at");
    CHECK(approved.history.back().who == town.principal());
    CHECK(codeOf(workspace::approveLinkModel(town, digest, "")) == ErrorCode::InvalidArgument);
    CHECK(valueOf(workspace::useLinkModel(town, digest)).inUse);
    CHECK(codeOf(workspace::retireLinkModel(town, digest, "")) == ErrorCode::InvalidArgument);
    const auto run = valueOf(workspace::relink(town, fixture.task));
    CHECK(run.modelSha256 == estimated.model.sha256);
    CHECK(run.modelOrigin == workspace::ModelOrigin::Estimated);
    const auto models = valueOf(workspace::linkModels(town));
    REQUIRE(models.size() == 2);
    CHECK(valueOf(workspace::retireLinkModel(town, models[0].sha256, "replaced")).status == ModelStatus::Retired);
    CHECK(codeOf(workspace::useLinkModel(town, models[0].sha256)) == ErrorCode::InvalidArgument);
}

TEST_CASE("A model is named by enough of its digest and no more than one", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    CHECK(codeOf(workspace::linkModel(*fixture.workspace, "abc")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(workspace::linkModel(*fixture.workspace, "zzzzzzzz")) == ErrorCode::NotFound);
    CHECK(codeOf(workspace::importLinkModel(*fixture.workspace, "{", "x.json")) == ErrorCode::ParseError);
    const auto models = valueOf(workspace::linkModels(*fixture.workspace));
    // The same document again is not another model.
    const auto again = valueOf(workspace::importLinkModel(*fixture.workspace, models[0].json, "copy.json"));
    CHECK(again.sha256 == models[0].sha256);
    CHECK(valueOf(workspace::linkModels(*fixture.workspace)).size() == 1);
}

TEST_CASE("Two records are explained without a name, and with names for a reason on record", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    workspace::Workspace& town = *fixture.workspace;
    const std::string school(kSchoolRecord);
    const auto story = valueOf(workspace::pairStory(town, {school, "police/police_records/P1", ""}, fixture.task));
    CHECK(story.verdict.together);
    CHECK(story.a.person == story.b.person);
    CHECK(story.a.names.empty());
    CHECK(story.a.reference.empty());
    CHECK(story.modelOfTheRun);
    CHECK(story.how.size() == 2);  // three agencies know her
    const auto apart = valueOf(workspace::pairStory(town, {school, "education/school_roll/E2", ""}, fixture.task));
    CHECK_FALSE(apart.verdict.together);
    CHECK(apart.verdict.sentence.starts_with("They are apart: "));
    // A record is named by its number too.
    const std::string number = std::to_string(apart.b.id.value);
    CHECK(valueOf(workspace::pairStory(town, {school, number, ""}, fixture.task)).why.bits == apart.why.bits);

    const auto denied = workspace::pairStory(town, {school, number, "why"}, fixture.task);
    CHECK(codeOf(denied) == ErrorCode::InvalidArgument);
    const auto named = valueOf(workspace::pairStory(town, {school, number, "check of a doubtful link"}, fixture.task));
    CHECK(named.a.names == std::vector<std::string>{"Amelia Rose Okafor-Whitby"});
    CHECK(named.a.reference == "E1");
    const auto records = auditOf(*fixture.workspace);
    const auto count = [&](audit::Verb verb, std::string_view what) {
        return std::ranges::count_if(records, [&](const audit::Record& record) {
            return record.entry.verb == verb && record.entry.state != audit::State::Done &&
                   record.entry.details.at("what") == what;
        });
    };
    CHECK(count(audit::Verb::Consultation, "link evidence of two records") == 3);
    CHECK(count(audit::Verb::Consultation, "names and link evidence of two records") == 1);
    CHECK(count(audit::Verb::Denied, "names of two records without a reason") == 1);
}

TEST_CASE("How a fact's record joined its person is told from the fact", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    workspace::Workspace& town = *fixture.workspace;
    const auto pair =
        valueOf(workspace::pairStory(town, {std::string(kSchoolRecord), "police/police_records/P1", ""}, fixture.task));
    const auto factOf = [&](record::SourcePersonId record) {
        auto query = valueOf(town.core().prepare("SELECT min(id) FROM fact WHERE source_person = ?1"));
        REQUIRE(valueOf(query.bind(1, record.value).next()));
        return indicator::FactId{query.integer(0)};
    };
    const auto fact = factOf(pair.b.id);
    const auto story = valueOf(workspace::howJoined(town, pair.b.person, fact, fixture.task));
    CHECK(story.dataset == "police/police_records");
    CHECK(story.others.size() == 2);
    REQUIRE(story.pair);
    CHECK(story.pair->a.id == pair.b.id);
    CHECK(story.pair->verdict.together);
    CHECK_FALSE(story.pair->why.steps.empty());
    // The link that is told is the firmest of the record's own.
    const auto other = std::ranges::find_if(story.pair->how, [&](const workspace::PersonStep& step) {
        return step.step.link.a == story.pair->b.id || step.step.link.b == story.pair->b.id;
    });
    CHECK(other != story.pair->how.end());
    // Another person's key does not open it.
    const auto stranger = workspace::howJoined(town, {pair.b.person.value + 1000}, fact, fixture.task);
    CHECK(codeOf(stranger) == ErrorCode::NotFound);
}

TEST_CASE("Records that are not there are named without their key", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    const auto story = [&](const std::string& a, const std::string& b) {
        return workspace::pairStory(*fixture.workspace, {a, b, ""}, fixture.task);
    };
    const std::string school(kSchoolRecord);
    CHECK(codeOf(story(school, school)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(story(school, "E2")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(story(school, "5")) == ErrorCode::NotFound);
    CHECK(codeOf(story(school, "nobody/nothing/E2")) == ErrorCode::NotFound);
    const auto missing = story(school, "education/school_roll/H801200001002");
    CHECK(codeOf(missing) == ErrorCode::NotFound);
    CHECK(missing.error().subject.find("H801200001002") == std::string::npos);
    CHECK(missing.error().detail.find("H801200001002") == std::string::npos);
}

TEST_CASE("What a run did to persons is in the log of changes", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0], files[2]});
    fixture.link();
    fixture.load({files[1]});
    fixture.link();
    const auto runs = valueOf(workspace::personChanges(*fixture.workspace));
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].run == 2);
    CHECK(runs[0].afterLoad == 2);
    CHECK(runs[0].merged == 0);
    CHECK(runs[1].changes.empty());
}

TEST_CASE("A delivery linked against what was kept gives the persons of linking everything", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0], files[2]});
    fixture.link();
    fixture.load({files[1]});
    const auto increment = valueOf(workspace::relink(*fixture.workspace, fixture.task));
    const auto persons = [&] {
        std::string text;
        auto query = valueOf(fixture.workspace->core().prepare(
            "SELECT source_person, person, strength FROM membership WHERE until_run IS NULL ORDER BY 1"));
        while (valueOf(query.next()))
            text += fmt::format("{} {} {}\n", query.integer(0), query.integer(1), query.integer(2));
        return text;
    };
    const std::string before = persons();
    const auto again = valueOf(workspace::relink(*fixture.workspace, fixture.task, true));
    CHECK_FALSE(again.incremental);
    CHECK(persons() == before);
    CHECK(again.linksAccepted == increment.linksAccepted);
    // Either it compared less, or it says why not.
    if (increment.incremental) CHECK(increment.pairsCompared < again.pairsCompared);
    CHECK(increment.incremental == increment.whyEverything.empty());
    // With nothing new there is nothing to compare.
    const auto idle = valueOf(workspace::relink(*fixture.workspace, fixture.task));
    CHECK(idle.incremental);
    CHECK(idle.pairsCompared == 0);
    CHECK(persons() == before);
}

TEST_CASE("The passphrase can be changed, and the log knows", "[workspace]") {
    WorkspaceFixture fixture;
    const auto next = crypto::Secret::copyOf("four grey herons at noon");
    const auto change = [&](const crypto::Secret& current, std::string_view text) {
        return workspace::changePassphrase(*fixture.workspace, current, crypto::Secret::copyOf(text),
                                           access::KdfPolicy::testCost(), access::KdfPolicy::forTests());
    };
    CHECK(codeOf(change(next, "four grey herons at noon")) == ErrorCode::WrongKey);
    CHECK(codeOf(change(fixture.passphrase, "aaaaaaaaaaaaaaa")) == ErrorCode::WeakPassphrase);
    REQUIRE(change(fixture.passphrase, "four grey herons at noon").has_value());
    fixture.workspace.reset();
    const auto open = [&](const crypto::Secret& passphrase) {
        return workspace::Workspace::open(fixture.path, {passphrase}, fixture.resources, fixture.clock,
                                          access::KdfPolicy::forTests());
    };
    CHECK(codeOf(open(fixture.passphrase)) == ErrorCode::WrongKey);
    fixture.workspace = valueOf(open(next));
    fixture.passphrase = next.clone();
    const auto records = auditOf(*fixture.workspace);
    CHECK(std::ranges::count_if(records, [](const audit::Record& record) {
              return record.entry.verb == audit::Verb::Alteration && record.entry.state == audit::State::Done;
          }) == 1);
}

TEST_CASE("A workspace of schema version 2 is brought to today's and loses nothing", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    // Whom a delivery has was not kept then.
    constexpr std::string_view kNoSum = "DELETE FROM row_sum WHERE name = 'mention'";
    valueOf(fixture.workspace->core().execute("DELETE FROM mention"));
    valueOf(fixture.workspace->core().execute(kNoSum));
    const std::string before = fixture.content();
    fixture.becomeOld();
    fixture.bringForward();
    valueOf(fixture.workspace->core().execute(kNoSum));
    CHECK(fixture.content() == before);
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    fixture.link();
    CHECK(valueOf(workspace::linkModels(*fixture.workspace)).size() == 1);
}

TEST_CASE("Evaluation against the truth gives figures by a column of it", "[workspace]") {
    WorkspaceFixture fixture;
    loadTown(fixture);
    const auto folder = fixture.folder / "truth";
    std::filesystem::create_directories(folder);
    writeBytes(folder / "persons.csv",
               "person_id,agency,dataset,person_ref,birth_date,community\nA,education,school_roll,E1,2011-03-14,west\n"
               "A,social_care,childrens_social_care,C1,2011-03-14,west\nA,police,police_records,P1,2011-03-14,west\n"
               "F,education,school_roll,E3,2012-01-20,east\nF,police,police_records,P3,2012-01-20,east\nX,police,"
               "police_records,P9,2012-01-20,east\n");
    writeBytes(folder / "expected_spells.csv", "person_id,indicator,from,until\n");
    const auto found = valueOf(workspace::evaluate(*fixture.workspace, folder, {.by = "community"}, fixture.task));
    REQUIRE(found.groups.size() == 2);
    CHECK(found.groups[0].value == "east");
    CHECK(found.groups[1].value == "west");
    CHECK(found.groups[1].figures.truePairs == 3);
    CHECK(found.groups[1].figures.clusters.pairs.truePositives == 3);
    CHECK(found.groups[0].figures.isSmall());
    CHECK(found.linkage.truePairs == 4);
    CHECK(found.truthOnly == 1);
    CHECK(found.workspaceOnly == 2);
    CHECK(valueOf(workspace::evaluate(*fixture.workspace, folder, {}, fixture.task)).groups.empty());
    CHECK(codeOf(workspace::evaluate(*fixture.workspace, folder, {.by = "colour"}, fixture.task)) ==
          ErrorCode::MissingColumn);
}
