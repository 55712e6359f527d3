// Reading a mapping's TOML strictly: unknown keys and wrong types are errors, the first of them is reported.

#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "core/base/result.h"

namespace fairlead::convert {

/// Remembers the first thing that is wrong with a document.
class MappingReader {
public:
    explicit MappingReader(std::string_view subject) : m_subject(subject) {}

    /// Notes a value that cannot be: ParseError.
    void wrong(std::string_view where, std::string_view what) { note(ErrorCode::ParseError, where, what); }
    /// Notes a key that mappings do not have: UnknownKey.
    void unknownKey(std::string_view where, std::string_view key) { note(ErrorCode::UnknownKey, where, key); }
    /// The tables of an array of tables; none when the key is not there.
    std::vector<const toml::table*> tables(const toml::table& parent, std::string_view key, std::string_view where);
    /// The first thing noted, or success.
    [[nodiscard]] Status status() const;

private:
    void note(ErrorCode code, std::string_view where, std::string_view what);

    std::string m_subject;
    std::optional<Error> m_error;
};

/// Takes typed values out of one table whose keys are known.
class TableReader {
public:
    TableReader(const toml::table& table, MappingReader& reader, std::string_view where,
                std::initializer_list<std::string_view> keys);
    /// The text, empty when the key is not there.
    std::string text(std::string_view key);
    /// The text; an error when it is missing or empty.
    std::string required(std::string_view key);
    /// The texts of a list, none when the key is not there.
    std::vector<std::string> texts(std::string_view key);

private:
    const toml::table& m_table;
    MappingReader& m_reader;
    std::string m_where;
};

}  // namespace fairlead::convert
