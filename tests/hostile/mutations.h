// Harm done to the pages of a database with knowledge of what they are made of (SQLite's file format).

#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

#include "tests/hostile/sealed_pages.h"

namespace fairlead::hostile {

/// Draws; the same from the same seed on every computer.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : m_random(seed) {}
    /// 0 to limit - 1. REQUIRES: limit > 0.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }
    /// One of the numbers at which file formats break, or any.
    std::uint32_t number();
    std::uint64_t bits() { return m_random(); }

private:
    std::mt19937_64 m_random;
};

/// One kind of harm. False when the pages have nothing that it applies to.
struct Mutation {
    std::string_view name;
    bool (*apply)(Pages& pages, Draw& draw);
};

/// Every kind: fields of the file's header and of the trees' pages, cell pointers, sizes, row ids, record headers and
/// serial types, free blocks, free pages, overflow chains, the schema's text and roots, texts, whole pages, any bytes.
const Mutation& mutation(std::size_t index);
std::size_t mutationCount();

}  // namespace fairlead::hostile
