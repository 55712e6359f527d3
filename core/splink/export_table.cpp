#include "core/splink/export_table.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include <fmt/format.h>

namespace fairlead::splink {
namespace {

using link::kNoValue;

/// The cells of one row, in the order in which they are written; texts are kept until the row is added.
class RowWriter {
public:
    void add(std::string text) { m_texts.push_back(std::move(text)); }
    void add(const link::Dictionary& texts, std::uint32_t value) {
        add(value == kNoValue ? std::string() : std::string(texts.text(value)));
    }
    std::vector<std::string_view> take(std::vector<std::string>& owner) {
        owner = std::exchange(m_texts, {});
        return {owner.begin(), owner.end()};
    }

private:
    std::vector<std::string> m_texts;
};

std::string joinedWords(const link::Columns& columns, link::ListRange range, std::size_t shortest) {
    std::string out;
    for (const std::uint32_t word : columns.list(range)) {
        const std::string_view text = columns.words.text(word);
        if (text.size() >= shortest) out.append(out.empty() ? "" : " ").append(text);
    }
    return out;
}

std::string groupsOf(const link::Columns& columns, std::uint32_t word) {
    return fmt::format("{}", fmt::join(columns.list(columns.wordGroups[word]), " "));
}

void addSound(const link::Columns& columns, std::uint32_t word, RowWriter& row) {
    row.add(columns.sounds, columns.wordSound[word]);
}

// Further forenames with their groups: "ANN:12+40 J:".
std::string furtherOf(const link::Columns& columns, const link::ForenameEntry& entry) {
    std::string out;
    const auto words = columns.list(entry.parts);
    for (std::size_t i = 1; i < words.size(); ++i) {
        out += fmt::format("{}{}:{}", out.empty() ? "" : " ", columns.words.text(words[i]),
                           fmt::join(columns.list(columns.wordGroups[words[i]]), "+"));
    }
    return out;
}

// Per word its place among all words by how many records have it as a forename, the commonest first; core/link decides
// by it which of two swapped names counts.
std::vector<std::uint32_t> forenameRanks(const link::Columns& columns) {
    std::vector<std::uint32_t> bearers(columns.words.size(), 0), order(columns.words.size()), ranks(order.size());
    for (std::uint32_t record = 0; record < columns.rows; ++record) {
        for (const std::uint32_t id : columns.forename.of(record)) ++bearers[columns.forenames[id].first];
    }
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return bearers[a] != bearers[b] ? bearers[a] > bearers[b] : a < b;
    });
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
    return ranks;
}

void addForename(const link::Columns& columns, const std::vector<std::uint32_t>& ranks, std::uint32_t record,
                 RowWriter& row) {
    const auto values = columns.forename.of(record);
    if (values.empty()) {
        for (int i = 0; i < 8; ++i) row.add("");
        return;
    }
    const link::ForenameEntry& entry = columns.forenames[values.front()];
    row.add(columns.forenameTexts, values.front());
    row.add(columns.words, entry.first);
    row.add(columns.words, entry.whole);
    row.add(joinedWords(columns, entry.parts, 2));  // initials are not forenames in common
    row.add(furtherOf(columns, entry));
    addSound(columns, entry.first, row);
    row.add(groupsOf(columns, entry.first));
    row.add(fmt::format("{}", ranks[entry.first]));
}

void addSurname(const link::Columns& columns, std::uint32_t record, RowWriter& row) {
    const auto values = columns.surname.of(record);
    if (values.empty()) {
        for (int i = 0; i < 5; ++i) row.add("");
        return;
    }
    const link::SurnameEntry& entry = columns.surnames[values.front()];
    row.add(columns.words, entry.whole);
    row.add(columns.words, entry.first);
    row.add(joinedWords(columns, entry.parts, 1));
    addSound(columns, entry.whole, row);
    row.add(groupsOf(columns, entry.first));
}

// The names in the order of their spelling, so that swapped names are one key.
void addNamesUnordered(const link::Columns& columns, std::uint32_t record, RowWriter& row) {
    const auto forenames = columns.forename.of(record);
    const auto surnames = columns.surname.of(record);
    if (forenames.empty() || surnames.empty()) return row.add("");
    const std::string_view one = columns.words.text(columns.forenames[forenames.front()].first);
    const std::string_view other = columns.words.text(columns.surnames[surnames.front()].whole);
    row.add(fmt::format("{}|{}", std::min(one, other), std::max(one, other)));
}

void addBirthDate(const link::Columns& columns, std::uint32_t record, RowWriter& row) {
    const auto values = columns.birthDate.of(record);
    if (values.empty()) {
        row.add("");
        row.add("");
        return;
    }
    const std::uint32_t digits = columns.dates[values.front()];
    const std::uint32_t month = digits / 100 % 100, day = digits % 100;
    row.add(dateText(digits));
    row.add(dateText(digits / 10000 * 10000 + std::min(month, day) * 100 + std::max(month, day)));
}

