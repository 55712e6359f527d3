#include "core/splink/bind.h"

#include <algorithm>

namespace fairlead::splink {
namespace {

bool looksLikeJson(const std::string& text) { return text.front() == '[' || text.front() == '{'; }

}  // namespace

void ColumnValues::use(std::size_t column) {
    const std::vector<std::string>& texts = m_table.columns[column].texts;
    std::vector<Value>& values = m_values[column];
    if (!values.empty() || texts.empty()) return;
    if (std::ranges::all_of(texts, looksLikeJson)) {
        for (const std::string& text : texts) {
            const auto parsed = parseJsonValue(text, m_arena);
            if (!parsed) break;
            values.push_back(*parsed);
        }
        if (values.size() == texts.size()) return;
        values.clear();
    }
    for (const std::string& text : texts) values.push_back(Value::ofText(text));
}

Binding bind(const Program& program, ColumnValues& values) {
    Binding binding;
    for (const ColumnUse& use : program.columns()) {
        binding.uses.push_back({values.table().column(use.name), use.side});
        values.use(binding.uses.back().column);
    }
    return binding;
}

}  // namespace fairlead::splink
