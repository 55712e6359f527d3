// Step 10 of opening: the file's schema is the contract's, and nothing else.

#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/untrusted_reader.h"

namespace fairlead::extract {

/// What the manifest says of the tables.
struct PromisedTables {
    std::string agency;
    std::vector<std::string> names;
};

/// Tables as the manifest lists them, every column as the contract has it, no index, view or trigger.
/// Errors: ExtractSchema with the object that is wrong.
Status checkSchema(const std::vector<store::SchemaObject>& schema, const PromisedTables& promised,
                   const std::string& subject);

}  // namespace fairlead::extract
