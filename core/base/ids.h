// Id: a number that names one kind of thing, so that a person is never passed where a record is meant.

#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace fairlead {

/// A strongly typed number. `struct LoadTag; using LoadId = Id<LoadTag>;`
template <typename Tag, typename Number = std::int64_t>
struct Id {
    Number value{};

    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace fairlead

template <typename Tag, typename Number>
struct std::hash<fairlead::Id<Tag, Number>> {
    std::size_t operator()(const fairlead::Id<Tag, Number>& id) const noexcept { return std::hash<Number>{}(id.value); }
};
