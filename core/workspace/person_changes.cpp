#include "core/workspace/person_changes.h"

#include <algorithm>

namespace fairlead::workspace {

Result<std::vector<RunChanges>> personChanges(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::LinkRecords));
    const std::scoped_lock lock(workspace.mutex());
    std::vector<RunChanges> runs;
    FAIRLEAD_TRY(auto query, workspace.core().prepare("SELECT id, after_load, at_ms, model_sha256, source_persons, "
                                                      "persons, merged, split FROM run ORDER BY id DESC"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        runs.push_back({query.integer(0),
                        query.integer(1),
                        query.integer(2),
                        std::string(query.text(3)),
                        query.integer(4),
                        query.integer(5),
                        query.integer(6),
                        query.integer(7),
                        {}});
    }
    FAIRLEAD_TRY(auto lines, workspace.core().prepare("SELECT run, kind, person, other, records FROM merge_split "
                                                      "ORDER BY run DESC, id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, lines.next());
        if (!more) return runs;
        const auto run = std::ranges::find(runs, lines.integer(0), &RunChanges::run);
        if (run == runs.end()) return fail(ErrorCode::Corrupt, "core.db", "a change of no linkage run");
        run->changes.push_back({std::string(lines.text(1)), {lines.integer(2)}, {lines.integer(3)}, lines.integer(4)});
    }
}

}  // namespace fairlead::workspace
