#include "core/workspace/drill.h"

#include <algorithm>

#include "core/extract/manifest.h"
#include "core/workspace/school_page.h"

namespace fairlead::workspace {

Result<std::shared_ptr<const DrillPage>> drill(Workspace& workspace, const OverviewRequest& request,
                                               const std::string& figure, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const indicator::SchoolSlice& slice = school->reading.slice;
    const Date asAt = school->reading.moment.asAt;
    const indicator::Filters filters{request.yearGroup};
    auto page = std::make_shared<DrillPage>();
    page->schoolName = school->schoolName;
    page->moment = school->reading.moment;
    page->pseudonyms = school->pseudonyms;
    FAIRLEAD_TRY(page->trend, indicator::trend(slice, figure, asAt, filters));
    FAIRLEAD_TRY(page->years, indicator::byYearGroup(slice, figure, asAt, filters));
    FAIRLEAD_TRY(page->pupils, indicator::pupilList(slice, figure, asAt, filters));
    if (const auto at = indicator::findDefinition(*slice.definitions, figure))
        page->rule = (*slice.definitions)[*at].rule;
    return page;
}

namespace {

Status readDeliveries(store::Database& core, TimelinePage& page) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT file_name, authenticated, manifest FROM delivery WHERE id = ?1"));
    for (const indicator::TimelineSpell& spell : page.timeline.spells) {
        for (const indicator::EvidenceLine& line : spell.evidence) {
            if (page.deliveries.contains(line.delivery)) continue;
            query.reset();
            query.bind(1, line.delivery.value);
            FAIRLEAD_TRY(const bool found, query.next());
            if (!found) continue;
            FAIRLEAD_TRY(const auto manifest, extract::parseManifest(query.text(2), query.text(0)));
            page.deliveries[line.delivery] = {std::string(query.text(0)), manifest.label(), query.integer(1) != 0};
        }
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<const TimelinePage>> timeline(Workspace& workspace, const OverviewRequest& request,
                                                     record::PersonKey pupil, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const SchoolReading& reading = school->reading;
    if (!std::ranges::binary_search(reading.pupils, pupil))
        return fail(ErrorCode::NotFound, "pupil", "not a pupil of this school in the last thirteen months");
    auto page = std::make_shared<TimelinePage>();
    page->schoolName = school->schoolName;
    page->pseudonym = school->pseudonyms.at(pupil);
    for (const auto& onRoll : pupilsOf(reading))
        if (onRoll.pupil == pupil) page->yearGroup = onRoll.yearGroup;
    page->timeline = indicator::timeline(reading.slice, pupil, reading.moment.asAt);
    for (const auto& fresh : indicator::overview(reading.slice, reading.moment.asAt).newIndicators)
        if (fresh.pupil == pupil) page->newIndicators.push_back(fresh.indicator);
    FAIRLEAD_OK(readDeliveries(workspace.core(), *page));
    return page;
}

}  // namespace fairlead::workspace
