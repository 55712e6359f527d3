#include "tests/core/demo/small_city.h"

#include "core/base/text.h"
#include "core/extract/contract.h"
#include "core/extract/row_binding.h"

namespace fairlead::demo::test {

std::string textOf(const record::ExtractRows& rows) {
    std::string text;
    extract::CellRow cells;
    for (const auto& table : extract::contractTables()) {
        text += fmt::format("[{}]\n", table.name);
        for (std::size_t i = 0; i < extract::rowCount(rows, table); ++i) {
            cells.clear();
            extract::cellsOf(rows, table, i, cells);
            for (const auto& cell : cells.cells()) {
                if (cell.storage == extract::Cell::Storage::Text) text += cell.text;
                if (cell.storage == extract::Cell::Storage::Integer) text += fmt::format("{}", cell.integer);
                text += '|';
            }
            text += '\n';
        }
    }
    return text;
}

}  // namespace fairlead::demo::test
