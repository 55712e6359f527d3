// Levels and blocking keys of core/link as SQL over the standardised columns of export.h.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/link/model.h"

namespace fairlead::splink {

/// A kind of identifier, the column of its values, and whether two different values contradict.
struct IdentifierColumn {
    std::string kind;
    std::string column;
    bool unique = false;
};

/// One condition of a comparison; without a level it is a NULL level.
struct LevelSql {
    std::string condition;
    std::optional<std::size_t> level;  ///< Position in link::Comparison::levels.
};

/// Writes conditions for one model.
class SqlWriter {
public:
    SqlWriter(const link::Model& model, std::vector<IdentifierColumn> identifiers);

    /// The conditions of a comparison, first to last. Empty when a level is not known here.
    [[nodiscard]] std::vector<LevelSql> levelsOf(const link::Comparison& comparison) const;
    /// A blocking rule as one rule or, for identifiers, one for each kind.
    [[nodiscard]] std::vector<std::string> rulesOf(const link::BlockingRule& rule) const;
    /// The column of the values that a level's frequencies are of.
    [[nodiscard]] static std::string valueColumnOf(const link::Comparison& comparison, std::size_t level);

private:
    [[nodiscard]] std::string condition(const link::Comparison& comparison, std::string_view level) const;
    [[nodiscard]] std::string forename(std::string_view level) const;
    [[nodiscard]] std::string surname(std::string_view level) const;
    [[nodiscard]] static std::string ownSurname(std::string_view level);
    [[nodiscard]] static std::string swappedSurnameIsSame();
    [[nodiscard]] std::string address(std::string_view level) const;
    [[nodiscard]] std::string identifier(std::string_view level) const;
    [[nodiscard]] std::string missing(const link::Comparison& comparison) const;
    [[nodiscard]] std::string crossed() const;
    [[nodiscard]] std::string swapped() const;
    [[nodiscard]] std::string fits(bool ofForename) const;

    std::vector<IdentifierColumn> m_identifiers;
    bool m_hasForename = false, m_hasSurname = false;
};

}  // namespace fairlead::splink
