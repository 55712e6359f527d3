#include "core/workspace/reveal.h"

#include <set>
#include <tuple>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/moment.h"
#include "core/workspace/released_names.h"

namespace fairlead::workspace {

namespace {

/// How good a name is for showing: a higher one wins.
using NameRank = std::tuple<bool, bool, bool, std::int64_t>;

/// The best name of several records.
class BestName {
public:
    void offer(const store::Statement& row, std::int64_t sourcePerson, bool isEducation) {
        const std::string text(trimmed(fmt::format("{} {}", row.text(0), row.text(1))));
        if (text.empty()) return;
        const NameRank rank{row.isNull(4), row.text(2) == "current", isEducation, row.integer(3)};
        if (!m_best.text.empty() && rank <= m_rank) return;
        m_best = {text, sourcePerson};
        m_rank = rank;
    }
    [[nodiscard]] RecordedName best() const {
        return m_best.text.empty() ? RecordedName{"Name not supplied", 0} : m_best;
    }

private:
    RecordedName m_best;
    NameRank m_rank;
};

}  // namespace

Result<std::map<record::PersonKey, RecordedName>> recordedNamesOf(Workspace& workspace,
                                                                  const std::vector<record::PersonKey>& persons) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t run, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(auto memberships, Memberships::open(core, run));
    FAIRLEAD_TRY(auto query, workspace.identity().prepare(
                                 "SELECT forenames, surname, kind, first_delivery, gone_delivery FROM name "
                                 "WHERE source_person = ?1 ORDER BY id"));
    FAIRLEAD_TRY(const std::int64_t education,
                 scalar(core, "SELECT id FROM dataset WHERE agency = 'education' ORDER BY id"));
    std::map<record::PersonKey, RecordedName> names;
    for (const record::PersonKey person : persons) {
        FAIRLEAD_TRY(const auto members, memberships.membersOf(person));
        BestName best;
        for (const Member& member : members) {
            query.reset();
            query.bind(1, member.sourcePerson);
            while (true) {
                FAIRLEAD_TRY(const bool more, query.next());
                if (!more) break;
                best.offer(query, member.sourcePerson, datasetOf(member.sourcePerson) == education);
            }
        }
        names[person] = best.best();
    }
    return names;
}

Result<std::map<record::PersonKey, std::string>> namesOf(Workspace& workspace,
                                                         const std::vector<record::PersonKey>& persons) {
    FAIRLEAD_TRY(const auto recorded, recordedNamesOf(workspace, persons));
    std::map<record::PersonKey, std::string> names;
    for (const auto& [person, name] : recorded) names.emplace(person, name.text);
    return names;
}

Status checkReason(const std::string& reason) {
    if (trimmed(reason).size() >= kShortestReason) return {};
    return fail(ErrorCode::InvalidArgument, "reason", fmt::format("at least {} characters", kShortestReason));
}

Result<RevealedNames> reveal(Workspace& workspace, const std::vector<record::PersonKey>& persons,
                             const std::string& reason) {
    FAIRLEAD_OK(workspace.require(access::Action::OpenReleased));
    if (persons.empty()) return fail(ErrorCode::InvalidArgument, "pupils", "nobody asked for");
    const std::scoped_lock lock(workspace.mutex());
    if (auto enough = checkReason(reason); !enough) {
        FAIRLEAD_OK(recordDenied(workspace, "names without a reason"));
        return fail(std::move(enough).error());
    }
    const std::set<record::PersonKey> asked(persons.begin(), persons.end());
    const std::vector<record::PersonKey> ascending(asked.begin(), asked.end());
    if (!access::allows(workspace.roles(), access::Action::RevealNames))
        return revealReleased(workspace, ascending, trimmed(reason));
    audit::Entry intent = intentOf(workspace, audit::Verb::Consultation, trimmed(reason), {{"what", "names"}});
    intent.subjectCount = ascending.size();
    intent.subjectsSha256 = subjectsDigest(ascending);
    FAIRLEAD_TRY(auto names, asAct(
                                 workspace, std::move(intent), [&] { return namesOf(workspace, ascending); },
                                 [](const auto&) { return audit::Outcome{}; }));
    return RevealedNames{.names = std::move(names), .withheld = 0, .spent = 0};
}

}  // namespace fairlead::workspace
