// A segment of the audit log: as it lies on the disk, and with sound frames around entries that are not.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "core/audit/frames.h"
#include "core/audit/log.h"
#include "core/audit/merkle.h"
#include "core/audit/note.h"
#include "tests/fuzz/target.h"

namespace {

using namespace fairlead;

/// A log's folder that goes with the process.
class ScratchLog {
public:
    ScratchLog()
        : m_folder(std::filesystem::temp_directory_path() / ("fairlead-fuzz-log-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(m_folder);
    }
    ScratchLog(const ScratchLog&) = delete;
    ScratchLog& operator=(const ScratchLog&) = delete;
    ~ScratchLog() {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    void verify(std::string_view segment) const {
        std::ofstream out(m_folder / audit::segmentName(1), std::ios::binary | std::ios::trunc);
        out.write(segment.data(), static_cast<std::streamsize>(segment.size()));
        out.close();
        (void)audit::AuditLog::verify(m_folder);
        (void)audit::AuditLog::leaves(m_folder);
    }

private:
    std::filesystem::path m_folder;
};

/// Pieces of up to 4 KiB, each two bytes of length and an entry, in frames that are sound.
std::string framed(std::string_view bytes) {
    static const auto keys = audit::LogKeys::from(crypto::Secret::copyOf(std::string(32, 'k')));
    std::string segment(audit::kMagic);
    while (bytes.size() > 2) {
        const auto high = static_cast<unsigned>(static_cast<unsigned char>(bytes[0])) & 0x0FU;
        const std::size_t size = (high << 8U) | static_cast<unsigned char>(bytes[1]);
        const auto entry = bytes.substr(2, size);
        bytes.remove_prefix(2 + entry.size());
        segment += audit::frameOf(entry, audit::leafHash(entry), keys);
    }
    return segment;
}

// A log may have been tampered with, with or without the knowledge of how its frames are made.
const fuzz::Target kSegment("audit_segment", [](std::string_view bytes) {
    static const ScratchLog log;
    if (bytes.empty()) return;
    const bool isRaw = bytes.front() == 'r';
    bytes.remove_prefix(1);
    log.verify(isRaw ? std::string(bytes) : framed(bytes));
});

// A checkpoint comes on paper or in a file from somebody else.
const fuzz::Target kCheckpoint("audit_checkpoint", [](std::string_view bytes) {
    (void)audit::parseNote(bytes);
    (void)audit::parseWitness(bytes);
});

}  // namespace