void addAddress(const link::Columns& columns, std::uint32_t record, RowWriter& row) {
    const auto values = columns.address.of(record);
    const link::AddressEntry entry = values.empty() ? link::AddressEntry{} : columns.addresses[values.front()];
    for (const std::uint32_t part :
         {entry.uprn, entry.postcode, entry.sector, entry.district, entry.flat, entry.house, entry.street})
        row.add(columns.addressParts, part);
    row.add(columns.homes, entry.home);
}

void addIdentifiers(const link::Columns& columns, std::uint32_t record, std::size_t kinds, RowWriter& row) {
    std::vector<std::string> values(kinds);
    for (const std::uint32_t id : columns.identifier.of(record)) {
        std::string& place = values[columns.identifiers[id].kind];
        const std::string_view text = columns.identifierTexts.text(id);  // kind, unit separator, value
        if (place.empty()) place = text.substr(text.find('\x1f') + 1);
    }
    for (std::string& value : values) row.add(std::move(value));
}

bool hasSeveral(const link::Columns& columns, std::uint32_t record) {
    for (const link::MultiColumn* column :
         {&columns.forename, &columns.surname, &columns.birthDate, &columns.sex, &columns.address}) {
        if (column->of(record).size() > 1) return true;
    }
    std::vector<std::uint32_t> kinds;
    for (const std::uint32_t id : columns.identifier.of(record)) kinds.push_back(columns.identifiers[id].kind);
    std::ranges::sort(kinds);
    if (std::ranges::adjacent_find(kinds) != kinds.end()) return true;
    return std::ranges::any_of(columns.attributes, [&](const auto& column) { return column.of(record).size() > 1; });
}

std::vector<std::string> columnNames(const link::EncodedInput& input,
                                     const std::vector<IdentifierColumn>& identifiers) {
    std::vector<std::string> names = {"forename",
                                      "forename_first",
                                      "forename_whole",
                                      "forename_words",
                                      "forename_further",
                                      "forename_sound",
                                      "forename_groups",
                                      "forename_rank",
                                      "surname_whole",
                                      "surname_first",
                                      "surname_parts",
                                      "surname_sound",
                                      "surname_groups",
                                      "names_unordered",
                                      "birth_date",
                                      "birth_date_unordered",
                                      "sex",
                                      "uprn",
                                      "postcode",
                                      "sector",
                                      "district",
                                      "flat",
                                      "house",
                                      "street",
                                      "home"};
    for (const IdentifierColumn& identifier : identifiers) names.push_back(identifier.column);
    for (const std::string& attribute : input.setup.attributeColumns) names.push_back(attributeColumn(attribute));
    return names;
}

// Splink puts quotes around names and does not look for quotes in them.
std::string plainName(std::string_view name) {
    std::string plain(name);
    for (char& c : plain) {
        const bool isAscii = static_cast<unsigned char>(c) < 0x80;
        if (isAscii && std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return plain;
}

}  // namespace

std::string attributeColumn(std::string_view name) { return fmt::format("text_{}", plainName(name)); }
std::string identifierColumn(std::string_view kind) { return fmt::format("identifier_{}", plainName(kind)); }

std::string dateText(std::uint32_t digits) { return fmt::format("{:08}", digits); }

Table standardisedTable(const link::EncodedInput& input, std::span<const std::string> ids,
                        const std::vector<IdentifierColumn>& identifiers, std::uint32_t& severalValues) {
    const link::Columns& columns = input.columns;
    TableBuilder builder(columnNames(input, identifiers));
    severalValues = 0;
    const std::vector<std::uint32_t> ranks = forenameRanks(columns);
    std::vector<std::string> texts;
    for (std::size_t dataset = 0; dataset < input.setup.datasets.size(); ++dataset) {
        builder.beginDataset(input.setup.datasets[dataset].name);
        for (std::uint32_t record = 0; record < columns.rows; ++record) {
            if (columns.datasets[record] != dataset) continue;
            severalValues += hasSeveral(columns, record) ? 1U : 0U;
            RowWriter row;
            addForename(columns, ranks, record, row);
            addSurname(columns, record, row);
            addNamesUnordered(columns, record, row);
            addBirthDate(columns, record, row);
            const auto sexes = columns.sex.of(record);
            row.add(sexes.empty() ? "" : (sexes.front() == 0 ? "F" : "M"));
            addAddress(columns, record, row);
            addIdentifiers(columns, record, identifiers.size(), row);
            for (std::size_t a = 0; a < columns.attributes.size(); ++a) {
                const auto values = columns.attributes[a].of(record);
                row.add(columns.attributeTexts[a], values.empty() ? kNoValue : values.front());
            }
            builder.addRow(ids[record], row.take(texts));
        }
    }
    return builder.take();
}

}  // namespace fairlead::splink
