#include "core/audit/log.h"

#include <algorithm>
#include <cerrno>
#include <mutex>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "core/audit/composer.h"
#include "core/audit/frames.h"
#include "core/audit/scan.h"
#include "core/audit/segment.h"
#include "core/audit/signing_file.h"
#include "core/base/file.h"

namespace fairlead::audit {

namespace {

constexpr std::uint64_t kSegmentBytes = 16U << 20U;

std::unexpected<Error> failProblem(const Scan& scan) {
    auto error = *scan.problem;
    if (scan.isPlaced) error.detail = fmt::format("entry {}: {}", scan.chain.entries() + 1, error.detail);
    return fail(error);
}

std::vector<std::uint64_t> sequencesOf(const std::map<std::uint64_t, Entry>& intents) {
    std::vector<std::uint64_t> sequences;
    for (const auto& [sequence, entry] : intents) sequences.push_back(sequence);
    return sequences;
}

}  // namespace

struct AuditLog::Writer {
    Writer(std::filesystem::path place, const LogAccess& access, const Clock& time)
        : folder(std::move(place)),
          keys(LogKeys::from(access.key)),
          reader(access.reader),
          composer(keys, reader, time, {}),
          clock(time) {}

    Status openFiles(const std::vector<Witness>& seen);
    Status begin();
    Status goOn(Scan found);
    Status takeSigningKey();
    Status startSegment();
    Status changeKey();
    Result<std::uint64_t> append(const Entry& entry);
    Status write(const Composed& next);
    [[nodiscard]] Note signedHead() const;
    [[nodiscard]] Status keepKeys(const std::vector<const crypto::SignKeyPair*>& pairs) const {
        return keepSigningKeys(folder / kSigningKeyName, pairs, keys.signing);
    }
    [[nodiscard]] Status saveCheckpoint() const {
        return writeFileAtomically(folder / kCheckpointName, noteText(signedHead()));
    }

