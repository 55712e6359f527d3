#include "core/link/encode.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/standardise.h"
#include "core/record/identifiers.h"

namespace fairlead::link {
namespace {

constexpr char kSeparator = '\x1f';

// Raw texts repeat far more often than they are new: cleaning is done once for each.
class RawTexts {
public:
    template <typename Clean>
    std::uint32_t idOf(std::string_view raw, Clean clean) {
        const std::uint32_t at = m_raw.add(raw);
        if (at == m_ids.size()) m_ids.push_back(clean());
        return m_ids[at];
    }

private:
    Dictionary m_raw;
    std::vector<std::uint32_t> m_ids;
};

std::string compactOf(std::string_view words) {
    std::string compact;
    for (const char c : words) {
        if (c != ' ') compact += c;
    }
    return compact;
}

class Encoder {
public:
    Encoder(const LinkInput& input, const NameVariants& variants) : m_input(input), m_variants(variants) {
        m_out.setup = input;
        m_out.columns.attributeTexts.resize(input.attributeColumns.size());
        m_out.columns.attributes.resize(input.attributeColumns.size());
        m_out.columns.attributeShapes.resize(input.attributeColumns.size());
        m_rawAttributes.resize(input.attributeColumns.size());
    }

    Status run(TaskContext& task) {
        FAIRLEAD_OK(sortRecords());
        task.begin(Phase::Preparing, m_input.records.size());
        constexpr std::uint32_t kStep = 1024;
        for (std::uint32_t row = 0; row < m_out.order.size(); ++row) {
            if (row % kStep == 0) {
                if (task.cancelled()) return fail(ErrorCode::Cancelled);
                task.advance(kStep);
            }
            FAIRLEAD_OK(encodeRecord(m_input.records[m_out.order[row]]));
        }
        m_out.columns.rows = static_cast<std::uint32_t>(m_out.order.size());
        addSounds();
        for (const auto& [what, count] : m_counts) m_out.quality.push_back({what.first, what.second, count});
        return {};
    }

    EncodedInput take() { return std::move(m_out); }

private:
    Status sortRecords() {
        const auto& records = m_input.records;
        m_out.order.resize(records.size());
        std::iota(m_out.order.begin(), m_out.order.end(), 0U);
        std::ranges::sort(m_out.order, {}, [&](std::uint32_t i) { return records[i].id.value; });
        const auto same =
            std::ranges::adjacent_find(m_out.order, {}, [&](std::uint32_t i) { return records[i].id.value; });
        if (same != m_out.order.end()) {
            return fail(ErrorCode::InvalidArgument, "records",
                        fmt::format("id {} is there twice", records[*same].id.value));
        }
        return {};
    }

    void count(std::string_view column, std::string_view what) { ++m_counts[{std::string(column), std::string(what)}]; }

    Status encodeRecord(const SourceRecord& record) {
        if (record.dataset >= m_input.datasets.size()) {
            return fail(ErrorCode::InvalidArgument, "records",
                        fmt::format("dataset {} is not declared", record.dataset));
        }
        Columns& columns = m_out.columns;
        columns.datasets.push_back(record.dataset);
        m_out.ids.push_back(record.id);
        for (const NameVersion& version : record.names) encodeName(version);
        encodeDates(record);
        encodeSex(record);
        for (const AddressVersion& version : record.addresses) encodeAddress(version);
        for (const IdentifierValue& value : record.identifiers) encodeIdentifier(value);
        for (const Attribute& attribute : record.attributes) {
            if (attribute.column >= columns.attributes.size()) {
                return fail(ErrorCode::InvalidArgument, "records",
                            fmt::format("attribute column {} is not declared", attribute.column));
            }
            encodeAttribute(attribute);
        }
        for (MultiColumn* column : {&columns.forename, &columns.surname, &columns.birthDate, &columns.sex,
                                    &columns.address, &columns.identifier}) {
            column->endRow();
        }
        for (MultiColumn& column : columns.attributes) column.endRow();
        return {};
    }

    void pushUnlessMissing(MultiColumn& column, std::uint32_t id, std::string_view raw, std::string_view name) {
        if (id != kNoValue) {
            column.push(id);
        } else if (!trimmed(raw).empty()) {
            count(name, "placeholder or no letters: taken as missing");
        }
    }

    void encodeName(const NameVersion& version) {
        Columns& columns = m_out.columns;
        const std::uint32_t forename =
            m_rawForenames.idOf(version.forenames, [&] { return newForename(version.forenames); });
        pushUnlessMissing(columns.forename, forename, version.forenames, "forename");
        const std::uint32_t surname = m_rawSurnames.idOf(version.surname, [&] { return newSurname(version.surname); });
        pushUnlessMissing(columns.surname, surname, version.surname, "surname");
    }

