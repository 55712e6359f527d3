// The numbers that stand for kinds of fact in core.db: a register in the file, so that a later program with more
// kinds still reads it right.

#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/base/result.h"
#include "core/record/fact_kind.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// The register of one core.db.
class KindCodes {
public:
    /// Adds the kinds that the file does not know yet. REQUIRES: inside a transaction, or a new file.
    static Status writeMissing(store::Database& core);
    /// Errors: Corrupt when the file names a kind that this program does not know.
    static Result<KindCodes> read(store::Database& core);
    /// The number of a kind. REQUIRES: writeMissing was called for this file.
    [[nodiscard]] std::int64_t codeOf(record::FactKind kind) const { return m_codes.at(kind); }
    /// The kind of a number that stands in the file.
    [[nodiscard]] record::FactKind kindOf(std::int64_t code) const { return m_kinds.at(code); }

private:
    std::unordered_map<record::FactKind, std::int64_t> m_codes;
    std::unordered_map<std::int64_t, record::FactKind> m_kinds;
};

}  // namespace fairlead::workspace
