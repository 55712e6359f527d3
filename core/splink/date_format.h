// Dates in texts by a format: strptime's of DuckDB (%Y-%m-%d) and Java's of Spark (yyyy-MM-dd).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairlead::splink {

/// Seconds since 1970-01-01 of a text by a strptime format. Nothing when the text does not fit or there is no such
/// moment. Known: %Y %y %m %-m %d %-d %b %B %H %-H %M %-M %S %-S %f %z(Z and +hh:mm are read over) %%.
std::optional<double> parseByFormat(std::string_view text, std::string_view format);

/// True when every letter of the format is known.
bool isStrptimeFormat(std::string_view format);

/// A Java format as strptime's; nothing when a letter is not known. Known: y M d H m s S, X, quoted text.
std::optional<std::string> fromJavaFormat(std::string_view format);

}  // namespace fairlead::splink
