// A school whose facts were written so that its overview as at 22/06/2022 shows the figures of the source slide.
// Nobody in it exists; the figures are nowhere in it.

#pragma once

#include <filesystem>
#include <vector>

#include "tests/core/workspace/workspace_fixture.h"

namespace fairlead::test {

/// URN of "Bristol Secondary School (synthetic)".
inline constexpr std::int64_t kSlideSchool = 107010;

/// The deliveries of four agencies, up to 22/06/2022.
std::vector<std::filesystem::path> deliverSlideSchool(WorkspaceFixture& fixture);

}  // namespace fairlead::test
