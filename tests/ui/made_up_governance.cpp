// Who may open the made-up workspace, and what was done in it.

#include "tests/ui/made_up.h"

namespace fairlead::ui::made_up {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
/// 22/06/2026 09:00 UTC.
const std::int64_t kMorning = asAt().days * 24 * kHourMs + 9 * kHourMs;

audit::Record recordOf(std::uint64_t sequence, audit::Entry entry) {
    audit::Record record;
    record.sequence = sequence;
    record.wallMs = kMorning + static_cast<std::int64_t>(sequence) * kHourMs / 4;
    record.entry = std::move(entry);
    return record;
}

}  // namespace

UsersContent users() {
    using access::Role;
    UsersContent content;
    content.users = {{"01", "Olive", {Role::KeyOfficer}, true},
                     {"02", "Stan", {Role::DataSteward}, true},
                     {"03", "Gwen", {Role::GovernanceAuditor}, true},
                     {"04", "Ana", {Role::Analyst}, true},
                     {"05", "Test analyst", {}, false}};
    content.self = "01";
    content.rolesSeparated = true;
    content.mayManage = content.mayRecover = content.mayRotate = true;
    content.bytes = 48'300'000;
    return content;
}

ReleasesContent releases() {
    ReleasesContent content;
    content.mayRelease = true;
    content.who = users();
    content.who.self = "02";
    content.today = asAt();
    content.gateways = {{"children_act_2004_s10", "Children Act 2004, section 10"},
                        {"children_act_2004_s11", "Children Act 2004, section 11"}};
    content.schools = {{"137000", "Bristol Secondary School"}, {"137001", "A primary school"}};
    content.involvements = {{.id = 1,
                             .child = {2},
                             .coversFamily = true,
                             .team = "Early Help North",
                             .worker = "04",
                             .purpose = "Family plan of the summer term",
                             .gateway = "children_act_2004_s11",
                             .days = {asAt() - 30, asAt() + 60},
                             .source = "case list, referral 2041",
                             .recordedBy = "02",
                             .childAt = {{{137000}, "Bristol Secondary School", "Pupil B"}}},
                            {.id = 2,
                             .child = {3},
                             .team = "Youth justice",
                             .worker = "04",
                             .purpose = "Support plan after the June referral",
                             .gateway = "children_act_2004_s10",
                             .days = {asAt() - 90, asAt() - 5},
                             .source = "referral 1977",
                             .recordedBy = "02"}};
    release::ReleaseEntry entry;
    entry.number = 1;
    entry.user = "Ana";
    entry.releasedBy = "Stan";
    entry.secondedBy = "Olive";
    entry.until = asAt() + 30;
    entry.children = 3;
    entry.involvements = {1};
    entry.budget = 60;
    entry.shown = 12;
    entry.shownMs = kMorning;
    content.releases = {entry};
    entry.number = 2;
    entry.state = release::ReleaseState::Ended;
    entry.isSound = false;
    entry.shown = entry.shownMs = 0;
    content.releases.push_back(entry);
    return content;
}

release::Pack pack() {
    using indicator::Count;
    release::Pack made{.asAt = asAt().iso(), .preparedBy = "Stan", .atMs = kMorning, .schools = {}};
    for (int i = 0; i < 12; ++i) {
        made.schools.push_back({.urn = {137000 + i},
                                .name = i == 0 ? "Bristol Secondary School" : "School " + std::to_string(i),
                                .phase = i % 3 == 0 ? "secondary" : "primary",
                                .onRoll = Count::of(200 + 5 * i),
                                .figures = {{"risk_of_neet", "Risk of NEET", Count::of(15 + 5 * i)},
                                            {"serious_harm", "Serious harm", Count::suppressed()},
                                            {"missing_person", "Missing person", Count::of(0)},
                                            {"mental_health", "Mental health", Count::notSupplied()}}});
    }
    return made;
}