    std::filesystem::path folder;
    LogKeys keys;
    crypto::SealPublicKey reader;
    Composer composer;
    const Clock& clock;
    crypto::SignKeyPair signing;
    Segment segment;
    std::uint64_t segments = 0;
    std::uint64_t segmentBytes = 0;  ///< Of the last one.
    bool broken = false;
    mutable std::mutex mutex;
};

Note AuditLog::Writer::signedHead() const {
    const Chain& chain = composer.chain();
    const auto origin = chain.keys().empty() ? originOf(signing.publicKey) : chain.origin();
    return signNote(origin, chain.checkpoint(), signing);
}

Status AuditLog::Writer::startSegment() {
    FAIRLEAD_OK(segment.open(folder / segmentName(segments + 1), O_CREAT | O_EXCL));
    FAIRLEAD_OK(segment.append(kMagic));
    FAIRLEAD_OK(syncFolder(folder));
    ++segments;
    segmentBytes = kMagic.size();
    return {};
}

/// The key before the checkpoint, the checkpoint before the segment: what is missing later was lost.
Status AuditLog::Writer::begin() {
    signing = crypto::SignKeyPair::generate();
    FAIRLEAD_OK(keepKeys({&signing}));
    FAIRLEAD_OK(saveCheckpoint());
    FAIRLEAD_OK(startSegment());
    return changeKey();
}

/// The one that the log names last. A crash while a key hands over leaves two in the file.
Status AuditLog::Writer::takeSigningKey() {
    auto pairs = readSigningKeys(folder / kSigningKeyName, keys.signing);
    if (!pairs && pairs.error().code != ErrorCode::Io) {
        return fail(ErrorCode::Corrupt, "audit log", "the signing key is missing or changed");
    }
    if (!pairs) return fail(std::move(pairs).error());
    const Chain& chain = composer.chain();
    for (auto& pair : *pairs) {
        if (!chain.keys().empty() && pair.publicKey != chain.keys().back().key) continue;
        signing = std::move(pair);
        return {};
    }
    return fail(ErrorCode::Corrupt, "audit log", "the signing key is not the one that the log names");
}

Status AuditLog::Writer::goOn(Scan found) {
    composer = Composer(keys, reader, clock, std::move(found.chain));
    segments = found.segments;
    segmentBytes = found.soundBytes;
    if (segments > 0) FAIRLEAD_OK(segment.open(folder / segmentName(segments), 0));
    FAIRLEAD_OK(takeSigningKey());
    if (composer.chain().entries() == 0) {
        // Nothing but the key file can say whose the empty log is.
        const auto text = readFile(folder / kCheckpointName);
        if (!text || *text != noteText(signedHead()))
            return fail(ErrorCode::Corrupt, "audit log", "the checkpoint is changed");
    }
    if (segments == 0) FAIRLEAD_OK(startSegment());
    if (found.tornBytes > 0) FAIRLEAD_OK(segment.cut(segmentBytes));
    if (segmentBytes == 0) {
        FAIRLEAD_OK(segment.append(kMagic));
        segmentBytes = kMagic.size();
    }
    if (composer.chain().entries() != found.checkpointSize) FAIRLEAD_OK(saveCheckpoint());
    FAIRLEAD_OK(changeKey());
    if (found.tornBytes == 0) return {};
    const Entry note{
        .verb = Verb::TailCut, .state = State::Note, .marks = {{"bytes", fmt::format("{}", found.tornBytes)}}};
    FAIRLEAD_TRY(const auto noted, append(note));
    static_cast<void>(noted);
    return {};
}

Status AuditLog::Writer::openFiles(const std::vector<Witness>& seen) {
    auto found = scanLog(folder, {&keys}, seen, {});
    if (!found && found.error().code == ErrorCode::NotFound) {
        if (!seen.empty()) return fail(ErrorCode::Corrupt, "audit log", "it is gone");
        return begin();
    }
    if (!found) return fail(std::move(found).error());
    if (found->problem) return failProblem(*found);
    return goOn(std::move(*found));
}

Status AuditLog::Writer::write(const Composed& next) {
    if (segmentBytes + next.frame.size() > kSegmentBytes) FAIRLEAD_OK(startSegment());
    FAIRLEAD_OK(segment.append(next.frame));
    segmentBytes += next.frame.size();
    return composer.take(next);
}

/// Both secrets are kept until the log says which one signs from now on; then the old one goes.
Status AuditLog::Writer::changeKey() {
    const bool isFirst = composer.chain().keys().empty();
    auto next = isFirst ? std::move(signing) : crypto::SignKeyPair::generate();
    if (!isFirst) FAIRLEAD_OK(keepKeys({&signing, &next}));
    FAIRLEAD_TRY(const auto change, composer.composeKeyChange(next.publicKey, isFirst ? next : signing));
    FAIRLEAD_OK(write(change));
    signing = std::move(next);
    FAIRLEAD_OK(saveCheckpoint());
    return isFirst ? Status{} : keepKeys({&signing});
}

Result<std::uint64_t> AuditLog::Writer::append(const Entry& entry) {
    if (broken) return fail(ErrorCode::Io, "audit log", "could not be written earlier");
    // The log alone knows its keys, so nobody else says that they change.
    if (entry.verb == Verb::KeyChange) return fail(ErrorCode::InvalidArgument, "audit log", "a key change");
    const auto durable = [&]() -> Status {
        const Chain& chain = composer.chain();
        if (chain.entries() - chain.keys().back().from >= kEntriesPerKey) FAIRLEAD_OK(changeKey());
        FAIRLEAD_TRY(const auto next, composer.compose(entry));
        FAIRLEAD_OK(write(next));
        return saveCheckpoint();
    };
    if (auto written = durable(); !written) {
        broken = written.error().code != ErrorCode::InvalidArgument;
        return fail(std::move(written).error());
    }
    return composer.chain().entries();
}

AuditLog::AuditLog(std::unique_ptr<Writer> writer) : m_writer(std::move(writer)) {}
AuditLog::~AuditLog() = default;
AuditLog::AuditLog(AuditLog&&) noexcept = default;
AuditLog& AuditLog::operator=(AuditLog&&) noexcept = default;

Result<AuditLog> AuditLog::open(const std::filesystem::path& folder, const LogAccess& access, const Clock& clock,
                                const std::vector<Witness>& seen) {
    if (access.key.size() < 32) return fail(ErrorCode::InvalidArgument, "audit log", "key size");
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failErrno(errno);
    auto writer = std::make_unique<Writer>(folder, access, clock);
    FAIRLEAD_OK(writer->openFiles(seen));
    return AuditLog(std::move(writer));
}

Result<std::uint64_t> AuditLog::append(const Entry& entry) {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->append(entry);
}

Checkpoint AuditLog::head() const {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->composer.chain().checkpoint();
}

std::int64_t AuditLog::latestMs() const {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->composer.chain().maxSeenMs();
}

Note AuditLog::signedHead() const {
    const std::scoped_lock lock(m_writer->mutex);
    return m_writer->signedHead();
}

std::vector<std::uint64_t> AuditLog::unfinished() const {
    const std::scoped_lock lock(m_writer->mutex);
    return sequencesOf(m_writer->composer.chain().unfinished());
}

Status AuditLog::closeUnfinished() {
    const std::scoped_lock lock(m_writer->mutex);
    const auto open = m_writer->composer.chain().unfinished();
    for (const auto& [sequence, intent] : open) {
        Entry end = intent;
        end.state = State::Failed;
        end.about = sequence;
        end.marks = {{"reason", "interrupted"}};
        if (auto appended = m_writer->append(end); !appended) return fail(std::move(appended).error());
    }
    return {};
}

Result<VerifyReport> AuditLog::verify(const std::filesystem::path& folder, const VerifyOptions& options) {
    std::optional<LogKeys> keys;
    if (options.key != nullptr) keys = LogKeys::from(*options.key);
    FAIRLEAD_TRY(const auto scan, scanLog(folder, {keys ? &*keys : nullptr}, options.witnesses, {}));
    const Chain& chain = scan.chain;
    VerifyReport report{.intact = !scan.problem,
                        .firstBad = {},
                        .problem = scan.problem ? scan.problem->detail : std::string(),
                        .entries = chain.entries(),
                        .head = chain.checkpoint(),
                        .origin = chain.origin(),
                        .keys = chain.keys().size(),
                        .tornBytes = scan.tornBytes,
                        .unfinished = sequencesOf(chain.unfinished())};
    if (scan.problem && scan.isPlaced) report.firstBad = chain.entries() + 1;
    return report;
}

Result<std::vector<Record>> AuditLog::read(const std::filesystem::path& folder, const ReadKeys& keys) {
    std::optional<LogKeys> ofLog;
    if (keys.key != nullptr) ofLog = LogKeys::from(*keys.key);
    std::vector<Record> records;
    const auto keep = [&](const Record& record) {
        if (record.sequence == 1) records.clear();
        records.push_back(record);
    };
    FAIRLEAD_TRY(const auto scan, scanLog(folder, {ofLog ? &*ofLog : nullptr, keys.reader}, {}, keep));
    if (scan.problem) return failProblem(scan);
    return records;
}

Result<std::vector<std::string>> AuditLog::leaves(const std::filesystem::path& folder) {
    std::vector<std::string> leaves;
    FAIRLEAD_TRY(const auto scan, scanLog(folder, {}, {}, [&](const Record& record) {
                     if (record.sequence == 1) leaves.clear();
                     leaves.push_back(leafHash(encode(record)));
                 }));
    if (scan.problem) return failProblem(scan);
    return leaves;
}

}  // namespace fairlead::audit
