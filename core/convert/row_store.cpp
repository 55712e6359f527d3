#include "core/convert/row_store.h"

#include <fmt/format.h>

#include "core/base/check.h"

namespace fairlead::convert {

namespace {

std::string spelled(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells) {
    std::string text(table.name);
    for (const auto& cell : cells) {
        text += '\t';
        if (cell.storage == extract::Cell::Storage::Integer) text += std::to_string(cell.integer);
        text += cell.text;
    }
    return text;
}

}  // namespace

void RowStore::append(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells) {
    std::vector<extract::Cell> views;
    views.reserve(cells.size());
    for (const auto& cell : cells) views.push_back(cell.view());
    extract::appendRow(m_rows, table, views);
}

RowStore::Outcome RowStore::addPerson(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells,
                                      const std::string& text) {
    const auto& ref = cells[table.column("person_ref")].text;
    const auto& birth = cells[table.column("birth_date")].text;
    auto& known = m_births[ref];
    if (!known.empty() && !birth.empty() && known != birth) return Outcome::DuplicatePerson;
    if (known.empty()) known = birth;
    return m_spelled.insert(text).second ? Outcome::Made : Outcome::Merged;
}

RowStore::Outcome RowStore::addKeyed(const std::string& key, const std::string& text) {
    const auto [entry, isNew] = m_keyed.emplace(key, text);
    if (isNew) return Outcome::Made;
    return entry->second == text ? Outcome::Merged : Outcome::DuplicateKey;
}

RowStore::Outcome RowStore::add(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells) {
    const auto text = spelled(table, cells);
    auto outcome = Outcome::Made;
    if (table.name == "person") {
        outcome = addPerson(table, cells, text);
    } else if (table.name != "school" && !hasPerson(cells[table.column("person_ref")].text)) {
        return Outcome::UnknownPerson;
    } else if (table.name == "fact") {
        outcome = addKeyed(cells[table.column("fact_ref")].text, text);
    } else if (!m_spelled.insert(text).second) {
        outcome = Outcome::Merged;
    }
    if (outcome == Outcome::Made) append(table, cells);
    return outcome;
}

RowStore::Outcome RowStore::addFact(record::FactRow fact) {
    FAIRLEAD_CHECK(fact.from.has_value());
    if (!hasPerson(fact.personRef)) return Outcome::UnknownPerson;
    const auto text = fmt::format("{}|{}|{}|{}|{}|{}", fact.personRef, record::entry(fact.kind).id, fact.from->iso(),
                                  fact.until.value_or(Date::never()).iso(), fact.code, fact.value.value_or(-1));
    const auto outcome = addKeyed(fact.factRef, text);
    if (outcome == Outcome::Made) m_rows.facts.push_back(std::move(fact));
    return outcome;
}

}  // namespace fairlead::convert
