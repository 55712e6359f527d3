// Text: the few string functions that several folders need. Bytes are UTF-8 unless a name says otherwise.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead {

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);
/// The parts between `separator`s, empty ones kept.
std::vector<std::string_view> split(std::string_view text, char separator);
/// A-Z for a-z; other bytes as they are.
std::string upperAscii(std::string_view text);
/// a-z for A-Z; other bytes as they are.
std::string lowerAscii(std::string_view text);
/// True for well-formed UTF-8 (no surrogates, no over-long forms).
bool isValidUtf8(std::string_view text);
/// True when the text holds a NUL, a C0 or C1 control, a bidirectional or zero-width control, or is not UTF-8.
bool hasControlCharacters(std::string_view text);
/// Reads a whole decimal integer; nothing when there is anything else in the text.
std::optional<std::int64_t> parseInteger(std::string_view text);
/// Reads a whole decimal number with '.' as the point, independent of the locale.
std::optional<double> parseNumber(std::string_view text);
/// Lower-case hexadecimal of the bytes.
std::string hex(std::string_view bytes);

}  // namespace fairlead
