// Use cases: the reader's pack. Counts by school after disclosure control in one file of the workspace, for those who
// read aggregates and hold no other key. No person, pseudonym or date of a person is in it.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/count.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// A count as the pack says it: 1 to 4 suppressed, and so is what leaves 1 to 4 of `of`; everything else to the
/// nearest 5, so that no difference between two counts tells of fewer. 0 stays 0; what is no value stays what it is.
indicator::Count disclosed(const indicator::Count& count, int of);

/// Pupils of one school on whom an indicator holds.
struct PackFigure {
    std::string id;
    std::string title;
    indicator::Count pupils;
    friend bool operator==(const PackFigure&, const PackFigure&) = default;
};

/// One school. Groups, events and months are left out: beside their parts they would tell too much.
struct PackSchool {
    record::SchoolUrn urn;
    std::string name;
    std::string phase;
    indicator::Count onRoll;
    std::vector<PackFigure> figures;
    friend bool operator==(const PackSchool&, const PackSchool&) = default;
};

/// What a reader sees.
struct Pack {
    std::string asAt;        ///< ISO day of the figures.
    std::string preparedBy;  ///< Name of a user.
    std::int64_t atMs = 0;   ///< Milliseconds since 1970, UTC.
    std::vector<PackSchool> schools;
};

/// What was made.
struct PackReport {
    std::size_t schools = 0;
    std::size_t readers = 0;
};

/// Makes the pack of today's figures for every active aggregate reader, in place of the one before. On record as a
/// disclosure. Errors: Denied, NotFound (nothing loaded, nobody to read it), Cancelled, those of overview(), Io,
/// DiskFull.
Result<PackReport> makePack(workspace::Workspace& workspace, TaskContext& task);

/// The pack, with the reader's own key; that it was read is on record. Errors: Denied, NotFound (no pack; not made for
/// this reader), Corrupt (bytes, signature), NewerFormat.
Result<Pack> readPack(workspace::Workspace& workspace);

/// The file in a workspace's folder.
inline constexpr std::string_view kPackFile = "aggregate.pack";

}  // namespace fairlead::release
