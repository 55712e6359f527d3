// For core/store alone: what an untrusted file says it holds.

#pragma once

#include "core/store/connection.h"
#include "core/store/untrusted_reader.h"

namespace fairlead::store {

/// Everything in sqlite_schema, by name. Errors: ExtractSchema, ExtractDamaged.
Result<std::vector<SchemaObject>> readSchema(Connection& connection);

/// Ordinary tables with ordinary columns and plain indexes only: nothing that would run an expression of the file
/// where the authorizer does not look. Errors: ExtractSchema, naming the object.
Status refuseActiveSchema(const std::vector<SchemaObject>& schema, const std::string& subject);

}  // namespace fairlead::store
