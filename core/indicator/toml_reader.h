// TomlReader: takes the keys of one TOML table, remembers which were read, and keeps the first thing wrong with
// its line. Private to this folder.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "core/base/date.h"
#include "core/base/result.h"

namespace fairlead::indicator {

/// Refuses what the TOML library must not be given: text that is not UTF-8, or anything but ASCII outside
/// strings and comments (the library's behaviour is then undefined). Errors: Encoding with "file:line".
Status checkTomlText(std::string_view text, std::string_view file);

/// Reads one table. After the first error every further read gives an empty value.
class TomlReader {
public:
    /// `file` outlives the reader; `error` collects the first error of all readers of the file.
    TomlReader(const toml::table& table, std::string_view file, std::optional<Error>& error)
        : m_table(table), m_file(file), m_error(error) {}

    /// True when the key is there (reading it later is still needed).
    [[nodiscard]] bool has(std::string_view key) const { return m_table.contains(key); }
    /// Text that must be there and not empty.
    std::string text(std::string_view key);
    /// Text that may be missing.
    std::string optionalText(std::string_view key);
    /// A whole number within [low, high] that must be there.
    int number(std::string_view key, int low, int high);
    /// A whole number within [low, high] that may be missing.
    std::optional<int> optionalNumber(std::string_view key, int low, int high);
    /// True or false that must be there.
    bool flag(std::string_view key);
    /// True when the key is there and true.
    bool optionalFlag(std::string_view key);
    /// A date (not in quotes) that must be there.
    Date date(std::string_view key);
    /// A list of texts, none empty, that must be there with at least one.
    std::vector<std::string> texts(std::string_view key);
    /// A list of texts that may be missing.
    std::vector<std::string> optionalTexts(std::string_view key);
    /// The tables of an array of tables that must be there with at least one.
    std::vector<const toml::table*> tables(std::string_view key);

    /// Records that the value of a key cannot be; `problem` says why and what to do.
    void refuse(std::string_view key, std::string_view problem);
    /// Refuses the first key that nobody read; said rather than a missing key, which it likely is, misspelt.
    void finish();

private:
    const toml::node* take(std::string_view key);
    void refuseMissing(std::string_view key, std::string_view remedy);
    void fail(ErrorCode code, const toml::node* where, std::string detail);

    const toml::table& m_table;
    std::string_view m_file;
    std::optional<Error>& m_error;
    std::set<std::string, std::less<>> m_read;
    bool m_isKeyMissing = false;  ///< The first error is a key of this table that is missing.
};

}  // namespace fairlead::indicator
