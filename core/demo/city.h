// The synthetic city on disk: five agencies' sealed extracts, keys to open them, and the truth beside them.
// Everything in it is invented; names, streets and postcodes are real ones put together at random.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/demo/names.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// What to make.
struct DemoOptions {
    std::int64_t pupils = 2000;  ///< On roll on the last day: 20 to 100,000. About 8 people each are known to somebody.
    std::uint64_t seed = 1;  ///< The same seed gives the same rows and truth on every computer; keys are new each time.
    std::filesystem::path folder;       ///< Where to; must not exist, or be empty.
    std::filesystem::path namesFolder;  ///< resources/names.
};

/// A school with the pupils whose main school it is on the last day.
struct DemoSchool {
    std::int64_t urn = 0;
    std::string name;
    std::int64_t pupils = 0;
};

/// One sealed extract.
struct DemoExtract {
    std::string file;  ///< Relative to the folder: "extracts/police_police_records_001.fxt".
    std::string agency;
    std::string dataset;
    std::int64_t sequence = 1;
    Date dataAsAt;
    std::int64_t rows = 0;  ///< In all tables.
};

/// What demo.json says.
struct DemoSummary {
    Date asAt;  ///< The default as-at date: 30 June 2026.
    std::uint64_t seed = 1;
    std::int64_t pupils = 0;
    std::int64_t persons = 0;  ///< Human beings whom at least one delivery mentions.
    std::vector<DemoSchool> schools;
    std::vector<DemoExtract> extracts;  ///< In the order in which they are to be loaded.
};

/// The people, their schools and what happened to them; writes nothing. About 400 bytes of memory a person.
/// Errors: InvalidArgument (number of pupils), Cancelled.
Result<World> makeWorld(std::int64_t pupils, std::uint64_t seed, const Names& names, TaskContext& task);

/// Makes the whole folder: extracts/, keys/ (agencies' signing keys as NAME.pub, the demo unit's unit.key and
/// unit.pub), truth/, demo.json, README.txt. On any failure what was begun is removed again.
/// Errors: AlreadyExists, InvalidArgument, NotFound and ParseError of the names, Io, DiskFull, Cancelled.
Result<DemoSummary> createCity(const DemoOptions& options, TaskContext& task);

}  // namespace fairlead::demo
