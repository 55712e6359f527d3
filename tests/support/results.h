// REQUIRE for Results that prints the error, and the value behind it.

#pragma once

#include <utility>

#include <catch2/catch_all.hpp>

#include "core/base/result.h"

namespace fairlead::test {

/// The value of a Result that must be there; fails the test with code, subject and detail otherwise.
template <typename T>
T valueOf(Result<T> result) {
    if (!result) FAIL(name(result.error().code) << " | " << result.error().subject << " | " << result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The code of a Result that must have failed.
template <typename T>
ErrorCode codeOf(const Result<T>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

}  // namespace fairlead::test
