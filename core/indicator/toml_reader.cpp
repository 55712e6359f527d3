#include "core/indicator/toml_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::indicator {

namespace {

/// Walks over TOML text and knows whether it stands in a comment, in a string or outside both.
class TextWalker {
public:
    explicit TextWalker(std::string_view text) : m_text(text) {}

    /// The line of the first byte above 127 outside strings and comments; 0 when there is none.
    std::size_t lineOfStrayByte() {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '#') {
                skipComment();
            } else if (c == '"' || c == '\'') {
                skipString(c);
            } else {
                if (static_cast<unsigned char>(c) > 127) return m_line;
                step();
            }
        }
        return 0;
    }

private:
    void step() {
        if (m_text[m_at] == '\n') ++m_line;
        ++m_at;
    }
    void skipComment() {
        while (m_at < m_text.size() && m_text[m_at] != '\n') ++m_at;
    }
    void skipString(char quote) {
        const std::string three(3, quote);
        const bool isLong = m_text.substr(m_at).starts_with(three);
        const std::string_view end = isLong ? std::string_view(three) : std::string_view(three).substr(0, 1);
        m_at += end.size();
        while (m_at < m_text.size() && !m_text.substr(m_at).starts_with(end)) {
            // An open one-line string ends with its line: the library then says what is wrong.
            if (!isLong && m_text[m_at] == '\n') return;
            if (quote == '"' && m_text[m_at] == '\\' && m_at + 1 < m_text.size()) step();
            step();
        }
        m_at = std::min(m_at + end.size(), m_text.size());
        // A long string may end in up to two quotes of its own.
        for (int extra = 0; isLong && extra < 2 && m_at < m_text.size() && m_text[m_at] == quote; ++extra) ++m_at;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
};

std::size_t lineOfInvalidUtf8(std::string_view text) {
    std::size_t line = 1;
    for (const std::string_view part : split(text, '\n')) {
        if (!isValidUtf8(part)) return line;
        ++line;
    }
    return line;
}

}  // namespace

Status checkTomlText(std::string_view text, std::string_view file) {
    if (!isValidUtf8(text)) {
        return fairlead::fail(ErrorCode::Encoding, fmt::format("{}:{}", file, lineOfInvalidUtf8(text)),
                              "not UTF-8; save the file as UTF-8");
    }
    if (text.find('\0') != std::string_view::npos) {
        return fairlead::fail(ErrorCode::Encoding, std::string(file), "holds a NUL byte; it is not a text file");
    }
    if (const std::size_t line = TextWalker(text).lineOfStrayByte(); line != 0) {
        return fairlead::fail(ErrorCode::Encoding, fmt::format("{}:{}", file, line),
                              "a character other than ASCII outside quotes; put it in quotes or remove it");
    }
    return {};
}

const toml::node* TomlReader::take(std::string_view key) {
    m_read.emplace(key);
    return m_error ? nullptr : m_table.get(key);
}

void TomlReader::fail(ErrorCode code, const toml::node* where, std::string detail) {
    if (m_error) return;
    const toml::source_position position = where != nullptr ? where->source().begin : m_table.source().begin;
    m_error = Error{code, fmt::format("{}:{}", m_file, std::max<unsigned>(position.line, 1)), std::move(detail)};
}

void TomlReader::refuse(std::string_view key, std::string_view problem) {
    fail(ErrorCode::ParseError, m_table.get(key), fmt::format("{}: {}", key, problem));
}

std::string TomlReader::text(std::string_view key) {
    std::string value = optionalText(key);
    if (!has(key)) {
        refuseMissing(key, "add it with a text");
    } else if (trimmed(value).empty()) {
        refuse(key, "is empty; write the text");
    }
    return value;
}

std::string TomlReader::optionalText(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return {};
    const auto value = node->value_exact<std::string>();
    if (!value) refuse(key, "is not a text; put it in quotes");
    return value.value_or(std::string());
}

int TomlReader::number(std::string_view key, int low, int high) {
    const auto value = optionalNumber(key, low, high);
    if (!has(key)) refuseMissing(key, "add it with a whole number");
    return value.value_or(low);
}

std::optional<int> TomlReader::optionalNumber(std::string_view key, int low, int high) {
    const toml::node* node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < low || *value > high) {
        refuse(key, fmt::format("must be a whole number from {} to {}", low, high));
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

bool TomlReader::flag(std::string_view key) {
    if (!has(key)) refuseMissing(key, "add it with true or false");
    return optionalFlag(key);
}

bool TomlReader::optionalFlag(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) refuse(key, "must be true or false, without quotes");
    return value.value_or(false);
}

Date TomlReader::date(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) {
        refuseMissing(key, "add it with a date such as 2027-06-30, without quotes");
        return {};
    }
    const auto value = node->value_exact<toml::date>();
    const auto date = value ? Date::fromCivil(value->year, value->month, value->day) : std::nullopt;
    if (!date) refuse(key, "must be a date such as 2027-06-30, without quotes");
    return date.value_or(Date{});
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
    std::vector<std::string> values = optionalTexts(key);
    if (!has(key)) {
        refuseMissing(key, "add a list with at least one text");
    } else if (values.empty()) {
        refuse(key, "is empty; add at least one text");
    }
    return values;
}

std::vector<std::string> TomlReader::optionalTexts(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return {};
    std::vector<std::string> values;
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        refuse(key, "must be a list of texts in square brackets");
        return {};
    }
    for (const toml::node& item : *array) {
        const auto value = item.value_exact<std::string>();
        if (!value || trimmed(*value).empty()) refuse(key, "must hold texts in quotes, none of them empty");
        values.push_back(value.value_or(std::string()));
    }
    return values;
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
    const toml::node* node = take(key);
    const toml::array* array = node != nullptr ? node->as_array() : nullptr;
    std::vector<const toml::table*> found;
    if (!has(key)) refuseMissing(key, fmt::format("add one or more tables, each begun by [[{}]]", key));
    if (array != nullptr) {
        for (const toml::node& item : *array) {
            if (const toml::table* table = item.as_table()) found.push_back(table);
        }
    }
    if (array == nullptr || found.empty() || found.size() != array->size()) {
        refuse(key, fmt::format("must be one or more tables, each begun by [[{}]]", key));
        return {};
    }
    return found;
}

void TomlReader::refuseMissing(std::string_view key, std::string_view remedy) {
    if (m_error) return;
    m_isKeyMissing = true;
    refuse(key, fmt::format("is missing; {}", remedy));
}

void TomlReader::finish() {
    const bool hasStrayKey =
        std::ranges::any_of(m_table, [this](const auto& item) { return !m_read.contains(item.first.str()); });
    if (m_isKeyMissing && hasStrayKey) m_error.reset();
    for (const auto& [key, node] : m_table) {
        if (!m_read.contains(key.str())) {
            fail(ErrorCode::UnknownKey, &node,
                 fmt::format("{}: no such key; remove it or correct its spelling", key.str()));
        }
    }
}

}  // namespace fairlead::indicator
