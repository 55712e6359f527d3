#include "core/workspace/compare.h"

#include <algorithm>
#include <set>

#include "core/workspace/moment.h"
#include "core/workspace/pseudonym.h"
#include "core/workspace/schools.h"
#include "core/workspace/world_reading.h"

namespace fairlead::workspace {

namespace {

using indicator::ChangeEnd;
using indicator::Definition;

/// Pupils by either reading's links: nobody else is in a part.
std::vector<record::PersonKey> pupilsOf(const ReadWorld& read) {
    std::set<record::PersonKey> pupils;
    for (const indicator::SourcedRoll& row : read.world.roll)
        for (const ChangeEnd* end : {&read.from, &read.to}) pupils.insert(indicator::personOf(end->links, row.source));
    return {pupils.begin(), pupils.end()};
}

std::vector<std::string> yearGroupsOf(const ReadWorld& read) {
    std::set<std::pair<int, std::string>> years;
    for (const indicator::SourcedRoll& row : read.world.roll)
        for (const ChangeEnd* end : {&read.from, &read.to})
            if (row.spell.days.contains(end->asAt) && row.spell.isKnownAt(end->knownAt) && !row.spell.yearGroup.empty())
                years.emplace(indicator::yearGroupOrder(row.spell.yearGroup), row.spell.yearGroup);
    std::vector<std::string> names;
    for (const auto& [place, name] : years) names.push_back(name);
    return names;
}

/// The indicators of a group in either register, in the order of the overview; the later register's words.
std::vector<Definition> definitionsOf(indicator::Group group, const ChangeEnd& from, const ChangeEnd& to) {
    std::vector<Definition> found;
    for (const ChangeEnd* end : {&to, &from})
        for (const Definition& definition : indicator::definitionsBehind(*end->definitions, indicator::entry(group).id))
            if (std::ranges::find(found, definition.id, &Definition::id) == found.end()) found.push_back(definition);
    std::ranges::sort(found, {}, [](const Definition& one) { return std::tie(one.order, one.id); });
    return found;
}

/// The boxes of the overview; what happens to adults of a family is counted in no box.
std::vector<ComparedFigure> figuresOf(const ChangeEnd& from, const ChangeEnd& to) {
    std::vector<ComparedFigure> figures;
    for (const indicator::GroupEntry& group : indicator::groups()) {
        const auto definitions = definitionsOf(group.group, from, to);
        if (group.group == indicator::Group::AdultFamily || definitions.empty()) continue;
        figures.push_back({std::string(group.id), std::string(group.title), group.group, true, {}, {}});
        for (const Definition& definition : definitions)
            figures.push_back({definition.id, definition.title, group.group, false, {}, {}});
    }
    return figures;
}

/// Everything that needs the workspace.
Result<ReadWorld> readBoth(Workspace& workspace, const CompareRequest& request, ComparePage& page, TaskContext& task) {
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const Moment first, momentOf(workspace, request.from.asAt, request.from.knownAt));
    FAIRLEAD_TRY(const Moment second, momentOf(workspace, request.to.asAt, request.to.knownAt));
    page.fromAsAt = first.asAt;
    page.toAsAt = second.asAt;
    page.fromKnownAt = first.knownAt;
    page.toKnownAt = second.knownAt;
    FAIRLEAD_TRY(page.schoolName, schoolName(core, request.school));
    FAIRLEAD_TRY(ReadWorld read, readWorld(core, request.school, first, second, task));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.core()));
    FAIRLEAD_TRY(page.pseudonyms, pseudonyms(core, hash, request.school, pupilsOf(read)));
    read.world.yearGroup = request.yearGroup;
    page.yearGroups = yearGroupsOf(read);
    return read;
}

}  // namespace

Result<std::shared_ptr<const ComparePage>> compareDates(Workspace& workspace, const CompareRequest& request,
                                                        TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    task.begin(Phase::Reading, 0);
    auto page = std::make_shared<ComparePage>();
    FAIRLEAD_TRY(const ReadWorld read, readBoth(workspace, request, *page, task));
    page->figures = figuresOf(read.from, read.to);
    task.begin(Phase::Computing, page->figures.size());
    for (ComparedFigure& figure : page->figures) {
        FAIRLEAD_TRY(figure.explanation, indicator::explainChange(read.world, read.from, read.to, figure.id, task));
        FAIRLEAD_TRY(figure.bounds, indicator::linkBounds(read.world, read.to, figure.id, read.waiting, task));
        task.advance(1);
    }
    return page;
}

Result<std::vector<LoadEntry>> loadList(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    std::vector<LoadEntry> loads;
    FAIRLEAD_TRY(auto query, workspace.core().prepare("SELECT id, at_ms FROM load ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        LoadEntry entry{{query.integer(0)}, query.integer(1), {}};
        FAIRLEAD_TRY(entry.dataAsAt, defaultAsAt(workspace.core(), entry.load));
        loads.push_back(entry);
    }
    return loads;
}

}  // namespace fairlead::workspace
