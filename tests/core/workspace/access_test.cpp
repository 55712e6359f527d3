#include <functional>
#include <set>

#include "core/base/file.h"
#include "core/workspace/audit_reading.h"
#include "core/workspace/brief.h"
#include "core/workspace/change.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/drill.h"
#include "core/workspace/evaluate.h"
#include "core/workspace/freshness.h"
#include "core/workspace/link_models.h"
#include "core/workspace/load_preview.h"
#include "core/workspace/outcomes.h"
#include "core/workspace/overview.h"
#include "core/workspace/pair_story.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/person_changes.h"
#include "core/workspace/quality.h"
#include "core/workspace/relink.h"
#include "core/workspace/reveal.h"
#include "core/workspace/roll_page.h"
#include "core/workspace/saved_views.h"
#include "core/workspace/schools.h"
#include "core/workspace/summary.h"
#include "core/workspace/users.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::Action;
using access::FileKey;
using access::Role;
using access::Roles;
using workspace::Workspace;

namespace {

workspace::OverviewRequest schoolView() {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    return request;
}

template <typename T>
ErrorCode outcomeOf(const Result<T>& result) {
    return result ? ErrorCode::Internal : result.error().code;
}

/// Every use case, and what it does. Each gives Internal for success: only Denied matters here, and what is not denied
/// may still find nothing to do.
using UseCase = std::function<ErrorCode(Workspace&, Unit&)>;
std::vector<std::pair<Action, UseCase>> useCases() {
    using namespace workspace;
    std::vector<std::pair<Action, UseCase>> all;
    const auto add = [&](Action action, auto run) {
        all.emplace_back(action, UseCase([run](Workspace& w, Unit& unit) { return outcomeOf(run(w, unit)); }));
    };
    add(Action::ReadFigures, [](Workspace& w, Unit& u) { return overview(w, schoolView(), u.fixture.task); });
    add(Action::ReadFigures, [](Workspace& w, Unit& u) { return outcomes(w, schoolView(), u.fixture.task); });
    add(Action::ReadFigures, [](Workspace& w, Unit&) { return schools(w); });
    add(Action::ReadFigures, [](Workspace& w, Unit&) { return summary(w); });
    add(Action::ReadFigures, [](Workspace& w, Unit&) { return definitionRegister(w); });
    add(Action::ReadFigures, [](Workspace& w, Unit&) { return linkModels(w); });
    add(Action::ExportBriefing, [](Workspace& w, Unit& u) {
        return exportBriefing(w, {schoolView(), false, "review of the autumn term"}, u.fixture.folder / "b.pdf",
                              u.fixture.task);
    });
    add(Action::RevealNames, [](Workspace& w, Unit& u) {
        return exportBriefing(w, {schoolView(), true, "review of the autumn term"}, u.fixture.folder / "n.pdf",
                              u.fixture.task);
    });
    add(Action::OpenReleased, [](Workspace& w, Unit&) { return reveal(w, {{1}}, "review of the autumn term"); });
    add(Action::ReadFigures, [](Workspace& w, Unit& u) { return rollPage(w, schoolView(), u.fixture.task); });
    add(Action::ReadQuality, [](Workspace& w, Unit& u) { return quality(w, u.fixture.task); });
    add(Action::ReadFigures, [](Workspace& w, Unit&) { return savedViews(w); });
    add(Action::VerifyRows, [](Workspace& w, Unit& u) { return checkFreshness(w, u.fixture.task); });
    add(Action::LoadDeliveries, [](Workspace& w, Unit& u) { return load(w, {}, u.fixture.task); });
    add(Action::LinkRecords, [](Workspace& w, Unit& u) { return relink(w, u.fixture.task); });
    add(Action::LinkRecords, [](Workspace& w, Unit& u) { return estimateLinkModel(w, u.fixture.task); });
    add(Action::LinkRecords, [](Workspace& w, Unit&) { return personChanges(w); });
    add(Action::LoadDeliveries, [](Workspace& w, Unit& u) { return previewLoad(w, {}, u.fixture.task); });
    add(Action::ReviewLinks, [](Workspace& w, Unit& u) { return pairStory(w, {"1", "2", {}}, u.fixture.task); });
    add(Action::ReviewLinks, [](Workspace& w, Unit& u) { return howJoined(w, {1}, {1}, u.fixture.task); });
    add(Action::ManageModels, [](Workspace& w, Unit&) { return importLinkModel(w, "{}", "m.json"); });
    add(Action::ManageModels, [](Workspace& w, Unit&) { return approveLinkModel(w, "00", "looked at"); });
    add(Action::ManageModels, [](Workspace& w, Unit&) { return useLinkModel(w, "00"); });
    add(Action::ManageModels, [](Workspace& w, Unit&) { return retireLinkModel(w, "00", "no use"); });
    add(Action::ApproveDefinitions, [](Workspace& w, Unit&) {
        return changeStatus(w, {{}, indicator::DefinitionStatus::Approved, "looked at it"});
    });
    add(Action::ReadAudit, [](Workspace& w, Unit&) { return readAudit(w, {}, 10); });
    add(Action::ManageUsers, [](Workspace& w, Unit&) { return retireUser(w, "Nobody"); });
    add(Action::ChangePassphrase, [](Workspace& w, Unit&) {
        const auto wrong = crypto::Secret::copyOf("not the passphrase"),
                   next = crypto::Secret::copyOf("a new passphrase");
        return changePassphrase(w, wrong, next, access::KdfPolicy::testCost(), access::KdfPolicy::forTests());
    });
    return all;
}

}  // namespace

