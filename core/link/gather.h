// Records taken one by one: of each only its raw texts stay, every distinct text once.

#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/encode.h"
#include "core/link/input.h"
#include "core/link/raw_input.h"

namespace fairlead::link {

/// Gathers the addresses of records by themselves: on another thread than the rest of them.
class AddressGatherer {
public:
    /// UPRN, flat, house, street, postcode.
    using Parts = std::array<std::string_view, 5>;
    /// The next address of a record, in ascending order of ids.
    void add(record::SourcePersonId id, const Parts& parts);

private:
    friend class RecordGatherer;
    /// Per row its texts; addresses of nobody are passed over.
    [[nodiscard]] RawColumn ofRows(std::span<const record::SourcePersonId> ids) &&;

    Dictionary m_texts;
    std::vector<record::SourcePersonId> m_owners;
    std::vector<std::uint32_t> m_values;
    std::string m_scratch;
};

/// Gathers the raw texts of records, one record after the other.
class RecordGatherer {
public:
    /// What is known of the input but for its records.
    explicit RecordGatherer(LinkSetup setup);

    /// The next record, in ascending order of ids. Errors: InvalidArgument (dataset or attribute column out of range,
    /// an id that is not above the last).
    Status add(const SourceRecord& record);
    /// The addresses of all records. REQUIRES: no record had one of its own.
    void take(AddressGatherer addresses) { m_addresses = std::move(addresses); }
    /// Columns of all; the gatherer is empty then. `threads` 0: as many as the computer has. Error: Cancelled.
    Result<EncodedInput> encoded(const NameVariants& variants, unsigned threads, TaskContext& task) &&;

private:
    void addIdentifier(const IdentifierValue& identifier);

    RawInput m_raw;
    AddressGatherer m_addresses;
    std::vector<record::SourcePersonId> m_ids;
    std::string m_scratch;
};

}  // namespace fairlead::link
