#include "core/link/gather.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/standardise.h"

namespace fairlead::link {
namespace {

void push(RawColumn& column, std::string_view text) {
    text = trimmed(text);
    if (!text.empty()) column.values.push(column.texts.add(text));
}

}  // namespace

void AddressGatherer::add(record::SourcePersonId id, const Parts& parts) {
    m_scratch.clear();
    std::size_t letters = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) m_scratch += kPartSeparator;
        m_scratch += parts[i];
        letters += parts[i].size();
    }
    if (letters == 0) return;
    m_owners.push_back(id);
    m_values.push_back(m_texts.add(m_scratch));
}

RawColumn AddressGatherer::ofRows(std::span<const record::SourcePersonId> ids) && {
    RawColumn column;
    column.texts = std::move(m_texts);
    std::size_t at = 0;
    for (const record::SourcePersonId id : ids) {
        for (; at < m_owners.size() && m_owners[at] <= id; ++at)
            if (m_owners[at] == id) column.values.push(m_values[at]);
        column.values.endRow();
    }
    return column;
}

RecordGatherer::RecordGatherer(LinkSetup setup) {
    m_raw.attributes.resize(setup.attributeColumns.size());
    m_raw.setup = std::move(setup);
}

Status RecordGatherer::add(const SourceRecord& record) {
    if (record.dataset >= m_raw.setup.datasets.size()) {
        return fail(ErrorCode::InvalidArgument, "records", fmt::format("dataset {} is not declared", record.dataset));
    }
    if (!m_ids.empty() && record.id <= m_ids.back())
        return fail(ErrorCode::InvalidArgument, "records", fmt::format("id {} is out of order", record.id.value));
    m_ids.push_back(record.id);
    m_raw.datasets.push_back(record.dataset);
    for (const NameVersion& version : record.names) {
        push(m_raw.forenames, version.forenames);
        push(m_raw.surnames, version.surname);
    }
    for (const Date date : record.birthDates) m_raw.dates.push(dateDigits(date));
    for (const std::uint32_t digits : record.birthDigits) m_raw.dates.push(digits);
    push(m_raw.sexes, record.sex);
    for (const AddressVersion& version : record.addresses)
        m_addresses.add(record.id, {version.uprn, version.saon, version.paon, version.street, version.postcode});
    for (const IdentifierValue& identifier : record.identifiers) addIdentifier(identifier);
    for (const Attribute& attribute : record.attributes) {
        if (attribute.column >= m_raw.attributes.size()) {
            return fail(ErrorCode::InvalidArgument, "records",
                        fmt::format("attribute column {} is not declared", attribute.column));
        }
        push(m_raw.attributes[attribute.column], attribute.value);
    }
    for (RawColumn* column : {&m_raw.forenames, &m_raw.surnames, &m_raw.sexes, &m_raw.identifiers})
        column->values.endRow();
    m_raw.dates.endRow();
    for (RawColumn& column : m_raw.attributes) column.values.endRow();
    return {};
}

Result<EncodedInput> RecordGatherer::encoded(const NameVariants& variants, unsigned threads, TaskContext& task) && {
    m_raw.addresses = std::move(m_addresses).ofRows(m_ids);
    FAIRLEAD_TRY(EncodedInput out, encode(std::move(m_raw), variants, threads, task));
    out.ids = std::move(m_ids);
    return out;
}

void RecordGatherer::addIdentifier(const IdentifierValue& identifier) {
    const std::string_view value = trimmed(identifier.value);
    if (value.empty()) return;
    m_scratch = identifier.kind;
    m_scratch += kPartSeparator;
    m_scratch += value;
    m_raw.identifiers.values.push(m_raw.identifiers.texts.add(m_scratch));
}

}  // namespace fairlead::link
