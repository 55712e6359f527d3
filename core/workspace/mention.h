// Which source persons a delivery has. A delivery that changes nothing about a person writes no row of them, and still
// holds up what earlier ones said: without this nobody could say what goes when an earlier one ends.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

/// Ascending numbers as bytes (resources/schema/core_9.sql). REQUIRES: ascending, none twice, not below `first`.
std::string packed(std::span<const std::int64_t> persons, std::int64_t first);
/// What packed() wrote; nothing when it wrote something else.
std::optional<std::vector<std::int64_t>> unpacked(std::string_view bytes, std::int64_t first);

/// Keeps the persons of the delivery that is being taken in. Errors: those of a statement.
Status writeMention(store::Database& core, const record::ExtractRows& rows, const SourcePersons& persons,
                    const Intake& intake);

/// The persons of a delivery, ascending; nothing when the program that loaded it did not keep them.
/// Errors: Corrupt, those of a statement.
Result<std::optional<std::vector<std::int64_t>>> mentionOf(store::Database& core, std::int64_t dataset,
                                                           std::int64_t delivery);

}  // namespace fairlead::workspace
