#include "core/link/block_index.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/link/parallel.h"

namespace fairlead::link {
namespace {

constexpr std::uint32_t kRowsPerChunk = 1U << 16U;
constexpr std::uint32_t kRowsPerPartition = 1U << 12U;  // grouping then stays in the processor's caches
constexpr int kMostPartitionBits = 12;
constexpr int kSplits = 2;

// A row under a key.
struct Entry {
    std::uint64_t key = 0;
    std::uint32_t row = 0;
};

int partitionBitsOf(std::uint32_t rows) {
    // Digits by their zeros: what std::bit_width returns differs between libraries.
    const std::uint32_t partitions = rows / kRowsPerPartition;
    return std::min(kMostPartitionBits, std::numeric_limits<std::uint32_t>::digits - std::countl_zero(partitions));
}

std::size_t partitionOf(std::uint64_t key, int bits) {
    return bits == 0 ? 0 : static_cast<std::size_t>(key >> static_cast<unsigned>(64 - bits));
}

// The entries of some rows, by partition of the key; rows ascending within one.
struct Chunk {
    std::vector<Entry> entries;
    std::vector<std::uint32_t> begins;
};

void addKeys(const KeyMaker& maker, std::uint32_t begin, std::uint32_t end, std::vector<Entry>& entries) {
    if (maker.isSingle()) {
        for (std::uint32_t row = begin; row < end; ++row) {
            std::uint64_t key = 0;
            if (maker.singleKey(row, key)) entries.push_back({key, row});
        }
        return;
    }
    KeyScratch scratch;
    for (std::uint32_t row = begin; row < end; ++row) {
        maker.keysOf(row, scratch);
        for (const std::uint64_t key : scratch.keys) entries.push_back({key, row});
    }
}

Chunk chunkOf(const KeyMaker& maker, std::uint32_t begin, std::uint32_t end, int bits) {
    std::vector<Entry> found;
    found.reserve(end - begin);
    addKeys(maker, begin, end, found);
    Chunk chunk;
    chunk.begins.assign((std::size_t{1} << static_cast<unsigned>(bits)) + 1, 0);
    for (const Entry& entry : found) ++chunk.begins[partitionOf(entry.key, bits) + 1];
    for (std::size_t p = 1; p < chunk.begins.size(); ++p) chunk.begins[p] += chunk.begins[p - 1];
    std::vector<std::uint32_t> next = chunk.begins;
    chunk.entries.resize(found.size());
    for (const Entry& entry : found) chunk.entries[next[partitionOf(entry.key, bits)]++] = entry;
    return chunk;
}

// The blocks of one partition.
struct PartBlocks {
    std::vector<std::uint32_t> sizes;
    std::vector<std::uint32_t> members;
    double pairs = 0.0;  // before splitting
    std::uint64_t blocksSplit = 0;
    std::uint64_t recordsSkipped = 0;
};

class Grouper {
public:
    Grouper(const KeyMaker& maker, std::uint32_t blockCap) : m_maker(maker), m_cap(blockCap) {}

    PartBlocks group(std::vector<Entry> entries) {
        m_out = {};
        add(std::move(entries), 0);
        return std::move(m_out);
    }

private:
    // Keys are numbered in order of first appearance.
    std::vector<std::uint32_t> numbered(const std::vector<Entry>& entries, std::vector<std::uint32_t>& counts) const {
        const std::size_t slots = std::bit_ceil(2 * entries.size() + 1);
        std::vector<std::uint32_t> table(slots, kNoValue), groups(entries.size());
        std::vector<std::uint64_t> keys;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            std::size_t slot = entries[i].key & (slots - 1);
            while (table[slot] != kNoValue && keys[table[slot]] != entries[i].key) slot = (slot + 1) & (slots - 1);
            if (table[slot] == kNoValue) {
                table[slot] = static_cast<std::uint32_t>(keys.size());
                keys.push_back(entries[i].key);
                counts.push_back(0);
            }
            groups[i] = table[slot];
            ++counts[groups[i]];
        }
        return groups;
    }

