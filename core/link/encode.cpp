#include "core/link/encode.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/raw_input.h"
#include "core/link/standardise.h"

namespace fairlead::link {
namespace {

constexpr std::uint32_t kStep = 1024;  // records between two looks at the task

// Positions of the records in ascending order of their ids.
Result<std::vector<std::uint32_t>> orderOf(const std::vector<SourceRecord>& records) {
    const auto idOf = [&](std::uint32_t i) { return records[i].id.value; };
    std::vector<std::uint32_t> order(records.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, idOf);
    const auto same = std::ranges::adjacent_find(order, {}, idOf);
    if (same == order.end()) return order;
    return fail(ErrorCode::InvalidArgument, "records", fmt::format("id {} is there twice", idOf(*same)));
}

void push(RawColumn& column, std::string_view text) {
    text = trimmed(text);
    if (!text.empty()) column.values.push(column.texts.add(text));
}

// Gathers the raw texts of records, one record after the other.
class RecordGatherer {
public:
    explicit RecordGatherer(const LinkSetup& setup) {
        m_raw.setup = setup;
        m_raw.attributes.resize(setup.attributeColumns.size());
    }

    Status add(const SourceRecord& record) {
        if (record.dataset >= m_raw.setup.datasets.size()) {
            return fail(ErrorCode::InvalidArgument, "records",
                        fmt::format("dataset {} is not declared", record.dataset));
        }
        m_raw.datasets.push_back(record.dataset);
        for (const NameVersion& version : record.names) {
            push(m_raw.forenames, version.forenames);
            push(m_raw.surnames, version.surname);
        }
        for (const Date date : record.birthDates) m_raw.dates.push(dateDigits(date));
        for (const std::uint32_t digits : record.birthDigits) m_raw.dates.push(digits);
        push(m_raw.sexes, record.sex);
        for (const AddressVersion& version : record.addresses) addAddress(version);
        for (const IdentifierValue& identifier : record.identifiers) addIdentifier(identifier);
        for (const Attribute& attribute : record.attributes) {
            if (attribute.column >= m_raw.attributes.size()) {
                return fail(ErrorCode::InvalidArgument, "records",
                            fmt::format("attribute column {} is not declared", attribute.column));
            }
            push(m_raw.attributes[attribute.column], attribute.value);
        }
        for (RawColumn* column :
             {&m_raw.forenames, &m_raw.surnames, &m_raw.sexes, &m_raw.addresses, &m_raw.identifiers})
            column->values.endRow();
        m_raw.dates.endRow();
        for (RawColumn& column : m_raw.attributes) column.values.endRow();
        return {};
    }

    RawInput take() { return std::move(m_raw); }

private:
    void addAddress(const AddressVersion& version) {
        m_scratch.clear();
        bool empty = true;
        for (const std::string* part : {&version.uprn, &version.saon, &version.paon, &version.street}) {
            empty = empty && part->empty();
            m_scratch += *part;
            m_scratch += kPartSeparator;
        }
        m_scratch += version.postcode;
        if (!empty || !version.postcode.empty()) m_raw.addresses.values.push(m_raw.addresses.texts.add(m_scratch));
    }

    void addIdentifier(const IdentifierValue& identifier) {
        const std::string_view value = trimmed(identifier.value);
        if (value.empty()) return;
        m_scratch = identifier.kind;
        m_scratch += kPartSeparator;
        m_scratch += value;
        m_raw.identifiers.values.push(m_raw.identifiers.texts.add(m_scratch));
    }

    RawInput m_raw;
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

Result<EncodedInput> encode(const LinkInput& input, const NameVariants& variants, TaskContext& task, unsigned threads) {
    FAIRLEAD_TRY(std::vector<std::uint32_t> order, orderOf(input.records));
    std::vector<record::SourcePersonId> ids;
    ids.reserve(order.size());
    RecordGatherer gatherer(input);
    task.begin(Phase::Preparing, order.size());
    for (std::uint32_t row = 0; row < order.size(); ++row) {
        if (row % kStep == 0) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            task.advance(kStep);
        }
        const SourceRecord& record = input.records[order[row]];
        ids.push_back(record.id);
        FAIRLEAD_OK(gatherer.add(record));
    }
    FAIRLEAD_TRY(EncodedInput encoded, encode(gatherer.take(), variants, threads, task));
    encoded.ids = std::move(ids);
    encoded.order = std::move(order);
    return encoded;
}

}  // namespace fairlead::link
