// TOML texts (gateways, mappings), read so that neither a stray byte nor an exception gets through.

#pragma once

#include <string_view>

#include <toml++/toml.h>

#include "core/base/result.h"

namespace fairlead::extract {

/// Parses a document. toml++ 3.3 and 3.4 have undefined behaviour on non-ASCII bytes outside of strings and comments,
/// so such texts are refused before it sees them.
/// Errors: Encoding (not UTF-8), ParseError (with the line).
Result<toml::table> parseToml(std::string_view text, std::string_view subject);

}  // namespace fairlead::extract
