#include "core/link/block_keys.h"

#include <algorithm>

namespace fairlead::link {
namespace {

constexpr std::size_t kMostKeys = 64;

// Day and month in either order: a swapped date still meets the right one.
std::uint32_t unorderedDate(std::uint32_t digits) {
    const std::uint32_t month = digits / 100 % 100, day = digits % 100;
    return digits / 10000 * 10000 + std::min(month, day) * 100 + std::max(month, day);
}

std::uint32_t initialOf(std::string_view word) { return static_cast<unsigned char>(word[0]); }

}  // namespace

KeyMaker::KeyMaker(const Columns& columns, const BlockingRule& rule, std::uint16_t attribute)
    : m_columns(columns), m_rule(rule), m_attribute(attribute) {
    for (const KeyPart part : rule.parts) {
        m_single = m_single && part != KeyPart::Home && columnOf(part).isSingle() &&
                   (part != KeyPart::NamesUnordered || columns.surname.isSingle());
    }
    if (!m_single) return;
    for (const KeyPart part : rule.parts) addSingle(part);
}

const MultiColumn& KeyMaker::columnOf(KeyPart part) const {
    switch (part) {
        case KeyPart::Identifier: return m_columns.identifier;
        case KeyPart::ForenameExact:
        case KeyPart::ForenamePhonetic:
        case KeyPart::ForenameInitial:
        case KeyPart::NamesUnordered: return m_columns.forename;
        case KeyPart::SurnameExact:
        case KeyPart::SurnamePhonetic: return m_columns.surname;
        case KeyPart::BirthDate:
        case KeyPart::BirthYear:
        case KeyPart::BirthMonthDay:
        case KeyPart::BirthYearMonth: return m_columns.birthDate;
        case KeyPart::Postcode:
        case KeyPart::Home: return m_columns.address;
        case KeyPart::Text: break;
    }
    return m_columns.attributes[m_attribute];
}

std::size_t KeyMaker::dictionarySize(KeyPart part) const {
    const MultiColumn& column = columnOf(part);
    if (&column == &m_columns.forename) return m_columns.forenames.size();
    if (&column == &m_columns.surname) return m_columns.surnames.size();
    if (&column == &m_columns.birthDate) return m_columns.dates.size();
    if (&column == &m_columns.address) return m_columns.addresses.size();
    if (&column == &m_columns.identifier) return m_columns.identifiers.size();
    return m_columns.attributeTexts[m_attribute].size();
}

std::uint32_t KeyMaker::meaningOf(KeyPart part, std::uint32_t id) const {
    const Columns& columns = m_columns;
    switch (part) {
        case KeyPart::ForenameExact:
        case KeyPart::NamesUnordered: return columns.forenames[id].first;
        case KeyPart::ForenamePhonetic: return columns.wordSound[columns.forenames[id].first];
        case KeyPart::ForenameInitial: return initialOf(columns.words.text(columns.forenames[id].first));
        case KeyPart::SurnameExact: return columns.surnames[id].whole;
        case KeyPart::SurnamePhonetic: return columns.wordSound[columns.surnames[id].whole];
        case KeyPart::BirthDate: return unorderedDate(columns.dates[id]);
        case KeyPart::BirthYear: return columns.dates[id] / 10000;
        case KeyPart::BirthMonthDay: return columns.dates[id] % 10000;
        case KeyPart::BirthYearMonth: return columns.dates[id] / 100;
        case KeyPart::Postcode: return columns.addresses[id].postcode;
        case KeyPart::Home: return columns.addresses[id].home;
        case KeyPart::Identifier:
        case KeyPart::Text: break;
    }
    return id;
}

void KeyMaker::addSingle(KeyPart part) {
    Part single;
    single.ids = columnOf(part).singles();
    single.meaning.reserve(dictionarySize(part));
    for (std::uint32_t id = 0; id < dictionarySize(part); ++id) single.meaning.push_back(meaningOf(part, id));
    if (part == KeyPart::NamesUnordered) {
        single.otherIds = m_columns.surname.singles();
        for (const SurnameEntry& surname : m_columns.surnames) single.otherMeaning.push_back(surname.whole);
    }
    m_parts.push_back(std::move(single));
}

void KeyMaker::unorderedNames(std::uint32_t row, std::vector<std::uint64_t>& values) const {
    for (const std::uint32_t f : m_columns.forename.of(row)) {
        for (const std::uint32_t s : m_columns.surname.of(row)) {
            const std::uint64_t one = m_columns.forenames[f].first, other = m_columns.surnames[s].whole;
            values.push_back((std::min(one, other) << 32U) | std::max(one, other));
        }
    }
}

// A home has several names: one source knows the UPRN, another postcode and house, another street and house.
void KeyMaker::homes(std::uint32_t row, std::vector<std::uint64_t>& values) const {
    for (const std::uint32_t id : m_columns.address.of(row)) {
        const AddressEntry& entry = m_columns.addresses[id];
        if (entry.uprn != kNoValue) values.push_back(entry.uprn);
        if (entry.house == kNoValue) continue;
        if (entry.postcode != kNoValue) values.push_back(mixKey(entry.postcode, entry.house));
        if (entry.street != kNoValue) values.push_back(mixKey(entry.street, entry.house));
    }
}

void KeyMaker::valuesOf(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const {
    if (part == KeyPart::NamesUnordered) {
        unorderedNames(row, values);
    } else if (part == KeyPart::Home) {
        homes(row, values);
    } else {
        for (const std::uint32_t id : columnOf(part).of(row)) {
            const std::uint32_t value = meaningOf(part, id);
            if (value != kNoValue) values.push_back(value);
        }
    }
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

void KeyMaker::keysOf(std::uint32_t row, KeyScratch& scratch) const {
    auto& [keys, values, longer] = scratch;
    keys.assign(1, 0);
    for (const KeyPart part : m_rule.parts) {
        values.clear();
        valuesOf(part, row, values);
        longer.clear();
        for (const std::uint64_t key : keys) {
            for (const std::uint64_t value : values) {
                if (longer.size() < kMostKeys) longer.push_back(mixKey(key, value));
            }
        }
        keys.swap(longer);
        if (keys.empty()) return;
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::uint64_t KeyMaker::splitValue(std::uint32_t row, int round) const {
    if (round == 0) {
        const auto dates = m_columns.birthDate.of(row);
        return dates.empty() ? kNoValue : unorderedDate(m_columns.dates[dates.front()]);
    }
    const auto names = m_columns.forename.of(row);
    return names.empty() ? kNoValue : m_columns.forenames[names.front()].first;
}

}  // namespace fairlead::link
