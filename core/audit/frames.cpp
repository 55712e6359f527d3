#include "core/audit/frames.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::audit {

namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kHashBytes = 32;
constexpr std::uint32_t kMaxEntryBytes = 1U << 20U;
constexpr std::uintmax_t kMaxSegmentBytes = 1U << 28U;

std::string littleEndian(std::uint32_t value) {
    std::string bytes;
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xffU);
    return bytes;
}

/// Four bytes that only this length has: a changed length must not pass for an entry cut short by a crash.
std::string lengthCheck(std::string_view length) {
    return crypto::sha256(std::string("fairlead audit length ") + std::string(length)).substr(0, 4);
}

std::optional<std::uint32_t> lengthIn(std::string_view header) {
    const auto length = header.substr(0, 4);
    if (lengthCheck(length) != header.substr(4, 4)) return std::nullopt;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(length[i])} << 8U * i;
    if (value > kMaxEntryBytes) return std::nullopt;
    return value;
}

std::string checkpointBody(const Checkpoint& checkpoint) {
    return fmt::format("fairlead-audit/1\n{}\n{}\n", checkpoint.size, hex(checkpoint.root));
}

bool isZeros(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return c == '\0'; });
}

/// Reads the frames of one segment after the other and keeps the chain.
class Reader {
public:
    Reader(const LogKeys* keys, const std::function<void(const Record&)>& visit) : m_keys(keys), m_visit(visit) {}

    /// False when nothing after it can be read.
    bool readSegment(std::string_view bytes, bool isLast);
    void stop(std::string problem, ErrorCode code = ErrorCode::Corrupt) {
        if (!scan.problem) scan.problem = Error{code, "audit log", std::move(problem)};
    }
    /// Remembers the root at this size, to be compared with what the caller knows.
    void watch(const Checkpoint& checkpoint) { m_known.emplace(checkpoint.size, checkpoint.root); }
    void compareKnown(bool atEnd);

    Scan scan;

private:
    bool readEntry(std::string_view entry, std::string_view leaf, std::string_view mac);
    std::optional<std::string> problemOf(const Record& record, std::string_view leaf, std::string_view mac) const;
    void keepIntent(const Record& record);

    const LogKeys* m_keys;
    const std::function<void(const Record&)>& m_visit;
    std::multimap<std::uint64_t, std::string> m_known;
};

void Reader::compareKnown(bool atEnd) {
    const auto now = scan.tree.checkpoint();
    const auto [first, last] = m_known.equal_range(scan.entries);
    for (auto it = first; it != last; ++it) {
        if (it->second != now.root) stop("the log is not the one that the checkpoint was made of");
    }
    if (atEnd && !scan.problem && !m_known.empty() && m_known.rbegin()->first > scan.entries) {
        scan.isTruncated = true;
        stop(fmt::format("entries are missing at the end: {} of {}", scan.entries, m_known.rbegin()->first));
    }
}

std::optional<std::string> Reader::problemOf(const Record& record, std::string_view leaf, std::string_view mac) const {
    if (m_keys != nullptr && !crypto::equalInConstantTime(crypto::mac(leaf, m_keys->mac), mac))
        return "not sealed by this log's key";
    if (record.sequence != scan.entries + 1) return "out of order";
    if (record.previousLeaf != scan.lastLeaf) return "does not follow the entry before it";
    if (record.maxSeenMs != std::max(scan.maxSeenMs, record.wallMs)) return "times do not fit";
    if (record.entry.about >= record.sequence) return "ends what has not begun";
    return std::nullopt;
}

void Reader::keepIntent(const Record& record) {
    if (record.entry.state == State::Intent) scan.unfinished.emplace(record.sequence, record.entry);
    if (record.entry.state == State::Done || record.entry.state == State::Failed)
        scan.unfinished.erase(record.entry.about);
}

bool Reader::readEntry(std::string_view entry, std::string_view leaf, std::string_view mac) {
    if (leafHash(entry) != leaf) {
        stop("changed");
        return false;
    }
    auto record = decode(entry);
    if (!record) {
        stop(record.error().detail, record.error().code);
        return false;
    }
    if (auto problem = problemOf(*record, leaf, mac)) {
        stop(*problem);
        return false;
    }
    if (m_keys != nullptr && !record->sealedDetails.empty()) {
        const auto plain = crypto::decrypt(record->sealedDetails, record->previousLeaf, m_keys->details);
        auto details = plain ? decodeDetails(plain->view()) : fail(plain.error());
        if (!details) {
            stop("details cannot be opened");
            return false;
        }
        record->entry.details = std::move(*details);
    }
    ++scan.entries;
    scan.tree.add(leaf);
    scan.lastLeaf = leaf;
    scan.maxSeenMs = record->maxSeenMs;
    if (m_visit) m_visit(*record);
    record->entry.details.clear();
    keepIntent(*record);
    if (m_known.contains(scan.entries)) compareKnown(false);
    return !scan.problem;
}

