#include "core/link/row_sketch.h"

#include <algorithm>

namespace fairlead::link {
namespace {

std::uint16_t prefixOf(std::string_view word) {
    const auto at = [&](std::size_t i) {
        return i < word.size() ? static_cast<unsigned>(static_cast<unsigned char>(word[i])) : 0U;
    };
    return static_cast<std::uint16_t>(at(0) | (at(1) << 8U));
}

std::uint16_t lowBits(std::uint32_t id) { return static_cast<std::uint16_t>(id & 0xffffU); }

NameSketch sketchOf(std::string_view text, const TextShape& shape) {
    NameSketch sketch;
    sketch.letters = shape.letters;
    sketch.prefix = prefixOf(text);
    if (shape.length < NameSketch::kAnything) {
        sketch.length = static_cast<std::uint8_t>(shape.length);
        sketch.rest = static_cast<std::uint8_t>(shape.rest);
    }
    return sketch;
}

// `isPlain`: the word is all there is to compare.
NameSketch sketchOf(const Columns& columns, std::uint32_t word, std::uint32_t first, bool isPlain) {
    NameSketch sketch = sketchOf(columns.words.text(word), columns.wordShapes[word]);
    if (columns.wordGroups[first].count > 0) sketch.letters |= NameSketch::kGrouped;
    sketch.sound = lowBits(columns.wordSound[word]);
    sketch.word = lowBits(word);
    if (!isPlain) sketch.length = NameSketch::kAnything;
    return sketch;
}

// Only of addresses of nothing but a postcode: of others it does not decide alone.
std::uint64_t postcodeOf(const Columns& columns, const AddressEntry& entry) {
    const bool isSimple = entry.postcode != kNoValue && entry.uprn == kNoValue && entry.house == kNoValue &&
                          entry.street == kNoValue && entry.home == kNoValue;
    if (!isSimple) return 0;
    // The first character only says what it is part of.
    const auto textOf = [&](std::uint32_t part) {
        return part == kNoValue ? std::string_view() : columns.addressParts.text(part).substr(1);
    };
    const std::string_view unit = textOf(entry.postcode), sector = textOf(entry.sector),
                           district = textOf(entry.district);
    const std::uint64_t packed = packedPostcode(unit);
    if (packed == 0 || (sector.empty() && district.empty())) return packed;
    const bool isFull = sector.size() + 2 == unit.size() && district.size() + 4 == unit.size() &&
                        unit.starts_with(sector) && unit.starts_with(district);
    return isFull ? packed | kFullPostcode : 0;
}

// Reads what a row has of each place.
class RowReader {
public:
    explicit RowReader(RowSketch& row) : m_row(row) {}
    // Its one value, kNoValue, or kSeveral.
    std::uint32_t valueOf(SketchPlace place, std::span<const std::uint32_t> values) {
        if (values.empty()) return kNoValue;
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(place));
        m_row.flags = static_cast<std::uint8_t>(m_row.flags & ~bit);
        if (values.size() == 1) return values.front();
        m_row.several |= bit;
        return RowSketch::kSeveral;
    }

private:
    RowSketch& m_row;
};

}  // namespace

LetterBounds::LetterBounds(Containment containment) {
    constexpr std::array<int, 3> kPrefixes = {0, 1, 4};  // both characters the same: it may be longer
    const bool atStart = containment == Containment::AtStart;
    const unsigned shortestContained = atStart ? 3 : 4;
    std::size_t at = 0;
    for (const int prefix : kPrefixes) {
        for (unsigned a = 0; a < kLengths; ++a) {
            for (unsigned b = 0; b < kLengths; ++b) {
                std::uint8_t& needed = m_needed[at++];
                if (a == NameSketch::kAnything || b == NameSketch::kAnything) continue;
                const unsigned shorter = std::min(a, b);
                const auto isEnough = [&](unsigned common) {
                    const TextShape x{0, static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(common)};
                    const TextShape y{0, static_cast<std::uint16_t>(b), static_cast<std::uint16_t>(common)};
                    return canBeAlike(x, y, prefix);
                };
                // One that has the other in it has all its letters.
                const bool mayContain = (prefix > 1 || !atStart) && shorter >= shortestContained;
                while (needed < shorter + (mayContain ? 0 : 1) && !isEnough(needed)) ++needed;
            }
        }
    }
}

std::uint64_t packedPostcode(std::string_view postcode) {
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80U; };
    if (postcode.size() > 8 || !std::ranges::all_of(postcode, isAscii)) return 0;
    std::uint64_t packed = 0;
    for (const char c : postcode) packed = (packed << 8U) | static_cast<unsigned char>(c);
    return packed;
}

Sketches::Sketches(const Columns& columns) {
    forenames.reserve(columns.forenames.size());
    for (const ForenameEntry& entry : columns.forenames) {
        const bool isPlain = entry.parts.count == 1 && columns.wordShapes[entry.first].length > 1;
        forenames.push_back(sketchOf(columns, entry.first, entry.first, isPlain));
    }
    surnames.reserve(columns.surnames.size());
    for (const SurnameEntry& entry : columns.surnames)
        surnames.push_back(sketchOf(columns, entry.whole, entry.first, entry.parts.count <= 1));
    dates.reserve(columns.dates.size());
    for (const std::uint32_t date : columns.dates) dates.push_back(dateDigits(date));
    postcodes.reserve(columns.addresses.size());
    for (const AddressEntry& entry : columns.addresses) postcodes.push_back(postcodeOf(columns, entry));

    for (std::size_t column = 0; column < columns.attributes.size(); ++column) {
        std::vector<NameSketch>& of = texts.emplace_back();
        of.reserve(columns.attributeTexts[column].size());
        for (std::uint32_t id = 0; id < columns.attributeTexts[column].size(); ++id) {
            of.push_back(sketchOf(columns.attributeTexts[column].text(id), columns.attributeShapes[column][id]));
            of.back().sound = lowBits(id);
        }
    }
    rows.resize(columns.rows);
    for (std::uint32_t row = 0; row < columns.rows; ++row) rows[row] = rowOf(columns, row);
}

RowSketch Sketches::rowOf(const Columns& columns, std::uint32_t row) const {
    RowSketch sketch;
    RowReader reader(sketch);
    sketch.forenameId = reader.valueOf(SketchPlace::Forename, columns.forename.of(row));
    if (sketch.forenameId < RowSketch::kSeveral) {
        sketch.forename = forenames[sketch.forenameId];
        if (columns.forenames[sketch.forenameId].parts.count > 1) sketch.flags |= RowSketch::kFurther;
    }
    sketch.surnameId = reader.valueOf(SketchPlace::Surname, columns.surname.of(row));
    if (sketch.surnameId < RowSketch::kSeveral) {
        sketch.surname = surnames[sketch.surnameId];
        sketch.surnameFirst = lowBits(columns.surnames[sketch.surnameId].first);
    }
    const std::uint32_t date = reader.valueOf(SketchPlace::BirthDate, columns.birthDate.of(row));
    if (date < RowSketch::kSeveral) sketch.date = dates[date];
    if (reader.valueOf(SketchPlace::Sex, columns.sex.of(row)) == 1) sketch.flags |= RowSketch::kMale;
    sketch.addressId = reader.valueOf(SketchPlace::Address, columns.address.of(row));
    if (sketch.addressId < RowSketch::kSeveral) sketch.postcode = postcodes[sketch.addressId];
    return sketch;
}

}  // namespace fairlead::link
