// What both ways in (source records, CSV tables) come to before anything is cleaned: columns of raw texts, each
// distinct text once. One function turns them into columns, so that every rule of cleaning stands in one place.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/columns.h"
#include "core/link/encode.h"
#include "core/link/input.h"
#include "core/link/name_variants.h"

namespace fairlead::link {

/// Stands between the parts of a raw text that has several.
inline constexpr char kPartSeparator = '\x1f';

/// Texts as the source has them, trimmed and not empty, and which each row has.
struct RawColumn {
    Dictionary texts;
    std::vector<std::uint32_t> order;  ///< Value -> number in `texts`. Empty: values are these numbers.
    MultiColumn values;                ///< Numbered by first appearance in the order of rows.

    /// How many values there are.
    [[nodiscard]] std::uint32_t size() const {
        return order.empty() ? texts.size() : static_cast<std::uint32_t>(order.size());
    }
    /// The text of a value.
    [[nodiscard]] std::string_view text(std::uint32_t value) const {
        return texts.text(order.empty() ? value : order[value]);
    }
};

/// An input of raw texts, in the order of record ids. A column without rows has no values.
struct RawInput {
    LinkSetup setup;
    std::vector<std::uint16_t> datasets;
    RawColumn forenames, surnames, sexes;
    RawColumn addresses;    ///< A postcode, or UPRN, SAON, PAON, street and postcode with kPartSeparator between.
    RawColumn identifiers;  ///< Kind, kPartSeparator, value.
    MultiColumn dates;      ///< YYYYMMDD of birth dates, possible days or not; 0: something that is no date.
    std::vector<RawColumn> attributes;
};

/// Cleans and numbers. `ids` and `order` of the result are empty. Errors: Cancelled.
Result<EncodedInput> encode(RawInput raw, const NameVariants& variants, unsigned threads, TaskContext& task);

}  // namespace fairlead::link