TEST_CASE("Each role may do what the table says and nothing else", "[workspace][T-C2]") {
    Unit unit;
    for (const auto& [name, role] : kUnitPeople) {
        Workspace& opened = unit.open(name);
        std::multiset<std::string> denied, onRecord;
        for (const auto& [action, run] : useCases()) {
            INFO(name << ": " << access::name(action));
            const ErrorCode code = run(opened, unit);
            CHECK((code == ErrorCode::Denied) == !access::allows({role}, action));
            if (code == ErrorCode::Denied) denied.emplace(access::name(action));
        }
        // Not hidden but out of reach: the files of the other roles are not open, and their keys are not at hand.
        for (const FileKey key : access::kFileKeys) CHECK(opened.holds(key) == access::holds({role}, key));
        // Every refusal is on record.
        const std::string actor = opened.principal();
        const auto records = auditOf(unit.open("Gwen"));
        for (const audit::Record& record : records)
            if (record.entry.verb == audit::Verb::Denied && record.entry.actor == actor)
                onRecord.insert(record.entry.details.contains("what") ? record.entry.details.at("what")
                                                                      : record.entry.marks.at("what"));
        // A named briefing is refused as a briefing to those who may make none.
        const auto forget = [](std::multiset<std::string>& set) {
            set.erase(std::string(access::name(Action::RevealNames)));
            set.erase(std::string(access::name(Action::ExportBriefing)));
        };
        CHECK(onRecord.size() >= denied.size());
        forget(onRecord);
        forget(denied);
        CHECK(std::ranges::includes(onRecord, denied));
        CHECK_FALSE(denied.empty());
        CHECK(std::ranges::find(records, actor, [](const audit::Record& record) {
                  return record.entry.actor;
              })->entry.role == access::name(role));
    }
}

TEST_CASE("A file opens with no key that another role holds", "[workspace][T-C2]") {
    Unit unit;
    const auto opensWith = [&](const char* file, const crypto::Secret& key) {
        return store::Database::open(unit.fixture.path / file, key).has_value();
    };
    for (const auto& [name, role] : kUnitPeople) {
        const access::FileKeys& keys = unit.open(name).keyring().keys;
        INFO(name);
        for (const FileKey key : access::kFileKeys) {
            if (keys.of(key).isEmpty()) continue;
            CHECK(opensWith("core.db", keys.of(key)) == (key == FileKey::Core));
            CHECK(opensWith("identity.db", keys.of(key)) == (key == FileKey::Identity));
        }
    }
}

TEST_CASE("Details of the audit log open with the auditor's key and with no other, and not for who wrote them",
          "[workspace]") {
    Unit unit;
    static_cast<void>(workspace::reveal(unit.open("Stan"), {{1}}, "panel of the spring term"));
    std::vector<audit::Record> sealed;
    for (const auto& [name, role] : kUnitPeople) {
        const Workspace& opened = unit.open(name);
        INFO(name);
        const auto records = auditOf(opened);
        const auto isShown = [](const audit::Record& record) { return !record.entry.details.empty(); };
        const auto purpose = [](const audit::Record& record) {
            const auto found = record.entry.details.find("purpose");
            return found != record.entry.details.end() && found->second == "panel of the spring term";
        };
        CHECK(std::ranges::any_of(records, isShown) == (role == Role::GovernanceAuditor));
        CHECK(std::ranges::any_of(records, purpose) == (role == Role::GovernanceAuditor));
        // What is there is sealed: no key in this person's hands opens it.
        const auto box =
            std::ranges::find_if(records, [](const audit::Record& record) { return !record.sealedDetails.empty(); });
        REQUIRE(box != records.end());
        std::vector<crypto::SealKeyPair> pairs;
        pairs.push_back(valueOf(crypto::SealKeyPair::fromSecret(opened.keyring().seal.secretKey.clone())));
        for (const FileKey key : access::kFileKeys) {
            const crypto::Secret& secret = opened.keyring().keys.of(key);
            if (secret.size() < 32) continue;
            pairs.push_back(
                valueOf(crypto::SealKeyPair::fromSecret(crypto::Secret::copyOf(secret.view().substr(0, 32)))));
        }
        const bool opens = std::ranges::any_of(
            pairs, [&](const auto& pair) { return crypto::unseal(box->sealedDetails, pair).has_value(); });
        CHECK(opens == (role == Role::GovernanceAuditor));
    }
}

