// Header names of CSV files that are known here: what they mean, and which never take part unasked.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/link/csv_layout.h"

namespace fairlead::link {

/// A header name and what it means.
struct KnownName {
    std::string_view name;  ///< Lower case, letters and digits alone.
    ColumnRole role = ColumnRole::Text;
    std::string_view format = {};  ///< CsvColumn::format.
};

/// A header as names are known: lower case, letters and digits alone.
std::string plainName(std::string_view header);

/// What a plain name means, with or without a word before it that changes nothing ("child", "primary"); null when it
/// is not known.
const KnownName* knownName(std::string_view plainName);

/// Why a column of this plain name takes no part unless it is named; empty: it may.
std::string reasonAgainst(std::string_view plainName);

/// Plain names of columns that name the row, the likeliest first.
std::span<const std::string_view> idNames();

/// True when a column has the role.
bool hasRole(std::span<const CsvColumn> columns, ColumnRole role);

}  // namespace fairlead::link
