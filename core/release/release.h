// Use cases: names released to a user for the children with whom that user is involved. Two different people sign each
// release where roles are separated (core/access/release.h). Taking back: withdrawal.h.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/workspace/users.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// Most children that one release names.
inline constexpr std::size_t kMostChildren = 25;
/// Most days that one release lasts.
inline constexpr int kLongestDays = 90;
/// How often a release may show each of its names, unless somebody says how many names in all: once a sitting counts.
inline constexpr std::int64_t kShownPerChild = 20;
/// Most names that one release may show in all.
inline constexpr std::int64_t kLargestBudget = 1000;

/// What is typed.
struct ReleaseWanted {
    std::string user;                        ///< The recipient: an active user's name.
    std::vector<std::int64_t> involvements;  ///< Numbers; empty: all of the user's that run today.
    Date until;                              ///< The first day on which it is over.
    std::int64_t budget = 0;                 ///< Names that it may show in all; 0: kShownPerChild for each.
};

/// What a release did.
struct ReleaseReport {
    std::int64_t number = 0;
    std::size_t named = 0;    ///< Persons whose name is released.
    std::size_t unnamed = 0;  ///< Persons of whom no record has a name.
    Date until;
    std::int64_t budget = 0;  ///< Names that it may show in all.
};

/// Errors: Denied (the roles, the second person), NotFound (user, involvement), InvalidArgument (nobody to release; an
/// involvement of somebody else, or that does not run today, was withdrawn, or ends before the release; more than
/// kMostChildren, more than kLongestDays, a day that is over; a budget above kLargestBudget; the recipient is one of
/// the two), GatewayNotInForce, those of the log.
Result<ReleaseReport> releaseNames(workspace::Workspace& workspace, const workspace::SecondPerson& second,
                                   const ReleaseWanted& wanted);

/// How a release stands today.
enum class ReleaseState : std::uint8_t { Standing, Ended, Withdrawn };
/// "standing", "ended", "withdrawn".
std::string_view name(ReleaseState state);

/// A line of the list: no names of children.
struct ReleaseEntry {
    std::int64_t number = 0;
    std::string user, releasedBy, secondedBy;  ///< Names of users; the id of one whom the header does not know.
    std::int64_t atMs = 0;                     ///< Milliseconds since 1970, UTC.
    Date until;
    std::int64_t children = 0;
    std::vector<std::int64_t> involvements;
    ReleaseState state = ReleaseState::Standing;
    std::string withdrawnBy{};  ///< Name of a user; empty unless withdrawn.
    std::int64_t budget = 0;    ///< Names that it may show in all; 0: not bounded (of before there were budgets).
    std::int64_t shown = 0;     ///< Names that it has shown, each once a sitting.
    std::int64_t shownMs = 0;   ///< When the last was; milliseconds since 1970, UTC; 0: never.
    bool isSound = true;        ///< False: signatures do not fit, and no name of it opens. Of one that stands or ended.
};

/// All releases, oldest first; to who may release nothing: one's own. Errors: Denied, those of a statement.
Result<std::vector<ReleaseEntry>> releases(workspace::Workspace& workspace);

}  // namespace fairlead::release
