#include "core/link/block_keys.h"

#include <algorithm>

namespace fairlead::link {
namespace {

constexpr std::size_t kMostKeys = 64;

// Day and month in either order: a swapped date still meets the right one.
std::uint64_t unorderedDate(std::uint32_t digits) {
    const std::uint32_t month = digits / 100 % 100, day = digits % 100;
    return digits / 10000 * 10000 + std::min(month, day) * 100 + std::max(month, day);
}

}  // namespace

std::uint64_t mixKey(std::uint64_t key, std::uint64_t value) {
    // splitmix64's finaliser (Steele, Lea and Flood 2014) over the running key.
    std::uint64_t x = key * 0x9e3779b97f4a7c15ULL + value + 0x632be59bd9b4e019ULL;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31U);
}

KeyMaker::KeyMaker(const Columns& columns, const BlockingRule& rule, std::uint16_t attribute)
    : m_columns(columns), m_rule(rule), m_attribute(attribute) {}

void KeyMaker::nameValues(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const {
    const bool isSurname = part == KeyPart::SurnameExact || part == KeyPart::SurnamePhonetic;
    const bool isSound = part == KeyPart::ForenamePhonetic || part == KeyPart::SurnamePhonetic;
    const MultiColumn& column = isSurname ? m_columns.surname : m_columns.forename;
    for (const std::uint32_t id : column.of(row)) {
        const std::uint32_t word = isSurname ? m_columns.surnames[id].whole : m_columns.forenames[id].first;
        if (part == KeyPart::ForenameInitial) {
            values.push_back(static_cast<unsigned char>(m_columns.words.text(word)[0]));
        } else if (!isSound) {
            values.push_back(word);
        } else if (m_columns.wordSound[word] != kNoValue) {
            values.push_back(m_columns.wordSound[word]);
        }
    }
}

void KeyMaker::unorderedNames(std::uint32_t row, std::vector<std::uint64_t>& values) const {
    for (const std::uint32_t f : m_columns.forename.of(row)) {
        for (const std::uint32_t s : m_columns.surname.of(row)) {
            const std::uint64_t one = m_columns.forenames[f].first, other = m_columns.surnames[s].whole;
            values.push_back((std::min(one, other) << 32U) | std::max(one, other));
        }
    }
}

void KeyMaker::dateValues(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const {
    for (const std::uint32_t id : m_columns.birthDate.of(row)) {
        const std::uint32_t digits = m_columns.dates[id];
        if (part == KeyPart::BirthDate) values.push_back(unorderedDate(digits));
        if (part == KeyPart::BirthYear) values.push_back(digits / 10000);
        if (part == KeyPart::BirthMonthDay) values.push_back(digits % 10000);
        if (part == KeyPart::BirthYearMonth) values.push_back(digits / 100);
    }
}

void KeyMaker::valuesOf(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const {
    switch (part) {
        case KeyPart::ForenameExact:
        case KeyPart::ForenamePhonetic:
        case KeyPart::ForenameInitial:
        case KeyPart::SurnameExact:
        case KeyPart::SurnamePhonetic: nameValues(part, row, values); break;
        case KeyPart::NamesUnordered: unorderedNames(row, values); break;
        case KeyPart::BirthDate:
        case KeyPart::BirthYear:
        case KeyPart::BirthMonthDay:
        case KeyPart::BirthYearMonth: dateValues(part, row, values); break;
        case KeyPart::Identifier:
            for (const std::uint32_t id : m_columns.identifier.of(row)) values.push_back(id);
            break;
        case KeyPart::Postcode:
        case KeyPart::Home:
            for (const std::uint32_t id : m_columns.address.of(row)) {
                const AddressEntry& entry = m_columns.addresses[id];
                const std::uint32_t value = part == KeyPart::Home ? entry.home : entry.postcode;
                if (value != kNoValue) values.push_back(value);
            }
            break;
        case KeyPart::Text:
            for (const std::uint32_t id : m_columns.attributes[m_attribute].of(row)) values.push_back(id);
            break;
    }
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

void KeyMaker::keysOf(std::uint32_t row, std::vector<std::uint64_t>& keys) const {
    keys.assign(1, 0);
    std::vector<std::uint64_t> values, longer;
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
