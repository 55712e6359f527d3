// Where people live now, when their records name several homes and no dates.

#pragma once

#include <cstdint>
#include <vector>

#include "core/family/derive_edges.h"
#include "core/family/relatives.h"

namespace fairlead::family {

/// The residences without former homes. An undated home ends where a dated record of the same person at the same place
/// ends; and where a person has several, an undated one goes that fewer records of the person and of the person's
/// relatives name than name another. What dates say, and what is no longer supplied, stays as it is. `former` counts
/// the rows left out.
std::vector<Residence> presentHomes(const std::vector<Residence>& residences, const Relatives& relatives,
                                    std::uint64_t& former);

}  // namespace fairlead::family
