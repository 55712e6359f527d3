// What the tests of conversions start from: mappings, excerpts, whole sets.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/convert/convert.h"

namespace fairlead::test {

/// The shipped mapping of that name.
convert::Mapping shippedMapping(const std::string& name);
/// Files of a folder whose name begins so.
std::vector<convert::InputFile> filesIn(const std::filesystem::path& folder, const std::string& prefix);
/// Options for a period, both days in ISO form.
convert::ConvertOptions period(const char* from, const char* until);
/// Converts and requires success; every row made keeps to the contract, the counts add up, and every finding points
/// at a line of its file.
convert::Converted converted(const convert::Mapping& mapping, const std::vector<convert::InputFile>& files,
                             const convert::ConvertOptions& options);
/// The total of a rule in files whose name contains `file`, in one column.
std::size_t found(const convert::QualityReport& report, convert::Rule rule, const std::string& file,
                  const std::string& column);

}  // namespace fairlead::test
