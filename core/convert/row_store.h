// Takes the rows made, each once: what is said again is merged, what contradicts itself is refused.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/convert/row_maker.h"
#include "core/record/rows.h"

namespace fairlead::convert {

/// The rows of a delivery while it is being converted.
class RowStore {
public:
    /// What became of a row.
    enum class Outcome : std::uint8_t { Made, Merged, DuplicatePerson, DuplicateKey, UnknownPerson };

    /// Adds a row of a table. Facts, rolls and the like need their person to be there already.
    Outcome add(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells);
    /// Adds a fact that a rule over several rows made.
    Outcome addFact(record::FactRow fact);

    /// True once a row of that person has been taken.
    [[nodiscard]] bool hasPerson(std::string_view personRef) const { return m_births.contains(std::string(personRef)); }
    /// What was taken so far.
    [[nodiscard]] record::ExtractRows& rows() { return m_rows; }

private:
    Outcome addPerson(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells,
                      const std::string& text);
    Outcome addKeyed(const std::string& key, const std::string& text);
    void append(const extract::TableDefinition& table, const std::vector<OwnedCell>& cells);

    record::ExtractRows m_rows;
    std::unordered_map<std::string, std::string> m_births;  ///< Person -> birth date, empty while none is known.
    std::unordered_set<std::string> m_spelled;              ///< Every row made, as text.
    std::unordered_map<std::string, std::string> m_keyed;   ///< fact_ref -> the fact as text.
};

}  // namespace fairlead::convert
