// For core/access alone: one text for one JSON value.

#pragma once

#include <string>

#include <boost/json.hpp>

namespace fairlead::access {

/// Keys sorted by their bytes, no white space, integers only. REQUIRES: no floating-point numbers.
std::string canonicalJson(const boost::json::value& value);

}  // namespace fairlead::access
