// The ids that core speaks in once a delivery has been loaded.

#pragma once

#include <cstdint>

#include "core/base/ids.h"

namespace fairlead::record {

struct SourcePersonTag;
/// (agency, dataset, the agency's own key), numbered by the workspace. Linkage joins these.
using SourcePersonId = Id<SourcePersonTag>;

struct PersonTag;
/// The pseudonymous key of one human being; the same from load to load.
using PersonKey = Id<PersonTag>;

struct LoadTag;
/// A load: the files taken in together, in one transaction. Numbered 1, 2, 3 ...; the clock of `known at`.
using LoadId = Id<LoadTag>;

struct DeliveryTag;
/// One loaded extract file.
using DeliveryId = Id<DeliveryTag>;

struct SchoolTag;
/// A school's unique reference number (six digits, GIAS).
using SchoolUrn = Id<SchoolTag>;

}  // namespace fairlead::record
