// Dictionary-encoded columns: a record is a row of 32-bit value ids, several for a column with several values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::link {

/// No value.
inline constexpr std::uint32_t kNoValue = 0xffffffffU;

/// Texts numbered from 0 in order of first appearance, at most 4 GiB together.
class Dictionary {
public:
    /// The number of a text, new when it was not there.
    std::uint32_t add(std::string_view text);
    /// The number of a text, kNoValue when it is not there.
    [[nodiscard]] std::uint32_t find(std::string_view text) const;
    /// A text; the view holds until the next add().
    [[nodiscard]] std::string_view text(std::uint32_t id) const {
        return {m_bytes.data() + m_begins[id], m_begins[id + 1] - m_begins[id]};
    }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_begins.size() - 1); }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t id = kNoValue;  // kNoValue = free
    };
    void grow();
    [[nodiscard]] std::size_t slotOf(std::string_view text, std::uint32_t hash) const;

    std::vector<char> m_bytes;
    std::vector<std::uint32_t> m_begins{0};  // one more than there are texts
    std::vector<Slot> m_slots;               // open addressing, a power of two
};

/// The values of each row: none, one or several. One number a row is stored as long as no row has several.
class MultiColumn {
public:
    /// The values of a row.
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const {
        if (isSingle()) return {m_values.data() + row, m_values[row] == kNoValue ? 0U : 1U};
        return {m_values.data() + m_offsets[row], m_offsets[row + 1] - m_offsets[row]};
    }
    /// True while no row has two values.
    [[nodiscard]] bool isSingle() const { return m_offsets.empty(); }
    /// Per row its value or kNoValue. REQUIRES: isSingle().
    [[nodiscard]] std::span<const std::uint32_t> singles() const { return m_values; }
    /// At least as many as there are values, for reserving.
    [[nodiscard]] std::size_t valuesAtMost() const { return m_values.size(); }
    [[nodiscard]] std::uint32_t rows() const { return m_rows; }
    /// Makes room for so many rows of one value.
    void reserve(std::size_t rows) { m_values.reserve(rows); }

    /// Appends a value to the row being built, unless the row has it. kNoValue is no value.
    void push(std::uint32_t value);
    /// Ends the row being built.
    void endRow();
    /// A column of single values, per row its value or kNoValue.
    static MultiColumn ofSingles(std::vector<std::uint32_t> values);
    /// Puts `map(value)` in the place of every value; kNoValue takes the value away.
    template <typename Map>
    void replaceEach(Map map) {
        if (isSingle()) {
            for (std::uint32_t& value : m_values) value = value == kNoValue ? kNoValue : map(value);
            return;
        }
        MultiColumn mapped;
        for (std::uint32_t row = 0; row < m_rows; ++row) {
            for (const std::uint32_t value : of(row)) mapped.push(map(value));
            mapped.endRow();
        }
        *this = std::move(mapped);
    }

private:
    void widen();

    std::vector<std::uint32_t> m_values;
    std::vector<std::uint32_t> m_offsets;  // empty: m_values has one for each row
    std::uint32_t m_rows = 0;              // rows ended
};

/// The letters of a text, for an upper bound of its likeness to another without looking at the texts.
struct TextShape {
    std::uint64_t letters = 0;  ///< Two bits a letter (once, twice or more), one a digit.
    std::uint16_t length = 0;   ///< Characters, at most 65535.
    std::uint16_t rest = 0;     ///< Characters that `letters` does not show.
};
/// The shape of a canonical text.
TextShape shapeOf(std::string_view text);

/// Some numbers of Columns::lists.
struct ListRange {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
};

/// What is known of a forename text of the dictionary. Words are numbers in Columns::words.
struct ForenameEntry {
    std::uint32_t first = kNoValue;  ///< First forename.
    std::uint32_t whole = kNoValue;  ///< All forenames without blanks.
    ListRange parts;                 ///< All forenames.
};

/// What is known of a surname text. Words are numbers in Columns::words.
struct SurnameEntry {
    std::uint32_t whole = kNoValue;  ///< Without blanks.
    std::uint32_t first = kNoValue;  ///< First word.
    ListRange parts;                 ///< Parts of a double surname.
};

/// What is known of an address.
struct AddressEntry {
    std::uint32_t uprn = kNoValue;
    std::uint32_t postcode = kNoValue;
    std::uint32_t sector = kNoValue;
    std::uint32_t district = kNoValue;
    std::uint32_t flat = kNoValue;
    std::uint32_t house = kNoValue;
    std::uint32_t street = kNoValue;
    std::uint32_t home = kNoValue;  ///< UPRN, else postcode and house (and flat), in Columns::homes.
};

/// The kind of an identifier value.
struct IdentifierEntry {
    std::uint32_t kind = 0;  ///< In Columns::identifierKinds.
    bool unique = false;     ///< Two different values contradict.
};

/// All columns of one input, in the order of record ids.
struct Columns {
    std::uint32_t rows = 0;
    std::vector<std::uint16_t> datasets;

    Dictionary words;                      ///< First forenames, name parts, whole names: one space, for swapped names.
    std::vector<std::uint32_t> wordSound;  ///< Per word: its sound, numbered; kNoValue for none.
    std::vector<TextShape> wordShapes;     ///< Per word.
    std::vector<ListRange> wordGroups;     ///< Per word: the name-variant groups it belongs to, ascending.
    Dictionary sounds;
    std::vector<std::uint32_t> lists;

    Dictionary forenameTexts;
    std::vector<ForenameEntry> forenames;
    MultiColumn forename;

    Dictionary surnameTexts;
    std::vector<SurnameEntry> surnames;
    MultiColumn surname;

    std::vector<std::uint32_t> dates;  ///< Per date id: YYYYMMDD.
    MultiColumn birthDate;

    MultiColumn sex;  ///< 0 = F, 1 = M

    Dictionary addressParts, homes;
    std::vector<AddressEntry> addresses;
    MultiColumn address;

    Dictionary identifierKinds, identifierTexts;  ///< identifierTexts: kind, unit separator, value.
    std::vector<IdentifierEntry> identifiers;
    MultiColumn identifier;

    std::vector<Dictionary> attributeTexts;               ///< One per attribute column.
    std::vector<std::vector<TextShape>> attributeShapes;  ///< Per column and text.
    std::vector<MultiColumn> attributes;

    /// The numbers of a range.
    [[nodiscard]] std::span<const std::uint32_t> list(ListRange range) const {
        return {lists.data() + range.begin, range.count};
    }
};

}  // namespace fairlead::link
