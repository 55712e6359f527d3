// The digest of one table: SHA-256 over the canonical text of its rows in row_id order.
// Canonical text: row_id and the columns, TAB between, LF at the end; NULL is nothing, a date its text, a number its
// decimal digits. It is what `.mode tabs` of the sqlcipher shell prints for the table's SELECT.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/crypto/keys.h"
#include "core/extract/manifest.h"
#include "core/extract/row_binding.h"

namespace fairlead::extract {

/// Takes the rows of one table, in order.
class RowDigest {
public:
    /// The next row.
    void add(std::int64_t rowId, std::span<const Cell> cells);
    /// The digest; the object is spent afterwards.
    TableDigest finish();

private:
    void flush();
    void appendNumber(std::int64_t value);

    crypto::Sha256 m_hash;
    std::string m_text;
    std::int64_t m_rows = 0;
};

}  // namespace fairlead::extract