    void add(std::vector<Entry> entries, int round) {
        std::vector<std::uint32_t> counts;
        const std::vector<std::uint32_t> groups = numbered(entries, counts);
        std::vector<std::uint32_t> next(counts.size());
        for (std::size_t g = 1; g < counts.size(); ++g) next[g] = next[g - 1] + counts[g - 1];
        std::vector<Entry> sorted(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i) sorted[next[groups[i]]++] = entries[i];
        std::vector<Entry>().swap(entries);
        for (std::size_t g = 0; g < counts.size(); ++g) {
            const std::span<const Entry> block(sorted.data() + next[g] - counts[g], counts[g]);
            if (round == 0) m_out.pairs += static_cast<double>(counts[g]) * (counts[g] - 1.0) / 2.0;
            addBlock(block, round);
        }
    }

    void addBlock(std::span<const Entry> block, int round) {
        if (block.size() < 2) return;
        if (block.size() <= m_cap) {
            m_out.sizes.push_back(static_cast<std::uint32_t>(block.size()));
            for (const Entry& entry : block) m_out.members.push_back(entry.row);
            return;
        }
        if (round == kSplits) {
            m_out.recordsSkipped += block.size();
            return;
        }
        if (round == 0) ++m_out.blocksSplit;
        std::vector<Entry> finer(block.begin(), block.end());
        for (Entry& entry : finer) entry.key = mixKey(entry.key, m_maker.splitValue(entry.row, round));
        add(std::move(finer), round + 1);
    }

    const KeyMaker& m_maker;
    std::size_t m_cap;
    PartBlocks m_out;
};

std::vector<Entry> entriesOf(const std::vector<Chunk>& chunks, std::size_t partition) {
    std::size_t all = 0;
    for (const Chunk& chunk : chunks) all += chunk.begins[partition + 1] - chunk.begins[partition];
    std::vector<Entry> entries;
    entries.reserve(all);
    for (const Chunk& chunk : chunks) {
        entries.insert(entries.end(), chunk.entries.begin() + chunk.begins[partition],
                       chunk.entries.begin() + chunk.begins[partition + 1]);
    }
    return entries;
}

RuleBlocks joined(std::vector<PartBlocks>& parts) {
    RuleBlocks blocks;
    std::size_t members = 0, count = 0;
    for (const PartBlocks& part : parts) {
        members += part.members.size();
        count += part.sizes.size();
    }
    blocks.members.reserve(members);
    blocks.begins.reserve(count + 1);
    for (PartBlocks& part : parts) {
        for (const std::uint32_t size : part.sizes) blocks.begins.push_back(blocks.begins.back() + size);
        blocks.members.insert(blocks.members.end(), part.members.begin(), part.members.end());
        part = {};
    }
    return blocks;
}

}  // namespace

Result<RuleBlocks> buildBlocks(const KeyMaker& maker, std::uint32_t rows, const BlockLimits& limits, RuleReport& report,
                               TaskContext& task) {
    const int bits = partitionBitsOf(rows);
    std::vector<Chunk> chunks((rows + kRowsPerChunk - 1) / kRowsPerChunk);
    forEachUnit(chunks.size(), threadCount(limits.threads, chunks.size()), [&](unsigned, std::size_t unit) {
        if (task.cancelled()) return;
        const auto begin = static_cast<std::uint32_t>(unit * kRowsPerChunk);
        chunks[unit] = chunkOf(maker, begin, std::min(rows, begin + kRowsPerChunk), bits);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    std::vector<PartBlocks> parts(std::size_t{1} << static_cast<unsigned>(bits));
    forEachUnit(parts.size(), threadCount(limits.threads, parts.size()), [&](unsigned, std::size_t unit) {
        if (!task.cancelled()) parts[unit] = Grouper(maker, limits.blockCap).group(entriesOf(chunks, unit));
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    std::vector<Chunk>().swap(chunks);
    double pairs = 0.0;
    for (const PartBlocks& part : parts) pairs += part.pairs;
    if (limits.mostPairs > 0.0 && pairs > limits.mostPairs) {
        report.leftOut = true;
        return RuleBlocks{};
    }
    for (const PartBlocks& part : parts) {
        report.blocksSplit += part.blocksSplit;
        report.recordsSkipped += part.recordsSkipped;
    }
    return joined(parts);
}

}  // namespace fairlead::link