    std::uint32_t newForename(std::string_view raw) {
        Columns& columns = m_out.columns;
        const std::string canonical = canonicalForenames(raw);
        if (canonical.empty()) return kNoValue;
        const std::uint32_t id = columns.forenameTexts.add(canonical);
        if (id < columns.forenames.size()) return id;
        ForenameEntry entry;
        for (const std::string_view part : split(canonical, ' ')) m_parts.push_back(columns.words.add(part));
        entry.first = m_parts.front();
        entry.parts = keepParts();
        entry.whole = columns.words.add(compactOf(canonical));
        columns.forenames.push_back(entry);
        return id;
    }

    std::uint32_t newSurname(std::string_view raw) {
        Columns& columns = m_out.columns;
        const std::string canonical = canonicalSurname(raw);
        if (canonical.empty()) return kNoValue;
        const std::uint32_t id = columns.surnameTexts.add(canonical);
        if (id < columns.surnames.size()) return id;
        SurnameEntry entry;
        constexpr std::size_t kShortestPart = 3;  // "DE", "EL", "AL" say nothing
        const std::vector<std::string_view> parts = split(canonical, ' ');
        for (const std::string_view part : parts) {
            if (part.size() >= kShortestPart) m_parts.push_back(columns.words.add(part));
        }
        entry.parts = keepParts();
        entry.first = columns.words.add(parts.front());
        entry.whole = columns.words.add(compactOf(canonical));
        columns.surnames.push_back(entry);
        return id;
    }

    ListRange keepParts() {
        std::vector<std::uint32_t>& lists = m_out.columns.lists;
        const ListRange range{static_cast<std::uint32_t>(lists.size()), static_cast<std::uint32_t>(m_parts.size())};
        lists.insert(lists.end(), m_parts.begin(), m_parts.end());
        m_parts.clear();
        return range;
    }

    void encodeDates(const SourceRecord& record) {
        for (const Date date : record.birthDates) {
            if (isPlaceholderDate(date)) {
                count("birth_date", "placeholder: taken as missing");
            } else {
                pushDate(dateDigits(date));
            }
        }
        for (const std::uint32_t digits : record.birthDigits) {
            count("birth_date", "no such day: compared digit by digit");
            pushDate(digits);
        }
    }

    void pushDate(std::uint32_t digits) {
        Columns& columns = m_out.columns;
        std::array<char, 8> text{};
        for (std::size_t i = text.size(); i > 0; --i, digits /= 10) text[i - 1] = static_cast<char>('0' + digits % 10);
        const std::uint32_t id = m_dateTexts.add({text.data(), text.size()});
        if (id == columns.dates.size())
            columns.dates.push_back(static_cast<std::uint32_t>(*parseInteger({text.data(), text.size()})));
        columns.birthDate.push(id);
    }

    void encodeSex(const SourceRecord& record) {
        const std::string sex = canonicalSex(record.sex);
        if (!sex.empty()) m_out.columns.sex.push(sex == "F" ? 0U : 1U);
    }

    void encodeAddress(const AddressVersion& version) {
        m_scratch.clear();
        for (const std::string* part :
             {&version.uprn, &version.saon, &version.paon, &version.street, &version.postcode}) {
            m_scratch += *part;
            m_scratch += kSeparator;
        }
        const std::uint32_t id = m_rawAddresses.idOf(m_scratch, [&] { return newAddress(version); });
        if (id != kNoValue) m_out.columns.address.push(id);
    }

    std::uint32_t part(std::string_view text) { return text.empty() ? kNoValue : m_out.columns.addressParts.add(text); }

