#include "core/store/allocations.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <string_view>

#include <sqlite3.h>

namespace fairlead::store {

namespace {

thread_local constinit bool isRefused = false;
thread_local constinit bool mayUseSpare = false;

/// Of everything that SQLite writes into its log, the two lines of its allocator.
void onLog(void*, int code, const char* text) {
    const std::string_view line(text == nullptr ? "" : text);
    if (code == SQLITE_NOMEM && (line.starts_with("failed to allocate") || line.starts_with("failed memory resize")))
        isRefused = true;
}

/// Pieces one after the other; all of it is free again when all of them are. Nothing of SQLite's asks for its other
/// locks while it holds this one.
class Spare {
public:
    void* take(int bytes) {
        const std::size_t size = (static_cast<std::size_t>(bytes) + 7) / 8 * 8;
        const std::scoped_lock lock(m_mutex);
        if (size > kLargestPiece || m_used + kHeadBytes + size > m_bytes.size()) return nullptr;
        std::byte* const piece = m_bytes.data() + m_used + kHeadBytes;
        std::memcpy(piece - kHeadBytes, &size, sizeof size);
        m_used += kHeadBytes + size;
        ++m_pieces;
        return piece;
    }
    void giveBack() {
        const std::scoped_lock lock(m_mutex);
        if (--m_pieces == 0) m_used = 0;
    }
    [[nodiscard]] bool has(const void* piece) const {
        const auto* const at = static_cast<const std::byte*>(piece);
        return !std::less<>()(at, m_bytes.data()) && std::less<>()(at, m_bytes.data() + m_bytes.size());
    }
    static std::size_t sizeOf(const void* piece) {
        std::size_t size = 0;
        std::memcpy(&size, static_cast<const std::byte*>(piece) - kHeadBytes, sizeof size);
        return size;
    }

private:
    static constexpr std::size_t kHeadBytes = 8, kLargestPiece = 1024, kBytes = std::size_t{64} * 1024;
    std::mutex m_mutex;
    std::size_t m_used = 0, m_pieces = 0;
    alignas(16) std::array<std::byte, kBytes> m_bytes{};
};

constinit Spare spare;
/// The C library's, as SQLite calls them.
constinit sqlite3_mem_methods usual{};

void* takePiece(int bytes) {
    const bool before = isRefused;
    void* const piece = usual.xMalloc(bytes);
    if (piece != nullptr || !mayUseSpare) return piece;
    void* const spared = spare.take(bytes);
    if (spared != nullptr) isRefused = before;
    return spared;
}

void freePiece(void* piece) {
    if (spare.has(piece))
        spare.giveBack();
    else
        usual.xFree(piece);
}

int sizeOfPiece(void* piece) {
    if (piece != nullptr && spare.has(piece)) return static_cast<int>(Spare::sizeOf(piece));
    return usual.xSize(piece);
}

void* resizePiece(void* piece, int bytes) {
    if (!spare.has(piece)) return usual.xRealloc(piece, bytes);
    void* const moved = takePiece(bytes);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, piece, std::min(static_cast<std::size_t>(bytes), Spare::sizeOf(piece)));
    spare.giveBack();
    return moved;
}

/// Before SQLite starts; SQLCipher puts its own wiping around it. Where SQLite has started there is nothing spare.
void setSpareAside() {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) return;
    sqlite3_mem_methods ours = usual;
    ours.xMalloc = takePiece;
    ours.xFree = freePiece;
    ours.xRealloc = resizePiece;
    ours.xSize = sizeOfPiece;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

}  // namespace

void watchAllocations() {
    static std::once_flag isDone;
    std::call_once(isDone, [] {
        sqlite3_config(SQLITE_CONFIG_LOG, onLog, nullptr);
        setSpareAside();
    });
}

bool wasRefusedMemory() { return std::exchange(isRefused, false); }

SpareMemory::SpareMemory() { mayUseSpare = true; }

SpareMemory::~SpareMemory() { mayUseSpare = false; }

}  // namespace fairlead::store
