// What is wrong in the files of a delivery: by rule, file, column and row number; never a value.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace fairlead::convert {

/// What a finding says. Whether a row was lost by it is in RowCount, not here.
enum class Rule : std::uint8_t {
    RaggedRow,       ///< More or fewer cells than the header.
    MissingValue,    ///< A value that the contract requires.
    BadDate,         ///< Not a date in any format of the mapping.
    ImpossibleDate,  ///< Before 1900, after 2100, or a birth after the period.
    EndBeforeStart,
    BadNumber,
    UnknownCode,
    TextNotAllowed,    ///< Too long, or a control character.
    InvalidUpn,        ///< Kept: linkage weighs it.
    InvalidNhsNumber,  ///< Kept.
    InvalidUprn,       ///< Dropped: zero, negative or not digits.
    InvalidPostcode,   ///< Kept.
    DuplicatePerson,   ///< One key, two birth dates.
    DuplicateKey,      ///< One key of a fact, two contents.
    UnknownPerson,     ///< A row about somebody whom the delivery does not contain.
    OverlappingEpisodes,
    EpisodeNotClosed,  ///< Another one follows: it was closed on that day.
    MoreMissedThanPossible,
    NumberedSchool,  ///< A school without a URN got a synthetic number.
    FileNotUsed,
};

/// "invalid_upn".
std::string_view name(Rule rule);
/// One plain sentence: what it is and what was done about it.
std::string_view sentence(Rule rule);

/// All occurrences of one rule in one column of one file.
struct Finding {
    Rule rule = Rule::RaggedRow;
    std::string file;
    std::string column;  ///< Empty when it concerns the whole row or file.
    std::size_t total = 0;
    std::vector<std::size_t> rows;  ///< Line numbers of the first ones.
};

/// What became of the rows of one file for one table: read = made + merged + rejected + leftOut.
struct RowCount {
    std::string file;
    std::string table;
    std::size_t read = 0;
    std::size_t made = 0;
    std::size_t merged = 0;    ///< Said again what another row had said, or joined to it.
    std::size_t rejected = 0;  ///< Lost; a finding says why.
    std::size_t leftOut = 0;   ///< Not wanted by the mapping.
};

/// Collects findings and counts.
class QualityReport {
public:
    static constexpr std::size_t kDefaultRowsListed = 20;
    explicit QualityReport(std::size_t rowsListed = kDefaultRowsListed) : m_rowsListed(rowsListed) {}

    /// `row` is the line of the file, 0 when it concerns the whole file.
    void add(Rule rule, const std::string& file, const std::string& column, std::size_t row);
    /// The counter of a file and table; made when it is not there yet.
    RowCount& count(const std::string& file, const std::string& table);

    /// By rule, file and column.
    [[nodiscard]] std::vector<Finding> findings() const;
    /// In the order of conversion.
    [[nodiscard]] const std::vector<RowCount>& counts() const { return m_counts; }
    /// How often a rule was met, in all files.
    [[nodiscard]] std::size_t total(Rule rule) const;

private:
    std::size_t m_rowsListed;
    std::map<std::tuple<Rule, std::string, std::string>, Finding> m_findings;
    std::vector<RowCount> m_counts;
};

/// For people: one paragraph a finding, then the counts.
std::string text(const QualityReport& report);
/// For programs: {"findings":[{"column","file","rows","rule","sentence","total"}],"counts":[...]}.
std::string json(const QualityReport& report);

}  // namespace fairlead::convert
