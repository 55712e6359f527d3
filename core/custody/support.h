// What goes with a delivery and what stays: a row goes when no delivery that is kept holds it up.
// Pure: values in, answers out.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/base/date.h"

namespace fairlead::custody {

/// A delivery, as far as it holds rows up.
struct HeldDelivery {
    std::int64_t id = 0;  ///< Ascending in the order in which they were taken in.
    std::int64_t load = 0;
    std::int64_t dataset = 0;
    Interval period;
    bool goes = false;  ///< It is to be purged, or was.
    /// The source persons in it, ascending; nothing: whoever loaded it did not keep them, and it is taken to have
    /// everybody.
    std::optional<std::vector<std::int64_t>> persons{};
};

/// A fact or a time on a roll.
struct DatedRow {
    std::int64_t sourcePerson = 0;
    std::int64_t delivery = 0;              ///< That brought it,
    std::optional<std::int64_t> withdrawn;  ///< and the load that withdrew it.
    Interval days;
};

/// A version of a name, address, identifier, relation or family.
struct VersionRow {
    std::int64_t sourcePerson = 0;
    std::int64_t first = 0;            ///< The delivery that brought it,
    std::optional<std::int64_t> gone;  ///< and the first with its person and without it.
};

/// What the deliveries that are kept hold up.
class Support {
public:
    /// Every delivery, by id.
    explicit Support(std::vector<HeldDelivery> deliveries);

    /// A later delivery has it too when it reaches its period and was not withdrawn by then: what reaches the period of
    /// a delivery and is not in it is withdrawn by it.
    [[nodiscard]] bool holds(const DatedRow& row) const;
    /// A later delivery has it too when it has the person: else it would have marked the version as gone.
    [[nodiscard]] bool holds(const VersionRow& row) const;
    /// One of them has the person, or may have.
    [[nodiscard]] bool holdsPerson(std::int64_t sourcePerson) const;
    /// What a load corrected: one of them was there before that load.
    [[nodiscard]] bool knewBefore(std::int64_t sourcePerson, std::int64_t load) const;
    [[nodiscard]] bool holdsDelivery(std::int64_t delivery) const;
    /// Nothing of the dataset of this source person goes.
    [[nodiscard]] bool isWhole(std::int64_t sourcePerson) const;

private:
    [[nodiscard]] std::span<const HeldDelivery> keptOf(std::int64_t sourcePerson) const;
    std::map<std::int64_t, std::vector<HeldDelivery>> m_kept;  ///< By dataset; empty where nothing is kept.
    std::map<std::int64_t, bool> m_whole;
};

}  // namespace fairlead::custody
