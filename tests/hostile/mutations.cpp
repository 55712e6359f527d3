#include "tests/hostile/mutations.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/check.h"

namespace fairlead::hostile {

namespace {

constexpr std::size_t kFileHeaderBytes = 100;
constexpr unsigned kInteriorTable = 5;
constexpr unsigned kLeafTable = 13;

std::uint32_t get(std::string_view page, std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes && at + i < page.size(); ++i)
        value = value << 8U | static_cast<unsigned char>(page[at + i]);
    return value;
}

void put(std::string& page, std::size_t at, std::size_t bytes, std::uint32_t value) {
    for (std::size_t i = 0; i < bytes && at + i < page.size(); ++i)
        page[at + i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

/// A tree's page: where its header is, and its cells.
struct Tree {
    std::size_t page = 0;
    std::size_t header = 0;
    bool isLeaf = true;
    std::vector<std::size_t> cells;  ///< Where each begins.

    [[nodiscard]] std::size_t pointers() const { return header + (isLeaf ? 8 : 12); }
};

bool isTree(const Pages& pages, std::size_t page) {
    const auto type = get(pages[page], page == 0 ? kFileHeaderBytes : 0, 1);
    return type == kInteriorTable || type == kLeafTable;
}

/// A tree's page at random; one without cells when there is none.
Tree anyTree(const Pages& pages, Draw& draw, bool leavesOnly) {
    Tree tree;
    for (int tries = 0; tries < 20; ++tries) {
        tree.page = draw.below(pages.size());
        tree.header = tree.page == 0 ? kFileHeaderBytes : 0;
        tree.isLeaf = get(pages[tree.page], tree.header, 1) == kLeafTable;
        if (isTree(pages, tree.page) && (tree.isLeaf || !leavesOnly)) break;
    }
    if (!isTree(pages, tree.page)) return tree;
    const auto count = std::min<std::size_t>(get(pages[tree.page], tree.header + 3, 2), 500);
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = get(pages[tree.page], tree.pointers() + 2 * i, 2);
        if (at + 16 < kUsableBytes) tree.cells.push_back(at);
    }
    return tree;
}

/// How many bytes a varint has.
std::size_t varintBytes(std::string_view page, std::size_t at) {
    std::size_t size = 1;
    while (size < 9 && at + size < page.size() && (static_cast<unsigned char>(page[at + size - 1]) & 0x80U) != 0)
        ++size;
    return size;
}

/// A varint of the same length where it can be, or as long as it likes over what follows.
void putVarint(std::string& page, std::size_t at, Draw& draw) {
    const auto size = draw.below(3) == 0 ? 1 + draw.below(9) : varintBytes(page, at);
    for (std::size_t i = 0; i < size && at + i < page.size(); ++i) {
        const auto bits = static_cast<unsigned>(draw.below(3) == 0 ? 0x7F : draw.bits() & 0x7FU);
        page[at + i] = static_cast<char>(bits | (i + 1 < size ? 0x80U : 0U));
    }
}

/// A leaf's cell: payload size, row id, header size, serial types.
struct Cell {
    std::size_t page = 0;
    std::size_t size = 0;
    std::size_t rowId = 0;
    std::size_t record = 0;
    std::size_t types = 0;
    std::size_t content = 0;
};

bool anyCell(const Pages& pages, Draw& draw, Cell& cell) {
    const auto tree = anyTree(pages, draw, true);
    if (!tree.isLeaf || tree.cells.empty()) return false;
    const auto& page = pages[tree.page];
    cell.page = tree.page;
    cell.size = tree.cells[draw.below(tree.cells.size())];
    cell.rowId = cell.size + varintBytes(page, cell.size);
    cell.record = cell.rowId + varintBytes(page, cell.rowId);
    cell.types = cell.record + varintBytes(page, cell.record);
    cell.content = cell.record + (static_cast<unsigned char>(page[cell.record]) & 0x7FU);
    return cell.content + 1 < kUsableBytes;
}

bool fileHeader(Pages& pages, Draw& draw) {
    struct Field {
        std::size_t at;
        std::size_t bytes;
    };
    constexpr std::array kFields = {Field{18, 1}, Field{19, 1}, Field{20, 1}, Field{21, 1}, Field{22, 1}, Field{23, 1},
                                    Field{24, 4}, Field{28, 4}, Field{32, 4}, Field{36, 4}, Field{40, 4}, Field{44, 4},
                                    Field{48, 4}, Field{52, 4}, Field{56, 4}, Field{60, 4}, Field{64, 4}, Field{68, 4},
                                    Field{72, 4}, Field{92, 4}, Field{96, 4}, Field{16, 2}};
    const auto& field = kFields.at(draw.below(kFields.size()));
    put(pages[0], field.at, field.bytes, draw.number());
    return true;
}

bool treeHeader(Pages& pages, Draw& draw) {
    const auto tree = anyTree(pages, draw, false);
    constexpr std::array<std::size_t, 5> kAt = {0, 1, 3, 5, 7};
    const auto which = draw.below(kAt.size());
    const bool isByte = which == 0 || which == 4;
    put(pages[tree.page], tree.header + kAt.at(which), isByte ? 1 : 2, draw.number());
    return true;
}

bool rightChild(Pages& pages, Draw& draw) {
    const auto tree = anyTree(pages, draw, false);
    if (tree.isLeaf) return false;
    const auto value = draw.below(2) == 0 ? draw.number() : static_cast<std::uint32_t>(draw.below(pages.size() + 2));
    if (draw.below(2) == 0 || tree.cells.empty()) {
        put(pages[tree.page], tree.header + 8, 4, value);
    } else {
        put(pages[tree.page], tree.cells[draw.below(tree.cells.size())], 4, value);
    }
    return true;
}

bool cellPointer(Pages& pages, Draw& draw) {
    const auto tree = anyTree(pages, draw, false);
    if (tree.cells.empty()) return false;
    auto& page = pages[tree.page];
    const auto one = tree.pointers() + 2 * draw.below(tree.cells.size());
    const auto other = tree.pointers() + 2 * draw.below(tree.cells.size());
    const auto value = get(page, one, 2);
    switch (draw.below(4)) {
        case 0: put(page, one, 2, get(page, other, 2)), put(page, other, 2, value); break;
        case 1: put(page, one, 2, get(page, other, 2)); break;
        case 2: put(page, one, 2, value + static_cast<std::uint32_t>(draw.below(9)) - 4); break;
        default: put(page, one, 2, draw.number());
    }
    return true;
}

bool payloadSize(Pages& pages, Draw& draw) {
    Cell cell;
    if (!anyCell(pages, draw, cell)) return false;
    putVarint(pages[cell.page], cell.size, draw);
    return true;
}

bool rowId(Pages& pages, Draw& draw) {
    Cell cell;
    if (!anyCell(pages, draw, cell)) return false;
    putVarint(pages[cell.page], cell.rowId, draw);
    return true;
}

bool recordHeader(Pages& pages, Draw& draw) {
    Cell cell;
    if (!anyCell(pages, draw, cell)) return false;
    putVarint(pages[cell.page], cell.record, draw);
    return true;
}

bool serialType(Pages& pages, Draw& draw) {
    Cell cell;
    if (!anyCell(pages, draw, cell) || cell.content <= cell.types) return false;
    auto& page = pages[cell.page];
    const auto at = cell.types + draw.below(cell.content - cell.types);
    if (draw.below(2) == 0) {
        page[at] = static_cast<char>(draw.below(128));
    } else {
        putVarint(page, at, draw);
    }
    return true;
}

bool content(Pages& pages, Draw& draw) {
    Cell cell;
    if (!anyCell(pages, draw, cell)) return false;
    auto& page = pages[cell.page];
    constexpr std::array<std::string_view, 9> kBytes = {
        std::string_view("\0", 1), "\xFF", "\xC3", "\xED\xA0\x80", "\n", "\xE2\x80\xAE", "9999", "-", "\x1b["};
    const auto bytes = kBytes.at(draw.below(kBytes.size()));
    const auto at = cell.content + draw.below(60);
    if (at + bytes.size() < kUsableBytes) page.replace(at, bytes.size(), bytes);
    return true;
}

bool freeBlocks(Pages& pages, Draw& draw) {
    const auto tree = anyTree(pages, draw, false);
    auto& page = pages[tree.page];
    const auto at = static_cast<std::uint32_t>(draw.below(kUsableBytes - 4));
    put(page, tree.header + 1, 2, at);
    put(page, at, 2, draw.below(2) == 0 ? at : draw.number());
    put(page, at + 2, 2, draw.number());
    return true;
}

/// The list of free pages: its head, its length, and what its trunk says.
bool freePages(Pages& pages, Draw& draw) {
    const auto trunk = get(pages[0], 32, 4);
    if (trunk == 0 || trunk > pages.size() || draw.below(3) == 0) {
        put(pages[0], 32, 4, static_cast<std::uint32_t>(draw.below(pages.size() + 2)));
        put(pages[0], 36, 4, static_cast<std::uint32_t>(draw.below(pages.size() + 2)));
        return true;
    }
    auto& page = pages[trunk - 1];
    switch (draw.below(3)) {
        case 0: put(page, 0, 4, static_cast<std::uint32_t>(draw.below(pages.size() + 2))); break;
        case 1: put(page, 4, 4, draw.number()); break;
        default: put(page, 8 + 4 * draw.below(8), 4, static_cast<std::uint32_t>(draw.below(pages.size() + 2)));
    }
    return true;
}

/// The next page of a chain, which a page that is no tree begins with.
bool overflow(Pages& pages, Draw& draw) {
    std::vector<std::size_t> others;
    for (std::size_t i = 1; i < pages.size(); ++i)
        if (!isTree(pages, i)) others.push_back(i);
    if (others.empty()) return false;
    const auto page = others[draw.below(others.size())];
    const auto next = draw.below(3) == 0   ? static_cast<std::uint32_t>(page + 1)
                      : draw.below(2) == 0 ? static_cast<std::uint32_t>(draw.below(pages.size() + 2))
                                           : draw.number();
    put(pages[page], 0, 4, next);
    return true;
}

/// Words into the text of the schema, in place of as many bytes.
bool schemaText(Pages& pages, Draw& draw) {
    auto& page = pages[0];
    const auto start = page.find("CREATE TABLE");
    if (start == std::string::npos) return false;
    constexpr std::array<std::string_view, 22> kWords = {"CHECK(1)",
                                                         "DEFAULT 1",
                                                         "AS(1)",
                                                         "VIRTUAL",
                                                         "USING x",
                                                         "COLLATE x",
                                                         "UNIQUE",
                                                         "STRICT",
                                                         "WITHOUT ROWID",
                                                         "--",
                                                         "/*",
                                                         "\"",
                                                         "'",
                                                         "(",
                                                         ")",
                                                         ",",
                                                         ";",
                                                         "TRIGGER",
                                                         "VIEW",
                                                         "REFERENCES a",
                                                         "AUTOINCREMENT",
                                                         "\xFF"};
    const auto word = kWords.at(draw.below(kWords.size()));
    const auto at = start + draw.below(kUsableBytes - start - word.size());
    page.replace(at, word.size(), word);
    return true;
}

/// The number that stands before a text of the schema: where a table begins.
bool schemaRoot(Pages& pages, Draw& draw) {
    auto& page = pages[0];
    std::vector<std::size_t> starts;
    for (auto at = page.find("CREATE TABLE"); at != std::string::npos; at = page.find("CREATE TABLE", at + 1))
        starts.push_back(at);
    if (starts.empty()) return false;
    page[starts[draw.below(starts.size())] - 1] = static_cast<char>(draw.below(pages.size() + 3));
    return true;
}

bool wholePage(Pages& pages, Draw& draw) {
    const auto one = draw.below(pages.size());
    const auto other = draw.below(pages.size());
    switch (draw.below(6)) {
        case 0: std::swap(pages[one], pages[other]); break;
        case 1: pages[one] = pages[other]; break;
        case 2: pages[one].assign(kPageBytes, '\0'); break;
        case 3:
            pages[one].replace(kUsableBytes / 2, kUsableBytes / 2, pages[other], kUsableBytes / 2, kUsableBytes / 2);
            break;
        case 4:
            if (pages.size() > 3) pages.pop_back();
            break;
        default: pages.push_back(pages[one]);
    }
    return true;
}

bool anyBytes(Pages& pages, Draw& draw) {
    auto& page = pages[draw.below(pages.size())];
    for (std::size_t i = 0, count = 1 + draw.below(8); i < count; ++i) {
        page[draw.below(kUsableBytes)] = static_cast<char>(draw.bits());
    }
    return true;
}

bool anyBit(Pages& pages, Draw& draw) {
    auto& byte = pages[draw.below(pages.size())][draw.below(kUsableBytes)];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << draw.below(8)));
    return true;
}

