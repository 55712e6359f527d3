// Records taken one by one: of each only its raw texts stay, every distinct text once.

#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/encode.h"
#include "core/link/input.h"
#include "core/link/raw_input.h"

namespace fairlead::link {

/// Gathers the raw texts of records, one record after the other.
class RecordGatherer {
public:
    /// What is known of the input but for its records.
    explicit RecordGatherer(LinkSetup setup);

    /// The next record, in ascending order of ids. Errors: InvalidArgument (dataset or attribute column out of range,
    /// an id that is not above the last).
    Status add(const SourceRecord& record);
    /// Columns of all; the gatherer is empty then. `threads` 0: as many as the computer has. Error: Cancelled.
    Result<EncodedInput> encoded(const NameVariants& variants, unsigned threads, TaskContext& task) &&;

private:
    void addAddress(const AddressVersion& version);
    void addIdentifier(const IdentifierValue& identifier);

    RawInput m_raw;
    std::vector<record::SourcePersonId> m_ids;
    std::string m_scratch;
};

}  // namespace fairlead::link
