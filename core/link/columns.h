// Dictionary-encoded columns: a record is a row of 32-bit value ids, several for a column with several values.

#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::link {

/// No value.
inline constexpr std::uint32_t kNoValue = 0xffffffffU;

/// Texts numbered from 0 in order of first appearance.
class Dictionary {
public:
    /// The number of a text, new when it was not there.
    std::uint32_t add(std::string_view text);
    /// The number of a text, kNoValue when it is not there.
    [[nodiscard]] std::uint32_t find(std::string_view text) const;
    [[nodiscard]] const std::string& text(std::uint32_t id) const { return m_texts[id]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_texts.size()); }

private:
    void grow();
    [[nodiscard]] std::size_t slotOf(std::string_view text, std::uint64_t hash) const;

    std::deque<std::string> m_texts;
    std::vector<std::uint64_t> m_hashes;
    std::vector<std::uint32_t> m_slots;  // open addressing, a power of two, kNoValue = free
};

/// Values per record: row r is values[offsets[r]] up to values[offsets[r + 1]].
struct MultiColumn {
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint32_t> values;

    /// The values of a row.
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const {
        return {values.data() + offsets[row], offsets[row + 1] - offsets[row]};
    }
    /// Appends a value to the row being built, unless the row has it.
    void push(std::uint32_t value);
    /// Ends the row being built.
    void endRow() { offsets.push_back(static_cast<std::uint32_t>(values.size())); }
    [[nodiscard]] std::uint32_t rows() const { return static_cast<std::uint32_t>(offsets.size() - 1); }
};

/// The letters of a text, for an upper bound of its likeness to another without looking at the texts.
struct TextShape {
    std::uint64_t letters = 0;  ///< Two bits a letter (once, twice or more), one a digit.
    std::uint16_t length = 0;   ///< Characters, at most 65535.
    std::uint16_t rest = 0;     ///< Characters that `letters` does not show.
};
/// The shape of a canonical text.
TextShape shapeOf(std::string_view text);

/// What is known of a forename text of the dictionary.
struct ForenameEntry {
    std::uint32_t first = kNoValue;    ///< First forename, in Columns::words.
    std::vector<std::uint32_t> parts;  ///< All forenames, in Columns::words.
    std::string compact;               ///< Without blanks.
    TextShape firstShape, compactShape;
    std::vector<std::uint32_t> groups;  ///< Name-variant groups of the first forename.
};

/// What is known of a surname text.
struct SurnameEntry {
    std::uint32_t whole = kNoValue;     ///< Compact form, in Columns::words.
    std::uint32_t first = kNoValue;     ///< First word, in Columns::words.
    std::vector<std::uint32_t> groups;  ///< Name-variant groups of the first word, for names in the wrong field.
    std::vector<std::uint32_t> parts;   ///< Parts of a double surname, in Columns::words.
    std::string compact;
    TextShape shape;
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

    Dictionary words;  ///< First forenames, name parts, whole surnames: one space, for swapped names.
    std::vector<std::uint32_t> wordSound;  ///< Per word: its sound, numbered; kNoValue for none.
    Dictionary sounds;

    Dictionary forenameTexts;
    std::vector<ForenameEntry> forenames;
    MultiColumn forename;

    Dictionary surnameTexts;
    std::vector<SurnameEntry> surnames;
    MultiColumn surname;

    Dictionary dateTexts;
    std::vector<std::uint32_t> dates;  ///< Per date id: YYYYMMDD.
    MultiColumn birthDate;

    MultiColumn sex;  ///< 0 = F, 1 = M

    Dictionary addressTexts, addressParts, homes;
    std::vector<AddressEntry> addresses;
    MultiColumn address;

    Dictionary identifierKinds, identifierTexts;  ///< identifierTexts: kind, unit separator, value.
    std::vector<IdentifierEntry> identifiers;
    MultiColumn identifier;

    std::vector<Dictionary> attributeTexts;               ///< One per attribute column.
    std::vector<std::vector<TextShape>> attributeShapes;  ///< Per column and text.
    std::vector<MultiColumn> attributes;
};

}  // namespace fairlead::link
