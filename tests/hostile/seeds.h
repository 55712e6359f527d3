// The first files of the fuzz targets' corpora that have to be made: tests/fuzz/corpus/extract_pages and the like.

#pragma once

#include <filesystem>

#include "tests/hostile/supplier.h"

namespace fairlead::hostile {

/// Writes FOLDER/extract_pages, reader_answer and reader_order.
void writeSeeds(Supplier& supplier, const std::filesystem::path& folder);

}  // namespace fairlead::hostile
