// One person alone, who is both where two are needed.

#pragma once

#include "core/workspace/users.h"

namespace fairlead::test {

/// Where roles are not separated. Under the cost of tests.
inline workspace::SecondPerson alone() { return {.credentials = {}, .policy = access::KdfPolicy::forTests()}; }

}  // namespace fairlead::test
