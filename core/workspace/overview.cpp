#include "core/workspace/overview.h"

#include <algorithm>
#include <set>

#include "core/workspace/pseudonym.h"
#include "core/workspace/school_page.h"
#include "core/workspace/schools.h"

namespace fairlead::workspace {

Result<std::shared_ptr<const SchoolPage>> schoolPage(Workspace& workspace, const OverviewRequest& request,
                                                     TaskContext& task) {
    FAIRLEAD_TRY(const Moment moment, momentOf(workspace, request.asAt, request.knownAt));
    auto& held = workspace.heldPage();
    if (held && held->reading.slice.school == request.school && held->reading.moment == moment) return held;

    auto page = std::make_shared<SchoolPage>();
    FAIRLEAD_TRY(page->reading, readSchool(workspace.core(), request.school, moment, task));
    FAIRLEAD_TRY(page->schoolName, schoolName(workspace.core(), request.school));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.core()));
    FAIRLEAD_TRY(page->pseudonyms, pseudonyms(workspace.core(), hash, request.school, page->reading.pupils));
    held = page;
    return held;
}

double linkedShareOf(const SchoolReading& reading) {
    const auto pupils = pupilsOf(reading);
    if (pupils.empty()) return 0;
    const auto linked = std::ranges::count_if(pupils, [&](const indicator::PupilOnRoll& pupil) {
        const auto agencies = reading.agencies.find(pupil.pupil);
        return agencies != reading.agencies.end() && agencies->second > 1;
    });
    return static_cast<double>(linked) / static_cast<double>(pupils.size());
}

std::vector<indicator::PupilOnRoll> pupilsOf(const SchoolReading& reading) {
    return indicator::pupilsOnRoll(reading.slice.roll, reading.slice.school, reading.moment.asAt,
                                   reading.moment.knownAt);
}

namespace {

std::vector<std::string> yearGroupsOf(const std::vector<indicator::PupilOnRoll>& pupils) {
    std::set<std::pair<int, std::string>> years;
    for (const indicator::PupilOnRoll& pupil : pupils)
        if (!pupil.yearGroup.empty()) years.emplace(indicator::yearGroupOrder(pupil.yearGroup), pupil.yearGroup);
    std::vector<std::string> groups;
    for (const auto& [order, year] : years) groups.push_back(year);
    return groups;
}

}  // namespace

Result<std::shared_ptr<const OverviewPage>> overview(Workspace& workspace, const OverviewRequest& request,
                                                     TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const SchoolReading& reading = school->reading;
    auto page = std::make_shared<OverviewPage>();
    page->overview = indicator::overview(reading.slice, reading.moment.asAt, {request.yearGroup});
    page->schoolName = school->schoolName;
    page->pseudonyms = school->pseudonyms;
    page->pendingLinks = reading.pendingLinks;
    page->linked = reading.moment.run > 0;
    page->knownOn = reading.moment.knownOn;
    page->linkedShare = linkedShareOf(reading);
    page->yearGroups = yearGroupsOf(pupilsOf(reading));
    return page;
}

}  // namespace fairlead::workspace
