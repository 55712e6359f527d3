// Manifests: under which gateway and agreement each agency of the city hands its records over.

#pragma once

#include <string>

#include "core/demo/deliveries.h"
#include "core/extract/manifest.h"

namespace fairlead::demo {

/// The manifest of a delivery before it is built. `previousSha256` is that of the delivery before; empty for the first.
extract::Manifest draftManifest(const Delivery& delivery, std::string previousSha256);

/// "police_police_records_001": the name of a delivery's files, without ending.
std::string extractName(const Delivery& delivery);

}  // namespace fairlead::demo