TEST_CASE("The auditor reads the newest entries with their reasons, and that is an entry too", "[workspace]") {
    Unit unit;
    static_cast<void>(workspace::reveal(unit.open("Stan"), {{1}}, "panel of the spring term"));
    const std::string stan = unit.fixture.workspace->principal();
    Workspace& opened = unit.open("Gwen");
    const auto view = valueOf(workspace::readAudit(opened, {}, 6));
    CHECK(view.soundness.intact);
    CHECK(view.report.entries == view.soundness.entries);
    REQUIRE(view.newest.size() == 6);
    CHECK(view.newest.front().sequence == view.soundness.entries);
    CHECK(view.newest.back().sequence == view.soundness.entries - 5);
    CHECK(std::ranges::any_of(view.newest, [](const audit::Record& record) {
        return record.entry.details.contains("purpose") &&
               record.entry.details.at("purpose") == "panel of the spring term";
    }));
    CHECK(view.names.at(stan) == "Stan");
    CHECK(valueOf(audit::parseNote(view.checkpoint)).checkpoint.size == view.soundness.entries);
    const auto again = valueOf(workspace::readAudit(opened, {}, 1));
    CHECK(again.newest.front().entry.details.at("what") == "audit log");
}

TEST_CASE("An analyst reads the figures that a steward reads, under the same pseudonyms", "[workspace]") {
    Unit unit;
    const auto forSteward = valueOf(workspace::overview(unit.open("Stan"), schoolView(), unit.fixture.task));
    const auto forAnalyst = valueOf(workspace::overview(unit.open("Ana"), schoolView(), unit.fixture.task));
    CHECK(forAnalyst->pseudonyms == forSteward->pseudonyms);
    CHECK_FALSE(forAnalyst->pseudonyms.empty());
}

TEST_CASE("A user is added by two people, and both are in the log", "[workspace]") {
    Unit unit;
    Workspace& officer = unit.open("Olive");
    const auto stan = passphraseOf("Stan"), bea = passphraseOf("Bea"), wrong = passphraseOf("somebody else");
    const auto add = [&](const workspace::SecondPerson& second) {
        return workspace::addUser(
            officer, second,
            {.name = "Bea", .roles = {Role::Analyst}, .passphrase = bea, .cost = access::KdfPolicy::testCost()});
    };
    workspace::SecondPerson second;
    second.policy = access::KdfPolicy::forTests();
    CHECK(codeOf(add(second)) == ErrorCode::Denied);
    second.credentials.emplace(wrong, "Stan");
    CHECK(codeOf(add(second)) == ErrorCode::WrongKey);
    const std::string before = valueOf(readFile(unit.fixture.path / "header"));
    second.credentials.emplace(stan, "Stan");
    REQUIRE(add(second).has_value());
    CHECK(valueOf(readFile(unit.fixture.path / "header")) != before);
    const auto records = auditOf(officer);
    const auto face = valueOf(workspace::users(unit.fixture.path));
    const std::string stanId = std::ranges::find(face.principals, "Stan", &access::Principal::name)->id;
    CHECK(records.back().entry.state == audit::State::Done);
    CHECK(records.back().entry.actor == officer.principal());
    CHECK(records.back().entry.secondActor == stanId);
    CHECK(unit.open("Bea").roles() == Roles{Role::Analyst});
}

TEST_CASE("Where somebody else could, nobody approves a linkage model of their own", "[workspace]") {
    Unit unit;
    Workspace& officer = unit.open("Olive");
    const auto stan = passphraseOf("Stan"), sue = passphraseOf("Sue");
    workspace::SecondPerson second;
    second.policy = access::KdfPolicy::forTests();
    second.credentials.emplace(stan, "Stan");
    valueOf(workspace::addUser(
        officer, second,
        {.name = "Sue", .roles = {Role::DataSteward}, .passphrase = sue, .cost = access::KdfPolicy::testCost()}));
    const auto report = valueOf(workspace::estimateLinkModel(unit.open("Stan"), unit.fixture.task));
    const std::string digest = report.model.sha256;
    CHECK(codeOf(workspace::approveLinkModel(*unit.fixture.workspace, digest, "looked at")) ==
          ErrorCode::InvalidArgument);
    CHECK(valueOf(workspace::approveLinkModel(unit.open("Sue"), digest, "looked at")).status ==
          workspace::ModelStatus::Approved);
}