bool Reader::readSegment(std::string_view bytes, bool isLast) {
    ++scan.segments;
    scan.soundBytes = 0;
    const auto torn = [&](std::string_view rest) {
        if (!isLast) stop("ends within an entry");
        scan.tornBytes = rest.size();
        return false;
    };
    if (isLast && bytes.size() < kMagic.size() && (kMagic.starts_with(bytes) || isZeros(bytes))) return torn(bytes);
    if (!bytes.starts_with(kMagic)) {
        const bool isOurs = bytes.starts_with(kMagic.substr(0, kMagic.size() - 2));
        stop("a segment without its first line", isOurs ? ErrorCode::NewerFormat : ErrorCode::Corrupt);
        return false;
    }
    auto rest = bytes.substr(kMagic.size());
    for (scan.soundBytes = kMagic.size(); !rest.empty(); scan.soundBytes = bytes.size() - rest.size()) {
        // File systems may leave zeros where a crash came before the bytes did.
        if (rest.size() < kHeaderBytes || isZeros(rest)) return torn(rest);
        const auto length = lengthIn(rest);
        if (!length) {
            stop("its length is changed");
            return false;
        }
        const std::size_t frame = kHeaderBytes + *length + 2 * kHashBytes;
        if (rest.size() < frame) return torn(rest);
        const auto body = rest.substr(kHeaderBytes);
        if (!readEntry(body.substr(0, *length), body.substr(*length, kHashBytes),
                       body.substr(*length + kHashBytes, kHashBytes))) {
            return false;
        }
        rest.remove_prefix(frame);
    }
    return true;
}

/// The checkpoint beside the log. A log without one has lost it: it is written before the first segment.
void readCheckpoint(const std::filesystem::path& folder, const LogKeys* keys, Reader& reader) {
    const auto text = readFile(folder / kCheckpointName, 1024);
    if (!text) return reader.stop("the checkpoint is missing");
    const auto lines = split(*text, '\n');
    const auto size = lines.size() == 5 ? parseInteger(lines[1]) : std::nullopt;
    if (!size || *size < 0 || lines[2].size() != 64) return reader.stop("the checkpoint is changed");
    Checkpoint checkpoint{.size = static_cast<std::uint64_t>(*size), .root = {}};
    for (std::size_t i = 0; i < 64; i += 2) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto high = kDigits.find(lines[2][i]);
        const auto low = kDigits.find(lines[2][i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return reader.stop("the checkpoint is changed");
        checkpoint.root += static_cast<char>(high << 4U | low);
    }
    const bool sealed = keys == nullptr || *text == checkpointText(checkpoint, *keys);
    if (!sealed || !text->starts_with(checkpointBody(checkpoint))) return reader.stop("the checkpoint is changed");
    reader.watch(checkpoint);
}

/// How many segments there are: all files of that form count, so that none can hide behind a gap.
Result<std::uint64_t> countSegments(const std::filesystem::path& folder) {
    std::error_code error;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto file = it->path().filename().string();
        if (file.starts_with("segment-") && file.ends_with(".log")) ++count;
    }
    if (error) return fail(ErrorCode::Io, "audit log", error.message());
    return count;
}

}  // namespace

LogKeys LogKeys::from(const crypto::Secret& key) {
    auto mac = crypto::mac("fairlead audit mac 1", key);
    auto details = crypto::mac("fairlead audit details 1", key);
    LogKeys keys{.mac = crypto::Secret::copyOf(mac), .details = crypto::Secret::copyOf(details)};
    crypto::wipe(mac);
    crypto::wipe(details);
    return keys;
}

std::string segmentName(std::uint64_t number) { return fmt::format("segment-{:06}.log", number); }

std::string frameOf(std::string_view entry, const LogKeys& keys) {
    const auto length = littleEndian(static_cast<std::uint32_t>(entry.size()));
    const auto leaf = leafHash(entry);
    return length + lengthCheck(length) + std::string(entry) + leaf + crypto::mac(leaf, keys.mac);
}

std::string checkpointText(const Checkpoint& checkpoint, const LogKeys& keys) {
    const auto body = checkpointBody(checkpoint);
    return body + hex(crypto::mac(body, keys.mac)) + "\n";
}

Result<Scan> scanLog(const std::filesystem::path& folder, const LogKeys* keys, const std::vector<Checkpoint>& witnesses,
                     const std::function<void(const Record&)>& visit) {
    FAIRLEAD_TRY(const auto segments, countSegments(folder));
    if (segments == 0 && !std::filesystem::exists(folder / kCheckpointName))
        return fail(ErrorCode::NotFound, "audit log");
    Reader reader(keys, visit);
    readCheckpoint(folder, keys, reader);
    for (const auto& witness : witnesses) reader.watch(witness);
    reader.compareKnown(false);
    for (std::uint64_t number = 1; number <= segments && !reader.scan.problem; ++number) {
        const auto bytes = readFile(folder / segmentName(number), kMaxSegmentBytes);
        if (!bytes && bytes.error().code != ErrorCode::NotFound) return fail(bytes.error());
        if (!bytes) {
            reader.stop("a segment is missing");
        } else {
            reader.readSegment(*bytes, number == segments);
        }
    }
    reader.compareKnown(true);
    return std::move(reader.scan);
}

}  // namespace fairlead::audit