    std::uint32_t newAddress(const AddressVersion& version) {
        Columns& columns = m_out.columns;
        const std::string_view uprnText = trimmed(version.uprn);
        const bool uprnValid = record::isValidUprn(uprnText);
        if (!uprnText.empty() && !uprnValid) count("uprn", "not one to twelve digits: not used");
        const std::string_view uprn = uprnValid ? uprnText.substr(uprnText.find_first_not_of('0')) : std::string_view{};
        const PostcodeParts postcode = canonicalPostcodeParts(version.postcode);
        const std::string flat = canonicalText(version.saon);
        const std::string house = canonicalText(version.paon);
        const std::string street = canonicalText(version.street);
        if (uprn.empty() && postcode.unit.empty() && (street.empty() || house.empty())) return kNoValue;
        const std::string key = fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", uprn, postcode.unit, flat, house, street);
        const std::uint32_t id = m_addressTexts.add(key);
        if (id < columns.addresses.size()) return id;
        AddressEntry entry;
        // Each part under its own prefix: a house called "BS7" is no district.
        entry.uprn = part(uprn.empty() ? std::string() : fmt::format("n{}", uprn));
        entry.postcode = part(postcode.unit.empty() ? std::string() : fmt::format("u{}", postcode.unit));
        entry.sector = part(postcode.sector.empty() ? std::string() : fmt::format("s{}", postcode.sector));
        entry.district = part(postcode.district.empty() ? std::string() : fmt::format("d{}", postcode.district));
        entry.flat = part(flat.empty() ? std::string() : fmt::format("f{}", flat));
        entry.house = part(house.empty() ? std::string() : fmt::format("h{}", house));
        entry.street = part(street.empty() ? std::string() : fmt::format("r{}", street));
        if (!uprn.empty()) {
            entry.home = columns.homes.add(fmt::format("n{}", uprn));
        } else if (!postcode.unit.empty() && !house.empty()) {
            entry.home = columns.homes.add(fmt::format("{}|{}|{}", postcode.unit, house, flat));
        }
        columns.addresses.push_back(entry);
        return id;
    }

    void encodeIdentifier(const IdentifierValue& value) {
        if (trimmed(value.value).empty()) return;
        const CanonicalIdentifier canonical = canonicalIdentifier(value.kind, value.value);
        if (canonical.value.empty()) {
            count("identifier", fmt::format("{}: {}", value.kind, canonical.reason));
            return;
        }
        Columns& columns = m_out.columns;
        const std::uint32_t id = columns.identifierTexts.add(canonical.kind + kSeparator + canonical.value);
        if (id == columns.identifiers.size()) {
            columns.identifiers.push_back(
                {columns.identifierKinds.add(canonical.kind), isUniqueIdentifierKind(canonical.kind)});
        }
        columns.identifier.push(id);
    }

    void encodeAttribute(const Attribute& attribute) {
        Dictionary& texts = m_out.columns.attributeTexts[attribute.column];
        const std::uint32_t id = m_rawAttributes[attribute.column].idOf(attribute.value, [&] {
            const std::string canonical = canonicalText(attribute.value);
            return canonical.empty() ? kNoValue : texts.add(canonical);
        });
        pushUnlessMissing(m_out.columns.attributes[attribute.column], id, attribute.value,
                          m_input.attributeColumns[attribute.column]);
    }

    void addSounds() {
        Columns& columns = m_out.columns;
        columns.wordSound.reserve(columns.words.size());
        for (std::uint32_t word = 0; word < columns.words.size(); ++word) {
            const std::string sound = soundOf(columns.words.text(word));
            columns.wordSound.push_back(sound.empty() ? kNoValue : columns.sounds.add(sound));
            columns.wordShapes.push_back(shapeOf(columns.words.text(word)));
        }
        columns.wordGroups.assign(columns.words.size(), {});
        for (const auto& [name, groups] : m_variants.names()) {
            const std::uint32_t word = columns.words.find(name);
            if (word == kNoValue) continue;
            m_parts = groups;
            columns.wordGroups[word] = keepParts();
        }
        for (std::size_t column = 0; column < columns.attributeTexts.size(); ++column) {
            const Dictionary& texts = columns.attributeTexts[column];
            for (std::uint32_t id = 0; id < texts.size(); ++id)
                columns.attributeShapes[column].push_back(shapeOf(texts.text(id)));
        }
    }

    const LinkInput& m_input;
    const NameVariants& m_variants;
    EncodedInput m_out;
    Dictionary m_dateTexts, m_addressTexts;
    std::vector<std::uint32_t> m_parts;
    RawTexts m_rawForenames, m_rawSurnames, m_rawAddresses;
    std::vector<RawTexts> m_rawAttributes;
    std::map<std::pair<std::string, std::string>, std::uint64_t> m_counts;
    std::string m_scratch;
};

}  // namespace

std::optional<std::uint32_t> EncodedInput::rowOf(record::SourcePersonId id) const {
    if (ids.empty()) {
        if (id.value < 0 || id.value >= static_cast<std::int64_t>(columns.rows)) return std::nullopt;
        return static_cast<std::uint32_t>(id.value);
    }
    const auto found = std::ranges::lower_bound(ids, id.value, {}, &record::SourcePersonId::value);
    if (found == ids.end() || *found != id) return std::nullopt;
    return static_cast<std::uint32_t>(found - ids.begin());
}

Result<EncodedInput> encode(const LinkInput& input, const NameVariants& variants, TaskContext& task) {
    Encoder encoder(input, variants);
    FAIRLEAD_OK(encoder.run(task));
    return encoder.take();
}

}  // namespace fairlead::link
