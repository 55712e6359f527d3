#include "core/release/withdrawal.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "core/base/text.h"
#include "core/release/involvement.h"
#include "core/workspace/act.h"
#include "core/workspace/released_names.h"

namespace fairlead::release {

namespace {

using workspace::KeptRelease;
using workspace::Workspace;

Status markReleases(Workspace& workspace, const std::vector<std::int64_t>& numbers) {
    FAIRLEAD_TRY(auto update, workspace.core().prepare("UPDATE release SET withdrawn_by = ?2, withdrawn_ms = ?3 "
                                                       "WHERE id = ?1"));
    FAIRLEAD_TRY(auto remove, workspace.core().prepare("DELETE FROM released_name WHERE release = ?1"));
    for (const std::int64_t number : numbers) {
        update.bind(1, number).bind(2, std::string_view(workspace.principal()));
        FAIRLEAD_OK(update.bind(3, workspace.clock().nowMs()).run());
        FAIRLEAD_OK(remove.bind(1, number).run());
    }
    return {};
}

Status markInvolvement(Workspace& workspace, std::int64_t number) {
    FAIRLEAD_TRY(auto insert, workspace.core().prepare("INSERT INTO involvement_withdrawn VALUES (?1, ?2, ?3)"));
    insert.bind(1, number).bind(2, std::string_view(workspace.principal()));
    return insert.bind(3, workspace.clock().nowMs()).run();
}

std::unexpected<Error> withdrawnAlready(std::string what) {
    return fail(ErrorCode::InvalidArgument, std::move(what), "withdrawn already");
}

/// Those not withdrawn that rest on an involvement.
std::vector<const KeptRelease*> restingOn(const std::vector<KeptRelease>& all, std::int64_t involvement) {
    std::vector<const KeptRelease*> resting;
    for (const KeptRelease& one : all)
        if (one.withdrawnBy.empty() &&
            std::ranges::find(one.release.terms.involvements, involvement) != one.release.terms.involvements.end())
            resting.push_back(&one);
    return resting;
}

}  // namespace

Status withdrawRelease(Workspace& workspace, std::int64_t number, const std::string& reason) {
    FAIRLEAD_OK(workspace.require(access::Action::ReleaseNames));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_OK(workspace::checkReason(reason));
    FAIRLEAD_TRY(const auto kept, workspace::readReleases(workspace));
    const auto found = std::ranges::find(kept, number, [](const auto& one) { return one.release.terms.number; });
    if (found == kept.end()) return fail(ErrorCode::NotFound, fmt::format("release {}", number));
    if (!found->withdrawnBy.empty()) return withdrawnAlready(fmt::format("release {}", number));
    audit::Entry intent = workspace::intentOf(workspace, audit::Verb::Alteration, trimmed(reason),
                                              {{"what", "release withdrawn"}, {"release", std::to_string(number)}});
    intent.subjectCount = static_cast<std::uint64_t>(found->children);
    const auto act = [&]() -> Result<std::int64_t> {
        FAIRLEAD_TRY(auto transaction, store::Transaction::begin(workspace.core()));
        FAIRLEAD_OK(markReleases(workspace, {number}));
        FAIRLEAD_OK(transaction.commit());
        return number;
    };
    FAIRLEAD_TRY([[maybe_unused]] const std::int64_t done,
                 workspace::asAct(workspace, std::move(intent), act, [](std::int64_t) { return audit::Outcome{}; }));
    return {};
}

Result<std::vector<std::int64_t>> withdrawInvolvement(Workspace& workspace, std::int64_t number,
                                                      const std::string& reason) {
    FAIRLEAD_OK(workspace.require(access::Action::ReleaseNames));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_OK(workspace::checkReason(reason));
    FAIRLEAD_TRY(const auto all, readInvolvements(workspace.core()));
    const auto found = std::ranges::find(all, number, &Involvement::id);
    if (found == all.end()) return fail(ErrorCode::NotFound, fmt::format("involvement {}", number));
    if (!found->withdrawnBy.empty()) return withdrawnAlready(fmt::format("involvement {}", number));
    FAIRLEAD_TRY(const auto kept, workspace::readReleases(workspace));
    std::vector<std::int64_t> numbers;
    for (const KeptRelease* one : restingOn(kept, number)) numbers.push_back(one->release.terms.number);
    audit::Entry intent = workspace::intentOf(workspace, audit::Verb::Alteration, trimmed(reason),
                                              {{"what", "involvement withdrawn"},
                                               {"involvement", std::to_string(number)},
                                               {"releases", fmt::format("{}", fmt::join(numbers, " "))}});
    intent.subjectCount = 1;
    intent.subjectsSha256 = workspace::subjectsDigest(std::vector{found->child});
    return workspace::asAct(
        workspace, std::move(intent),
        [&]() -> Result<std::vector<std::int64_t>> {
            FAIRLEAD_TRY(auto transaction, store::Transaction::begin(workspace.core()));
            FAIRLEAD_OK(markInvolvement(workspace, number));
            FAIRLEAD_OK(markReleases(workspace, numbers));
            FAIRLEAD_OK(transaction.commit());
            return numbers;
        },
        [](const auto&) { return audit::Outcome{}; });
}

}  // namespace fairlead::release
