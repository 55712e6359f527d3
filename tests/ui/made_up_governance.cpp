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
    content.mayManage = true;
    content.mayReadReleases = true;
    content.involvements = {{.id = 1,
                             .child = {2},
                             .coversFamily = true,
                             .team = "Early Help North",
                             .worker = "04",
                             .purpose = "Family plan of the summer term",
                             .gateway = "children_act_2004_s11",
                             .days = {asAt() - 30, asAt() + 60},
                             .source = "case list, referral 2041",
                             .recordedBy = "02"}};
    release::ReleaseEntry entry;
    entry.number = 1;
    entry.user = "Ana";
    entry.releasedBy = "Stan";
    entry.secondedBy = "Olive";
    entry.until = asAt() + 30;
    entry.children = 3;
    entry.involvements = {1};
    content.releases = {entry};
    entry.number = 2;
    entry.state = release::ReleaseState::Withdrawn;
    entry.isSound = false;
    content.releases.push_back(entry);
    return content;
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

Result<std::shared_ptr<const UsersContent>> MadeUpSession::users(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "manage users"));
    calls.emplace_back("users");
    return std::make_shared<const UsersContent>(isEmpty() ? UsersContent() : who);
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
