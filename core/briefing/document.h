// Document: what a briefing says, as blocks in reading order; it draws nothing and knows no page.
// Every text is plain text: nothing in it is ever read as markup. Thread-safety: plain values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fairlead::briefing {

/// A paragraph; `isNote` is set smaller.
struct Paragraph {
    std::string text;
    bool isNote = false;
};

/// A list of short sentences.
struct Bullets {
    std::vector<std::string> items;
};

/// How a column is set.
enum class Align : std::uint8_t { Left, Right };

/// A column of a table. `share` is its part of the width; the shares of a table are added up.
struct Column {
    std::string title;
    double share = 1;
    Align align = Align::Left;
};

/// A table with one header row, repeated on every page it runs over. The first cell of a row is its header.
struct Table {
    std::string caption;  ///< What the table holds, for a reader who cannot see it.
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> totals;  ///< Positions of rows that sum up others: set in bold.
    std::string whenEmpty;            ///< The sentence in place of an empty table: a nil return is said, not left out.
};

/// A point of a line chart; a value that is not there is drawn as its sign on the axis.
struct ChartPoint {
    std::string label;
    std::optional<double> value;
    bool isIncomplete = false;
};

/// A line chart with direct labels, and the same in words.
struct Chart {
    std::string title;
    std::string words;  ///< The alternative text, also printed under the chart.
    std::vector<ChartPoint> points;
};

using Block = std::variant<Paragraph, Bullets, Table, Chart>;

/// A numbered part of the document; a challenge quotes "3, line 2".
struct Section {
    std::string title;
    std::vector<Block> blocks;
};

/// A whole document. It is always a DRAFT: there is no field that says otherwise.
struct Document {
    std::string marking;    ///< Top and bottom of every page, in capitals where policy says so.
    std::string draftLine;  ///< "DRAFT, not for decision-making", in every page's header.
    std::string title;      ///< "School safeguarding briefing".
    std::vector<std::string> subtitle;
    std::string reference;   ///< In every page's footer.
    std::string auditLine;   ///< In every page's footer: size and root of the audit log.
    std::string createdIso;  ///< Date for the file's own properties: YYYY-MM-DD.
    std::vector<Section> sections;
};

}  // namespace fairlead::briefing
