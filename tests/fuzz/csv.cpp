#include "core/base/csv.h"

#include "tests/fuzz/target.h"

namespace {

const fairlead::fuzz::Target kCsv("csv", [](std::string_view bytes) { (void)fairlead::parseCsv(bytes, "table.csv"); });

}  // namespace
