#include "tests/bench/audit_bench.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "core/audit/composer.h"
#include "core/audit/log.h"
#include "core/audit/note.h"
#include "core/base/file.h"
#include "tests/bench/watch.h"

namespace fairlead::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSegmentBytes = 16U << 20U;  // as the log itself has it

audit::Entry entryOf(std::uint64_t number) {
    return {.verb = audit::Verb::Consultation,
            .state = number % 2 == 0 ? audit::State::Intent : audit::State::Done,
            .actor = "0123456789abcdef0123456789abcdef",
            .role = "analyst",
            .about = number % 2 == 0 ? 0 : number,
            .purposeSha256 = std::string(32, 'p'),
            .subjectCount = number % 30,
            .subjectsSha256 = std::string(32, 's'),
            .details = {{"what", "names"}, {"purpose", "multi-agency panel of the week"}}};
}

// The log's files, written as fast as they come.
class Files {
public:
    explicit Files(fs::path folder) : m_folder(std::move(folder)) {}
    Status add(const std::string& frame) {
        if (m_segment.empty() || m_segment.size() + frame.size() > kSegmentBytes) {
            FAIRLEAD_OK(close());
            m_segment = audit::kMagic;
        }
        m_segment += frame;
        return {};
    }
    Status close() {
        if (m_segment.empty()) return {};
        std::ofstream file(m_folder / audit::segmentName(++m_segments), std::ios::binary);
        file << m_segment;
        m_bytes += m_segment.size();
        m_segment.clear();
        if (!file.flush()) return fail(ErrorCode::Io, "audit log");
        return {};
    }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

private:
    fs::path m_folder;
    std::string m_segment;
    std::uint64_t m_segments = 0, m_bytes = 0;
};

Status writeLog(const fs::path& folder, const crypto::Secret& key, std::uint64_t entries) {
    const Watch watch;
    const auto keys = audit::LogKeys::from(key);
    const SystemClock clock;
    audit::Composer composer(keys, crypto::SealKeyPair::generate().publicKey, clock, {});
    Files files(folder);
    auto signing = crypto::SignKeyPair::generate();
    for (std::uint64_t i = 0; i < entries; ++i) {
        const bool changesKey = i % audit::kEntriesPerKey == 0;
        auto next = changesKey && i > 0 ? crypto::SignKeyPair::generate() : crypto::SignKeyPair{};
        const auto& named = i > 0 ? next.publicKey : signing.publicKey;
        FAIRLEAD_TRY(const auto composed,
                     changesKey ? composer.composeKeyChange(named, signing) : composer.compose(entryOf(i)));
        FAIRLEAD_OK(files.add(composed.frame));
        FAIRLEAD_OK(composer.take(composed));
        if (changesKey && i > 0) signing = std::move(next);
    }
    FAIRLEAD_OK(files.close());
    const auto note = audit::signNote(composer.chain().origin(), composer.chain().checkpoint(), signing);
    FAIRLEAD_OK(writeFileAtomically(folder / audit::kCheckpointName, audit::noteText(note)));
    fmt::print("  {:<20} {:>8.3f} s, {:.3f} s of processor, {:.1f} MB\n", "written", watch.seconds(),
               watch.cpuSeconds(), static_cast<double>(files.bytes()) / 1e6);
    return {};
}

Status verifyLog(const fs::path& folder, const crypto::Secret* key) {
    const Watch watch;
    FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(folder, {.key = key}));
    if (!report.intact) return fail(ErrorCode::Internal, "audit log", report.problem);
    fmt::print("  {:<20} {:>8.3f} s, {:.3f} s of processor\n", key != nullptr ? "verified with key" : "verified",
               watch.seconds(), watch.cpuSeconds());
    return {};
}

}  // namespace

Status measureAudit(std::uint64_t entries) {
    const auto folder = fs::temp_directory_path() / fmt::format("fairlead-bench-audit-{}", ::getpid());
    fs::create_directories(folder);
    fmt::print("{} entries of the audit log\n", entries);
    const auto key = crypto::Secret::random(32);
    auto status = writeLog(folder, key, entries);
    if (status) status = verifyLog(folder, nullptr);
    if (status) status = verifyLog(folder, &key);
    fs::remove_all(folder);
    return status;
}

}  // namespace fairlead::bench
