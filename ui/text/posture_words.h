// Words for what core/posture finds: one title for every topic, one sentence for each of its standings. Free of Qt, as
// explain.h.

#pragma once

#include <string>

#include "core/posture/posture.h"
#include "ui/text/explain.h"

namespace fairlead::text {

/// "Disk", "Swap" ...
std::string title(posture::Topic topic, const Translate& translate = {});
/// "protected", "weak", "open", "not known".
std::string word(posture::Standing standing, const Translate& translate = {});
/// What it means, and where something can be done about it, what.
std::string sentence(const posture::Finding& finding, const Translate& translate = {});

}  // namespace fairlead::text
