#include "ui/table/zip_bytes.h"

#include <limits>

#include <zlib.h>

#include "core/base/check.h"

namespace fairlead::ui {

namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kCentralHeader = 0x02014b50;
constexpr std::uint32_t kEndRecord = 0x06054b50;
constexpr std::uint16_t kVersion = 20;  // 2.0: folders and method 8.
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kFirstDay = 0x0021;  // 01/01/1980, the first day that the format knows.
constexpr int kRawDeflate = -15;             // A negative window: no header of zlib's own.
constexpr int kMemoryLevel = 8;

void put16(QByteArray& to, std::uint16_t value) {
    to.append(static_cast<char>(value & 0xff));
    to.append(static_cast<char>(value >> 8));
}

void put32(QByteArray& to, std::uint32_t value) {
    put16(to, static_cast<std::uint16_t>(value & 0xffff));
    put16(to, static_cast<std::uint16_t>(value >> 16));
}

std::uint32_t size32(qsizetype size) {
    FAIRLEAD_CHECK(size >= 0 && static_cast<std::uint64_t>(size) < std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(size);
}

QByteArray deflated(const QByteArray& bytes) {
    z_stream stream{};
    FAIRLEAD_CHECK(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawDeflate, kMemoryLevel,
                                Z_DEFAULT_STRATEGY) == Z_OK);
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, size32(bytes.size()))), Qt::Uninitialized);
    // zlib reads through this pointer only; its type is older than const.
    QByteArray source = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(source.data());
    stream.avail_in = size32(source.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = size32(packed.size());
    const int ended = deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    FAIRLEAD_CHECK(ended == Z_STREAM_END);
    return packed;
}

/// What both headers of a file say, from the version on.
QByteArray commonPart(const ZipEntry& entry, const QByteArray& packed) {
    QByteArray part;
    put16(part, kVersion);
    put16(part, 0);
    put16(part, kDeflated);
    put16(part, 0);
    put16(part, kFirstDay);
    put32(part, static_cast<std::uint32_t>(
                    crc32(0, reinterpret_cast<const Bytef*>(entry.bytes.constData()), size32(entry.bytes.size()))));
    put32(part, size32(packed.size()));
    put32(part, size32(entry.bytes.size()));
    put16(part, static_cast<std::uint16_t>(entry.name.size()));
    put16(part, 0);
    return part;
}

}  // namespace

QByteArray zipOf(const std::vector<ZipEntry>& entries) {
    FAIRLEAD_CHECK(entries.size() < std::numeric_limits<std::uint16_t>::max());
    QByteArray archive;
    QByteArray directory;
    for (const ZipEntry& entry : entries) {
        const QByteArray packed = deflated(entry.bytes);
        const QByteArray common = commonPart(entry, packed);
        put32(directory, kCentralHeader);
        put16(directory, kVersion);
        directory += common;
        put16(directory, 0);  // No comment.
        put16(directory, 0);  // First disk.
        put16(directory, 0);
        put32(directory, 0);
        put32(directory, size32(archive.size()));
        directory += entry.name;
        put32(archive, kLocalHeader);
        archive += common + entry.name + packed;
    }
    const std::uint32_t start = size32(archive.size());
    archive += directory;
    put32(archive, kEndRecord);
    put16(archive, 0);
    put16(archive, 0);
    put16(archive, static_cast<std::uint16_t>(entries.size()));
    put16(archive, static_cast<std::uint16_t>(entries.size()));
    put32(archive, size32(directory.size()));
    put32(archive, start);
    put16(archive, 0);
    return archive;
}

}  // namespace fairlead::ui