constexpr std::array kMutations = {
    Mutation{"file header", fileHeader},
    Mutation{"tree header", treeHeader},
    Mutation{"child", rightChild},
    Mutation{"cell pointer", cellPointer},
    Mutation{"payload size", payloadSize},
    Mutation{"row id", rowId},
    Mutation{"record header", recordHeader},
    Mutation{"serial type", serialType},
    Mutation{"content", content},
    Mutation{"free blocks", freeBlocks},
    Mutation{"free pages", freePages},
    Mutation{"overflow", overflow},
    Mutation{"schema text", schemaText},
    Mutation{"schema root", schemaRoot},
    Mutation{"whole page", wholePage},
    Mutation{"bytes", anyBytes},
    Mutation{"bit", anyBit},
};

}  // namespace

std::uint32_t Draw::number() {
    constexpr std::array<std::uint32_t, 18> kNumbers = {
        0, 1, 2, 3, 5, 10, 13, 127, 128, 255, 256, 4015, 4016, 4096, 65535, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    const auto which = below(kNumbers.size() + 6);
    return which < kNumbers.size() ? kNumbers.at(which) : static_cast<std::uint32_t>(bits());
}

const Mutation& mutation(std::size_t index) { return kMutations.at(index); }
std::size_t mutationCount() { return kMutations.size(); }

}  // namespace fairlead::hostile
