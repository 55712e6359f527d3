// The standardised columns of an encoded input as a table of scalar texts.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/link/encode.h"
#include "core/splink/export_sql.h"
#include "core/splink/table.h"

namespace fairlead::splink {

/// The column of an attribute: `text_` and its name, with _ for what is no letter or digit.
std::string attributeColumn(std::string_view name);
/// The column of a kind of identifier, likewise.
std::string identifierColumn(std::string_view kind);
/// YYYYMMDD as eight characters.
std::string dateText(std::uint32_t digits);

/// One row per record: first forename, all of them, sounds, groups of name variants, date, sex, parts of the address,
/// identifiers by kind, attributes. `severalValues` counts records of which only the first of several values is there.
Table standardisedTable(const link::EncodedInput& input, std::span<const std::string> ids,
                        const std::vector<IdentifierColumn>& identifiers, std::uint32_t& severalValues);

}  // namespace fairlead::splink
