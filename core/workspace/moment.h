// The two clocks of a reading, and who a source person was by then.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/store/database.h"

namespace fairlead::workspace {

class Workspace;

/// What must have been recorded to count. A load: everything up to the next one. A day: everything recorded by its end
/// (UTC, as the clock of the computer said), so that a reading of a day that is over stays what it is.
using KnownAt = std::variant<record::LoadId, Date>;

/// "As at" a civil day, "as known at" a load and the last linkage run that knew no later load.
struct Moment {
    Date asAt;
    record::LoadId knownAt;
    std::int64_t run = 0;         ///< 0 = nothing was linked by then.
    std::optional<Date> knownOn;  ///< The day that was asked for, when it was a day.

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// The subject of the NotFound error that says that nothing is loaded; ui/text has a sentence for it.
inline constexpr std::string_view kNoLoad = "load";

/// The oldest of the datasets' newest "data as at", as known at a load: until then every dataset speaks.
/// Errors: NotFound when nothing was loaded by then.
Result<Date> defaultAsAt(store::Database& core, record::LoadId knownAt);

/// The subject of the NotFound error that says that nothing was loaded by a day; ui/text has a sentence for it.
inline constexpr std::string_view kNoLoadByThen = "load by then";

/// Fills in what was not asked for: the latest load, the default date.
/// Errors: NotFound when nothing is loaded, nothing was by the day of `knownAt`, or it is no load of this workspace;
/// InvalidArgument for a day that is still to come.
Result<Moment> momentOf(Workspace& workspace, std::optional<Date> asAt, std::optional<KnownAt> knownAt);

/// A source person and how sure it is that it is that person's, per cent.
struct Member {
    std::int64_t sourcePerson = 0;
    int strength = 100;
};

/// Looks up memberships as known at a run. A source person that no run has seen is a person of its own, whose key
/// is minus the source person's number.
class Memberships {
public:
    /// `run` 0: nothing was linked. Errors of all: those of a statement.
    static Result<Memberships> open(store::Database& core, std::int64_t run);
    /// The person that a source person belonged to.
    Result<record::PersonKey> personOf(std::int64_t sourcePerson);
    /// The source persons of a person, ascending.
    Result<std::vector<Member>> membersOf(record::PersonKey person);

private:
    Memberships(store::Statement person, store::Statement members)
        : m_person(std::move(person)), m_members(std::move(members)) {}
    store::Statement m_person;
    store::Statement m_members;
};

}  // namespace fairlead::workspace