PairsContent pairs() {
    PairsContent content{.mayDecide = true, .mayLink = false, .reader = "Lin", .waiting = {}, .decisions = {}};
    content.waiting = {{.a = {11}, .b = {24}, .bits = 6.2, .probability = 0.62},
                       {.a = {12}, .b = {31}, .bits = 4.9, .probability = 0.41}};
    release::Decision first;
    first.id = 1;
    first.a = {14};
    first.b = {27};
    first.verdict = release::Verdict::Different;
    first.reader = "Lou";
    first.atMs = 1'782'900'000'000;
    first.reason = "two cousins of one name, says the school";
    first.afterRun = 3;
    first.waits = true;
    release::Decision second = first;
    second.id = 2;
    second.b = {29};
    second.verdict = release::Verdict::Unsure;
    second.reader = "Lin";
    second.withdrawnBy = "Lin";
    second.withdrawnMs = second.atMs + 60'000;
    second.withdrawnAfterRun = 3;
    second.waits = false;
    content.decisions = {second, first};
    return content;
}

release::PairFields pairFields() {
    release::PairFields pair;
    pair.a = {.id = {11},
              .dataset = "education/school_roll",
              .reference = "P-2210",
              .names = {"Rowan Applegarth"},
              .birthDates = {"2011-03-04"},
              .sexes = {"F"},
              .addresses = {"12 Made-up Lane, BS1 0ZZ"},
              .identifiers = {"upn H801200001002"}};
    pair.b = pair.a;
    pair.b.id = {24};
    pair.b.dataset = "police/events";
    pair.b.reference = "N/48213";
    pair.b.birthDates = {"2011-04-03"};
    pair.b.identifiers = {};
    pair.pair = pairs().waiting.front();
    pair.isWeighed = true;
    pair.weights = {{"Names", "the same, rare", 14.1}, {"Birth date", "day and month change places", -1.5}};
    pair.furtherBits = -6.4;
    return pair;
}

workspace::AuditView auditView(bool sound) {
    using audit::State;
    using audit::Verb;
    workspace::AuditView view;
    view.names = {{"01", "Olive"}, {"02", "Stan"}, {"04", "Ana"}};
    view.soundness.intact = sound;
    view.soundness.entries = sound ? 1204 : 411;
    view.soundness.head.size = view.soundness.entries;
    view.soundness.head.root = std::string(32, 'r');
    if (!sound) {
        view.soundness.firstBad = 412;
        view.soundness.problem = "the entry was changed";
    }
    view.checkpoint = "fairlead.local/made-up\n1204\ncm9vdA==\n\n- fairlead.local/made-up c2ln\n";
    view.newest = {
        recordOf(1204, {.verb = Verb::Consultation,
                        .state = State::Done,
                        .actor = "02",
                        .about = 1203,
                        .subjectCount = 14,
                        .details = {{"what", "names"}}}),
        recordOf(1203, {.verb = Verb::Consultation,
                        .actor = "02",
                        .subjectCount = 14,
                        .details = {{"purpose", "Review before the autumn panel"}, {"what", "names"}}}),
        recordOf(1202, {.verb = Verb::Alteration,
                        .state = State::Done,
                        .actor = "01",
                        .secondActor = "02",
                        .about = 1201,
                        .details = {{"what", "user added"}, {"roles", "analyst"}}}),
        recordOf(1200, {.verb = Verb::Denied, .state = State::Note, .actor = "04", .details = {{"what", "see names"}}}),
    };
    view.report.entries = view.soundness.entries;
    view.report.verbs = {{Verb::Collection, {12, 12, 0, 0}}, {Verb::Consultation, {31, 29, 2, 4}}};
    view.report.reveals = {{"02", kMorning, 3, 31, false}, {"02", kMorning + 13 * kHourMs, 1, 14, true}};
    view.report.denied = {{1200, kMorning, "04", Verb::Denied, "see names"}};
    view.report.outOfHours = {{1203, kMorning + 13 * kHourMs, "02", Verb::Consultation, "names"}};
    return view;
}

