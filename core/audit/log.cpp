#include "core/audit/log.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/frames.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::audit {

namespace {

constexpr std::uint64_t kSegmentBytes = 16U << 20U;

std::unexpected<Error> failErrno(int error) {
    const auto code = error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Io;
    return fail(code, "audit log", std::strerror(error));
}

std::unexpected<Error> failProblem(const Scan& scan) {
    auto error = *scan.problem;
    error.detail = fmt::format("entry {}: {}", scan.entries + 1, error.detail);
    return fail(error);
}

Status syncFolder(const std::filesystem::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failErrno(errno);
    const int synced = ::fsync(fd);
    const int error = errno;
    ::close(fd);
    if (synced != 0) return failErrno(error);
    return {};
}

/// A segment open for appending, locked against other processes. -1 is no descriptor.
class Segment {
public:
    Segment() = default;
    ~Segment() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    Status open(const std::filesystem::path& path, int extraFlags) {
        const int fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | extraFlags, S_IRUSR | S_IWUSR);
        if (fd < 0) return failErrno(errno);
        if (m_fd >= 0) ::close(m_fd);
        m_fd = fd;
        if (::flock(m_fd, LOCK_EX | LOCK_NB) != 0) return fail(ErrorCode::Busy, "audit log");
        return {};
    }
    /// All of it durable, or none of it there. REQUIRES: open.
    Status append(std::string_view bytes) {
        const auto before = ::lseek(m_fd, 0, SEEK_END);
        auto rest = bytes;
        while (!rest.empty()) {
            const auto written = ::write(m_fd, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) {
                const int error = errno;
                if (::ftruncate(m_fd, before) != 0) return failErrno(errno);
                return failErrno(error);
            }
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        return sync();
    }
    Status cut(std::uint64_t size) {
        if (::ftruncate(m_fd, static_cast<off_t>(size)) != 0) return failErrno(errno);
        return sync();
    }

private:
    Status sync() const {
        if (::fdatasync(m_fd) != 0) return failErrno(errno);
        return {};
    }
    int m_fd = -1;
};

}  // namespace

struct AuditLog::Writer {
    Writer(std::filesystem::path place, LogKeys logKeys, const Clock& time)
        : folder(std::move(place)), keys(std::move(logKeys)), clock(time), session(crypto::randomBytes(16)) {}

    Status openFiles();
    Status startSegment();
    Result<std::uint64_t> append(const Entry& entry);
    Status write(const Entry& entry);
    Status saveCheckpoint() const {
        return writeFileAtomically(folder / kCheckpointName, checkpointText(scan.tree.checkpoint(), keys));
    }

    std::filesystem::path folder;
    LogKeys keys;
    const Clock& clock;
    std::string session;
    Scan scan;
    Segment segment;
    bool broken = false;
    mutable std::mutex mutex;
};

Status AuditLog::Writer::startSegment() {
    FAIRLEAD_OK(segment.open(folder / segmentName(scan.segments + 1), O_CREAT | O_EXCL));
    FAIRLEAD_OK(segment.append(kMagic));
    FAIRLEAD_OK(syncFolder(folder));
    ++scan.segments;
    scan.soundBytes = kMagic.size();
    return {};
}

Status AuditLog::Writer::openFiles() {
    auto found = scanLog(folder, &keys, {}, {});
    if (!found && found.error().code == ErrorCode::NotFound) {
        FAIRLEAD_OK(saveCheckpoint());  // first, so that a log without a checkpoint is always one that lost it
        return startSegment();
    }
    if (!found) return fail(std::move(found).error());
    if (found->problem) return failProblem(*found);
    scan = std::move(*found);
    if (scan.segments == 0) return startSegment();
    FAIRLEAD_OK(segment.open(folder / segmentName(scan.segments), 0));
    if (scan.tornBytes > 0) FAIRLEAD_OK(segment.cut(scan.soundBytes));
    if (scan.soundBytes == 0) {
        FAIRLEAD_OK(segment.append(kMagic));
        scan.soundBytes = kMagic.size();
    }
    if (scan.tornBytes == 0) return {};
    const Entry note{
        .verb = Verb::TailCut, .state = State::Note, .details = {{"bytes", fmt::format("{}", scan.tornBytes)}}};
    if (auto noted = append(note); !noted) return fail(std::move(noted).error());
    scan.tornBytes = 0;
    return {};
}

