// The reading of an extract from both sides: its pages as a database, and what the process that reads it says.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "core/crypto/keys.h"
#include "core/extract/file_reading.h"
#include "core/extract/reader_wire.h"
#include "core/extract/row_intake.h"
#include "core/worker/wire.h"
#include "tests/fuzz/target.h"
#include "tests/hostile/sealed_pages.h"

namespace {

using namespace fairlead;

/// A manifest that promises a few rows of everything that education supplies.
extract::Extract promised() {
    extract::Extract extract;
    extract.manifest.agency = "education";
    extract.manifest.fileBytes = 40'960;
    for (const auto& table : extract::contractTables()) extract.manifest.tables[std::string(table.name)].rows = 3;
    return extract;
}

// A process that was taken over by the file it reads may say anything.
const fuzz::Target kAnswer("reader_answer", [](std::string_view bytes) {
    auto extract = promised();
    TaskContext task;
    extract::RowIntake intake(extract, "fuzz", task);
    extract::AnswerReader answers(intake);
    worker::FrameBuffer frames;
    while (!bytes.empty()) {
        frames.add(bytes.substr(0, 1000));
        bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 1000));
        while (true) {
            const auto frame = frames.next();
            if (!frame || !*frame) break;
            if (!answers.take(**frame)) return;
        }
    }
    (void)intake.finish();
});

// What a process of ours is told comes from the program; that it survives anything costs nothing.
const fuzz::Target kOrder("reader_order", [](std::string_view bytes) { (void)extract::orderFrom(bytes); });

/// The private copy that the target writes again and again; it goes with the process.
class ScratchFile {
public:
    ScratchFile() : m_path(std::filesystem::temp_directory_path() / ("fairlead-fuzz-" + std::to_string(::getpid()))) {}
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    void write(std::string_view bytes) const {
        std::ofstream out(m_path, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

private:
    std::filesystem::path m_path;
};

// Whoever holds the key of a file can put anything into its pages: the bytes are pages in the clear, sealed here.
const fuzz::Target kPages("extract_pages", [](std::string_view bytes) {
    static const ScratchFile file;
    static const auto key = crypto::Secret::copyOf(std::string(48, 'k'));
    static const hostile::PageCipher cipher(key.view());
    if (bytes.size() > 64 * hostile::kPageBytes) return;
    hostile::Pages pages;
    for (std::size_t at = 0; at < bytes.size() || pages.size() < 2; at += hostile::kPageBytes) {
        pages.emplace_back(bytes.substr(std::min(at, bytes.size()), hostile::kPageBytes));
        pages.back().resize(hostile::kPageBytes, '\0');
    }
    file.write(cipher.sealed(pages));
    extract::ReadOrder order;
    order.copy = file.path();
    order.deadline = std::chrono::seconds(20);
    order.agency = "police";
    order.tables = {0, 7};
    auto extract = promised();
    TaskContext task;
    extract::RowIntake intake(extract, "fuzz", task);
    const extract::TakeRow take = [&intake](std::size_t table, std::int64_t rowId,
                                            std::span<const extract::Cell> cells) {
        return intake.add(table, rowId, cells);
    };
    if (extract::readFile(order, key, take, task)) (void)intake.finish();
});

}  // namespace
