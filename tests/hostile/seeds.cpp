#include "tests/hostile/seeds.h"

#include "core/extract/file_reading.h"
#include "core/extract/reader_wire.h"
#include "tests/hostile/sealed_pages.h"

namespace fairlead::hostile {

namespace {

std::string inTheClear(const Delivery& delivery, std::string_view file) {
    std::string text;
    for (const auto& page : PageCipher(delivery.key.view()).opened(file)) text += page;
    return text;
}

/// What a process of ours says of a small file.
std::string answers(const extract::ReadOrder& order, const crypto::Secret& key) {
    extract::RowBatch batch;
    TaskContext task;
    const extract::TakeRow take = [&](std::size_t table, std::int64_t rowId,
                                      std::span<const extract::Cell> cells) -> Status {
        batch.add(table, rowId, cells);
        return {};
    };
    require(extract::readFile(order, key, take, task).has_value(), "reading a good file");
    return extract::readyFrame({}) + batch.take() + extract::doneFrame();
}

}  // namespace

void writeSeeds(Supplier& supplier, const std::filesystem::path& folder) {
    for (const char* target : {"extract_pages", "reader_answer", "reader_order"}) {
        std::filesystem::create_directories(folder / target);
    }
    const auto police = supplier.good("police", 2);
    const std::string fewer = "DROP TABLE address; DROP TABLE identifier; DROP TABLE relationship;";
    const auto small = supplier.altered(police, fewer + "VACUUM");
    writeBytes(folder / "extract_pages" / "small", inTheClear(police, small));
    writeBytes(folder / "extract_pages" / "overflow",
               inTheClear(police, supplier.altered(police, fewer + "VACUUM; UPDATE person SET surname = "
                                                                   "printf('%.9000c', 'x') WHERE row_id = 1;"
                                                                   "DELETE FROM fact")));
    const auto education = supplier.good("education", 3);
    extract::ReadOrder order;
    order.copy = supplier.folder() / "workshop" / "seed.fxt";
    order.agency = "education";
    for (std::size_t i = 0; i < extract::contractTables().size(); ++i) {
        if (education.manifest.tables.contains(std::string(extract::contractTables()[i].name)))
            order.tables.push_back(i);
    }
    writeBytes(order.copy, education.file);
    writeBytes(folder / "reader_answer" / "small", answers(order, education.key));
    writeBytes(folder / "reader_answer" / "refused",
               extract::readyFrame({}) + extract::refusedFrame({ErrorCode::ExtractDamaged, {}, "a page"}));
    order.copy = "/staging/extract.fxt";
    writeBytes(folder / "reader_order" / "small", extract::orderBytes(order));
}

}  // namespace fairlead::hostile
