// A pair's explanation, printed and as JSON.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/json/fwd.hpp>

#include "core/link/explain.h"

namespace fairlead::cli {

/// What a record is called.
using RecordName = std::function<std::string(record::SourcePersonId)>;

/// The waterfall as a table, the sentence, and what became of the two.
void printWhy(const link::Explanation& why, const link::Verdict& verdict);
/// The steps that built the person (or the two persons), numbered.
void printHow(const std::vector<link::JoinStep>& steps, const RecordName& nameOf);

/// The explanation with the verdict.
boost::json::object whyJson(const link::Explanation& why, const link::Verdict& verdict);
/// The steps.
boost::json::array howJson(const std::vector<link::JoinStep>& steps, const RecordName& nameOf);

}  // namespace fairlead::cli