std::vector<posture::Finding> findings(const posture::Sitting& sitting) {
    posture::Measured measured;
    measured.folder = posture::Folder{{"ext4", "/dev/dm-0", posture::Encryption::Seen}, false, true};
    measured.swaps = {{"/dev/sda2", posture::Encryption::NotSeen, false}};
    measured.noCoreFile = measured.memoryClosed = measured.noNetwork = true;
    measured.readerFiles = true;
    measured.lockableBytes = 8ULL << 20U;
    measured.lockedBytes = 3ULL << 20U;
    measured.sitting = sitting;
    measured.rolesSeparated = false;
    return posture::judge(measured);
}

Result<std::shared_ptr<const workspace::AuditView>> MadeUpSession::audit(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read the audit log"));
    calls.emplace_back("audit");
    return std::make_shared<const workspace::AuditView>(isEmpty() ? workspace::AuditView() : auditView(logIsSound));
}

Result<std::filesystem::path> MadeUpSession::keepCheckpoint(const std::filesystem::path& file,
                                                            const std::string& note) {
    calls.push_back("checkpoint " + note.substr(0, note.find('\n')));
    return file;
}

Result<std::shared_ptr<const std::vector<posture::Finding>>> MadeUpSession::posture(const posture::Sitting& sitting,
                                                                                    TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.push_back("posture " + sitting.display);
    return std::make_shared<const std::vector<posture::Finding>>(isEmpty() ? std::vector<posture::Finding>()
                                                                           : findings(sitting));
}

Result<std::shared_ptr<const UsersContent>> MadeUpSession::users(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "manage users"));
    calls.emplace_back("users");
    return std::make_shared<const UsersContent>(isEmpty() ? UsersContent() : who);
}

Result<std::shared_ptr<const ReleasesContent>> MadeUpSession::releases(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read releases"));
    calls.emplace_back("releases");
    return std::make_shared<const ReleasesContent>(isEmpty() ? ReleasesContent() : released);
}

Result<std::shared_ptr<const ReleasesContent>> MadeUpSession::actOnReleases(const ReleaseAct& act, TaskContext& task) {
    using Kind = ReleaseAct::Kind;
    FAIRLEAD_OK(ask(task, "release names"));
    if (act.secondPassphrase && act.secondPassphrase->view() != "right") {
        return fail(ErrorCode::WrongKey, act.second);
    }
    ReleaseOutcome outcome{.number = act.number};
    switch (act.kind) {
        case Kind::Involve: {
            auto made = released.involvements.front();
            outcome.number = made.id = static_cast<std::int64_t>(released.involvements.size()) + 1;
            made.team = act.involvement.team;
            made.purpose = act.involvement.purpose;
            made.days = act.involvement.days;
            released.involvements.push_back(made);
            calls.push_back("involve " + act.involvement.worker + " " + act.pupil + " " +
                            std::to_string(act.school.value) + " " + act.involvement.gateway);
            break;
        }
        case Kind::EndInvolvement:
            released.involvements[static_cast<std::size_t>(act.number) - 1].withdrawnBy = "02";
            released.releases.front().state = release::ReleaseState::Withdrawn;
            outcome.withdrawn = {1};
            calls.push_back("end involvement " + act.reason);
            break;
        case Kind::Release: {
            if (act.release.until > asAt() + release::kLongestDays) {
                return fail(ErrorCode::InvalidArgument, "end of a release");
            }
            auto made = released.releases.front();
            outcome.number = made.number = static_cast<std::int64_t>(released.releases.size()) + 1;
            made.until = act.release.until;
            outcome.named = 3;
            released.releases.push_back(made);
            calls.push_back("release to " + act.release.user + " with " + act.second + " for " +
                            std::to_string(act.release.involvements.size()));
            break;
        }
        case Kind::Withdraw:
            released.releases[static_cast<std::size_t>(act.number) - 1].state = release::ReleaseState::Withdrawn;
            calls.push_back("withdraw " + act.reason);
            break;
    }
    auto now = std::make_shared<ReleasesContent>(released);
    now->outcome = std::move(outcome);
    return now;
}

