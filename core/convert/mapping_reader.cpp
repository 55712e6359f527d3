#include "core/convert/mapping_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace fairlead::convert {

void MappingReader::note(ErrorCode code, std::string_view where, std::string_view what) {
    if (!m_error) m_error = Error{code, m_subject, fmt::format("{}: {}", where, what)};
}

Status MappingReader::status() const {
    if (m_error) return fail(*m_error);
    return {};
}

std::vector<const toml::table*> MappingReader::tables(const toml::table& parent, std::string_view key,
                                                      std::string_view where) {
    std::vector<const toml::table*> tables;
    const auto* node = parent.get(key);
    if (node == nullptr) return tables;
    const auto* array = node->as_array();
    if (array == nullptr) return wrong(where, fmt::format("{} is not a list of tables", key)), tables;
    for (const auto& item : *array) {
        if (item.as_table() == nullptr) return wrong(where, fmt::format("{} is not a list of tables", key)), tables;
        tables.push_back(item.as_table());
    }
    return tables;
}

TableReader::TableReader(const toml::table& table, MappingReader& reader, std::string_view where,
                         std::initializer_list<std::string_view> keys)
    : m_table(table), m_reader(reader), m_where(where) {
    for (const auto& [key, node] : table) {
        if (std::ranges::find(keys, key.str()) == keys.end()) reader.unknownKey(where, key.str());
    }
}

std::string TableReader::text(std::string_view key) {
    const auto* node = m_table.get(key);
    if (node == nullptr) return {};
    const auto text = node->value<std::string>();
    if (!text) m_reader.wrong(m_where, fmt::format("{} is not a text", key));
    return text.value_or("");
}

std::string TableReader::required(std::string_view key) {
    auto value = text(key);
    if (value.empty()) m_reader.wrong(m_where, fmt::format("{} is missing", key));
    return value;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    std::vector<std::string> texts;
    const auto* node = m_table.get(key);
    if (node == nullptr) return texts;
    const auto* array = node->as_array();
    if (array == nullptr) return m_reader.wrong(m_where, fmt::format("{} is not a list", key)), texts;
    for (const auto& item : *array) {
        const auto text = item.value<std::string>();
        if (!text) m_reader.wrong(m_where, fmt::format("{} holds something that is not a text", key));
        texts.push_back(text.value_or(""));
    }
    return texts;
}

}  // namespace fairlead::convert
