// Use cases: names released to a user for the children with whom that user is involved, and taken back. Two different
// people sign each release where roles are separated (core/access/release.h).

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

/// What is typed.
struct ReleaseWanted {
    std::string user;                        ///< The recipient: an active user's name.
    std::vector<std::int64_t> involvements;  ///< Numbers; empty: all of the user's that run today.
    Date until;                              ///< The first day on which it is over.
};

/// What a release did.
struct ReleaseReport {
    std::int64_t number = 0;
    std::size_t named = 0;    ///< Persons whose name is released.
    std::size_t unnamed = 0;  ///< Persons of whom no record has a name.
    Date until;
};

/// Errors: Denied (the roles, the second person), NotFound (user, involvement), InvalidArgument (nobody to release; an
/// involvement of somebody else, or that does not run today, or ends before the release; more than kMostChildren, more
/// than kLongestDays, a day that is over; the recipient is one of the two), GatewayNotInForce, those of the log.
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
    bool isSound = true;        ///< False: signatures do not fit, and no name of it opens. Of one that stands or ended.
};

/// All releases, oldest first; to who may release nothing: one's own. Errors: Denied, those of a statement.
Result<std::vector<ReleaseEntry>> releases(workspace::Workspace& workspace);

/// Deletes the envelopes: from now on nobody opens them here. What was seen or copied cannot be taken back. `reason`:
/// as for a reveal. One person is enough. Errors: Denied, NotFound, InvalidArgument (the reason; withdrawn already).
Status withdrawRelease(workspace::Workspace& workspace, std::int64_t number, const std::string& reason);

}  // namespace fairlead::release