Status AuditLog::Writer::write(const Entry& entry) {
    Record record{.sequence = scan.entries + 1,
                  .wallMs = std::max<std::int64_t>(0, clock.nowMs()),
                  .maxSeenMs = 0,
                  .session = session,
                  .entry = entry,
                  .sealedDetails = {},
                  .previousLeaf = scan.lastLeaf};
    record.maxSeenMs = std::max(scan.maxSeenMs, record.wallMs);
    if (!entry.details.empty()) {
        record.sealedDetails = crypto::encrypt(encodeDetails(entry.details), record.previousLeaf, keys.details);
    }
    const auto bytes = encode(record);
    // What could not be read again must not be written.
    if (auto readBack = decode(bytes); !readBack)
        return fail(ErrorCode::InvalidArgument, "audit log", readBack.error().detail);
    if (record.entry.about >= record.sequence)
        return fail(ErrorCode::InvalidArgument, "audit log", "ends what has not begun");
    const auto frame = frameOf(bytes, keys);
    if (scan.soundBytes + frame.size() > kSegmentBytes) FAIRLEAD_OK(startSegment());
    FAIRLEAD_OK(segment.append(frame));
    scan.soundBytes += frame.size();
    scan.lastLeaf = leafHash(bytes);
    scan.tree.add(scan.lastLeaf);
    scan.maxSeenMs = record.maxSeenMs;
    ++scan.entries;
    return saveCheckpoint();
}

Result<std::uint64_t> AuditLog::Writer::append(const Entry& entry) {
    if (broken) return fail(ErrorCode::Io, "audit log", "could not be written earlier");
    if (auto written = write(entry); !written) {
        broken = written.error().code != ErrorCode::InvalidArgument;
        return fail(std::move(written).error());
    }
    return scan.entries;
}

AuditLog::AuditLog(std::unique_ptr<Writer> writer) : m_writer(std::move(writer)) {}
AuditLog::~AuditLog() = default;
AuditLog::AuditLog(AuditLog&&) noexcept = default;
AuditLog& AuditLog::operator=(AuditLog&&) noexcept = default;

Result<AuditLog> AuditLog::open(const std::filesystem::path& folder, const crypto::Secret& key, const Clock& clock) {
    if (key.size() < 32) return fail(ErrorCode::InvalidArgument, "audit log", "key size");
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failErrno(errno);
    auto writer = std::make_unique<Writer>(folder, LogKeys::from(key), clock);
    FAIRLEAD_OK(writer->openFiles());
    return AuditLog(std::move(writer));
}

Result<std::uint64_t> AuditLog::append(const Entry& entry) {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->append(entry);
}

Checkpoint AuditLog::head() const {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->scan.tree.checkpoint();
}

std::vector<std::uint64_t> AuditLog::unfinished() const {
    const std::scoped_lock lock(m_writer->mutex);
    std::vector<std::uint64_t> sequences;
    for (const auto& [sequence, entry] : m_writer->scan.unfinished) sequences.push_back(sequence);
    return sequences;
}

Status AuditLog::closeUnfinished() {
    const std::scoped_lock lock(m_writer->mutex);
    auto& open = m_writer->scan.unfinished;
    while (!open.empty()) {
        const auto& [sequence, intent] = *open.begin();
        Entry end = intent;
        end.state = State::Failed;
        end.about = sequence;
        end.details = {{"reason", "interrupted"}};
        if (auto appended = m_writer->append(end); !appended) return fail(std::move(appended).error());
        open.erase(open.begin());
    }
    return {};
}

Result<VerifyReport> AuditLog::verify(const std::filesystem::path& folder, const VerifyOptions& options) {
    std::optional<LogKeys> keys;
    if (options.key != nullptr) keys = LogKeys::from(*options.key);
    FAIRLEAD_TRY(const auto scan, scanLog(folder, keys ? &*keys : nullptr, options.witnesses, {}));
    VerifyReport report{.intact = !scan.problem,
                        .firstBad = {},
                        .problem = scan.problem ? scan.problem->detail : std::string(),
                        .entries = scan.entries,
                        .head = scan.tree.checkpoint(),
                        .tornBytes = scan.tornBytes,
                        .unfinished = {}};
    if (scan.problem) report.firstBad = scan.entries + 1;
    for (const auto& [sequence, entry] : scan.unfinished) report.unfinished.push_back(sequence);
    return report;
}

Result<std::vector<Record>> AuditLog::read(const std::filesystem::path& folder, const crypto::Secret* key) {
    std::optional<LogKeys> keys;
    if (key != nullptr) keys = LogKeys::from(*key);
    std::vector<Record> records;
    FAIRLEAD_TRY(const auto scan, scanLog(folder, keys ? &*keys : nullptr, {},
                                          [&](const Record& record) { records.push_back(record); }));
    if (scan.problem) return failProblem(scan);
    return records;
}

}  // namespace fairlead::audit
