#include "core/audit/cbor.h"

namespace fairlead::audit {

namespace {

constexpr unsigned kOneByte = 24;  // the argument follows in 1, 2, 4, 8 bytes: 24, 25, 26, 27

}  // namespace

CborWriter& CborWriter::head(unsigned major, std::uint64_t value) {
    const auto first = [&](unsigned argument) { m_out += static_cast<char>(major << 5U | argument); };
    if (value < kOneByte) {
        first(static_cast<unsigned>(value));
        return *this;
    }
    unsigned power = 0;
    while (power < 3 && (value >> (8U << power)) != 0) ++power;
    first(kOneByte + power);
    for (unsigned shift = 8U << power; shift > 0;) {
        shift -= 8;
        m_out += static_cast<char>(value >> shift & 0xffU);
    }
    return *this;
}

CborWriter& CborWriter::bytes(std::string_view value) {
    head(2, value.size());
    m_out += value;
    return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
    head(3, value.size());
    m_out += value;
    return *this;
}

std::nullopt_t CborReader::spoil() {
    m_good = false;
    m_rest = {};
    return std::nullopt;
}

std::optional<std::uint64_t> CborReader::head(unsigned major) {
    if (m_rest.empty()) return spoil();
    const auto first = static_cast<unsigned char>(m_rest.front());
    m_rest.remove_prefix(1);
    const unsigned argument = first & 0x1fU;
    if (first >> 5U != major || argument > kOneByte + 3) return spoil();
    if (argument < kOneByte) return argument;
    const std::size_t size = std::size_t{1} << (argument - kOneByte);
    if (m_rest.size() < size) return spoil();
    std::uint64_t value = 0;
    for (const char c : m_rest.substr(0, size)) value = value << 8U | static_cast<unsigned char>(c);
    m_rest.remove_prefix(size);
    return value;
}

std::optional<std::string> CborReader::string(unsigned major) {
    const auto size = head(major);
    if (!size || *size > m_rest.size()) return spoil();
    std::string value(m_rest.substr(0, *size));
    m_rest.remove_prefix(*size);
    return value;
}

}  // namespace fairlead::audit