Result<std::shared_ptr<const release::Pack>> MadeUpSession::pack(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read the readers' pack"));
    calls.emplace_back("pack");
    return std::make_shared<const release::Pack>(isEmpty() ? release::Pack() : made_up::pack());
}

Result<release::PackReport> MadeUpSession::makePack(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "make the readers' pack"));
    calls.emplace_back("make pack");
    return release::PackReport{.schools = 12, .readers = 1};
}

Result<std::shared_ptr<const PairsContent>> MadeUpSession::pairs(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "review pairs"));
    calls.emplace_back("pairs");
    auto content = std::make_shared<PairsContent>(isEmpty() ? PairsContent() : reviewed);
    content->mayDecide = may(access::Action::DecideLinks);
    return content;
}

Result<std::shared_ptr<const PairsContent>> MadeUpSession::actOnPairs(const PairAct& act, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "decide about pairs"));
    if (!act.decision) {
        calls.push_back("take back " + std::to_string(act.number) + " " + act.reason);
        const auto found = std::ranges::find(reviewed.decisions, act.number, &release::Decision::id);
        found->withdrawnBy = reviewed.reader;
        found->withdrawnMs = found->atMs + 120'000;
        found->waits = false;
        return std::make_shared<const PairsContent>(reviewed);
    }
    const release::DecisionWanted& wanted = *act.decision;
    if (wanted.reason.contains("refuse")) {
        return fail(ErrorCode::AlreadyExists, "another reader's decision", "decision 1");
    }
    calls.push_back("decide " + std::string(release::name(wanted.verdict)) +
                    (wanted.overrules ? " over another " : " ") + wanted.reason);
    release::Decision made = reviewed.decisions.back();
    made.id = static_cast<std::int64_t>(reviewed.decisions.size()) + 1;
    made.a = wanted.a;
    made.b = wanted.b;
    made.verdict = wanted.verdict;
    made.reader = reviewed.reader;
    made.reason = wanted.reason;
    reviewed.decisions.insert(reviewed.decisions.begin(), made);
    std::erase_if(reviewed.waiting, [&](const auto& pair) { return pair.a == wanted.a && pair.b == wanted.b; });
    return std::make_shared<const PairsContent>(reviewed);
}

Result<std::shared_ptr<const release::PairFields>> MadeUpSession::pairFields(const release::PairWanted& wanted,
                                                                             TaskContext& task) {
    FAIRLEAD_OK(ask(task, "review pairs"));
    calls.push_back("pair " + wanted.reason);
    auto fields = std::make_shared<release::PairFields>(made_up::pairFields());
    fields->pair.a = wanted.a;
    fields->pair.b = wanted.b;
    const auto found = std::ranges::find_if(
        reviewed.decisions, [&](const auto& one) { return one.isInForce() && one.a == wanted.a && one.b == wanted.b; });
    if (found != reviewed.decisions.end()) {
        fields->decision = *found;
    }
    return fields;
}

Result<std::shared_ptr<const UsersContent>> MadeUpSession::changeUsers(const UserChange& change, TaskContext&) {
    using Kind = UserChange::Kind;
    if (change.secondPassphrase && change.secondPassphrase->view() != "right") {
        return fail(ErrorCode::WrongKey, change.second);
    }
    const auto user = std::ranges::find(who.users, change.user, &access::Principal::name);
    switch (change.kind) {
        case Kind::Add: who.users.push_back({"06", change.user, change.roles, true}); break;
        case Kind::ChangeRoles: user->roles = change.roles; break;
        case Kind::Retire: user->active = false; break;
        case Kind::OwnPassphrase: calls.push_back("passphrase " + std::string(change.next->view())); break;
    }
    return std::make_shared<const UsersContent>(who);
}

}  // namespace fairlead::ui::made_up
